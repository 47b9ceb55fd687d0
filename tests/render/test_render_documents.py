"""From executed notebooks to files on disk."""

import pytest

from analysis.errors import UsageError
from analysis.render.choice import choose_renderer
from analysis.render.pandoc import RenderError
from analysis.render.render import Request, render, render_batch
from analysis.views.model import Variant

EMBEDDED = choose_renderer({"TARTANRUG_RENDERER": "embedded"})


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_document_is_one_file_a_format_under_a_neutral_name(executed, meta, tmp_path):
    made = render(executed, meta, ["html", "pdf"], tmp_path / "a", EMBEDDED, epoch=0)
    assert made == {"html": tmp_path / "a" / "report.html", "pdf": tmp_path / "a" / "report.pdf"}
    assert names(tmp_path / "a") == ["report.html", "report.pdf"]
    again = render(executed, meta, ["pdf", "html"], tmp_path / "b", EMBEDDED, epoch=0)
    assert all(again[wanted].read_bytes() == made[wanted].read_bytes() for wanted in made)


def test_an_unknown_format_is_refused_before_anything_is_done(executed, meta, tmp_path):
    with pytest.raises(UsageError, match="no format odt"):
        render(executed, meta, ["html", "odt"], tmp_path / "a", EMBEDDED, epoch=0)
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("strict", [False, True])
def test_what_quarto_fails_on_is_made_good_and_said_unless_quarto_was_asked_for(
    executed, meta, pages, stand_in, tmp_path, monkeypatch, caplog, strict
):
    environ = stand_in.environment("warns") | ({"TARTANRUG_RENDERER": "quarto"} if strict else {})
    for key, value in environ.items():
        monkeypatch.setenv(key, value)
    choice = choose_renderer(environ)
    if strict:
        with pytest.raises(RenderError, match="WARNING"):
            render(executed, meta, ["html"], tmp_path / "a", choice, epoch=0)
        assert not (tmp_path / "a").exists()
    else:
        made = render(executed, meta, ["html"], tmp_path / "a", choice, epoch=0)
        assert made["html"].read_bytes() == pages["own"]
        assert "the embedded renderer made them" in caplog.text


def test_quarto_is_called_once_a_variant_and_files_go_where_they_belong(
    executed, meta, pages, stand_in, tmp_path, monkeypatch
):
    for key, value in stand_in.environment().items():
        monkeypatch.setenv(key, value)
    profiles = [Variant.INTERNAL, Variant.OWN, Variant.INTERNAL]
    requests = [
        Request(executed, meta.model_copy(update={"profile": profile}), tmp_path / str(number))
        for number, profile in enumerate(profiles)
    ]
    made = render_batch(requests, ["html", "pdf"], choose_renderer(stand_in.environment()), epoch=0)
    calls = stand_in.calls()
    assert [call["arguments"][5] for call in calls] == ["internal", "own"]
    assert [sum(file.endswith("report.ipynb") for file in call["files"]) for call in calls] == [2, 1]
    for profile, files in zip(profiles, made, strict=True):
        assert files["html"].read_bytes() == pages[profile.value]
        assert files["pdf"].read_bytes().startswith(b"%PDF"), "from the embedded renderer"
