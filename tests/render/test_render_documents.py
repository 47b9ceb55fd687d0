"""From executed notebooks to files on disk."""

import pytest
from quarto_stand_in import write_stand_in

from analysis.errors import UsageError
from analysis.render.choice import choose_renderer
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


def test_quarto_is_called_once_a_variant_and_files_go_where_they_belong(executed, meta, tmp_path, monkeypatch):
    program = tmp_path / "program"
    program.mkdir()
    stand_in = write_stand_in(program)
    for key, value in stand_in.environment().items():
        monkeypatch.setenv(key, value)
    metas = [
        meta.model_copy(update={"profile": profile, "title": f"{profile.value} {number}"})
        for number, profile in enumerate([Variant.PUBLIC, Variant.OWN, Variant.PUBLIC])
    ]
    requests = [Request(executed, each, tmp_path / str(number)) for number, each in enumerate(metas)]
    made = render_batch(requests, ["html", "pdf"], choose_renderer(stand_in.environment()), epoch=0)
    assert [call["arguments"][5] for call in stand_in.calls()] == ["own", "public"]
    for number, files in enumerate(made):
        assert f"<h1>{metas[number].title}</h1>" in files["html"].read_text(encoding="utf-8")
        assert files["pdf"].read_bytes().startswith(b"%PDF")
    assert b"own variant only" in made[1]["html"].read_bytes()
    assert b"own variant only" not in made[0]["html"].read_bytes() + made[2]["html"].read_bytes()
