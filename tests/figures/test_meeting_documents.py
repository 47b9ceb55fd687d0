"""Documents for meetings, from views built by hand: what is counted, in which order, and that nobody is ranked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

import example_views
import pytest

from analysis.figures.drawing import Drawing, Table
from analysis.reference.status import Status
from analysis.registers.confirmations import Answered, Confirmation
from analysis.registers.log.chain import append, read_chain
from analysis.registers.log.event import Actor, Body
from analysis.render import meeting_page
from analysis.views import meeting_pack, protocol, trajectory
from analysis.views.checking_book import AnsweredQuery, BookPage, CheckingBook, FigureToCheck, OpenQuery
from analysis.views.confirmed import answer_words
from analysis.views.meetings import Meeting, meeting_heading
from analysis.views.model import Cell, Variant

NAMES = ("Ambleshire", "Brackwater and Holme", "Carrowmere")
CHAIR = Actor(post="DBG chair", person="0a1b2c3d", known_by="account")
NOTHING = {"stories": (), "queried": (), "prompts": 0, "held_back": 0}


class ThingReleased(Body):
    kind: ClassVar[str] = "thing_released"


class ThingRefused(Body):
    kind: ClassVar[str] = "thing_refused"


def query(number: int) -> OpenQuery:
    return OpenQuery(
        id=f"q{number:010d}", period="2025-26-Q2", about="Referrals", sent="131", seen="131, about 80 before",
        asked="Is the figure right as sent?",
    )  # fmt: skip


def answer(number: int) -> AnsweredQuery:
    return AnsweredQuery(
        id=f"q{number:010d}", period="2025-26-Q2", about="Assessments", answer="corrected figure: 12",
        reason="a *digit* too many", answered_by="performance analyst", on="2025-11-12",
    )  # fmt: skip


def page(name: str, **facts: object) -> BookPage:
    usual: dict[str, object] = {
        "authority": f"q0{NAMES.index(name)}", "name": name, "sent": True, "received": "2025-11-01", "late": False,
        "vintages": 1, "missing": (), "refused": 0, "figures": (), "open": (), "answered": (), "changes": (),
        "stands_out": example_views.stands_out().model_copy(update=NOTHING), "own_words": (),
        "confirmed": "The authority was not asked.",
    }  # fmt: skip
    return BookPage.model_validate({**usual, **facts})


def to_check() -> FigureToCheck:
    gone = Cell(status=Status.SUPPRESSED)
    return FigureToCheck(
        number=3, title="Assessments completed", unit="per 10,000", window_words="in the quarter", decimals=1,
        year_ago=gone, before=Cell(value=120.04), latest=Cell(value=131.25),
    )  # fmt: skip


@pytest.fixture
def book() -> CheckingBook:
    silent = page("Carrowmere", sent=False, received="", late=None, vintages=0)
    late = page("Brackwater and Holme", received="2025-11-20", late=True, vintages=2, answered=(answer(1), answer(2)),
                missing=("Children adopted",), refused=3)  # fmt: skip
    asked = page("Ambleshire", figures=(to_check(),), open=(query(3), query(4), query(5)),
                 stands_out=example_views.stands_out(), changes=(example_views.finding(),))  # fmt: skip
    return CheckingBook(
        heading=meeting_heading(example_views.heading(Variant.INTERNAL, regional=True), Meeting.BOOK),
        due="2025-11-04",
        pages=(asked, late, silent),
        sources=("Returns of the region",),
    )


def text_of(parts: Iterator[object]) -> list[str]:
    said = []
    for part in parts:
        if isinstance(part, Table):
            said.append(" ".join(re.sub(r"<[^>]+>", " ", part.html).split()))
        elif isinstance(part, Drawing):
            said.append(part.caption)
        else:
            said.append(str(part))
    return said


def test_each_authority_has_a_page_of_its_own_in_the_book(book: CheckingBook) -> None:
    said = "\n".join(text_of(meeting_page.book_pages(book)))
    pages = said.split(meeting_page.NEW_PAGE)[1:]
    assert [one.split("## ")[1].splitlines()[0] for one in pages] == list(NAMES)
    for name, one in zip(NAMES, pages, strict=True):
        assert not [other for other in NAMES if other != name and other in one]


def test_a_page_says_whether_its_authority_confirmed_its_figures(book: CheckingBook) -> None:
    day = datetime(2025, 11, 6, tzinfo=UTC).date()
    said = {
        "Ambleshire": (
            Confirmation(state=Answered.CONFIRMED, said=day),
            "confirmed these figures on Thursday 6 November",
        ),
        "Brackwater and Holme": (
            Confirmation(state=Answered.QUERIED, said=day, queried=("A03",)),
            "queries its own figures of 3",
        ),
        "Carrowmere": (Confirmation(state=Answered.OUTSTANDING, asked=day), "and has not answered"),
    }
    pages = tuple(
        one.model_copy(update={"confirmed": answer_words(said[one.name][0], {"A03": 3})}) for one in book.pages
    )
    shown = "\n".join(text_of(meeting_page.book_pages(book.model_copy(update={"pages": pages})))).replace("\\", "")
    for one in shown.split(meeting_page.NEW_PAGE)[1:]:
        name = one.split("## ")[1].splitlines()[0]
        assert said[name][1] in one
        assert not [words for other, (_, words) in said.items() if other != name and words in one]


def test_a_page_says_what_is_asked_answered_changed_and_raised(book: CheckingBook) -> None:
    said = "\n".join(text_of(meeting_page.book_pages(book))).replace("\\", "")
    ambleshire, brackwater, carrowmere = said.split(meeting_page.NEW_PAGE)[1:]
    assert "3 Assessments completed per 10,000, in the quarter c 120.0 131.3" in ambleshire
    assert ambleshire.count("131, about 80 before") == 3
    assert example_views.finding().seen in ambleshire
    for story in book.pages[0].stands_out.stories:
        assert story.prompts[0].title in ambleshire
    assert "received late on 2025-11-20" in brackwater.lower()
    assert "Missing: Children adopted" in brackwater
    assert "a *digit* too many" in brackwater
    assert brackwater.count("corrected figure: 12") == 2
    assert "Nothing received" in carrowmere
    for words in ("No query is open.", "No figure changed since it was first sent.", "No prompt."):
        assert words in carrowmere
        assert words not in ambleshire


def test_labels_of_the_books_tables_are_all_different(book: CheckingBook) -> None:
    labels = [part.label for part in meeting_page.book_pages(book) if isinstance(part, Table)]
    assert len(labels) == 6  # figures of each; and asked and changed of one, answered of another
    assert len(set(labels)) == len(labels)


def test_the_pack_has_a_line_for_each_authority_with_the_books_counts(book: CheckingBook) -> None:
    pack = meeting_pack.build(example_views.regional_view(), book)
    table = next(part for part in meeting_page.pack_pages(pack) if isinstance(part, Table))
    rows = [re.findall(r">([^<>]+)</t[hd]>", row) for row in table.html.split("<tr")[2:]]
    prompts, held = (getattr(example_views.stands_out(), name) for name in ("prompts", "held_back"))
    assert rows == [
        ["Ambleshire", "received in time", "0", "3", "0", "1", str(prompts), str(held)],
        ["Brackwater and Holme", "received late", "1", "0", "2", "0", "0", "0"],
        ["Carrowmere", "nothing received", "0", "0", "0", "0", "0", "0"],
    ]


def test_the_protocol_report_counts_what_the_log_holds_of_its_months_and_nothing_else(
    book: CheckingBook, tmp_path: Path
) -> None:
    first, last = datetime(2025, 10, 1, tzinfo=UTC), datetime(2025, 12, 31, 23, 59, 59, tzinfo=UTC)
    second = timedelta(seconds=1)
    for body, at in (
        (ThingReleased(), first - second),
        (ThingReleased(), first),
        (ThingRefused(), first + timedelta(days=40)),
        (ThingReleased(), last),
        (ThingReleased(), last + second),
    ):
        append(tmp_path / "log", lambda _, body=body: body, by=CHAIR, at=at)  # type: ignore[misc]
    chain = read_chain(tmp_path / "log")
    report = protocol.build(book, chain)
    assert {one.words: one.count for one in report.logged} == {"thing released": 2, "thing refused": 1}
    assert report.head == chain.events[3].sha256


def test_the_protocol_report_counts_the_collection_and_names_nobody(book: CheckingBook, tmp_path: Path) -> None:
    report = protocol.build(book, read_chain(tmp_path / "none"))
    counts = {one.words: one.count for one in (*report.collected, *report.asked)}
    assert counts["authorities in the collection"] == 3
    assert counts["returns received"] == 2
    assert counts["of these with a figure or a mark for every measure"] == 1
    assert (counts["received by the due date"], counts["received after it"]) == (1, 1)
    assert counts["received on a day that is not known"] == 0
    assert (counts["sent more than once"], counts["figures, rows or files refused"]) == (1, 3)
    assert (counts["queries open"], counts["queries answered"]) == (3, 2)
    assert counts["figures changed by a later return or a correction"] == 1
    said = "\n".join([*text_of(meeting_page.protocol_pages(report)), report.model_dump_json()])
    assert not [name for name in NAMES if name in said]
    assert "holds no event" in said


@pytest.mark.parametrize("turned", [False, True], ids=["as they come", "the other way round"])
def test_the_trajectory_paper_ranks_nobody_whatever_the_figures(turned: bool) -> None:
    """S1 14: "the improvement trajectory of authorities"; S1 7: no order by figure, and no sum of indicators."""
    whole = example_views.internal_view()
    views = [
        whole.model_copy(
            update={"heading": whole.heading.model_copy(update={"authority_name": name, "authority": code})}
        )
        for name, code in (("Carrowmere", "q02"), ("Ambleshire", "q00"), ("Brackwater and Holme", "q01"))
    ]
    if turned:
        views = [
            one.model_copy(update={"blocks": other.blocks}) for one, other in zip(views, reversed(views), strict=True)
        ][::-1]
    paper = trajectory.build(example_views.regional_view(), views)
    assert [course.name for course in paper.courses] == list(NAMES)
    said = "\n".join(text_of(meeting_page.trajectory_pages(paper)))
    own_pages = said.partition(meeting_page.NEW_PAGE)[2]
    assert not re.search(r"\b(rank|position|quartile|fourth|\d+ of \d+|best|worst|total|score)\b", own_pages, re.I)


def test_who_has_no_figure_for_the_quarter_is_said_to_have_no_page() -> None:
    paper = trajectory.build(example_views.regional_view(), [], ["Carrowmere", "Ambleshire"])
    said = "\n".join(text_of(meeting_page.trajectory_pages(paper)))
    assert "without a page: Ambleshire, Carrowmere." in said.replace("\\", "")


def test_a_step_is_the_same_quarter_of_each_year_and_the_printed_change() -> None:
    view = example_views.internal_view()
    course = trajectory.build(example_views.regional_view(), [view]).courses[0]
    assert course.quarters == ("2023-24-Q2", "2024-25-Q2", "2025-26-Q2")
    assert [step.number for step in course.steps] == [block.own.card.number for block in view.blocks]
    for step, block in zip(course.steps, view.blocks, strict=True):
        by_quarter = {point.period: point.cell for point in block.own.histories[0].points}
        assert step.cells == tuple(by_quarter[quarter] for quarter in course.quarters)
        assert step.change == block.own.change


def test_every_document_for_a_meeting_keeps_the_internal_marking() -> None:
    regional = example_views.heading(Variant.INTERNAL, regional=True)
    for meeting in Meeting:
        heading = meeting_heading(regional, meeting)
        assert (heading.variant, heading.marking, heading.context) == (
            Variant.INTERNAL,
            regional.marking,
            regional.context,
        )
        assert heading.title.startswith("Far North: ")
