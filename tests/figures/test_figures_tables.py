"""Tables as markup: parsed again here, as a screen reader or another renderer would."""

from __future__ import annotations

import re

import example_views as examples
import pytest
from lxml import html as lxml_html

from analysis.figures import (
    Table,
    block_table,
    comparison_table,
    findings_table,
    members_table,
    positions_table,
    published_table,
    readings_table,
    regional_rug,
    rug_table,
    submissions_table,
    trends_table,
)
from analysis.figures.markup import Column, Row, table, words

INTERNAL, OWN, ANONYMISED = examples.internal_view(made_up=True), examples.own_view(), examples.anonymised_view()
DFE, PUBLIC, REGIONAL = examples.dfe_view(), examples.public_view(), examples.regional_view()

# name: (table, rows, columns)
TABLES: dict[str, tuple[Table, int, int]] = {
    "internal rug": (rug_table(INTERNAL), 18, 9),
    "own rug": (rug_table(OWN), 18, 6),
    "anonymised rug": (rug_table(ANONYMISED), 18, 7),
    "dfe rug": (rug_table(DFE), 18, 8),
    "public rug": (rug_table(PUBLIC), 5, 8),
    "groups": (comparison_table(INTERNAL), 18, 7),
    "series of a flow": (block_table(INTERNAL.blocks[0], INTERNAL.heading), 12, 4),
    "series of a stock": (block_table(INTERNAL.blocks[4], INTERNAL.heading), 12, 3),
    "series of a duration": (block_table(INTERNAL.blocks[15], INTERNAL.heading), 12, 3),
    "series by year": (block_table(PUBLIC.blocks[0], PUBLIC.heading), 12, 3),
    "positions": (positions_table(INTERNAL.blocks[6], INTERNAL.heading), 3, 7),
    "members": (members_table(INTERNAL.blocks[0], INTERNAL.heading), 19, 2),
    "published": (published_table(ANONYMISED.blocks[6], ANONYMISED.heading), 3, 6),
    "findings": (findings_table(INTERNAL.findings, INTERNAL.heading), 1, 6),
    "regional findings": (findings_table(REGIONAL.findings, REGIONAL.heading), 1, 7),
    "submissions": (submissions_table(REGIONAL), 19, 7),
    "readings": (readings_table(INTERNAL), 18, 4),
    "trends": (trends_table(REGIONAL), 18, 6),
    **{f"regional rug {number}": (part, 22, 0) for number, part in enumerate(regional_rug(REGIONAL), start=1)},
}
every_table = pytest.mark.parametrize(("made", "rows", "columns"), TABLES.values(), ids=TABLES.keys())


def parsed(made: Table) -> lxml_html.HtmlElement:
    return lxml_html.fromstring(made.html)


def texts(tree: lxml_html.HtmlElement, path: str) -> list[str]:
    return [" ".join(cell.text_content().split()) for cell in tree.xpath(path)]


def lines_of(cell: lxml_html.HtmlElement) -> list[str]:
    return [text.strip() for text in cell.itertext() if text.strip()]


@every_table
def test_a_table_has_caption_headings_and_equal_rows(made: Table, rows: int, columns: int) -> None:
    tree = parsed(made)
    assert tree.tag == "table"
    assert texts(tree, "./caption") == [made.caption]
    heads = tree.xpath("./thead/tr/th")
    assert all(head.get("scope") == "col" and head.text_content().strip() for head in heads)
    body = tree.xpath("./tbody/tr")
    assert len(body) == rows
    assert len(heads) == columns or columns == 0
    for row in body:
        assert [cell.tag for cell in row] == ["th"] + ["td"] * (len(heads) - 1)
        assert row[0].get("scope") == "row"
        assert all(cell.text_content().strip() or cell.xpath("./img[@alt]") for cell in row)


@every_table
def test_a_table_has_nothing_merged_no_blank_line_and_little_style(made: Table, rows: int, columns: int) -> None:
    tree = parsed(made)
    assert not tree.xpath("//@rowspan | //@colspan | //*[not(self::img)]/@id | //script")
    assert [f"figures/{picture.label}.png" for picture in made.pictures] == tree.xpath("//img/@src")
    assert {re.sub(r"\d+", "", link) for link in tree.xpath("//a/@href")} <= {"#indicator-"}
    assert all(line.strip() for line in made.html.splitlines())
    for style in tree.xpath("//td/@style"):
        assert re.fullmatch(r"background-color: #[0-9A-F]{6}; color: #[0-9A-F]{6}", style)
    assert not tree.xpath("//tr/@style | //th/@style | //table/@style | //span/@style")


