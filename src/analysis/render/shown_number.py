"""A number as a page shows it, read back: for formats that hold numbers and not words."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SHOWN = re.compile(r"([+−-]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?")


@dataclass(frozen=True)
class ShownNumber:
    """A number, and how a spreadsheet shows it as the page does."""

    value: int | float
    layout: str
    """Excel's: `#,##0.0`, and with a sign where the page gives one to each number, `+#,##0.0;-#,##0.0;#,##0.0`."""


def shown_number(text: str) -> ShownNumber | None:
    """The number that a text is, to the decimals that it shows; None where it is none, or more than one."""
    found = _SHOWN.fullmatch(text.strip())
    if found is None:
        return None
    sign, whole, decimals = found.groups()
    digits = whole.replace(",", "")
    value = float(f"{digits}.{decimals}") if decimals else int(digits)
    plain = "#,##0" + ("." + "0" * len(decimals) if decimals else "")
    minus = "−" if sign == "−" else "-"
    layout = f"+{plain};{minus}{plain};{plain}" if sign else plain
    return ShownNumber(-value if sign in {"−", "-"} else value, layout)
