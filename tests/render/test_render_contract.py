"""The contract of docs/quarto-features.md: what is outside is refused, and what a profile hides is gone."""

import json
import re
from pathlib import Path

import pytest
from small_notebooks import markdown_cell

from analysis.errors import BadReferenceError
from analysis.render.document import DocumentMeta
from analysis.render.parsing import UnservedFeatureError, parse
from analysis.render.prepare import prepare
from analysis.render.project import profile_file
from analysis.views.model import Variant

ROOT = Path(__file__).resolve().parents[2]
CONTRACT = (ROOT / "docs" / "quarto-features.md").read_text(encoding="utf-8")
FILTER = (ROOT / "src" / "analysis" / "render" / "assets" / "document.lua").read_text(encoding="utf-8")


@pytest.fixture
def parse_text(notebook, meta, tmp_path):
    def parse_markdown(markdown, profile=Variant.OWN):
        return parse(prepare(notebook([markdown_cell(markdown)]), meta, tmp_path / "p"), profile, epoch=0)

    return parse_markdown


def figure(label="fig-a", attributes='fig-alt="Level" width=6in', caption="Caption", source="figures/fig-a.png"):
    return f"![{caption}]({source}){{#{label} {attributes}}}"


@pytest.mark.parametrize(
    ("markdown", "told"),
    [
        ("# Level one", "level-one heading"),
        ("::: {.content-hidden when-profile='anonymised'}\nx\n:::", "division .content-hidden"),
        ("::: {.content-visible when-profile='anonymized'}\nx\n:::", "no profile is called anonymized"),
        ("::: {.content-visible unless-profile='anonymised'}\nx\n:::", "content-visible with no condition"),
        ("::: {.content-visible when-profile='own' unless-format='html'}\nx\n:::", "content-visible with no condition"),
        ("::: {.content-visible}\nx\n:::", "content-visible with no condition"),
        ("::: {.content-visible when-format='latex'}\nx\n:::", "no format is called latex"),
        ("::: {.panel-tabset}\nx\n:::", "division .panel-tabset"),
        ("::: {.callout-note .big}\nx\n:::", "division .callout-note.big"),
        ("::: {.callout-fancy}\nx\n:::", "callout of kind fancy"),
        ("::: {.callout-note collapse=true}\nx\n:::", "callout's collapse"),
        ("::: {#id}\nx\n:::", "division without a class"),
        ("<b>bold</b>", "RawInline"),
        ("<div>\nx\n</div>", "without a class"),
        ("<!-- a note to myself -->", "raw html"),
        ("```{=html}\n<script>alert(1)</script>\n```", "raw html"),
        ("```{=typst}\n#pagebreak()\n```", "raw typst"),
        ("\\newpage", "raw tex"),
        ("```python\nx = 1\n```", "CodeBlock"),
        ("[DfE](https://www.gov.uk)", "link to outside"),
        ("<https://www.gov.uk>", "link to outside"),
        ("[file](../data/raw)", "link to outside"),
        ("![x](figures/fig-a.png)", "without a label"),
        ("words ![x](figures/fig-a.png){fig-alt='y'} words", "picture inside a line"),
        (figure(attributes="width=6in"), "fig-a has no alternative text"),
        (figure(attributes='fig-alt="" width=6in'), "fig-a has no alternative text"),
        (figure(attributes='fig-alt="x"'), "no width in inches"),
        (figure(attributes='fig-alt="x" width="6in, fill: red"'), "no width in inches"),
        (figure(caption=""), "picture"),
        (figure(source="https://example.org/x.png"), "from elsewhere"),
        (figure(source="../secret.png"), "from elsewhere"),
        (figure() + "\n\n" + figure(), "two pictures with the label fig-a"),
        ("see @fig-nowhere", "reference to fig-nowhere"),
        ("see @tbl-rug", "reference to tbl-rug"),
        ("a note[^1]\n\n[^1]: here", "Note"),
        ("$x^2$", "Math"),
        ("[x]{.mark}", "Span"),
        ("{{< meta authority >}}", "shortcode"),
        ("Term\n\n:   Definition", "DefinitionList"),
        ("| a |\n|---|\n| b |\n\n: Caption", "caption under a Markdown table"),
    ],
)
def test_what_is_not_served_is_refused_by_name(parse_text, markdown, told):
    with pytest.raises(UnservedFeatureError, match=re.escape(told)):
        parse_text(markdown)


@pytest.mark.parametrize("profile", list(Variant))
def test_each_profile_sees_its_own_words_and_nobody_elses(parse_text, profile):
    each = "\n\n".join(
        f"::: {{.content-visible when-profile={name.value}}}\nFor-{name.value}.\n:::" for name in Variant
    )
    parsed = parse_text(each, profile)
    text = json.dumps(parsed.tree["blocks"])
    assert [name for name in Variant if f"For-{name.value}." in text] == [profile]
    assert sorted(parsed.hidden) == sorted(f"For-{name.value}." for name in Variant if name is not profile)


def test_hidden_text_is_gone_from_the_tree_however_deep_it_stands(parse_text):
    markdown = (
        "::: {.callout-note}\n:::: {.content-visible when-profile=internal}\n\n- SECRET-ONE\n\n"
        "::::: {.content-visible when-profile=own}\nSECRET-TWO\n:::::\n::::\n\nopen\n:::"
    )
    parsed = parse_text(markdown)
    assert "SECRET" not in json.dumps(parsed.tree)
    assert "open" in json.dumps(parsed.tree)


def test_a_profile_without_a_wording_file_is_an_error(monkeypatch, tmp_path, parse_text):
    """Quarto would go on without a word, with the first profile of its group."""
    monkeypatch.setattr("analysis.render.project.workspace", lambda: type("W", (), {"quarto_project": tmp_path}))
    with pytest.raises(BadReferenceError, match="missing"):
        parse_text("text")
    with pytest.raises(ValueError, match="anonymized"):
        profile_file("anonymized")


def _names(pattern):
    return re.search(pattern, FILTER)[1].split()


def test_the_contract_names_everything_that_is_served():
    kinds = re.findall(r"(\w+) = \"", re.search(r"local CALLOUTS = {(.*?)}", FILTER)[1])
    divisions = _names(r'PLAIN_DIVS = set_of\("(.*?)"\)')
    assert len(kinds) == 5
    for name in (*(f".callout-{kind}" for kind in kinds), *(f".{name}" for name in divisions)):
        assert f"`{name}`" in CONTRACT or f"`::: {{{name}" in CONTRACT, name
    for name in ("when-profile", "when-format", "@fig-", "fig-alt", "width"):
        assert name in CONTRACT


def test_the_filter_knows_every_variant():
    assert set(_names(r'PROFILES, FORMATS = set_of\("(.*?)"\)')) == {name.value for name in Variant}


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_the_reports_keep_to_the_contract(path, parse_text):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    words = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert not [line for source in code for line in source.splitlines() if line.startswith("#|")], "cell options"
    assert {tag for cell in cells for tag in cell["metadata"].get("tags", ())} == {"parameters"}
    # Pictures come out of the code, so a reference to one can't be resolved here.
    parse_text(re.sub(r"@fig-[a-z0-9-]+", "a figure", "\n\n".join(words) or "no words"))


def test_a_document_of_each_kind_can_be_described():
    for profile in Variant:
        assert DocumentMeta(profile=profile, title="T", marking="M", made_up=False).contents
