"""Office files with the same bytes for the same content: the zip around them carries no time of day."""

from __future__ import annotations

import io
import zipfile

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The oldest time that a zip can hold."""
_UNIX, _PLAIN_FILE = 3, 0o644 << 16


def timeless(content: bytes) -> bytes:
    """A zip archive packed again, in the same order, without times and without marks of the system that packed it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            entry = zipfile.ZipInfo(part.filename, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE
            new.writestr(entry, old.read(part))
    return out.getvalue()
