"""What stands on a report's pages, part by part, made from its view: a notebook shows the parts in its order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.figures import (
    Drawing,
    Table,
    bands_table,
    block_table,
    comparison_table,
    findings_table,
    members,
    named_table,
    place_of,
    positions_table,
    published_table,
    readings_table,
    regional_picture,
    regional_rug,
    renewal_table,
    rug_table,
    small_multiples,
    submissions_table,
    trend,
    trends_table,
    xmr_picture,
)
from analysis.figures.timeline import period_words, short_period
from analysis.figures.variants import Block, View
from analysis.render.plain import plain
from analysis.render.said import checked_words, remarks
from analysis.views.anonymised import AnonymisedBlock, AnonymisedView
from analysis.views.bands_told import reading
from analysis.views.dfe import DfeView
from analysis.views.in_short import in_short as told_in_short
from analysis.views.internal import InternalBlock, InternalView, Note
from analysis.views.model import Card, Heading
from analysis.views.own import OwnBlock, OwnView
from analysis.views.prompts import StoryTold
from analysis.views.public import PublicBlock, PublicView
from analysis.views.questions import NOTHING_ASKED, WHAT_IS_ASKED, questions
from analysis.views.regional import RegionalView
from analysis.views.renewal import Renewal
from analysis.views.sentences import (
    A_PROMPT,
    block_sentences,
    looked_at_words,
    prompt_words,
    renewal_words,
    with_it_words,
)
from analysis.views.words import CHANGES, direction

Part = Drawing | Table | str


def opening(heading: Heading) -> str:
    """What kind of document this is, and how far it may go: the memoranda's words."""
    paragraphs = "\n\n".join(plain(paragraph) for paragraph in heading.context)
    indicator_set = f"Indicators: {plain(heading.indicator_set)}. {CHANGES}"
    return f"::: {{.callout-note}}\n## How far it may go\n\n{paragraphs}\n\n{indicator_set}\n:::"


def in_short(view: View) -> Iterator[Part]:
    """The first page: a director's five minutes."""
    if not isinstance(view, DfeView):
        answers = "\n".join(f"- **{plain(question)}.** {plain(answer)}" for question, answer in told_in_short(view))
        yield f"## In short\n\n{answers}"


def stands_out(view: View | RegionalView) -> Iterator[Part]:
    """What is unusual beside its own pattern, what is held back, and how much could not be told: internal readers."""
    if not isinstance(view, InternalView | RegionalView):
        return
    found, named = view.stands_out, isinstance(view, RegionalView)
    yield f"## What stands out\n\n{plain(A_PROMPT)}\n\n{plain(looked_at_words(found))}"
    if found.stories:
        yield "\n\n".join(_story(story, named=named) for story in found.stories)
    if found.queried:
        lines = "\n".join(f"- {plain(one)}" for one in found.queried)
        yield f"### Held back until the query about the figure is answered\n\n{lines}"
    if found.unexplained:
        lines = "\n".join(f"- {plain(one)}" for one in found.unexplained)
        yield f"### Not yet set in context by the authority's own words\n\n{lines}"


def asked(view: View) -> Iterator[Part]:
    """What an anonymised report's figures raise, indicator by indicator, and what the authority says of it as a whole.

    Its readers have no test to be told of.
    """
    if not isinstance(view, AnonymisedView):
        return
    raised = questions(view.blocks)
    lines = "\n".join(f"- {plain(f'{one.number} {one.title}')}: {plain(one.words)}" for one in raised)
    yield f"## Questions the data raises\n\n{plain(WHAT_IS_ASKED)}\n\n{lines or plain(NOTHING_ASKED)}"
    if view.commentary:
        yield checked_words(view.commentary)


def _story(story: StoryTold, *, named: bool) -> str:
    """One story: whose and what it is about, each prompt, and what moved with it."""
    title = story.title or story.prompts[0].title
    about = f"{story.name}: {title}" if named else title
    lines = [f"- {plain(prompt_words(one))}" for one in story.prompts]
    if story.with_it:
        lines.append(f"- {plain(with_it_words(story.with_it))}")
    return f"### {plain(about)}\n\n" + "\n".join(lines)


def rug(view: View) -> Iterator[Part]:
    """The tartan rug, and where the reader may see them, the groups' figures and what this quarter's changes do.

    In print it has a page across for itself; the DfE's summary is one.
    """
    if isinstance(view, DfeView):
        yield rug_table(view)
        return
    yield "::: {.landscape}\n## The tartan rug"
    yield rug_table(view)
    yield ":::"
    if isinstance(view, InternalView | PublicView):
        yield comparison_table(view)
    if isinstance(view, AnonymisedView):
        paragraphs = "\n\n".join(plain(paragraph) for paragraph in reading(view.blocks))
        yield f"### How to read the bands\n\n{paragraphs}"
    if isinstance(view, InternalView | OwnView) and view.remarks:
        yield remarks(view.remarks)
    if isinstance(view, InternalView | OwnView) and view.renewal is not None:
        yield from _old_beside_new(view.renewal, view.heading)


