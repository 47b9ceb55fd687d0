"""Codes in the layouts of spreadsheets and forms: under headings that are not in the first row, in properties."""

from __future__ import annotations

from office_parts import S, docx, pptx, row, xlsx

TITLED = "<tr><td>Table 3</td><td></td></tr><tr><th>LA code</th><th>Rate</th></tr>"
PROPERTY = "<Properties><property name='LA'><vt:lpwstr xmlns:vt='v'>886</vt:lpwstr></property></Properties>"
FIELD = f"<pivotCacheDefinition {S}><cacheField name='LA code'><sharedItems>%s</sharedItems></cacheField>"


def page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><head><title>Report</title></head><body>{body}</body></html>".encode()


def pivot(items: str) -> bytes:
    return xlsx(more={"xl/pivotCache/pivotCacheDefinition1.xml": FIELD % items + "</pivotCacheDefinition>"})


CODES_BY_LAYOUT = {
    "html code under a title and a heading": (
        "a.html", page(f"<table>{TITLED}<tr><td>886</td><td>4</td></tr><tr><td>England</td><td>5</td></tr></table>")
    ),
    "html choice": ("a.html", page("<select><option value='886'>A</option></select>")),
    "html field of a form": ("a.html", page("<input name='la' value='886'>")),
    "html code before a colon": ("a.html", page("<ul><li>886: 45.2</li></ul>")),
    "html code with a zero before": ("a.html", page("<p>LA 0886 was high</p>")),
    "html code before a year": ("a.html", page("<p>Source: return_886_2025Q2</p>")),
    "csv code under a title and a heading": ("a.csv", b"Table 3\nLA code,rate\n886,4\nEngland,6\n"),
    "csv codes between other words": ("a.csv", b"Table 3,\nOrg,rate\n886,4\n826,4\n850,3\nEngland,6\n"),
    "xlsx code under a title and a heading": (
        "a.xlsx", xlsx(row(1, "Table 3") + row(3, "LA code", "Rate") + row(4, 886, 4.5) + row(5, "England", 5))
    ),
    "xlsx sheet called by a code": ("a.xlsx", xlsx(row(1, "x"), sheet="886")),
    "xlsx pivot table's field of texts": ("a.xlsx", pivot("<s v='886'/>")),
    "xlsx pivot table's field of numbers": ("a.xlsx", pivot("<n v='886'/>")),
    "docx code as a property": ("a.docx", docx(more={"docProps/custom.xml": PROPERTY})),
    "pptx code as a tag": ("a.pptx", pptx(more={"ppt/tags/tag1.xml": "<tagLst><tag name='LA' val='886'/></tagLst>"})),
    "json called by a code": ("a.json", b'{"lines": [{"name": "886", "y": [1, 2]}]}'),
}  # fmt: skip
