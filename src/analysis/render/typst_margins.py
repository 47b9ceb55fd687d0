"""The margins of Quarto's own PDF: marking and MADE-UP DATA on each page, as in the embedded renderer's."""

from __future__ import annotations

from analysis.render.document import MADE_UP_WORDS, DocumentMeta
from analysis.render.pandoc import RenderError
from analysis.render.parsing import Parsed
from analysis.render.project import brand


def margins(meta: DocumentMeta) -> str:
    """Typst code that sets header and footer of every page, and the colour of headings."""
    made_up = f"text(fill: rgb(128, 22, 80), weight: 700, {_quoted(MADE_UP_WORDS)})" if meta.made_up else "none"
    above = f"text({_quoted(meta.marking)})"
    if meta.stamp:
        above = f"[#{above} #linebreak() #text({_quoted(meta.stamp)})]"
    below = ", ".join(part for part in (brand().name, meta.title, meta.subtitle) if part)
    return "\n".join(
        [
            "#set page(",
            f"  flipped: {'true' if meta.landscape else 'false'},",
            f"  header: text(size: 7.5pt, grid(columns: (1fr, auto), {above}, {made_up})),",
            f"  footer: text(size: 7.5pt, grid(columns: (1fr, auto), text({_quoted(below)}),",
            '    context counter(page).display("1 of 1", both: true))),',
            ")",
            f'#show heading: set text(fill: rgb("{brand().primary}"))',
            "",
        ]
    )


def check_typst(source: str, meta: DocumentMeta, parsed: Parsed) -> None:
    """Refuse Quarto's PDF unless the typst file it kept holds the margins, all pictures and their alternative texts.

    Raises
    ------
    RenderError
        With everything that is wrong.
    """
    pictures, _ = parsed.count("typst")
    wrong = []
    if margins(meta) not in source:
        wrong.append("the marking is missing")
    if source.count("image(") < pictures or source.count("alt:") < pictures:
        wrong.append("a picture or its alternative text is missing")
    if any(words in source for words in parsed.hidden if len(words) > 3):
        wrong.append("text that its profile hides")
    if wrong:
        raise RenderError("Quarto's PDF is not fit to leave: " + "; ".join(wrong))


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
