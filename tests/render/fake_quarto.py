"""A stand-in for Quarto: gives out a page that a test laid ready, and makes the mistakes that Quarto was seen to make.

Run as a program by a small script that a test writes. FAKE_QUARTO says which mistake; FAKE_QUARTO_LOG takes a line of
JSON for each call; FAKE_QUARTO_PAGES holds a page for each profile. It imports nothing of the kit, so it starts fast.
"""

import json
import os
import sys
from pathlib import Path

CHANGES = {
    "calls out": ("</head>", '<script src="https://cdnjs.example/require.min.js"></script></head>'),
    "another caption": ("Figure\u00a02: Re-referrals", "Figure\u00a02. Re-referrals"),
    "": ("", ""),
}


def main():
    arguments, mistake = sys.argv[1:], os.environ.get("FAKE_QUARTO", "")
    if arguments == ["--version"]:
        print("not a version" if mistake == "no version" else os.environ["FAKE_QUARTO_VERSION"])
        return 3 if mistake == "broken" else 0
    project = Path.cwd()
    files = sorted(path.relative_to(project).as_posix() for path in project.rglob("*") if path.is_file())
    environment = {key: value for key, value in os.environ.items() if key.startswith(("QUARTO", "SOURCE"))}
    with Path(os.environ["FAKE_QUARTO_LOG"]).open("a", encoding="utf-8") as log:
        log.write(json.dumps({"arguments": arguments, "files": files, "environment": environment}) + "\n")
    print("pandoc\n  to: html")
    if mistake == "fails":
        print("ERROR: bad YAML\n  at main (file:///bundle.js)", file=sys.stderr)
        return 1
    if mistake == "warns":
        print("\x1b[33mWARNING (main.lua): Unable to resolve crossref @fig-x\x1b[39m", file=sys.stderr)
    if mistake == "leaves nothing":
        return 0
    # As Quarto does with a profile that it doesn't know: another's words, without a word.
    profile = "internal" if mistake == "shows another profile" else arguments[arguments.index("--profile") + 1]
    page = Path(os.environ["FAKE_QUARTO_PAGES"], f"{profile}.html").read_text(encoding="utf-8")
    before, after = CHANGES.get(mistake, ("", ""))
    assert before in page
    for notebook in sorted(project.glob("*/report.ipynb")):
        target = project / "out" / notebook.parent.name / "report.html"
        target.parent.mkdir(parents=True)
        if "typst" in arguments:
            pictures = [f'#image("figures/{path.name}", alt: "x")' for path in notebook.parent.glob("figures/*.png")]
            margins = "" if mistake == "forgets the margins" else (notebook.parent / "margins.typ").read_text("utf-8")
            notebook.with_suffix(".typ").write_text(margins + "\n".join(pictures), encoding="utf-8")
            target.with_suffix(".pdf").write_bytes(b"%PDF by Quarto")
            continue
        target.write_text(page.replace(before, after) if before else page, encoding="utf-8", newline="\n")
    print("Output created: report.html", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
