"""The HTML document, read with a parser of its own."""

import re

import pytest
from lxml import html

from analysis.render.embedded import render_embedded


@pytest.fixture(scope="module")
def content(pages):
    return pages["own"]


@pytest.fixture(scope="module")
def page(content):
    return html.document_fromstring(content.decode("utf-8"))


def words(element):
    return " ".join(element.text_content().split())


def test_the_headings_stand_in_order_below_the_title(page, meta):
    headings = [(each.tag, words(each)) for each in page.iter("h1", "h2", "h3", "h4")]
    assert headings == [
        ("h1", meta.title),
        ("h2", "Contents"),
        ("h2", "What this document is"),
        ("h2", "Referrals"),
        ("h3", "1. Referrals in the quarter"),
        ("h3", "2. Re-referrals"),
        ("h2", "Sources"),
    ]


def test_each_picture_is_inside_the_file_with_caption_and_alternative_text(page):
    figures = page.findall(".//figure")
    assert [(each.get("id"), words(each.find("figcaption")), each.find("img").get("alt")) for each in figures] == [
        ("fig-a01-trend", "Figure 1: Referrals, 12 quarters [c = 1 to 5]", 'Rose from 5 to "7" & fell'),
        ("fig-a02-trend", "Figure 2: Re-referrals", "Level throughout"),
    ]
    assert all(each.find("img").get("src").startswith("data:image/png;base64,") for each in figures)


def test_a_table_of_figures_is_the_one_that_was_shown(page):
    table = page.get_element_by_id("tbl-a01").find("table")
    assert words(table.find("caption")) == "Referrals & re-referrals"
    assert [[words(cell) for cell in row] for row in table.iter("tr")] == [
        ["Quarter", "Number", "Rate"],
        ["Q1April to June", "1,234", "56.7"],
        ["Q2", "c", "x"],
    ]
    assert [each.get("scope") for each in table.iter("th")] == ["col", "col", "col", "row", "row"]
    assert "background-color: #092135" in table.findall(".//td")[0].get("style")


def test_references_lead_to_their_pictures(page):
    links = {words(each): each.get("href") for each in page.iter("a") if "Figure" in words(each)}
    assert links == {"Figure 1": "#fig-a01-trend", "Figure 2": "#fig-a02-trend"}
    ids = {each.get("id") for each in page.iter() if each.get("id")}
    assert {each.get("href")[1:] for each in page.iter("a")} <= ids


def test_callouts_are_notes_with_their_titles_and_all_that_stands_in_them(page):
    notes = [words(each) for each in page.find_class("callout")]
    assert notes == [
        "Data is a question, not an answer A callout with its title as a heading.",
        "Unaudited A callout with its title as an attribute.",
        "Tip Text from a cell, in the callout.",
    ]
    assert {each.get("role") for each in page.find_class("callout")} == {"note"}


def test_only_the_words_for_this_reader_and_format_are_there(content):
    assert b"for the reader of the own variant only" in content
    assert b"on the web page only" in content
    assert b"internal reader" not in content
    assert b"on paper only" not in content


def test_words_from_outside_are_printed_letter_by_letter(page):
    assert "<b>*From* [outside](http://elsewhere.example)</b> {{< meta x >}} $5 & \\ 1. @fig-a01-trend" in words(page)


def test_marking_and_made_up_stand_at_both_ends_and_on_each_printed_page(page, meta):
    for part in (page.find(".//header"), page.find(".//footer"), *page.find_class("each-printed-page")):
        assert "MADE-UP DATA" in words(part)
    assert [words(each) for each in page.find_class("marking")] == [meta.marking, meta.marking]
    assert meta.marking in words(page.find_class("each-printed-page")[0])
    assert "MADE-UP DATA" in page.findtext(".//title")


def test_the_page_has_landmarks_a_language_and_a_way_past_the_head(page):
    assert page.get("lang") == "en-GB"
    assert [len(page.findall(f".//{tag}")) for tag in ("header", "nav", "main", "footer", "h1")] == [1, 1, 1, 1, 1]
    nav = page.find(".//nav")
    assert words(page.get_element_by_id(nav.get("aria-labelledby"))) == "Contents"
    skip = next(page.iter("a"))
    assert skip.get("href") == f"#{page.find('.//main').get('id')}"


def test_the_file_calls_out_to_nothing_and_runs_nothing(content, page):
    outside = [each.get(name) for each in page.iter() for name in ("src", "href") if each.get(name)]
    assert all(address.startswith(("#", "data:")) for address in outside)
    assert b"<script" not in content
    assert b"<link" not in content
    assert not re.search(rb"@import|url\(", content)


def test_the_same_inputs_give_the_same_bytes(parsed, content):
    assert render_embedded(parsed, ["html"], epoch=0)["html"] == content
