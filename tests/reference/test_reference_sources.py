"""Each reference file has a source, an edition, a licence, and the bytes that were carried over."""

from __future__ import annotations

import hashlib

from analysis.reference.data_folder import DATA
from analysis.reference.sources import sources


def test_every_table_names_its_source_and_is_the_one_that_was_carried_over() -> None:
    assert sources().keys() == {path.name for path in DATA.glob("*.csv")}
    for name, source in sources().items():
        digest = hashlib.sha256((DATA / name).read_bytes()).hexdigest()
        assert source.sha256 == digest, f"put `sha256: {digest}` into sources.yml under {name}"
        assert source.title
        assert source.publisher
        assert source.edition
        assert source.licence == "Open Government Licence v3.0"


def test_every_file_is_small_enough_for_a_repository() -> None:
    assert all(path.stat().st_size < 2_000_000 for path in DATA.rglob("*.*"))
