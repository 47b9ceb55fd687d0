"""The command `tartanrug`: its words and options. What each command does is in the file of its name.

Those files are imported when their command runs, so that `--help` answers at once.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from analysis import __version__
from analysis.batch.progress import Bar, JsonLines, Reporter, Silent
from analysis.cli import brief_command, explain_command
from analysis.cli.bands.app import bands_app
from analysis.cli.incident.app import incident_app
from analysis.cli.leave.app import leave_app
from analysis.cli.log.app import log_app
from analysis.cli.meeting.app import meeting_app
from analysis.cli.options import (
    WHAT,
    AsJson,
    Authorities,
    Formats,
    JobCount,
    Quiet,
    Region,
    Source,
    argument_of_file,
    console_for,
    examples,
    option_of_file,
)
from analysis.cli.permit.app import permit_app
from analysis.cli.reference.app import reference_app
from analysis.cli.release.app import release_app
from analysis.cli.returns.app import returns_app
from analysis.cli.signals.app import signals_app
from analysis.errors import ExitCode, UserError
from analysis.views.model import Variant

app = typer.Typer(
    name="tartanrug",
    help="Quarterly benchmarking of children's services: returns in, reports out for each reader.",
    epilog="Exit codes: 0 done; 2 a word or name that does not exist; 3 a reference or settings file is wrong; "
    "4 a return is wrong or missing; 5 some documents could not be made; 6 doctor found something; "
    "7 Quarto is absent; 8 another run is writing; 9 audit failed a file; 10 audit is void; "
    "11 the release gate let nothing through; 12 the log is not whole; 130 stopped by Ctrl-C.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"tartanrug {__version__}")
        raise typer.Exit


app.add_typer(returns_app)
app.add_typer(reference_app)
app.add_typer(signals_app)
app.add_typer(bands_app)
app.add_typer(release_app)
app.add_typer(permit_app)
app.add_typer(incident_app)
app.add_typer(leave_app)
app.add_typer(log_app)
app.add_typer(meeting_app)


@app.callback()
def _root(
    version: Annotated[
        bool,
        # Eager: it is answered before the command is missed.
        typer.Option("--version", help="Print the version and stop.", callback=_tell_version, is_eager=True),
    ] = False,
) -> None:
    pass


def _reporter(quiet: bool, json_lines: bool) -> Reporter:
    if json_lines:
        return JsonLines(sys.stdout)
    return Silent() if quiet else Bar(console_for(quiet))


@app.command(epilog=examples("tartanrug demo --region south-east"))
def demo(
    region: Region = "south-east",
    period: Annotated[str, typer.Option(metavar="QUARTER", help="Quarter to make up, as 2025-26-Q2.")] = "2025-26-Q2",
    authority: Authorities = None,
    jobs: JobCount = None,
    quiet: Quiet = False,
    json_lines: AsJson = False,
) -> None:
    """Make up a quarter's returns for a region and every report from them."""
    from analysis.cli.build import Order, build
    from analysis.cli.make_up import make_up

    console = console_for(quiet, json_lines)
    make_up(region, period, console)
    outcome = build(
        Order(region=region, period=period, authorities=tuple(authority or ()), source="made-up", jobs=jobs),
        console,
        _reporter(quiet, json_lines),
    )
    raise typer.Exit(outcome)


@app.command(epilog=examples("tartanrug synth --period 2025-26-Q2 --seed 7"))
def synth(
    region: Region = "south-east",
    period: Annotated[
        str, typer.Option(metavar="QUARTER", help="Last quarter to make up, as 2025-26-Q2.")
    ] = "2025-26-Q2",
    quarters: Annotated[int, typer.Option(min=5, metavar="N", help="How many quarters in all.")] = 20,
    seed: Annotated[
        int, typer.Option(metavar="N", help="Another seed, another world; the same seed, the same bytes.")
    ] = 2026,
    quiet: Quiet = False,
) -> None:
    """Write made-up returns for a region, the cross-regional file, and what was planted in them."""
    from analysis.cli.make_up import make_up

    make_up(region, period, console_for(quiet), seed=seed, quarters=quarters)


