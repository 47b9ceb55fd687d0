"""Which renderer serves which format, and why: for `doctor` and for `build`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version

from analysis.errors import UsageError
from analysis.render.quarto_tool import NoQuartoError, Quarto, find_quarto

EMBEDDED, QUARTO = "embedded", "quarto"
_WISH = "TARTANRUG_RENDERER"


@dataclass(frozen=True)
class Choice:
    """The renderer that serves.

    Parameters
    ----------
    name
        `quarto` or `embedded`.
    version
        Of Quarto, or of the embedded renderer's parts.
    why
        The reason, as one sentence for a reader.
    html, pdf
        Which of the two serves the format.
    quarto
        The Quarto found; none where the embedded renderer serves everything.
    strict
        Whether Quarto was asked for by name, so that its failure is not made good by the embedded renderer.
    """

    name: str
    version: str
    why: str
    html: str
    pdf: str
    quarto: Quarto | None = None
    strict: bool = False

    def serving(self, wanted: str) -> str:
        """Which of the two renderers serves a format."""
        return {"html": self.html, "pdf": self.pdf}.get(wanted, EMBEDDED)


def choose_renderer(environ: Mapping[str, str]) -> Choice:
    """Quarto where it is present and works, else the embedded renderer.

    Parameters
    ----------
    environ
        The environment. `QUARTO_PATH` names a Quarto that is not on PATH; `TARTANRUG_RENDERER` (`quarto` or
        `embedded`) settles the matter.

    Raises
    ------
    UsageError
        If one of the two variables makes no sense.
    NoQuartoError
        If `TARTANRUG_RENDERER` asks for Quarto and there is none.
    """
    wish = environ.get(_WISH, "")
    if wish not in {"", QUARTO, EMBEDDED}:
        raise UsageError(f"{_WISH} cannot be {wish!r}", remedy=f"set it to {QUARTO} or {EMBEDDED}, or unset it")
    if wish == EMBEDDED:
        return _embedded(f"{_WISH} asks for the embedded renderer")
    try:
        quarto = find_quarto(environ)
    except UsageError as error:
        if wish or environ.get("QUARTO_PATH"):
            raise
        return _embedded(f"the Quarto on PATH is of no use ({error.what})")
    if quarto is not None:
        return _with(quarto, strict=wish == QUARTO)
    if wish == QUARTO:
        raise NoQuartoError(
            f"{_WISH} asks for Quarto, and there is none", remedy="install Quarto, or set QUARTO_PATH to it"
        )
    return _embedded("Quarto is not on PATH and QUARTO_PATH is not set")


def _with(quarto: Quarto, *, strict: bool) -> Choice:
    why = f"Quarto is at {quarto.path}"
    if not quarto.tags_pdf:
        why += "; PDF comes from the embedded renderer, since a Quarto older than 1.9 writes PDF without tags"
    pdf = QUARTO if quarto.tags_pdf else EMBEDDED
    return Choice(name=QUARTO, version=quarto.version, why=why, html=QUARTO, pdf=pdf, quarto=quarto, strict=strict)


def _embedded(why: str) -> Choice:
    parts = ", ".join(f"{part} {version(part)}" for part in ("pypandoc_binary", "typst"))
    return Choice(name=EMBEDDED, version=parts, why=why, html=EMBEDDED, pdf=EMBEDDED)
