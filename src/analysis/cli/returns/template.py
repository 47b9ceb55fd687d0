"""`tartanrug returns template`: a prefilled template for each authority, to be filled in and sent back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from analysis import store
from analysis.cli.returns.collection import members
from analysis.config import shown, workspace
from analysis.pipeline.collection import RETURNS, Collection
from analysis.reference.periods import Quarter
from analysis.reference.regions import find_region
from analysis.reference.registry import registry_for
from analysis.returns.prefilled import template_files


def write_templates(
    region: str, period: str, console: Console, *, authorities: Sequence[str] = (), into: Path | None = None
) -> list[Path]:
    """Write the templates of a quarter, each as CSV and as an Excel workbook.

    Parameters
    ----------
    authorities
        Codes, names or aliases; everybody's if empty.
    into
        The folder; `data/processed/templates/<region>/<period>/` if None.

    Returns
    -------
    list of Path
        What was written, in the order of the authorities.

    Raises
    ------
    UserError
        If there is no such region, quarter or authority.
    """
    home, quarter = find_region(region), Quarter.parse(period)
    codes = members(Collection(workspace(), RETURNS, home, quarter).region, authorities)
    folder = into or workspace().processed / "templates" / home.id / str(quarter)
    written = []
    for name, content in template_files(codes, quarter, registry_for(home)).items():
        store.write_bytes(folder / name, content)
        written.append(folder / name)
    console.print(f"Written: {len(written)} templates for {len(codes)} authorities in {shown(folder.absolute())}/")
    console.print("Each authority sends one of its two back: the CSV or the workbook.")
    return written
