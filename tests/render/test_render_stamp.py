"""The line under the marking, on every page of each format; a draft and its document differ in the marking alone."""

import io
from datetime import date

import lxml.html
import pypdf
import pytest

from analysis.release.policy import release_policy
from analysis.release.refused import RefusedError
from analysis.release.same_but_marking import refuse_if_different
from analysis.render.embedded import render_embedded
from analysis.render.parsing import parse
from analysis.render.prepare import prepare
from analysis.render.stamp import content_id, stamp
from analysis.render.typst_margins import margins
from analysis.views.model import Variant
from analysis.views.words import DRAFT_MARKING, MARKINGS

LINE = "For the Department for Education. Content id 3f2a91bc0d5e77aa. For use until 31 March 2027."


@pytest.fixture(scope="module")
def both(executed, meta, tmp_path_factory):
    """The document and its draft, from one executed notebook."""
    made = []
    for marking in (MARKINGS[Variant.INTERNAL], DRAFT_MARKING):
        told = meta.model_copy(update={"marking": marking, "stamp": LINE})
        prepared = prepare(executed, told, tmp_path_factory.mktemp("stamped"))
        made.append(render_embedded(parse(prepared, told.profile, epoch=0), ["html", "pdf"], epoch=0))
    return made


def pages(content):
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def test_the_stamp_stands_on_every_page_of_the_pdf_under_the_marking(both):
    found = pages(both[0]["pdf"])
    assert len(found) > 1
    assert all(f"{MARKINGS[Variant.INTERNAL]} {LINE}" in text for text in found)


def test_the_stamp_stands_at_both_ends_of_the_page_and_on_each_printed_one(both):
    page = lxml.html.fromstring(both[0]["html"])
    assert [one.text_content() for one in page.find_class("stamp")] == [LINE, LINE]
    assert LINE in page.find_class("each-printed-page")[0].text_content()


def test_quartos_own_pdf_has_it_in_the_margins_too(meta):
    assert LINE in margins(meta.model_copy(update={"stamp": LINE}))


@pytest.mark.parametrize("wanted", ["html", "pdf"])
def test_draft_and_document_differ_in_the_marking_alone(both, wanted):
    final, draft = both[0][wanted], both[1][wanted]
    assert final != draft
    refuse_if_different(f"a.{wanted}", final, draft, (MARKINGS[Variant.INTERNAL], DRAFT_MARKING))


def test_the_marking_taken_out_by_hand_leaves_one_text(both):
    texts = [
        " ".join(lxml.html.fromstring(one["html"]).text_content().replace(marking, "").split())
        for one, marking in zip(both, (MARKINGS[Variant.INTERNAL], DRAFT_MARKING), strict=True)
    ]
    assert texts[0] == texts[1]


@pytest.mark.parametrize("wanted", ["html", "pdf"])
def test_a_draft_of_another_document_is_refused(both, wanted, executed, meta, tmp_path):
    told = meta.model_copy(update={"marking": DRAFT_MARKING, "stamp": LINE, "subtitle": "October to December 2025"})
    other = render_embedded(parse(prepare(executed, told, tmp_path), told.profile, epoch=0), [wanted], epoch=0)
    with pytest.raises(RefusedError, match="differ in more"):
        refuse_if_different(f"a.{wanted}", both[0][wanted], other[wanted], (MARKINGS[Variant.INTERNAL], DRAFT_MARKING))


def test_a_page_without_its_marking_is_refused(both):
    for wanted in ("html", "pdf"):
        with pytest.raises(RefusedError, match="lacks its marking"):
            refuse_if_different(f"a.{wanted}", both[0][wanted], both[1][wanted], ("Another marking.", DRAFT_MARKING))


def test_whatever_a_page_is_made_from_changes_its_content_id(tmp_path):
    template = tmp_path / "report.ipynb"
    template.write_text("{}", encoding="utf-8")
    first = content_id(b"view", [template], ["a"], "kit")
    assert first == content_id(b"view", [template], ["a"], "kit")
    others = {
        content_id(b"another", [template], ["a"], "kit"),
        content_id(b"view", [template], ["b"], "kit"),
        content_id(b"view", [template], ["a"], "another"),
    }
    template.write_text("{ }", encoding="utf-8")
    others.add(content_id(b"view", [template], ["a"], "kit"))
    assert len(others | {first}) == 5


@pytest.mark.parametrize("variant", list(Variant))
def test_only_a_public_document_has_no_last_day(variant):
    line = stamp(variant, "3f2a91bc0d5e77aa", release_policy().use_until(variant, date(2025, 9, 30)))
    assert ("For use until 31 March 2027." in line) == (variant is not Variant.PUBLIC)
    assert "Content id 3f2a91bc0d5e77aa." in line
