"""How much of one file is read before it is given up: depth, bytes, parts and seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from analysis.audit.unreadable import TooDeepError, TooLargeError, TooSlowError


@dataclass(frozen=True)
class Limits:
    """What a document stays below by far. Chosen: the kit's own packs have 2 levels and 3 MB, and take seconds."""

    depth: int = 8
    parts: int = 10_000
    bytes: int = 300_000_000
    """Over all parts, unpacked."""
    ratio: int = 200
    """Unpacked to packed, of one part."""
    ratio_counts_from: int = 1_000_000
    """Bytes: a small part may be packed as tightly as it likes."""
    seconds: float = 120.0


@dataclass
class Budget:
    """What has been spent on one file so far."""

    limits: Limits = field(default_factory=Limits)
    clock: Callable[[], float] = time.monotonic
    parts: int = 0
    bytes: int = 0
    _started: float = field(init=False)

    def __post_init__(self) -> None:
        """Time runs from here."""
        self._started = self.clock()

    def part(self, size: int, depth: int) -> None:
        """Take on one more part.

        Raises
        ------
        TooDeepError, TooLargeError, TooSlowError
            If that is more than a document has.
        """
        self.parts += 1
        self.bytes += size
        if depth > self.limits.depth:
            raise TooDeepError(f"files within files, more than {self.limits.depth} deep")
        if self.parts > self.limits.parts:
            raise TooLargeError(f"more than {self.limits.parts} parts")
        if self.bytes > self.limits.bytes:
            raise TooLargeError(f"unpacks to more than {self.limits.bytes // 1_000_000} MB")
        self.tick()

    def most(self, packed: int) -> int:
        """How many bytes a part may unpack to.

        Parameters
        ----------
        packed
            Its size as it is, in bytes.
        """
        by_ratio = max(packed * self.limits.ratio, self.limits.ratio_counts_from)
        return max(0, min(by_ratio, self.limits.bytes - self.bytes))

    def tick(self) -> None:
        """Look at the clock; decoders that loop over much call it.

        Raises
        ------
        TooSlowError
            If the time is up.
        """
        if self.clock() - self._started > self.limits.seconds:
            raise TooSlowError(f"not read within {self.limits.seconds:g} seconds")
