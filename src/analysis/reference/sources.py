"""Where each reference file comes from, under which licence, and the hash of what was carried over."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import Field

from analysis.reference.data_folder import DATA
from analysis.reference.model import Record
from analysis.reference.yaml_file import read_yaml


class Dataset(Record):
    """One set of figures within a file, with the words that stand under it in a document."""

    title: str
    """The publication, as it is cited."""
    decimals: int
    """Decimals in which the figure is published: a property of the published figure, not of ours."""
    definition: str


class Source(Record):
    """The origin of one reference file."""

    title: str
    publisher: str
    edition: str
    licence: str
    url: str | None = None
    sha256: str
    """Of the file in this package, as it was carried over."""
    datasets: dict[str, Dataset] = Field(default_factory=dict)
    """For the published figures: the registry's `published.id` to what it is."""


class SourcesFile(Record):
    """`sources.yml`."""

    files: dict[str, Source]


@cache
def sources(path: Path = DATA / "sources.yml") -> Mapping[str, Source]:
    """The source of each reference file, by the file's name.

    Raises
    ------
    BadReferenceError
        By name and line.
    """
    return read_yaml(path, SourcesFile).content.files
