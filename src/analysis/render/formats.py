"""Which formats each variant comes in (DESIGN, table of variants)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from analysis.errors import UsageError
from analysis.views.model import Variant

NOTEBOOK = "notebook"
"""The executed notebook itself as HTML, for an analyst."""
PAGES = ("html", "pdf")
"""What is made where nobody asks for anything else, and the only formats that are checked and released."""

FORMATS: Mapping[Variant, tuple[str, ...]] = MappingProxyType(
    {
        Variant.INTERNAL: (*PAGES, "docx", "xlsx", NOTEBOOK),
        Variant.OWN: (*PAGES, "docx"),
        Variant.ANONYMISED: (*PAGES, "docx"),
        Variant.DFE: (*PAGES, "xlsx"),
        Variant.PUBLIC: (*PAGES, "docx", "xlsx"),
    }
)
"""A workbook of figures goes to readers who hold those figures by right: members, DfE, and of public ones anyone. From
a partner's pack nobody should be able to take figures further than the page takes them."""


def formats_of(variant: Variant, wanted: Sequence[str]) -> tuple[str, ...]:
    """Those of the wanted formats that a variant comes in.

    Raises
    ------
    UsageError
        If it comes in none of them.
    """
    served = tuple(name for name in wanted if name in FORMATS[variant])
    if not served:
        raise UsageError(
            f"the {variant} variant is not made as {', '.join(wanted)}",
            remedy=f"choose from {', '.join(FORMATS[variant])}",
        )
    return served
