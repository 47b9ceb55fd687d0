"""Which renderer serves, and why."""

import os

import pytest

from analysis.errors import ExitCode, UsageError
from analysis.render.choice import choose_renderer
from analysis.render.quarto_tool import NoQuartoError


def test_without_quarto_the_embedded_renderer_serves(tmp_path):
    choice = choose_renderer({"PATH": str(tmp_path / "nothing")})
    assert (choice.name, choice.html, choice.pdf, choice.quarto) == ("embedded", "embedded", "embedded", None)
    assert "pypandoc_binary" in choice.version
    assert "typst" in choice.version
    assert "not on PATH" in choice.why


def test_an_old_quarto_serves_html_and_says_so(stand_in):
    choice = choose_renderer(stand_in.environment(version="1.7.34"))
    assert (choice.name, choice.version, choice.html, choice.pdf) == ("quarto", "1.7.34", "quarto", "embedded")
    assert "PDF comes from the embedded renderer" in choice.why
    assert [choice.serving(name) for name in ("html", "pdf", "docx")] == ["quarto", "embedded", "embedded"]


def test_a_new_quarto_serves_both(stand_in):
    choice = choose_renderer(stand_in.environment(version="1.9.1"))
    assert (choice.html, choice.pdf) == ("quarto", "quarto")


def test_a_quarto_on_path_that_is_of_no_use_is_passed_over_and_named(stand_in):
    environ = {**stand_in.environment("broken"), "PATH": f"{stand_in.folder}{os.pathsep}{os.environ['PATH']}"}
    del environ["QUARTO_PATH"]
    choice = choose_renderer(environ)
    assert choice.name == "embedded"
    assert "of no use" in choice.why
    with pytest.raises(UsageError):
        choose_renderer(environ | {"QUARTO_PATH": str(stand_in.folder)})


def test_a_person_can_settle_it(stand_in, tmp_path):
    assert choose_renderer(stand_in.environment() | {"TARTANRUG_RENDERER": "embedded"}).name == "embedded"
    with pytest.raises(UsageError, match="cannot be 'pandoc'"):
        choose_renderer({"TARTANRUG_RENDERER": "pandoc"})
    with pytest.raises(NoQuartoError) as caught:
        choose_renderer({"TARTANRUG_RENDERER": "quarto", "PATH": str(tmp_path / "nothing")})
    assert caught.value.exit_code is ExitCode.NO_QUARTO