@every_table
def test_widths_of_columns_are_whole_percentages_of_the_page(made: Table, rows: int, columns: int) -> None:
    tree = parsed(made)
    widths = [int(style.removeprefix("width: ").removesuffix("%")) for style in tree.xpath("./colgroup/col/@style")]
    assert not widths or (sum(widths) == 100 and len(widths) == len(tree.xpath("./thead/tr/th")))


@every_table
def test_row_headings_are_different(made: Table, rows: int, columns: int) -> None:
    heads = texts(parsed(made), "./tbody/tr/th")
    assert len(set(heads)) == len(heads)


@every_table
def test_words_are_those_that_may_be_read_by_anybody(made: Table, rows: int, columns: int) -> None:
    text = f"{made.caption} {parsed(made).text_content()}".lower()
    for word in ("verdict", "worst", "cases", "cla", "failing", "league"):
        assert not re.search(rf"\b{word}\b", text)


def test_the_rug_holds_each_indicator_with_unit_window_value_and_change() -> None:
    rows = parsed(rug_table(INTERNAL)).xpath("./tbody/tr")
    for row, block in zip(rows, INTERNAL.blocks, strict=True):
        own, decimals = block.own, block.own.card.decimals
        assert lines_of(row[0]) == [
            f"{own.card.number} {own.card.title}",
            f"{own.card.unit}, {own.card.window_words}",
        ]
        assert row[1].text_content() == f"{own.latest.value:,.{decimals}f}"
        assert float(row[3].text_content().replace(",", "")) == pytest.approx(own.change.value, abs=0.51 / 10**decimals)
        assert row[3].text_content()[0] in "+-0"


def test_each_row_of_the_rug_has_its_line_and_leads_to_its_indicator() -> None:
    made = rug_table(ANONYMISED)
    for row, picture, block in zip(parsed(made).xpath("./tbody/tr"), made.pictures, ANONYMISED.blocks, strict=True):
        assert row.xpath("./th/a/@href") == [f"#indicator-{block.own.card.number}"]
        assert row.xpath("./td[2]/img/@alt") == [picture.alt]
        figures = [point.cell.value for point in block.own.histories[0].points if point.cell.value is not None]
        decimals = block.own.card.decimals
        assert f"Lowest {min(figures):,.{decimals}f} in " in picture.alt
        assert f"highest {max(figures):,.{decimals}f} in " in picture.alt
    assert not rug_table(DFE).pictures
    assert all("MADE-UP DATA" in picture.texts for picture in rug_table(INTERNAL).pictures)
    assert not any("MADE-UP DATA" in picture.texts for picture in rug_table(OWN).pictures)


def test_a_row_belongs_to_the_group_of_its_indicator() -> None:
    made = rug_table(OWN)
    shown = [made.groups[int(name.removeprefix("group-")) - 1] for name in parsed(made).xpath("./tbody/tr/@class")]
    assert shown == [block.own.card.group for block in OWN.blocks]
    assert len(set(shown)) > 3


def test_a_prompt_stands_in_words_in_the_internal_rug_and_in_no_other() -> None:
    assert texts(parsed(rug_table(INTERNAL)), "./tbody/tr/td[8]")[:5] == [
        "higher this quarter", "lower over four quarters", "moving upwards", "being asked about", "none",
    ]  # fmt: skip
    for view in (OWN, ANONYMISED, DFE, PUBLIC):
        assert "Prompts" not in texts(parsed(rug_table(view)), "./thead/tr/th")


def test_a_stock_has_no_twelve_months() -> None:
    rows = parsed(rug_table(OWN)).xpath("./tbody/tr")
    stocks = {
        row[5].text_content() for row, block in zip(rows, OWN.blocks, strict=True) if block.own.card.kind == "stock"
    }
    assert stocks == {"not summed"}


