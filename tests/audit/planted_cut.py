"""Names cut over what stands beside each other: cells, boxes, list items, texts of a page."""

from __future__ import annotations

from office_parts import docx, pptx, row, run, shape, xlsx
from pdf_parts import pdf
from planted_layouts import page

_CELLS = "<w:tbl><w:tr>" + "".join(f"<w:tc>{run(part)}</w:tc>" for part in ("Med", "way")) + "</w:tr></w:tbl>"
_PLACED = b"BT /F1 9 Tf 1 0 0 1 20 100 Tm (Med) Tj 1 0 0 1 60 100 Tm (way) Tj ET"

NAMES_CUT = {
    "html name cut over two cells": ("a.html", page("<table><tr><td>Med</td><td>way</td></tr></table>")),
    "html longer name cut over two cells": (
        "a.html", page("<table><tr><td>Bright</td><td>on and Hove</td></tr></table>")
    ),
    "html name cut over cells of a column": (
        "a.html", page("<table><tr><td>Med</td><td>4</td></tr><tr><td>way</td><td>5</td></tr></table>")
    ),
    "html name cut over two paragraphs": ("a.html", page("<p>Higher than in Med</p><p>way, and so on</p>")),
    "html name cut over three items": ("a.html", page("<ul><li>Sl</li><li>ou</li><li>gh</li></ul>")),
    "csv name in capitals cut over two cells": ("a.csv", b"a,b,rate\nMED,WAY,4\n"),
    "csv name cut over two cells": ("a.csv", b"a,b,rate\nMed,way,4\n"),
    "csv name of two words in two cells": ("a.csv", b"a,b,rate\nMilton,Keynes,4\n"),
    "xlsx name cut over two cells": ("a.xlsx", xlsx(row(1, "Med", "way", 4.5))),
    "docx name cut over two cells": ("a.docx", docx(_CELLS)),
    "docx name cut over two paragraphs": ("a.docx", docx(run("Bright") + run("on and Hove"))),
    "pptx name cut over two boxes": ("a.pptx", pptx(shape("Med") + shape("way"))),
    "json name cut over two items": ("a.json", b'{"x": ["Bright", "on and Hove", 4]}'),
    "json name cut over two objects": ("a.json", b'[{"v": "Med", "n": 4}, {"v": "way", "n": 5}]'),
    "pdf name cut over two texts": ("a.pdf", pdf(raw=_PLACED)),
    "pdf name cut over two lines": ("a.pdf", pdf(raw=_PLACED.replace(b"60 100", b"20 80"))),
}  # fmt: skip
