"""Commands about data of others: fetch and import."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corridors.cli.findings import list_findings
from corridors.cli.frame import Progress, common_options, reader, show
from corridors.cli.translation import Command
from corridors.cli.vector_options import engine_options, name_skipped, reading_options
from corridors.errors import UsageError
from corridors.locales import message, messages

if TYPE_CHECKING:
    from corridors.app.engines import EngineName
    from corridors.text.output import Format


@click.command(cls=Command, help="cli.fetch", epilog="Example: corridors fetch --format md")
@click.argument("names", nargs=-1, metavar="[SOURCE]…")
@click.option("--all", "everything", is_flag=True, help="cli.fetch.all")
@click.option("--cache", type=click.Path(path_type=Path, file_okay=False), help="cli.fetch.cache")
@common_options(output=True)
def fetch(
    names: Sequence[str], cache: Path | None, geodata: Path | None, output: "Format", lang: str,
    *, everything: bool, quiet: bool, verbose: bool,
) -> None:  # fmt: skip
    """List the declared downloads, or fetch some of them."""
    del verbose
    from corridors.app.build import find_folders
    from corridors.app.downloads import Downloads
    from corridors.text.output import FOR_PEOPLE, rows_text

    if names and everything:
        raise UsageError(message("error.fetch.both"))
    downloads = Downloads(find_folders(geodata).geodata, cache)
    if not names and not everything:
        rows = downloads.rows(lang if output in FOR_PEOPLE else None)
        columns = ("source", "title", "licence", "at_most_mb", "state", "size_mb", "fetched", "checksum")
        show(output, lambda: rows_text(rows, output, name="downloads", language=lang, columns=columns))
        return
    progress = Progress(quiet=quiet)
    click.get_current_context().call_on_close(progress.done)

    def done(path: Path) -> None:
        progress.done()
        click.echo(path)

    chosen = downloads.chosen(names or list(downloads.declared))
    failures = downloads.fetch(chosen, done, progress)
    progress.done()
    for failure in failures[:-1]:
        click.echo(f"corridors: {failure.text(reader())}", err=True)
    if failures:
        raise failures[-1]


def _pairs(_: click.Context, parameter: click.Parameter, given: Sequence[str]) -> dict[str, str]:
    """Options of the form ``a=b`` as a mapping."""
    found = {}
    for text in given:
        ours, equals, value = text.partition("=")
        if not (ours and equals):
            raise UsageError(message("error.import.pair", parameter.opts[0], repr(text)))
        found[ours.strip()] = value.strip()
    return found


@click.command(
    cls=Command,
    name="import",
    help="cli.import\n\ncli.import.more",
    epilog="Example: corridors import my-places.csv --layer places --set kind=school --source airportsdata --dry-run",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--layer", required=True, metavar="LAYER", help="cli.import.layer")
@click.option("--column", "columns", multiple=True, metavar="COLUMN=COLUMN", callback=_pairs, help="cli.import.column")
@click.option("--set", "constants", multiple=True, metavar="COLUMN=TEXT", callback=_pairs, help="cli.import.set")
@click.option("--where", metavar="EXPR", help="cli.import.where")
@click.option("--osm", type=click.Choice(["railways", "stations", "roads"]), help="cli.import.osm")
@click.option("--declare", is_flag=True, help="cli.import.declare")
@click.option("--source", metavar="SOURCE", help="cli.import.source")
@click.option("--licence", metavar="TEXT", help="cli.import.licence")
@click.option("--producer", metavar="TEXT", help="cli.import.producer")
@click.option("--dry-run", is_flag=True, help="cli.import.dry_run")
@reading_options
@engine_options
@click.option("--cache", type=click.Path(path_type=Path, file_okay=False), help="cli.fetch.cache")
@common_options(output=True)
def import_files(
    files: Sequence[Path], layer: str, columns: dict[str, str], constants: dict[str, str], where: str | None,
    osm: str | None, source: str | None, licence: str | None, producer: str | None, cache: Path | None,
    engine: "EngineName", scheduler: str | None, crs: str | None, geodata: Path | None, output: "Format", lang: str,
    *, declare: bool, dry_run: bool, skip_bad: bool, quiet: bool, verbose: bool,
) -> int:  # fmt: skip
    """Take features of any vector files into the atlas; exit 1 if they have faults."""
    del verbose
    from corridors.app.build import find_folders
    from corridors.app.engines import open_engine
    from corridors.app.importing import ImportOptions, plan_import
    from corridors.data.vector_files import Reading
    from corridors.text.output import FOR_PEOPLE, rows_text

    reading = Reading(skip_bad, crs)
    options = ImportOptions(layer, columns, constants, where, source, licence, producer, reading, cache, osm, declare)
    with open_engine(engine, scheduler) as opened:
        plan = plan_import(files, find_folders(geodata).geodata, options, opened)
    if plan.faults:
        return list_findings(plan.faults, output, lang, quiet=quiet)
    name_skipped(plan.skipped, quiet=quiet)
    if not quiet:
        for finding in plan.left_out:
            click.echo(finding.text(reader()), err=True)
        click.echo(message("cli.imported", *plan.counts.values()).text(reader()), err=True)
    if dry_run:
        words = messages(lang)
        rows = [
            {**asdict(one), "change": words[f"import.{one.change}"] if output in FOR_PEOPLE else one.change}
            for one in plan.changes
        ]
        if rows or output == "json":
            names = ("change", "id", "column", "before", "after")
            show(output, lambda: rows_text(rows, output, name="changes", language=lang, columns=names))
        return 0
    for path in plan.write():
        click.echo(path)
    if plan.declared and not quiet:
        group = f'{{ layer = "{layer}", by = "{plan.declared}" }}'
        click.echo(message("cli.import.declared", layer, group).text(reader()), err=True)
    return 0