def test_positions_carry_the_year_that_they_stand_among() -> None:
    row = parsed(rug_table(INTERNAL)).xpath("./tbody/tr")[0]
    block = INTERNAL.blocks[0]
    assert lines_of(row[5]) == [f"{block.region.rank} of 18", "(1 to 5)"]
    near = block.neighbours
    assert lines_of(row[6]) == [f"{near.rank} of 10", f"({near.interval.low} to {near.interval.high})", "2024-25"]
    one_line = parsed(rug_table(DFE)).xpath("./tbody/tr")[0]
    assert lines_of(one_line[5]) == [f"{near.rank} of 10 ({near.interval.low}–{near.interval.high})"]


def test_the_year_of_a_whole_column_stands_in_its_heading_in_the_dfe_rug_and_else_in_the_cell() -> None:
    def neighbours(made: Table) -> tuple[str, list[str]]:
        tree = parsed(made)
        return " ".join(tree.xpath("./thead/tr/th")[5].text_content().split()), [
            " ".join(lines_of(row[5])) for row in tree.xpath("./tbody/tr")
        ]

    heading, cells = neighbours(rug_table(DFE))
    assert heading == "Statistical neighbours, 2024-25"
    assert re.fullmatch(r"\d+ of 10( \(\d+–\d+\))?", cells[0])
    first, *others = DFE.blocks
    assert first.neighbours.placed_among == "2024-25"
    of_the_file = first.model_copy(update={"neighbours": first.neighbours.model_copy(update={"placed_among": ""})})
    heading, cells = neighbours(rug_table(DFE.model_copy(update={"blocks": (of_the_file, *others)})))
    assert heading == "Statistical neighbours"
    assert not cells[0].endswith("2024-25")
    assert any(cell.endswith("2024-25") for cell in cells[1:])


def test_the_dfe_rug_has_each_position_with_its_interval_in_one_line() -> None:
    places = [[block.region, block.neighbours, block.england] for block in DFE.blocks]
    cells = [[" ".join(cell.itertext()) for cell in row[4:7]] for row in parsed(rug_table(DFE)).xpath("./tbody/tr")]
    shown = [
        (position, cell)
        for positions, row in zip(places, cells, strict=True)
        for position, cell in zip(positions, row, strict=True)
        if position.rank is not None and position.interval is not None
    ]
    assert shown
    for position, cell in shown:
        interval = position.interval
        assert cell.startswith(f"{position.rank} of {position.reporting} ({interval.low}–{interval.high})")
    assert "9 times in 10 (90% interval)" in rug_table(DFE).caption


def test_no_position_has_its_reason_in_the_caption_with_its_indicators() -> None:
    made = rug_table(INTERNAL)
    assert texts(parsed(made), "./tbody/tr[7]/td[6]") == ["not placed"]
    reason = "Not placed in Statistical neighbours and England: published figures are not like for like"
    assert f"{reason} (indicators 7, 16, 17)." in made.caption