@app.command(
    "validate",
    epilog=examples(
        "tartanrug validate --period 2025-26-Q2",
        "tartanrug validate inbox/825.csv --period 2025-26-Q2",
    ),
)
def validate_command(
    files: Annotated[
        list[Path] | None,
        argument_of_file(help="Returns to check; those received if left out."),
    ] = None,
    region: Region = "south-east",
    period: Annotated[str, typer.Option(metavar="QUARTER", help="Quarter that the returns are for.")] = ...,  # type: ignore[assignment]
    source: Source = "",
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="Also write the findings to this CSV file.")] = None,
    mapping: Annotated[
        Path | None,
        option_of_file(help="A YAML file that maps another template."),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Check returns and list the findings; of those received, child-level files are removed."""
    from analysis.cli.validate import validate

    raise typer.Exit(validate(files or [], region, period, source, console_for(quiet), csv=csv, mapping=mapping))


@app.command(
    "build",
    epilog=examples(
        "tartanrug build --region south-east --period 2025-26-Q2",
        "tartanrug build --period 2025-26-Q2 --authority RBWM --variant own",
        "tartanrug build --source published --year 2025",
    ),
)
def build_command(
    region: Region = "south-east",
    period: Annotated[str, typer.Option(metavar="QUARTER", help="Quarter, as 2025-26-Q2.", rich_help_panel=WHAT)] = "",
    year: Annotated[
        int | None,
        typer.Option(
            metavar="YEAR", help="For published figures: the year of the March that ends it.", rich_help_panel=WHAT
        ),
    ] = None,
    authority: Authorities = None,
    variant: Annotated[
        list[str] | None,
        typer.Option(
            metavar="VARIANT ...",
            help=f"{', '.join(Variant)}. One or more; all that the source has if left out.",
            rich_help_panel=WHAT,
        ),
    ] = None,
    format: Formats = None,  # noqa: A002 - the option's name
    source: Annotated[
        str,
        typer.Option(
            metavar="SOURCE", help="returns, made-up or published; found out if left out.", rich_help_panel=WHAT
        ),
    ] = "",
    for_review: Annotated[
        bool,
        typer.Option(
            "--for-review",
            help="Each document as it will go out and as a draft for the DBG, noted in the log.",
            rich_help_panel=WHAT,
        ),
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Make what is up to date, too; left as it is otherwise.")
    ] = False,
    jobs: JobCount = None,
    quiet: Quiet = False,
    json_lines: AsJson = False,
) -> None:
    """Make the reports of a quarter, or of a year of published figures."""
    from analysis.cli.refuse_unknown import refuse_unknown

    # Before the next import: the libraries of documents take seconds to load.
    refuse_unknown(region, "" if year else period, variant or (), authority or ())
    from analysis.cli.build import Order, build
    from analysis.cli.moment import moment

    order = Order(
        region=region,
        period=period,
        year=year,
        authorities=tuple(authority or ()),
        variants=tuple(variant or ()),
        formats=tuple(format or ("html", "pdf")),
        source=source,
        jobs=jobs,
        for_review=moment(None) if for_review else None,
        force=force,
    )
    raise typer.Exit(build(order, console_for(quiet, json_lines), _reporter(quiet, json_lines)))


@app.command(
    "audit",
    epilog=examples(
        "tartanrug audit report.docx --reader 825",
        "tartanrug audit packs/825 --reader Bucks --region south-east --person 'Jane Smith'",
    ),
)
def audit_command(
    path: Annotated[
        Path, typer.Argument(metavar="FILE|FOLDER", exists=True, help="What is to be sent, whoever made it.")
    ],
    reader: Annotated[
        str, typer.Option(metavar="NAME", help="Whom it is for, who alone is named: code, name or alias.")
    ] = ...,  # type: ignore[assignment]
    region: Region = "",
    known: Annotated[
        list[str] | None,
        typer.Option("--known", metavar="NAME", help="Another that may be named, with its permission. Repeatable."),
    ] = None,
    person: Annotated[
        list[str] | None, typer.Option("--person", metavar="'NAME'", help="Somebody not to be named. Repeatable.")
    ] = None,
    word: Annotated[
        list[str] | None, typer.Option("--word", metavar="WORD", help="Another word not to be said. Repeatable.")
    ] = None,
    values: Annotated[
        Path | None,
        option_of_file(
            help="More figures to look for: a CSV with the columns authority, indicator, value (and period)."
        ),
    ] = None,
    period: Annotated[
        str, typer.Option(metavar="QUARTER", help="Whose figures are looked for; the newest received if left out.")
    ] = "",
    jobs: JobCount = None,
    quiet: Quiet = False,
) -> None:
    """Look through finished files for whoever is concealed in them; exit 0 passes all of them, 9 fails one.

    The report stands beside, as FILE.audit.txt and FILE.audit.json, and quotes nothing of what was found. What can't be
    read fails.
    """
    from analysis.cli.audit import Order, audit

    order = Order(
        path=path,
        reader=reader,
        region=region,
        known=tuple(known or ()),
        people=tuple(person or ()),
        words=tuple(word or ()),
        values=values,
        period=period,
        jobs=jobs,
    )
    raise typer.Exit(audit(order, console_for(quiet)))


app.command("explain", epilog=examples(*explain_command.EXAMPLES))(explain_command.explain_command)
app.command("brief", epilog=examples(*brief_command.EXAMPLES))(brief_command.brief_command)


@app.command("sbom", epilog=examples("tartanrug sbom --out sbom.cdx.json"))
def sbom_command(
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where it is written; printed if left out.")] = None,
    quiet: Quiet = False,
) -> None:
    """Say what the kit is made of: its pinned packages with their hashes, as CycloneDX JSON."""
    from analysis.cli.sbom import write_sbom

    write_sbom(out, console_for(quiet))


@app.command("doctor", epilog=examples("tartanrug doctor", "tartanrug doctor --compare-renderers"))
def doctor_command(
    compare_renderers: Annotated[
        bool, typer.Option("--compare-renderers", help="Render one report through both and print each difference.")
    ] = False,
) -> None:
    """Say whether everything is in place, which renderer serves, and why."""
    from analysis.cli.compare import compare
    from analysis.cli.doctor import doctor

    console = console_for(False)
    raise typer.Exit(compare(console) if compare_renderers else doctor(console))


def _spread(arguments: list[str]) -> list[str]:
    """`--format html pdf` as `--format html --format pdf`: several values after one option, as people write them."""
    spread: list[str] = []
    option = ""
    for word in arguments:
        if word.startswith("-"):
            name, equals, _ = word.partition("=")
            option = name if name in _SEVERAL else ""
            if option and equals:
                spread += word.split("=", 1)
                continue
        elif option and spread[-1] != option:
            spread.append(option)
        spread.append(word)
    return spread


_SEVERAL = ("--authority", "--variant", "--format")


def main() -> None:
    """Run the command; a user's error is shown without a traceback, a bug keeps its own."""
    # Tables of text are many small objects, none of them garbage: looking through them takes a tenth of a short run.
    gc.set_threshold(100_000)
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    try:
        app(_spread(sys.argv[1:]))
    except UserError as error:
        errors.print(f"[red]error:[/red] {escape(str(error))}")
        sys.exit(int(error.exit_code))
    except SystemExit as end:
        # Typer's own ends for Ctrl-C: while a command runs, and while it asks or reads.
        if end.code in (ExitCode.INTERRUPTED, 1):
            errors.print("Nothing is half written; the same command starts again.")
            sys.exit(int(ExitCode.INTERRUPTED))
        raise
