"""Made-up children, and the files in which a sender might put them. No value here is a real person's."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable

from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from return_files import HEADER, Return, as_csv, as_xlsx, saved

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def upn(twelve: str) -> str:
    """By the published rule: each of positions 2 to 13 times its position, modulo 23, gives the letter."""
    return LETTERS[sum((index + 2) * int(digit) for index, digit in enumerate(twelve)) % 23] + twelve


def nhs(nine: str) -> str:
    """By the published rule: weights 10 to 2, eleven minus the remainder modulo 11."""
    check = 11 - sum((10 - index) * int(digit) for index, digit in enumerate(nine)) % 11
    assert check != 10
    return nine + str(check % 11)


FIELDS = (
    "Child ID",
    "UPN",
    "NHS Number",
    "Forename",
    "Surname",
    "DOB",
    "Gender",
    "Ethnicity",
    "Postcode",
    "Referral date",
)
CHILDREN = tuple(
    (f"CH77001{number}", upn(f"82520010100{number}"), nhs(nine), *rest)
    for number, (nine, *rest) in enumerate(
        (
            ("943476591", "Amelia", "Jones", "14/03/2012", "F", "WBRI", "HP20 1UY", "03/07/2025"),
            ("987654432", "Zebedee", "Quartermain", "09/11/2015", "M", "MWBC", "MK18 7ET", "11/08/2025"),
            ("401023213", "Zo\u00eb", "Okonkwo-Brandt", "27/05/2018", "F", "BAFR", "SL9 9QA", "23/09/2025"),
            ("450557710", "Mohammed", "Khan", "18/12/2009", "M", "APKN", "HP13 5HJ", "14/07/2025"),
        ),
        start=1,
    )
)
VALUES = {value for child in CHILDREN for value in child if len(value) > 3} | {
    f"{child[3]} {child[4]}" for child in CHILDREN
}
"""What must never be seen anywhere: every cell of every child but one-letter codes."""
TABLE = [FIELDS, *CHILDREN]
FILE_NAME = "Amelia Jones 14-03-2012.csv"


def long_rows(**columns: Callable[[int], str]) -> list[list[str]]:
    """The format, one row for each child and measure, with some columns filled by the child."""
    rows = []
    for number in range(len(CHILDREN)):
        for row in Return("825").rows()[:6]:
            changed = list(row)
            for name, fill in columns.items():
                changed[HEADER.index(name.replace("_", " "))] = fill(number)
            rows.append(changed)
    return rows


def _zipped(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, content)
    return out.getvalue()


def with_part(book: bytes, name: str, content: bytes) -> bytes:
    """A workbook with one more part in its archive."""
    out = io.BytesIO(book)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, content)
    return out.getvalue()


def _clean_book(**sheets: list[tuple[str, ...]]):  # type: ignore[no-untyped-def]
    return as_xlsx([HEADER, *Return("825").rows()], **sheets)


def _hidden_sheet() -> bytes:
    book = _clean_book(Lookup=TABLE)
    book["Lookup"].sheet_state = "veryHidden"
    return saved(book)


def _comment() -> bytes:
    book = _clean_book()
    book.active["H2"].comment = Comment(f"one of them is {CHILDREN[0][1]}", "the sender")
    return saved(book)


def _defined_name() -> bytes:
    book = _clean_book()
    book.defined_names["note"] = DefinedName("note", attr_text=f'"{CHILDREN[1][8]}"')
    return saved(book)


def _header_text() -> bytes:
    book = _clean_book()
    book.active.oddHeader.center.text = f"NHS {CHILDREN[2][2]}"
    return saved(book)


def _leftover_string() -> bytes:
    book = saved(_clean_book())
    return with_part(book, "xl/leftover.xml", f"<sst><si><t>{CHILDREN[0][1]}</t></si></sst>".encode())


def _pivot_cache() -> bytes:
    records = "".join(f'<r><s v="{child[3]}"/><s v="{child[4]}"/></r>' for child in CHILDREN)
    return with_part(
        saved(_clean_book()), "xl/pivotCache/pivotCacheRecords1.xml", f"<records>{records}</records>".encode()
    )


def _broken_book() -> bytes:
    """A part that is not XML, with a child in it."""
    return with_part(saved(_clean_book()), "xl/comments1.xml", f"<a>{CHILDREN[0][3]} {CHILDREN[0][4]}".encode())


def _entities() -> bytes:
    bomb = f'<!DOCTYPE a [<!ENTITY b "{CHILDREN[0][4]}">]><a>&b;</a>'
    return with_part(saved(_clean_book()), "xl/comments1.xml", bomb.encode())


def _wide() -> str:
    header = ["Authority code", "Authority", "Year", "Qtr", "Referrals received", "CPPs started"]
    return as_csv([header, *(["825", "Buckinghamshire", "2025/26", "Q2", "1", "0"] for _ in CHILDREN)])


def _text(delimiter: str = ",", rows: list[tuple[str, ...]] | None = None) -> str:
    return as_csv(TABLE if rows is None else rows, delimiter)


COLUMNS, IN_VALUES, SHAPE = "child_level_columns", "child_level_values", "child_level_shape"
BARE = [child[3:9] for child in CHILDREN]
SAFEGUARDING = [
    ("pers_person_id", "pers_sex", "pers_dob", "cine_referral_date"),
    *((child[0], child[6], child[5], child[9]) for child in CHILDREN),
]
FORMAT = [list(row) for row in Return("825").rows()]


def widened(heading: str, fill: Callable[[int], str]) -> str:
    """A clean return with one column more."""
    return as_csv([[*HEADER, heading], *([*row, fill(number)] for number, row in enumerate(FORMAT))])


def respelt(name: str, fill: Callable[[int], str]) -> str:
    """A clean return with one column filled anew."""
    at = HEADER.index(name)
    return as_csv([HEADER, *([*row[:at], fill(number), *row[at + 1 :]] for number, row in enumerate(FORMAT))])


def by_child(**columns: Callable[[int], str]) -> str:
    return as_csv([HEADER, *long_rows(**columns)])


DISGUISES: dict[str, tuple[str | bytes, str]] = {
    "a plain list": (_text(), COLUMNS),
    "names of columns spelt otherwise": (
        _text(rows=[("D.O.B.", "fore-name(s)", "N.H.S. No"), *((c[5], c[3], c[2]) for c in CHILDREN)]),
        COLUMNS,
    ),
    "the Standard Safeguarding Dataset": (_text(rows=SAFEGUARDING), COLUMNS),
    "SSDA903": (_text(rows=[("CHILD", "SEX", "DECOM", "LS"), *((c[0], c[6], c[9], "C2") for c in CHILDREN)]), COLUMNS),
    "sex, age and ethnicity": (
        _text(rows=[("Ref", "Sex", "Age", "Ethnicity"), *((c[0], c[6], "9", c[7]) for c in CHILDREN)]),
        COLUMNS,
    ),
    "no line of column names": (_text(rows=BARE), IN_VALUES),
    "names and values alone": (_text(rows=[("A", "B"), *((f"{c[3]} {c[4]}", "1") for c in CHILDREN * 2)]), IN_VALUES),
    "two names": ("Name,Number\nAmelia Jones,2\nMohammed Khan,1\n", IN_VALUES),
    "days alone": (_text(rows=[("A", "B"), *((c[0], c[5]) for c in CHILDREN)]), IN_VALUES),
    "semicolons": (_text(";"), COLUMNS),
    "tabs": (_text("\t"), COLUMNS),
    "bars and no names": (_text("|", BARE), IN_VALUES),
    "spaces": ("\n".join(" ".join(child[3:6]) for child in CHILDREN), IN_VALUES),
    "Windows-1252": (_text(rows=BARE).encode("cp1252"), IN_VALUES),
    "UTF-16": (_text().encode("utf-16"), COLUMNS),
    "UTF-16 without a mark": (_text(rows=BARE).encode("utf-16-le"), IN_VALUES),
    "UTF-32": (_text().encode("utf-32"), COLUMNS),
    "a title above": ("South East\n\nQuarter 2\n" + _text(), COLUMNS),
    "one column for each child": (_text(rows=list(zip(*TABLE, strict=True))), COLUMNS),
    "JSON": (json.dumps([dict(zip(FIELDS, child, strict=True)) for child in CHILDREN]), COLUMNS),
    "XML": ("<r>" + "".join(f"<c><a>{c[1]}</a><b>{c[5]}</b></c>" for c in CHILDREN) + "</r>", IN_VALUES),
    "a page called a workbook": (
        "<table>" + "".join(f"<tr><td>{c[3]}</td><td>{c[4]}</td><td>{c[5]}</td></tr>" for c in CHILDREN) + "</table>",
        IN_VALUES,
    ),
    "a broken table": (_text() + '"no end', COLUMNS),
    "a workbook": (saved(as_xlsx(TABLE)), COLUMNS),
    "a workbook without names": (saved(as_xlsx(BARE)), IN_VALUES),
    "a hidden sheet": (_hidden_sheet(), COLUMNS),
    "a comment": (_comment(), IN_VALUES),
    "a defined name": (_defined_name(), IN_VALUES),
    "a printed header": (_header_text(), IN_VALUES),
    "a string that no cell shows": (_leftover_string(), IN_VALUES),
    "a pivot table's cache": (_pivot_cache(), "hidden_records"),
    "a damaged workbook": (_broken_book(), "unreadable_file"),
    "a workbook with entities": (_entities(), "unreadable_file"),
    "half a workbook": (saved(as_xlsx(TABLE))[:-900], "unreadable_file"),
    "an archive": (_zipped("children.csv", _text().encode()), "unreadable_file"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + b"\0" * 200 + _text().encode("utf-16-le"), "unreadable_file"),
    "bytes": (b"\x00\x01\x02" * 99 + _text().encode(), "unreadable_file"),
    "the format, a child in each name": (by_child(LA_Name=lambda n: " ".join(CHILDREN[n][3:5])), IN_VALUES),
    "the format, names on no list": (
        respelt("LA Name", lambda n: ("Quillon", "Brandt", "Ozymandias", "Fenwickle")[n % 4]),
        IN_VALUES,
    ),
    "the format, a UPN in a note": (respelt("Measure Quality", lambda n: f"see {CHILDREN[n % 4][1]}"), IN_VALUES),
    "the format, born in a note": (
        respelt("Measure Quality", lambda n: f"the child (DOB {CHILDREN[n % 4][5]}) moved"),
        IN_VALUES,
    ),
    "the format, a postcode in a note": (respelt("Measure Quality", lambda n: f"at {CHILDREN[n % 4][8]}"), IN_VALUES),
    "the format, names as notes": (
        respelt(
            "Measure Quality",
            lambda n: f"{['Amelia', 'Zoe', 'Mohammed'][n % 3]} {['Jones', 'Khan', 'Smith', 'Patel'][n % 4]}",
        ),
        IN_VALUES,
    ),
    "the format, fields as measures": (
        by_child(Measure_ID=lambda n: FIELDS[n], Measure_Value=lambda n: CHILDREN[n][n]),
        COLUMNS,
    ),
    "the format, days as values": (respelt("Measure Value", lambda n: CHILDREN[n % 4][5]), IN_VALUES),
    "the format, NHS numbers as values": (respelt("Measure Value", lambda n: CHILDREN[n % 4][2]), IN_VALUES),
    "the format, one row for each child": (by_child(Measure_Value=lambda n: "1"), SHAPE),
    "the format, a list of one measure": (as_csv([HEADER, *FORMAT, *[[*FORMAT[0][:7], "1", ""]] * 30]), SHAPE),
    "the format with a column of days": (widened("Extra", lambda n: CHILDREN[n % 4][9]), IN_VALUES),
    "the format with names on no list": (
        widened("Extra", lambda n: f"Zeb{chr(97 + n)}dee Qu{chr(97 + n)}ll"),
        IN_VALUES,
    ),
    "the format with a child's id": (widened("Child's ID no.", lambda n: CHILDREN[n % 4][0]), COLUMNS),
    "the format with a list below": (Return("825").csv() + "\n" + _text(), COLUMNS),
    "cells beyond the last column": (
        Return("825").csv().replace("Referrals,400,", f"Referrals,400,,,{CHILDREN[0][8]}"),
        IN_VALUES,
    ),
    "full-width digits": (
        _text(rows=[("A",), *((c[2].translate({48 + n: 0xFF10 + n for n in range(10)}),) for c in CHILDREN)]),
        IN_VALUES,
    ),
    "a wide template, one row for each child": (_wide(), SHAPE),
}