def test_positions_are_shaded_by_sixths_and_neutral_ones_in_grey() -> None:
    for row, block in zip(parsed(rug_table(INTERNAL)).xpath("./tbody/tr"), INTERNAL.blocks, strict=True):
        rank, reporting = block.region.rank, block.region.reporting
        assert rank is not None
        background = re.search(r"#(\w{6})", row[5].get("style"))
        assert background is not None
        grey = len({background[1][start : start + 2] for start in (0, 2, 4)}) == 1
        darkest_to_lightest = [band for band in range(6) if rank <= -(-reporting * (band + 1) // 6)]
        expected = {"#092135": 0, "#12436D": 1, "#2073BC": 2, "#6BACE6": 3, "#ADD1F1": 4, "#F2F2F2": 5}
        if block.own.card.polarity == "neutral":
            assert grey
        else:
            assert expected[background[0]] == darkest_to_lightest[0]


def test_the_dfe_rug_says_every_window_once() -> None:
    caption = rug_table(DFE).caption
    assert "Figures are in the quarter; 12 months to the end of the quarter: indicators 15, 16, 17, 18;" in caption
    assert "at the end of the quarter: indicators 5, 8, 12." in caption


def test_the_anonymised_rug_has_fourth_and_band_and_no_position() -> None:
    made = rug_table(ANONYMISED)
    tree = parsed(made)
    band = ANONYMISED.blocks[0].bands
    assert band is not None
    latest = band.bands[-1]
    assert latest.lower < (ANONYMISED.blocks[0].own.latest.value or 0) <= latest.median
    assert texts(tree, "./tbody/tr[1]/td")[3:] == [
        "lower-middle fourth",
        f"{latest.lower:g} to {latest.upper:g}",
        f"{latest.median:g}",
    ]
    assert texts(tree, "./tbody/tr[16]/td")[3:] == ["no band"] * 3
    assert "No band: too few authorities with a figure (indicator 16)." in made.caption
    assert not re.search(r"\d+ of \d+", made.html)


def test_an_own_figure_that_is_missing_has_no_fourth() -> None:
    block = ANONYMISED.blocks[0].model_copy(
        update={"own": examples.own_figures(0, missing={11: examples.SUPPRESSED}), "fourth": ""}
    )
    made = rug_table(ANONYMISED.model_copy(update={"blocks": (block,)}))
    assert texts(parsed(made), "./tbody/tr/td")[:4] == ["c", "", "c", "no figure"]
    assert "c = a count of 1 to 5" in made.caption


def test_neighbours_are_counted_without_the_authority_itself() -> None:
    tree = parsed(comparison_table(INTERNAL))
    cell = tree.xpath("./tbody/tr[1]/td[4]")[0]
    assert lines_of(cell) == [f"{INTERNAL.blocks[0].neighbours.mean.value:,.1f}", "9 of 10"]


def test_a_series_table_has_every_figure_of_every_period() -> None:
    block = INTERNAL.blocks[1]
    tree = parsed(block_table(block, INTERNAL.heading))
    for column, history in enumerate(block.own.histories, start=1):
        printed = texts(tree, f"./tbody/tr/td[{column}]")
        expected = [
            point.cell.status.symbol if point.cell.value is None else f"{point.cell.value:,.{history.decimals}f}"
            for point in history.points
        ]
        assert printed == expected
    assert texts(tree, "./tbody/tr/th")[0] == "October to December 2022"
    assert tree.xpath("./tbody/tr[4]/td[1]/@class") == ["number missing"]


def test_series_are_labelled_with_their_window() -> None:
    heads = texts(parsed(block_table(INTERNAL.blocks[0], INTERNAL.heading)), "./thead//th")
    assert heads == [
        "Period",
        "Rate, in the quarter",
        "Rate, 12 months to the end of the quarter",
        "Number, in the quarter",
    ]
    stock = texts(parsed(block_table(INTERNAL.blocks[4], INTERNAL.heading)), "./thead//th")
    assert all(head.endswith("at the end of the quarter") for head in stock[1:])
    years = texts(parsed(block_table(PUBLIC.blocks[0], PUBLIC.heading)), "./thead//th")
    assert all(head.endswith("in the year ending 31 March") for head in years[1:])


def test_published_figures_carry_source_year_and_difference() -> None:
    made = published_table(ANONYMISED.blocks[6], ANONYMISED.heading)
    first = texts(parsed(made), "./tbody/tr[1]/*")
    assert first[0] == "Far North"
    assert first[1] == "2024-25"
    assert first[4] == "no"
    assert made.caption.count("Not like for like: DfE divides by conferences.") == 1
    assert first[5] == "Characteristics of children in need 2025"
    alike = published_table(OWN.blocks[0], OWN.heading)
    assert texts(parsed(alike), "./tbody/tr[1]/td[4]") == ["yes"]
    assert "Not like for like" not in alike.caption


def test_text_from_outside_is_escaped() -> None:
    nasty = examples.finding().model_copy(update={"seen": "<script>alert(1)</script> & 'x'"})
    made = findings_table([nasty], INTERNAL.heading)
    assert "<script" not in made.html
    assert texts(parsed(made), "./tbody/tr/td[4]") == ["<script>alert(1)</script> & 'x'"]


def test_a_table_of_no_findings_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        findings_table([], INTERNAL.heading)


def test_made_up_is_in_the_caption_of_a_table() -> None:
    assert "MADE-UP DATA" in rug_table(INTERNAL).caption
    assert "MADE-UP" not in rug_table(OWN).caption


def test_a_wrong_row_or_an_empty_heading_is_refused() -> None:
    columns = [Column("Indicator", number=False), Column("Value")]
    with pytest.raises(ValueError, match="hasn't 1 cells"):
        table("tbl-x", "x", "Caption.", columns, [Row(words("a"), ())])
    with pytest.raises(ValueError, match="empty heading"):
        table("tbl-x", "x", "Caption.", columns, [Row(words(""), (words("b"),))])


def test_the_same_view_gives_the_same_table() -> None:
    assert rug_table(examples.internal_view()) == rug_table(examples.internal_view())
