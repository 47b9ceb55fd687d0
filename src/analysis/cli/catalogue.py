"""The tables of docs/returns.md that are made from the code: `python -m analysis.cli.catalogue docs/returns.md`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from analysis.queries import answer_rules  # noqa: F401  (between them these modules declare every rule)
from analysis.reference.registry import Registry, registry
from analysis.registers import apply_corrections, commentary, commentary_sheet  # noqa: F401
from analysis.returns import checked  # noqa: F401
from analysis.returns.reading.values import SYMBOLS
from analysis.returns.rules import query_budget, timeliness  # noqa: F401
from analysis.returns.rules.rule import RULES, Severity

_ABOUT = ("file", "row", "cell")


def rules_table() -> str:
    """Every rule with its severity, what it is about, the policy and the remedy, as a Markdown table.

    Each row can be linked to by the rule's id (`docs/returns.md#jump`).
    """
    lines = ["| rule | severity | about | policy | what to do |", "|---|---|---|---|---|"]
    order = sorted(
        RULES.values(), key=lambda one: (_ABOUT.index(one.about), list(Severity).index(one.severity), one.id)
    )
    lines += [
        f'| <a id="{one.id}"></a>`{one.id}` | {one.severity} | {one.about} | {one.policy} | {one.remedy} |'
        for one in order
    ]
    return "\n".join(lines)


def measures_table(known: Registry) -> str:
    """Every measure, as a Markdown table."""
    lines = ["| Measure ID | Measure Name | counted |", "|---|---|---|"]
    lines += [f"| `{one.id}` | {one.name} | {one.counted} |" for one in known.measures.values()]
    return "\n".join(lines)


def marks_table() -> str:
    """Every mark for a missing figure, as a Markdown table."""
    lines = ["| written | read as |", "|---|---|"]
    lines += [
        f"| {f'`{mark}`' if mark else '(blank)'} | {status.replace('_', ' ')} |" for mark, status in SYMBOLS.items()
    ]
    return "\n".join(lines)


def with_tables(text: str) -> str:
    """A page with its generated blocks renewed; everything outside `<!-- name -->` and `<!-- end -->` stays."""
    blocks = {"rules": rules_table(), "measures": measures_table(registry()), "marks": marks_table()}
    for name, block in blocks.items():
        text = re.sub(
            rf"(<!-- {name} -->\n).*?(<!-- end -->)", lambda found, block=block: f"{found[1]}\n{block}\n\n{found[2]}",  # type: ignore[misc]
            text,
            flags=re.DOTALL,
        )  # fmt: skip
    return text


if __name__ == "__main__":
    page = Path(sys.argv[1])
    page.write_text(with_tables(page.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
