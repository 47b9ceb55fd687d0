"""A stand-in for Quarto: renders by the embedded renderer, and makes the mistakes that Quarto has been seen to make.

Run as a program by a small script that a test writes. FAKE_QUARTO says which mistake; FAKE_QUARTO_LOG takes a line of
JSON for each call.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from analysis.render.embedded import render_embedded
from analysis.render.parsing import parse
from analysis.views.model import Variant


def main() -> int:
    arguments, mistake = sys.argv[1:], os.environ.get("FAKE_QUARTO", "")
    if arguments == ["--version"]:
        print("not a version" if mistake == "no version" else os.environ.get("FAKE_QUARTO_VERSION", "1.7.34"))
        return 3 if mistake == "broken" else 0
    project = Path.cwd()
    files = sorted(path.relative_to(project).as_posix() for path in project.rglob("*") if path.is_file())
    environment = {key: value for key, value in os.environ.items() if key.startswith(("QUARTO", "SOURCE"))}
    call = {"arguments": arguments, "files": files, "environment": environment, "project": str(project)}
    with Path(os.environ["FAKE_QUARTO_LOG"]).open("a", encoding="utf-8") as log:
        log.write(json.dumps(call) + "\n")
    print("pandoc\n  to: html", file=sys.stdout)
    if mistake == "fails":
        print("ERROR: bad YAML\n  at main (file:///bundle.js)", file=sys.stderr)
        return 1
    if mistake == "warns":
        print("\x1b[33mWARNING (main.lua): Unable to resolve crossref @fig-x\x1b[39m", file=sys.stderr)
    if mistake == "leaves nothing":
        return 0
    # As Quarto: an unknown profile is the first of the group, without a word.
    profile = "internal" if mistake == "shows another profile" else arguments[arguments.index("--profile") + 1]
    for notebook in sorted(project.glob("*/report.ipynb")):
        html = render_embedded(parse(notebook, Variant(profile), 0), ["html"], 0)["html"].decode("utf-8")
        if mistake == "calls out":
            html = html.replace("</head>", '<script src="https://cdnjs.example/require.min.js"></script></head>')
        if mistake == "another caption":
            html = html.replace("Figure 2: Re-referrals", "Figure 2. Re-referrals")
        target = project / "out" / notebook.parent.name / "report.html"
        target.parent.mkdir(parents=True)
        target.write_text(html, encoding="utf-8", newline="\n")
    print("Output created: report.html", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
