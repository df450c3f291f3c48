"""The entry point `pilotage`."""

import sys
import warnings
from typing import Annotated

import typer

from pilotage.cli import demo, doctor, migrate, serve, simulator, worker
from pilotage.cli.catalogue.group import group as catalogue
from pilotage.cli.connections.group import group as connections
from pilotage.cli.customers.group import group as customers
from pilotage.cli.directory.group import group as directory
from pilotage.cli.events.group import group as events
from pilotage.cli.failures import report
from pilotage.cli.imports.group import group as imports
from pilotage.cli.operators.group import group as operators
from pilotage.cli.owner.group import group as owner
from pilotage.cli.partners.group import group as partners
from pilotage.cli.tokens.group import group as tokens

app = typer.Typer(
    name="pilotage",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="The partner portal that brings Microsoft 365 customers on board.",
)


_PASS_ON = {"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []}


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(version("pilotage"))
        except PackageNotFoundError:
            typer.echo("not installed as a package")
        raise typer.Exit


@app.callback()
def pilotage(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Version.")
    ] = False,
) -> None:
    """The partner portal that brings Microsoft 365 customers on board."""


for command in (demo, serve, worker, migrate, simulator, doctor):
    name = command.__name__.rpartition(".")[2]
    options = _PASS_ON if name == "simulator" else None
    app.command(name, context_settings=options)(getattr(command, name))

for title, group in {
    "owner": owner,
    "customers": customers,
    "connections": connections,
    "imports": imports,
    "directory": directory,
    "events": events,
    "partners": partners,
    "operators": operators,
    "tokens": tokens,
    "catalogue": catalogue,
}.items():
    app.add_typer(group, name=title)


def main() -> None:
    """Run one command; exit code 1 for a refusal, 2 for wrong usage."""
    # Old roots in the system's list of authorities; nobody who reads this can change them.
    warnings.filterwarnings("ignore", message="Parsed a serial number")
    try:
        app()
    except Exception as error:
        if not report(error, as_json="--json" in sys.argv):
            raise
        raise SystemExit(1) from None