def _old_beside_new(renewal: Renewal, heading: Heading) -> Iterator[Part]:
    """What begins in this quarter and why, with the figures and positions as they would have been without it."""
    begins = "\n".join(f"- {plain(one.title)}: {plain(one.reason)} ({plain(one.source)})" for one in renewal.beginning)
    yield f"### What changes with this quarter\n\n{begins}\n\n{renewal_words(renewal)}"
    if renewal.rows:
        yield renewal_table(renewal, heading)


def over_time(view: View | RegionalView) -> Drawing:
    """Every indicator's headline over time in one picture."""
    return small_multiples(view)


def indicators(view: View) -> Iterator[Part]:
    """Every indicator, under the heading of its group."""
    group = ""
    for part in view.blocks:
        if part.own.card.group != group:
            group = part.own.card.group
            yield f"## {plain(group)}"
        yield from indicator(part, view.heading)


def indicator(part: Block, heading: Heading) -> Iterator[Part]:
    """One indicator: its words, sentences, picture, tables and method line."""
    card = part.own.card
    yield f"### {card.number}. {plain(card.title)} {{#{place_of(card)}}}"
    yield _definition(part)
    yield "\n".join(f"- {plain(sentence)}" for sentence in block_sentences(part))
    yield trend(part, heading)
    if isinstance(part, AnonymisedBlock):
        yield from _beside_own_line(part, heading)
    yield block_table(part, heading)
    match part:
        case InternalBlock() | PublicBlock():
            yield members(part, heading)
            yield positions_table(part, heading)
        case OwnBlock() | AnonymisedBlock() if part.published:
            yield published_table(part, heading)
    if isinstance(part, AnonymisedBlock) and part.commentary:
        yield checked_words(part.commentary)
    if isinstance(part, InternalBlock | OwnBlock) and part.remarks:
        yield remarks(part.remarks)
    if isinstance(part, InternalBlock) and part.notes:
        yield _notes(part.notes)
    yield _method(card)


def _beside_own_line(part: AnonymisedBlock, heading: Heading) -> Iterator[Part]:
    """The bands as a table, and the own history with its limits."""
    if part.bands is not None:
        yield bands_table(part, part.bands, heading)
    if part.named:
        yield named_table(part, heading)
    if part.chart is not None:
        yield xmr_picture(part.chart, heading)


def _definition(part: Block) -> str:
    """The agreed list's own words, and which way is better if either is; positions only where the reader sees any."""
    card = part.own.card
    alone = isinstance(part, OwnBlock | AnonymisedBlock)
    words = direction(card.polarity) if alone else card.polarity_words
    return f"::: {{.lead}}\n“{plain(card.annex_a)}” ({plain(words)}.)\n:::"


def _notes(notes: Sequence[Note]) -> str:
    """What the authority wrote beside the figures: a caveat goes where its figure goes."""
    lines = (f"- {_when(note.periods)}, {plain(note.measure)}: {plain(note.text)}" for note in notes)
    return "Notes sent with these figures:\n\n" + "\n".join(lines)


def _when(periods: Sequence[str]) -> str:
    if len(periods) == 1:
        return period_words(periods[0])
    return f"{short_period(periods[0])} to {short_period(periods[-1])}, {len(periods)} quarters"


def _method(card: Card) -> str:
    """The choices behind the figures, printed under them (DESIGN 2.5)."""
    choices = " ".join(plain(choice) for choice in card.choices)
    return f"::: {{.method}}\n{plain(card.method)} {choices}\n:::"


def closing(view: View | RegionalView) -> Iterator[Part]:
    """What stands at the end: neighbours and queries where the reader may see them, then the sources."""
    if isinstance(view, InternalView | PublicView):
        names = ", ".join(plain(name) for name in view.neighbour_names) or "none in this edition"
        yield f"## Statistical neighbours\n\n{plain(view.neighbours_edition)} edition, nearest first: {names}."
    if isinstance(view, InternalView):
        yield "## Every reading"
        yield readings_table(view)
    if isinstance(view, InternalView | RegionalView):
        yield "## Queries on the returns"
        yield findings_table(view.findings, view.heading) if view.findings else "The checks raised no query."
    if isinstance(view, AnonymisedView) and view.bands_notes:
        notes = "\n\n".join(plain(note) for note in view.bands_notes)
        yield f"## How the bands stand to other quarters' reports\n\n{notes}"
    lines = "\n".join(f"- {plain(source)}" for source in view.sources)
    hashes = _hashes(view) if isinstance(view, AnonymisedView) else ""
    yield f"## Sources\n\n{lines}{hashes}"


def _hashes(view: AnonymisedView) -> str:
    """The SHA-256 of what an anonymised report rests on, for whoever checks it."""
    files = sorted({one.sha256 for block in view.blocks for one in block.published})
    public = "".join(f"\n\nFile of published figures: {digest}" for digest in files)
    return f"{public}\n\nDisclosure policy: {view.policy_sha256}"


def region(view: RegionalView) -> Iterator[Part]:
    """Every member against every indicator, in alphabetical order: the whole as a picture, the figures as tables."""
    yield regional_picture(view)
    yield from regional_rug(view)


def region_over_time(view: RegionalView) -> Iterator[Part]:
    """The region's headlines over time, and which of them move."""
    yield over_time(view)
    yield trends_table(view)


def submissions(view: RegionalView) -> Table:
    """What each member sent."""
    return submissions_table(view)
