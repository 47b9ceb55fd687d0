"""What stands on the cover of the pack for the DfE, part by part: a notebook shows the parts in its order."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.figures.drawing import Drawing, Table
from analysis.figures.pack_tables import answers_table, completeness_table, gaps_table, open_queries_table
from analysis.render.plain import plain
from analysis.render.said import remark_text
from analysis.views.dfe_pack import TERMS, DfePackView, Packed
from analysis.views.sentences import A_PROMPT, prompt_words

Part = Drawing | Table | str
_SHARED = (
    "Each summary shows the authority's figures over time and its position in the region, among its statistical "
    "neighbours and in England (2019, paragraph 14). Its figures are in the pack whether it has confirmed them or not; "
    "where it is silent, its confirmation is outstanding, and silence is no consent."
)


def terms(view: DfePackView) -> str:
    """On what terms the data are shared, in the memorandum's own words, and what the pack holds."""
    quoted = "\n\n".join(f"{number}. “{plain(text)}”".replace(".", "\\.", 1) for number, text in TERMS)
    with_summary = sum(one.has_summary for one in view.members)
    contents = (
        f"`summaries/`: the one-page summaries of {with_summary} of {len(view.members)} authorities, each of "
        f"{view.indicators} indicators, named by the authority's code",
        f"`riia-{view.heading.region}-{view.heading.period}.csv`: the quarter's counts in the standard layout of the "
        "regional data set",
        "`completeness.csv`: each indicator's trend and three positions, there or with the reason why not",
        "`manifest.json`: the SHA-256 of each file, and what the pack was made from",
    )
    held = "\n".join(f"- {line}" for line in contents)
    return (
        "::: {.callout-note}\n## On these terms\n\nMemorandum on data sharing between the Department for Education and "
        f"the region's alliance, 2019:\n\n{quoted}\n:::\n\n{plain(_SHARED)}\n\n"
        f"Beside this cover the pack holds:\n\n{held}"
    )


def answers(view: DfePackView) -> Iterator[Part]:
    """Who confirmed what."""
    yield answers_table(view)


def words_of_authorities(view: DfePackView) -> Iterator[Part]:
    """What is unusual for each authority, and what it says itself: nothing of those that have neither."""
    yield plain(A_PROMPT)
    told = [one for one in view.members if one.unusual or one.remarks]
    if not told:
        yield "No reading is told of any authority yet, and none has said anything of its figures."
    for one in told:
        yield _words_of(one)


def _words_of(one: Packed) -> str:
    parts = [f"### {plain(one.name)}"]
    if one.unusual:
        parts.append("\n".join(f"- {plain(prompt_words(prompt))}" for prompt in one.unusual))
    for said in one.remarks:
        kind = "Recorded otherwise than elsewhere" if said.remark.recording else "In the authority's own words"
        parts.append(f"{kind}, {plain(said.about)}: {remark_text(said.remark)}")
    return "\n\n".join(parts)


def quality(view: DfePackView) -> Iterator[Part]:
    """What was checked, what is open, and what is known of the checks themselves."""
    yield "\n".join(f"- {plain(sentence)}" for sentence in view.quality.checked)
    found = open_queries_table(view)
    yield found if found is not None else "No query is open."
    yield "\n".join(f"- {plain(sentence)}" for sentence in view.quality.known)


def completeness(view: DfePackView) -> Iterator[Part]:
    """What is there, and what is not and why."""
    yield completeness_table(view)
    gaps = gaps_table(view)
    yield gaps if gaps is not None else "Nothing is missing."


def sources(view: DfePackView) -> str:
    """Where the figures come from."""
    return "\n".join(f"- {plain(source)}" for source in view.sources)
