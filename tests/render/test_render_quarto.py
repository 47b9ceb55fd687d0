"""The Quarto renderer, as far as it goes without Quarto: how it is called, in what project, and what is not taken."""

import json
import tempfile
from pathlib import Path

import pytest
import yaml

from analysis.config import workspace
from analysis.errors import UsageError
from analysis.render.check import check_html
from analysis.render.pandoc import RenderError
from analysis.render.quarto import Job, lay_out_project, open_folder, quarto_arguments, render_quarto
from analysis.render.quarto_tool import find_quarto
from analysis.render.typst_margins import check_typst, margins
from analysis.views.model import Variant

REPORTS = workspace().quarto_project


@pytest.fixture
def job(prepared, meta, parsed):
    return Job(prepared, meta, parsed)


def run(stand_in, jobs, mistake="", formats=("html",)):
    environ = stand_in.environment(mistake)
    return render_quarto(find_quarto(environ), jobs, formats, environ, 1_700_000_000)


def test_one_call_serves_all_documents_of_a_variant(stand_in, job, meta, parsed):
    made = run(stand_in, [job, job])
    assert [set(each) for each in made] == [{"html"}, {"html"}]
    check_html(made[1]["html"], meta, parsed)
    [call] = stand_in.calls()
    assert call["arguments"] == ["render", ".", "--to", "html", "--profile", "own", "--no-execute"]


def test_its_project_holds_this_variant_alone_under_neutral_names(stand_in, job):
    run(stand_in, [job, job])
    [call] = stand_in.calls()
    document = [
        "document.css",
        "document.html",
        "figures/fig-a01-trend.png",
        "figures/fig-a02-trend.png",
        "report.ipynb",
    ]
    assert call["files"] == [
        "_quarto-own.yml",
        "_quarto.yml",
        *(f"{folder}/{file}" for folder in ("d001", "d002") for file in document),
    ]


def test_the_environment_sets_no_profile_and_fixes_the_time(stand_in, job):
    run(stand_in, [job])
    environment = stand_in.calls()[0]["environment"]
    assert environment["SOURCE_DATE_EPOCH"] == "1700000000"
    assert "QUARTO_PROFILE" not in environment


@pytest.mark.parametrize(
    ("mistake", "told"),
    [
        ("fails", r"ended with 1:\nERROR: bad YAML"),
        ("warns", r"ended with 0:\nWARNING \(main.lua\): Unable to resolve crossref @fig-x"),
        ("leaves nothing", "left no html"),
        ("shows another profile", "text that its profile hides"),
        ("calls out", "calls for https://cdnjs"),
    ],
)
def test_what_quarto_gets_wrong_is_not_taken(stand_in, job, mistake, told):
    with pytest.raises(RenderError, match=told):
        run(stand_in, [job], mistake)


def test_a_project_is_never_below_a_hidden_folder(monkeypatch, tmp_path):
    """Quarto passes over files in hidden folders, and says that there is nothing to render."""
    hidden = tmp_path / ".making-x"
    hidden.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(hidden))
    found = open_folder()
    assert found is None or not any(part.startswith((".", "_")) for part in Path(found).parts)
    assert found != str(hidden)


def test_two_variants_never_share_a_call(stand_in, job, meta):
    other = Job(job.prepared, meta.model_copy(update={"profile": Variant.ANONYMISED}), job.parsed)
    with pytest.raises(ValueError, match="one profile"):
        run(stand_in, [job, other])
    assert not stand_in.log.exists()


@pytest.mark.parametrize("name", ["anonymized", "internal,anonymised", "", "Internal"])
def test_a_profile_that_is_no_variant_is_never_passed_on(name):
    with pytest.raises(ValueError, match="not a valid Variant"):
        quarto_arguments(name, "html")


def front_matter(path):
    [front, *_] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return yaml.safe_load(front["source"].strip("-"))


def test_a_document_carries_its_format_in_its_own_front_matter(job, tmp_path):
    """`-M` on the command line doesn't override a document's own keys, and says nothing."""
    [folder] = lay_out_project(tmp_path, [job], Variant.OWN, "html")
    entries = front_matter(tmp_path / folder / "report.ipynb")
    assert entries["format"] == {"html": {"template": "document.html", "css": ["document.css"]}}
    assert (entries["toc"], entries["made-up"], entries["marking"]) == (True, True, job.meta.marking)
    assert set(entries) == {
        "title", "subtitle", "lang", "marking", "made-up", "landscape", "contents", "toc", "format"
    }  # fmt: skip


