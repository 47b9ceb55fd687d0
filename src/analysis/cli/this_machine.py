"""The words that tell where and by whom a file was made: no finished file may hold them."""

from __future__ import annotations

import getpass
import socket


def this_machine() -> tuple[str, str]:
    """The user's name and the host's, without its domain."""
    return getpass.getuser(), socket.gethostname().partition(".")[0]
