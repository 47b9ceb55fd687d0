"""`tartanrug returns query`: a sheet for each authority that is asked something, with its own figures only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import yaml
from rich.console import Console
from rich.markup import escape

from analysis import store
from analysis.cli.known_word import known_word
from analysis.cli.returns.collection import members
from analysis.cli.source import source_of
from analysis.config import Workspace, shown, workspace
from analysis.errors import ExitCode
from analysis.pipeline.collection import Collection
from analysis.queries.excel import write_excel
from analysis.queries.page import write_page
from analysis.queries.sheet import Sheet, build_sheet
from analysis.queries.word import write_word
from analysis.queries.yaml_form import write_yaml
from analysis.reference.authorities import authorities as known_authorities
from analysis.reference.periods import Quarter
from analysis.reference.regions import find_region
from analysis.reference.yaml_file import read_yaml

WRITERS: Mapping[str, Callable[[Sheet], bytes]] = MappingProxyType({
    "docx": write_word,
    "html": lambda sheet: write_page(sheet).encode(),
    "xlsx": write_excel,
    "yml": lambda sheet: write_yaml(sheet).encode(),
})  # fmt: skip
DEFAULT_FORMATS = ("docx", "html")
SENT = "sent"
"""The folder, beside the sheets, with what each authority was asked: answers are held against it."""


def query(
    region: str, period: str, authorities: Sequence[str], formats: Sequence[str], source: str, console: Console
) -> int:
    """Write the sheets of a quarter's query round into `data/processed/queries/<source>/<region>/<period>/`.

    Parameters
    ----------
    authorities
        Codes, names or aliases; everybody's who is asked something if empty.
    formats
        Of `WRITERS`; Word and HTML if empty. Sheets that lie there in another format are renewed too.
    source
        `returns` or `made-up`; if empty, the returns received, or the made-up ones where none were.

    Returns
    -------
    int
        An exit code.

    Raises
    ------
    UserError
        If there is no such region, quarter, authority, format or source, or a register is wrong.
    """
    place, home, quarter = workspace(), find_region(region), Quarter.parse(period)
    wanted = tuple(known_word(word, tuple(WRITERS), "format") for word in formats) or DEFAULT_FORMATS
    found = source_of(source, home, quarter)
    collection = Collection(place, found, home, quarter).without_child_level()
    codes = members(collection.region, authorities)
    if collection.made_up:
        console.print("[bold]MADE-UP DATA[/bold]: every sheet says so.")
    folder = sheets_folder(collection)
    # As sent: an authority is asked about its own figure, and not about one that the DBG put in its place.
    figures, findings = collection.as_sent.checked, collection.findings
    written = 0
    for code in codes:
        sheet = build_sheet(findings, figures, code, home, quarter, collection.registry, made_up=collection.made_up)
        name = known_authorities()[code].name
        lying = tuple(kind for kind in WRITERS if (folder / f"{code}.{kind}").is_file())
        if not sheet.queries:
            # What was asked before is over: nobody is to send it once more.
            for kind in lying:
                (folder / f"{code}.{kind}").unlink()
            console.print(f"{escape(name)} ({code}): nothing to ask, so no sheet.")
            continue
        for kind in dict.fromkeys((*wanted, *lying)):
            store.write_bytes(folder / f"{code}.{kind}", WRITERS[kind](sheet))
        _remember(sheet, folder)
        written += 1
        count = len(sheet.queries)
        console.print(f"{escape(name)} ({code}): {count} {'query' if count == 1 else 'queries'}")
    console.print(f"Sheets written: {written} ({', '.join(wanted)}), in {escape(shown(folder))}")
    console.print("Send each sheet to its own authority alone.")
    return int(ExitCode.OK)


def sheets_folder(collection: Collection) -> Path:
    """Where the sheets of a quarter lie."""
    place: Workspace = collection.workspace
    return place.processed / "queries" / collection.source / collection.region.id / str(collection.period)


def sent_sheet(folder: Path, code: str) -> Sheet | None:
    """What an authority was asked in this round so far; None if it was asked nothing."""
    path = folder / SENT / f"{code}.yml"
    return read_yaml(path, Sheet).content if path.is_file() else None


def _remember(sheet: Sheet, folder: Path) -> None:
    earlier = sent_sheet(folder, sheet.authority)
    held = sheet if earlier is None else sheet.with_earlier(earlier)
    text = yaml.safe_dump(held.model_dump(mode="json"), sort_keys=False, allow_unicode=True, width=120)
    store.write_text(folder / SENT / f"{sheet.authority}.yml", text)
