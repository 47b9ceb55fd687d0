"""The manifest beside finished documents: what is there, by content, and what it was made from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from analysis import __version__, store

MANIFEST = "manifest.json"


def write_manifest(folder: Path, documents: Sequence[Path], *, inputs: Mapping[str, str], policy_sha256: str) -> Path:
    """Write `manifest.json` for all documents of a folder; it holds no time, so the same inputs give the same bytes.

    Parameters
    ----------
    folder
        Of one audience, region and period.
    documents
        Those just made. Documents of an earlier run stay listed while they are there unchanged.
    inputs
        Fingerprints of what they were made from, by name.
    """
    path = folder / MANIFEST
    earlier = json.loads(path.read_text(encoding="utf-8"))["documents"] if path.is_file() else {}
    made = {document.name: {"sha256": store.sha256_of(document), "inputs": dict(inputs)} for document in documents}
    kept = {name: entry for name, entry in earlier.items() if _unchanged(folder / name, entry["sha256"])}
    content = {
        "kit": __version__,
        "policy_sha256": policy_sha256,
        "documents": dict(sorted({**kept, **made}.items())),
    }
    store.write_text(path, json.dumps(content, indent=1, ensure_ascii=False) + "\n")
    return path


def _unchanged(document: Path, sha256: str) -> bool:
    return document.is_file() and store.sha256_of(document) == sha256