def test_its_own_pdf_has_the_marking_in_the_margins(job, tmp_path, meta):
    [folder] = lay_out_project(tmp_path, [job], Variant.OWN, "pdf")
    assert front_matter(tmp_path / folder / "report.ipynb")["format"]["typst"]["include-in-header"] == ["margins.typ"]
    assert meta.marking in (tmp_path / folder / "margins.typ").read_text(encoding="utf-8")
    assert quarto_arguments(Variant.OWN, "pdf")[2:4] == ["--to", "typst"]


def test_its_pdf_is_taken_when_the_typst_file_that_it_kept_is_whole(stand_in, job):
    assert run(stand_in, [job], formats=["pdf"]) == [{"pdf": b"%PDF by Quarto"}]
    with pytest.raises(RenderError, match="marking is missing"):
        run(stand_in, [job], "forgets the margins", formats=["pdf"])


def test_its_pdf_is_not_taken_without_marking_pictures_or_words_for_them(meta, parsed):
    pictures = '#image("a.png", alt: "x")\n#image("b.png", alt: "y")\n'
    check_typst(margins(meta) + pictures, meta, parsed)
    for source in (pictures, margins(meta) + pictures.replace("alt:", "x:", 1), margins(meta)):
        with pytest.raises(RenderError, match="missing"):
            check_typst(source, meta, parsed)
    with pytest.raises(RenderError, match="profile hides"):
        check_typst(margins(meta) + pictures + parsed.hidden[0], meta, parsed)


def test_margins_compile_with_any_marking(meta, tmp_path):
    from analysis.render.pdf import compile_typst

    nasty = meta.model_copy(update={"marking": 'a "b" \\ #c $d$ [e] *f* é'})
    source = tmp_path / "m.typ"
    source.write_text("#set document(title: [T])\n" + margins(nasty) + "= A\n", encoding="utf-8")
    assert compile_typst(source, 0).startswith(b"%PDF")


# ---------------------------------------------------------------- the project in reports/


def test_the_project_falls_back_to_what_anybody_may_read():
    project = yaml.safe_load((REPORTS / "_quarto.yml").read_text(encoding="utf-8"))
    [group] = project["profile"]["group"]
    assert group[0] == "public"
    assert sorted(group) == sorted(variant.value for variant in Variant)


def test_the_project_closes_the_doors_that_quarto_leaves_open():
    project = yaml.safe_load((REPORTS / "_quarto.yml").read_text(encoding="utf-8"))
    html = project["format"]["html"]
    assert html["embed-resources"] is True
    assert (html["format-links"], html["code-tools"], html["html-math-method"]) == (False, False, "plain")
    assert project["execute"] == {"enabled": False}


@pytest.mark.parametrize("variant", list(Variant))
def test_a_profile_sets_words_and_nothing_else(variant):
    entries = yaml.safe_load((REPORTS / f"_quarto-{variant.value}.yml").read_text(encoding="utf-8"))
    assert set(entries) == {"audience"}


def test_there_is_no_profile_that_is_no_variant():
    assert {path.stem for path in REPORTS.glob("_quarto-*.yml")} == {f"_quarto-{variant.value}" for variant in Variant}


# ---------------------------------------------------------------- finding it


def test_it_is_found_by_program_folder_and_path(stand_in):
    program = next(stand_in.folder.glob("quarto*"))
    for name in (str(program), str(stand_in.folder)):
        assert find_quarto({**stand_in.environment(), "QUARTO_PATH": name}).version == "1.7.34"
    on_path = {**stand_in.environment(), "QUARTO_PATH": "", "PATH": str(stand_in.folder)}
    assert find_quarto(on_path).path == program


def test_none_is_found_where_there_is_none(tmp_path):
    assert find_quarto({"PATH": str(tmp_path)}) is None


def test_a_quarto_path_that_leads_nowhere_is_an_error(tmp_path):
    with pytest.raises(UsageError, match="leads to no Quarto"):
        find_quarto({"QUARTO_PATH": str(tmp_path / "nothing"), "PATH": ""})


@pytest.mark.parametrize("mistake", ["broken", "no version"])
def test_a_quarto_that_doesnt_tell_its_version_is_an_error(stand_in, mistake):
    with pytest.raises(UsageError, match="doesn't tell its version"):
        find_quarto(stand_in.environment(mistake))


@pytest.mark.parametrize(("version", "tags"), [("1.7.34", False), ("1.8.99", False), ("1.9.0", True), ("1.10.2", True)])
def test_pdf_is_tagged_from_1_9(stand_in, version, tags):
    assert find_quarto(stand_in.environment(version=version)).tags_pdf is tags
