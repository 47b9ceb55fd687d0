"""What the intruder reads off the kit's own finished packs, and the bad pages that it must not let through."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import pyplot as plt

from analysis.audit.intruder import attack
from analysis.audit.intruder.counting import told
from analysis.audit.intruder.knowledge import Forecast, logs
from analysis.audit.intruder.page import Page, read_page
from analysis.audit.intruder.rows import of_group
from analysis.audit.intruder.structure import Vocabulary
from analysis.audit.unreadable import DamagedError
from analysis.disclosure.policy import policy
from analysis.reference.authorities import authorities
from analysis.reference.periods import Quarter
from analysis.reference.populations import edition_for, population_frame
from analysis.reference.registry import registry

pytestmark = pytest.mark.acceptance

CODES = ("825", "921")
LATEST = Quarter.parse("2025-26-Q2")


def words(code: str) -> Vocabulary:
    return Vocabulary.of(registry(), "annex-a-2019", (authorities()[code].name, "South East", "England"))


def pack_of(code: str, *files: tuple[str, bytes]) -> attack.Pack:
    children = population_frame().set_index(["authority", "mid_year"])["population"]
    pages = tuple(read_page(name, content) for name, content in files)
    tables = [table for page in pages for table in page.tables]
    counts = told(tables, registry(), LATEST, lambda quarter: float(children[code, edition_for(quarter)]))
    return attack.Pack(pages, words(code), counts)


@dataclass(frozen=True)
class Bytes:
    """The kit's own packs of two authorities, as files."""

    html: dict[str, bytes]
    pdf: dict[str, bytes]


@pytest.fixture(scope="module")
def files(built: Path) -> Bytes:
    def read(ending: str) -> dict[str, bytes]:
        found = {code: next((built / "anonymised").glob(f"*-{code}-*.{ending}")) for code in CODES}
        return {code: path.read_bytes() for code, path in found.items()}

    return Bytes(read("html"), read("pdf"))


@pytest.fixture(scope="module")
def packs(files: Bytes) -> list[attack.Pack]:
    return [pack_of(code, ("a.html", files.html[code]), ("a.pdf", files.pdf[code])) for code in CODES]


def bad(files: Bytes, old: bytes, new: bytes) -> attack.Pack:
    assert files.html["921"].count(old)
    return pack_of("921", ("bad.html", files.html["921"].replace(old, new, 1)))


def test_the_kits_packs_have_no_mark_of_others_and_say_the_same_of_the_group(packs: list[attack.Pack]) -> None:
    assert attack.empty_pages(packs).passed
    assert not attack.empty_pages(packs, unread=1).passed
    assert attack.structure(packs).statistic == 0
    assert attack.sameness(packs).passed
    assert attack.hidden_counts(packs, registry(), policy()).passed
    (named,) = attack.naming(packs, {"the tables of today": []}, policy())
    assert (named.passed, named.found) == (True, "0 marks to name.")


def test_the_isle_of_wights_hidden_counts_are_looked_for(packs: list[attack.Pack]) -> None:
    assert packs[1].counts.hidden, "a pack without a hidden count would prove nothing here"


def test_html_and_pdf_print_the_same_bands(packs: list[attack.Pack]) -> None:
    html, pdf = packs[0].pages
    spoken = [(one.lower, one.median, one.upper) for one in html.bands if not one.period]
    assert len(spoken) > 10
    assert spoken == [(one.lower, one.median, one.upper) for one in pdf.bands]


@pytest.mark.parametrize(
    "row",
    [
        "<tr><th>Authority A</th><td>512.3</td></tr>",
        "<tr><th>3</th><td>512.3</td></tr>",
        "<tr><th>The island</th><td>1,512.3</td></tr>",
    ],
)
def test_a_row_that_is_no_period_and_no_indicator_is_a_mark(files: Bytes, row: str) -> None:
    result = attack.structure([bad(files, b"</tbody>", f"{row}</tbody>".encode())])
    assert (result.statistic, result.passed) == (1, False)


def test_a_column_for_somebody_is_a_mark(files: Bytes) -> None:
    page = (
        b"<html><body><table><tr><th>Indicator</th><th>Latest figure</th><th>Authority B</th></tr>"
        b"<tr><th>1 Referrals to children's social care</th><td>500.1</td><td>512.3</td></tr></table></body></html>"
    )
    assert attack.structure([pack_of("921", ("bad.html", page))]).statistic == 1


@pytest.mark.parametrize(
    "drawn",
    [b"<svg><circle/></svg>", b"<canvas></canvas>", b"<script>1</script>", b"<img src='data:image/svg+xml,x'>"],
)
def test_a_drawing_made_of_marks_is_failed(files: Bytes, drawn: bytes) -> None:
    assert not attack.structure([bad(files, b"</body>", drawn + b"</body>")]).passed


