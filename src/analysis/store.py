"""Read and write the tables and views of the stages. Nothing is half written: build beside, then rename."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from analysis.config import PACKAGE


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_text(path: Path, text: str) -> None:
    """Write a text file whole or not at all, in UTF-8 with line feeds on every system."""
    write_bytes(path, text.encode("utf-8"))


def write_table(path: Path, table: pd.DataFrame) -> None:
    """Write a stage's table as parquet whole or not at all."""
    write_bytes(path, table.to_parquet(index=False))


def read_table(path: Path) -> pd.DataFrame:
    """A stage's table."""
    return pd.read_parquet(path)


def sha256_of(path: Path) -> str:
    """The content's fingerprint."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fingerprint(parts: Iterable[tuple[str, str]]) -> str:
    """One fingerprint of named fingerprints, in whatever order they come."""
    digest = hashlib.sha256()
    for name, value in sorted(parts):
        digest.update(f"{name}\0{value}\n".encode())
    return digest.hexdigest()


def kit_fingerprint() -> str:
    """A fingerprint of the kit's code and reference data, so that no result of an older kit is taken for current."""
    return fingerprint((path.relative_to(PACKAGE).as_posix(), sha256_of(path)) for path in _kit_files())


def _kit_files() -> Iterator[Path]:
    for path in PACKAGE.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path


@contextmanager
def beside(folder: Path, name: str) -> Iterator[Path]:
    """A temporary folder on the same disk as `folder`, gone afterwards whatever happens.

    Parameters
    ----------
    name
        What is being made. The caller holds the lock on it, so that what a killed run left of it can be removed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    prefix = f"making-{name}-"
    for left in folder.glob(f"{prefix}*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=prefix, ignore_cleanup_errors=True) as making:
        yield Path(making)
