"""Look at what is about to be committed: returns, and what was made from them, never enter the repository.

It needs nothing but Python and git, so that it also works before anything is installed.
"""
# ruff: noqa: INP001

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath

Read = Callable[[str], bytes | None]
"""A path to the content of the file, None where there is none."""

FOLDERS = ("data/raw/", "data/processed/", "data/registers/", "reports/out/", "reports/release/")
PROSE = (".py", ".md", ".yml", ".yaml", ".toml", ".lock", ".ipynb")
"""Text in which the format is described: a line of column names in it is no return."""
SEALED = (".xls", ".xlsb", ".ods", ".parquet", ".feather")
"""Tables that are not looked into."""

LONG = {"la code", "measure id", "measure value"}
WHO = {"la code", "la name", "authority", "authority code", "dfe code", "local authority", "council"}
WHEN = ({"year", "financial year"}, {"quarter", "qtr"})
_LINES = 100
_MOST = 64 * 1024 * 1024
_DELIMITERS = re.compile(r"[,;\t|]")


def refused(paths: Iterable[str], read: Read) -> dict[str, str]:
    """The files that may not be committed, each with the reason.

    Parameters
    ----------
    paths
        From the top of the repository, with `/`.
    read
        What is to be committed of a path.
    """
    reasons = {}
    for path in paths:
        low = path.casefold()
        if low.startswith(FOLDERS) and not low.endswith("/.gitkeep"):
            reasons[path] = "a folder of returns, of registers, or of what was made from them"
        elif low.endswith(PROSE) or marked_made_up(path, read):
            continue
        elif low.endswith(SEALED):
            reasons[path] = "a table that cannot be looked into"
        elif looks_like_a_return(read(path) or b""):
            reasons[path] = "it has the column names of a return"
    return reasons


def marked_made_up(path: str, read: Read) -> bool:
    """Whether a file of the tests says that it is made up: by its path, in itself, or in a README above it."""
    if not path.startswith("tests/"):
        return False
    above = [folder / "README.md" for folder in PurePosixPath(path).parents if folder.parts]
    said = [path.encode(), *strings_in(read(path) or b""), *(read(str(readme)) or b"" for readme in above)]
    return any(re.search(rb"made[-_ ]up", text, re.I) for text in said)


def looks_like_a_return(content: bytes) -> bool:
    """Whether a line of the file, or the text of a workbook, has the column names of a return."""
    if content.startswith(b"PK"):
        cells = {plain(text.decode("utf-8", "replace")) for text in strings_in(content)}
        return names_of_a_return(cells)
    lines = decoded(content[: _MOST // 64]).splitlines()[:_LINES]
    rows = ({plain(cell) for cell in _DELIMITERS.split(line)} for line in lines)
    return any(names_of_a_return(row) for row in rows)


def names_of_a_return(cells: set[str]) -> bool:
    """The long format's names, or who and when beside other columns."""
    when = all(cells & names for names in WHEN) or "period" in cells
    return cells >= LONG or (bool(cells & WHO) and when and len(cells) > 4)


def strings_in(content: bytes) -> Iterator[bytes]:
    """The texts of a workbook's cells; of any other file the file itself."""
    if not content.startswith(b"PK"):
        yield decoded(content).encode()
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.infolist():
                if re.match(r"xl/(sharedStrings|worksheets/)", part.filename):
                    with archive.open(part) as stream:
                        yield from re.findall(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)<", stream.read(_MOST))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return


def decoded(content: bytes) -> str:
    """Text in UTF-8 or UTF-16; column names are the same in any other encoding."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    return content.replace(b"\0", b"").decode("utf-8-sig", "replace")


def plain(text: str) -> str:
    """A column's name without case and punctuation."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.casefold()).split())


def staged() -> list[str]:
    """The files that are added or changed in what is about to be committed."""
    told = _git("diff", "--cached", "--name-only", "-z", "--diff-filter=ACMRT")
    return [name.decode("utf-8", "surrogateescape") for name in told.split(b"\0") if name]


def staged_content(path: str) -> bytes | None:
    """What is about to be committed of a path."""
    done = subprocess.run(["git", "cat-file", "blob", f":{path}"], capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else None


def _git(*words: str) -> bytes:
    return subprocess.run(["git", *words], capture_output=True, check=True).stdout


def main() -> int:
    """Say what may not be committed, and refuse the commit."""
    reasons = refused(staged(), staged_content)
    if not reasons:
        return 0
    print("Not committed: returns never enter the repository (CONTRIBUTING.md).", file=sys.stderr)
    for path, reason in reasons.items():
        print(f"  {ascii(path)[1:-1]}: {reason}", file=sys.stderr)
    print("  what to do: git restore --staged FILE, for each of them", file=sys.stderr)
    print("  a made-up file for a test stands under tests/ and says MADE-UP", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
