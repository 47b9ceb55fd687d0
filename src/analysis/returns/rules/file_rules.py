"""The rules about whole files. A refused file is not used at all; the other files go on."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.returns.rules.rule import Rule, Severity, declare

IF_CHILD_LEVEL = "if anything in it is about single children, treat it as child-level data (docs/returns.md)"
_DELETE = (
    "delete it from the inbox and from the shared folder, and tell the sender and the data-protection officer; "
    "nothing of it was kept (among the returns received, `build` and `validate` delete it); find other copies by its "
    "sha256 (Get-FileHash * on Windows, sha256sum * elsewhere)"
)


@dataclass(frozen=True)
class Refusal:
    """Why a file is not used. `seen` holds nothing of the file but words of the kit's own lists."""

    rule: Rule
    seen: str


CHILD_LEVEL_COLUMNS = declare(
    "child_level_columns",
    Severity.REFUSE,
    "file",
    policy="""Returns are 'LA (not child) level data' (S1 14; S0 5.3): no column, measure or field may be one that
    identifies a child.""",
    remedy=_DELETE,
)
CHILD_LEVEL_VALUES = declare(
    "child_level_values",
    Severity.REFUSE,
    "file",
    policy="""Returns are 'LA (not child) level data' (S1 14; S0 5.3): no value may look like a UPN, an NHS number, a
    postcode, a date of birth or of an episode, or a person's name.""",
    remedy=_DELETE,
)
CHILD_LEVEL_SHAPE = declare(
    "child_level_shape",
    Severity.REFUSE,
    "file",
    policy="""Returns are 'LA (not child) level data' (S1 14; S0 5.3): one row for an authority, quarter and measure. A
    file in which most of these stand more than once looks like one row for each child or episode.""",
    remedy=_DELETE,
)
CHILD_LEVEL = (CHILD_LEVEL_COLUMNS, CHILD_LEVEL_VALUES, CHILD_LEVEL_SHAPE)
UNREADABLE_FILE = declare(
    "unreadable_file",
    Severity.REFUSE,
    "file",
    policy="""A return is a CSV in UTF-8, UTF-16, UTF-32 or Windows-1252, or an Excel workbook (xlsx). Other files
    are not opened.""",
    remedy=f"ask for a CSV in UTF-8 (Excel: Save as, 'CSV UTF-8'); {IF_CHILD_LEVEL}",
)
CHANGED_AFTER_RECEIPT = declare(
    "changed_after_receipt",
    Severity.REFUSE,
    "file",
    policy="""A file is what its receipt says, byte for byte: what was received is never edited. A correction goes into
    the ledger, a new figure into a new file.""",
    remedy="put back the file as received, or receive the new one with `tartanrug returns receive`",
)
TOO_LARGE = declare(
    "too_large",
    Severity.REFUSE,
    "file",
    policy="A return of a whole nation over many years fits well inside the bounds on size; more is not opened.",
    remedy=f"ask for the return alone, as a CSV; {IF_CHILD_LEVEL}",
)
HIDDEN_RECORDS = declare(
    "hidden_records",
    Severity.REFUSE,
    "file",
    policy="""A workbook may carry records that no sheet shows: the cache of a pivot table, a data model, an embedded or
    linked file, a macro. None of them can be checked, and such caches have given away children's records before.""",
    remedy=f"ask for the sheet alone, as a CSV; {IF_CHILD_LEVEL}",
)
SEVERAL_SHEETS = declare(
    "several_sheets",
    Severity.REFUSE,
    "file",
    policy="""Every sheet that is a return is read, and covers and notes beside them are left out. Refused is a workbook
    with another table, a return on a hidden sheet, or two versions of a return: nobody can say which counts.""",
    remedy=f"ask for the sheet with the return alone; {IF_CHILD_LEVEL}",
)
UNKNOWN_LAYOUT = declare(
    "unknown_layout",
    Severity.REFUSE,
    "file",
    policy="""One line holds the column names of the format, or those of a template that has a mapping. Only a title may
    stand above it, and below it no other such line.""",
    remedy=f"compare the first line with docs/returns.md, or write a mapping for the template; {IF_CHILD_LEVEL}",
)
REPEATED_COLUMN = declare(
    "repeated_column",
    Severity.REFUSE,
    "file",
    policy="A column stands once: of two columns of one name nobody can say which is meant.",
    remedy="ask which of the two is right, and for a file without the other",
)
NO_ROWS = declare(
    "no_rows",
    Severity.QUERY,
    "file",
    policy="A return has at least one row under its column names.",
    remedy="ask whether the file was saved before it was filled in",
)
SAME_FILE = declare(
    "same_file",
    Severity.NOTE,
    "file",
    policy="A file that was received twice, byte for byte, in one folder is read once.",
    remedy="delete one of the two",
)
EXTRA_COLUMN = declare(
    "extra_column",
    Severity.NOTE,
    "file",
    policy="A column that the format does not know is left out.",
    remedy="nothing, if it was not meant for the collection; a mapping can name it under `left_out`",
)
MISSING_COLUMN = declare(
    "missing_column",
    Severity.NOTE,
    "file",
    policy="""A file has every column of its layout. Region, LA Name, Measure Name and Measure Quality may be absent;
    what they guard against is then not checked. In a wide layout an absent measure is missing.""",
    remedy="ask for the whole layout next quarter",
)
