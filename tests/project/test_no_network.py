"""The kit calls out to nothing: what docs/data-protection.md promises about networks."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "analysis"
CALLING = {
    "aiohttp", "asyncio", "ftplib", "http", "httpx", "imaplib", "nntplib", "poplib", "requests", "smtplib", "socket",
    "socketserver", "ssl", "telnetlib", "tornado", "urllib", "urllib3", "webbrowser", "websocket", "xmlrpc", "zmq",
}  # fmt: skip
ALLOWED = {("socket", "gethostname"), ("urllib.parse", "")}
"""The machine's own name, which no pack may hold; and words about addresses, which fetch nothing."""

WATCHED = """
import os, sys
called = []
def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "urllib.Request"):
        called.append((event, str(arguments[-1])))
        os.write(2, f"CALLED {event}\\n".encode())
sys.addaudithook(watch)
from analysis.cli.app import main
sys.argv = ["tartanrug", *sys.argv[1:]]
main()
"""
PROVOKED = WATCHED.replace(
    "from analysis.cli.app import main",
    "import socket; socket.socket(socket.AF_UNIX).connect_ex('/nowhere'); main = int",
)


def used(path):
    """Modules that can call out, with the names that are used of them."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                if name.name.partition(".")[0] in CALLING:
                    asked = [
                        one.attr
                        for one in ast.walk(tree)
                        if isinstance(one, ast.Attribute) and ast.unparse(one.value) == (name.asname or name.name)
                    ]
                    yield from ((name.name, attribute) for attribute in asked or [""])
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in CALLING:
            yield (str(node.module), "")


def test_no_module_of_the_kit_can_call_out():
    found = {(path.relative_to(PACKAGE).as_posix(), *one) for path in PACKAGE.rglob("*.py") for one in used(path)}
    assert {one for one in found if one[1:] not in ALLOWED} == set()


def test_the_look_for_calls_sees_one(tmp_path):
    for text in (
        "import socket\nsocket.create_connection(('x', 1))",
        "from urllib.request import urlopen",
        "import ssl",
    ):
        path = tmp_path / "m.py"
        path.write_text(text, encoding="utf-8")
        assert not set(used(path)) <= ALLOWED


@pytest.mark.parametrize(
    "words", [("synth", "--quarters", "5"), ("reference", "list", "files"), ("sbom",)], ids=lambda words: words[0]
)
def test_a_run_of_the_kit_connects_to_nothing(tmp_path, words):
    done = watched(WATCHED, tmp_path, *words)
    assert done.returncode == 0, done.stderr
    assert "CALLED" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such sockets")
def test_the_watch_on_a_run_sees_a_call(tmp_path):
    assert "CALLED socket.connect" in watched(PROVOKED, tmp_path).stderr


def watched(code, home, *words):
    environment = {**os.environ, "TARTANRUG_HOME": str(home)}
    return subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, env=environment, check=False
    )