@pytest.mark.parametrize(
    "several",
    [
        "<ul>" + "".join(f"<li>{letter}: 51{place}.3</li>" for place, letter in enumerate("ABCDE")) + "</ul>",
        "<p>The others: 512.3, 488.1, 390.2, 611.0 and 702.9.</p>",
        "<table><tr>" + "<td style='background-color: #12436D'></td>" * 5 + "</tr></table>",
        "<div style='background: #2073BC'></div>" * 5,
    ],
)
def test_a_row_of_several_in_whatever_form_is_failed(files: Bytes, several: str) -> None:
    result = attack.structure([bad(files, b"</main>", several.encode() + b"</main>")])
    assert (result.statistic, result.passed) == (1, False)


def test_dots_in_a_pdf_are_failed() -> None:
    with mpl.rc_context({"pdf.compression": 6}):
        figure, axes = plt.subplots()
        axes.plot([1, 2, 3], [4, 5, 6], "o")
        out = io.BytesIO()
        figure.savefig(out, format="pdf")
        plt.close(figure)
    page = read_page("dots.pdf", out.getvalue())
    assert page.drawings
    assert not attack.structure([attack.Pack((page,), words("921"), told([], registry(), LATEST, float))]).passed


def test_a_band_that_differs_in_one_pack_is_failed(files: Bytes, packs: list[attack.Pack]) -> None:
    band = packs[1].pages[0].bands[0]
    changed = bad(files, f"median {band.median}".encode(), b"median 77")
    result = attack.sameness([packs[0], changed])
    assert (result.passed, result.statistic) == (False, 1)


def test_a_group_that_is_told_another_size_in_one_pack_is_failed(files: Bytes, packs: list[attack.Pack]) -> None:
    changed = bad(files, b"(at least 15 authorities): middle", b"(at least 20 authorities): middle")
    assert not attack.sameness([packs[0], changed]).passed


def test_a_file_from_which_no_band_can_be_read_is_failed(packs: list[attack.Pack]) -> None:
    silent = attack.Pack(
        (Page("silent.html", (), (), (), ()),), packs[0].words, told([], registry(), LATEST, lambda _: 1.0)
    )
    assert not attack.empty_pages([packs[0], silent]).passed
    assert not attack.sameness([packs[0], silent]).passed
    assert not attack.empty_pages([]).passed
    assert not attack.sameness([]).passed


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7 cut short", b"<html>\xff\xfe</html>"])
def test_what_cannot_be_read_is_refused(content: bytes) -> None:
    with pytest.raises(DamagedError):
        read_page("x", content)


def test_rows_under_pseudonyms_are_named(files: Bytes) -> None:
    """Three indicators for three rows, as last year's tables have them but for 1 %."""
    titles = [
        "Referrals to children's social care",
        "Assessments completed",
        "Children in need at the end of the period",
    ]
    figures = np.array([[400.0, 350, 300], [700, 600, 380], [2000, 900, 500]])
    heads = "".join(f"<th>{title}</th>" for title in titles)
    rows = "".join(
        f"<tr><th>Authority {name}</th>{''.join(f'<td>{value * 1.01:.1f}</td>' for value in line)}</tr>"
        for name, line in zip("ABC", figures, strict=True)
    )
    page = f"<html><body><table><tr><th>Authority</th>{heads}</tr>{rows}</table></body></html>"
    bad_pack = pack_of("921", ("bad.html", page.encode()))
    known = []
    for title in bad_pack.words.indicators:
        column = next((place for place, one in enumerate(titles) if title.endswith(one)), None)
        centre = np.full(3, np.nan) if column is None else logs(figures[:, column])
        known.append(Forecast(centre, np.full(3, 0.1), 0.05))
    (result,) = attack.naming([bad_pack], {"last year's tables": known}, policy())
    assert (result.statistic, result.passed) == (3, False)


def test_two_groups_that_differ_in_one_member_fail_both_tests_of_groups() -> None:
    codes = [f"{place:03}" for place in range(12)]
    about, readers = ("A01", "2025-26-Q2"), [(code,) for code in codes]
    one = [of_group(about, codes)]
    assert all(result.passed for result in attack.row_space(one, readers, policy()))
    two = [*one, of_group(about, codes[:11])]
    assert [result.passed for result in attack.row_space(two, readers, policy())] == [False, False]


def test_no_result_quotes_a_figure_of_anybody(packs: list[attack.Pack]) -> None:
    results = [attack.empty_pages(packs), attack.structure(packs), attack.sameness(packs)]
    results.append(attack.hidden_counts(packs, registry(), policy()))
    said = " ".join(result.tried + result.found for result in results)
    assert not any(authority.name in said for authority in authorities().values())


def test_a_run_whose_planted_page_passes_is_void(packs: list[attack.Pack]) -> None:
    """A policy under which nothing would be exposed lets the planted page pass: the result fails for that alone."""
    blunt = policy().model_copy(update={"min_possible_counts": 0})
    result = attack.hidden_counts([replace(packs[0])], registry(), blunt)
    assert not result.passed
    assert "void" in result.found
