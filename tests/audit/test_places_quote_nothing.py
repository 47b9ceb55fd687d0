"""Where something was found is told by the audit's own words and by numbers: what a file calls its parts is not."""

from __future__ import annotations

import json

import pytest
from office_parts import docx, zipped
from planted import page

from analysis.audit.deny import Deny
from analysis.audit.report import Verdict, as_json, in_words
from analysis.audit.scan import scan

ECHOES = ("Wight, Isle of", "wight", "E6000046", "187.4", "mkcounc", "Foxtrot")
FILES = {
    "an inverted name as a key.json": json.dumps({"Wight, Isle of": {"n": "in Kent"}}).encode(),
    "a code cut short as a key.json": json.dumps({"E6000046": {"n": "in Kent"}}).encode(),
    "a figure as a key.json": json.dumps({"187.4": {"n": "in Kent"}}).encode(),
    "an element and an attribute.html": page("<med-wight data-mkcounc='Kent'>x</med-wight>"),
    "a part of an archive.zip": zipped({"Foxtrot 187.4/wight.txt": "in Kent", "b.txt": "x"}),
    "a part of an archive that cannot be read.zip": zipped({"Foxtrot 187.4.wmf": b"\x01\x02"}),
    "an element.xml": b"<a><wight187.4>in Kent</wight187.4></a>",
}


@pytest.mark.parametrize("name", FILES)
def test_a_place_quotes_nothing_of_the_file(name: str, deny: Deny) -> None:
    report = scan(FILES[name], deny, name=f"a.{name.rpartition('.')[2]}")
    assert report.verdict is Verdict.FAIL
    told = as_json([report]) + in_words(report)
    assert not [word for word in ECHOES if word.casefold() in told.casefold().replace(report.sha256, "")]


def test_a_place_can_be_found_again(deny: Deny) -> None:
    found = scan(zipped({"a.txt": "x", "b.html": page("<table><tr><td>in Kent</table>")}), deny, name="a.zip").findings
    assert "part 2 > table 1 > row 1, column 1" in {finding.where for finding in found}
    document = docx("<w:p><w:r><w:t>in Kent</w:t></w:r></w:p>")
    assert "part 2 (the document) > p" in {finding.where for finding in scan(document, deny, name="a.docx").findings}
