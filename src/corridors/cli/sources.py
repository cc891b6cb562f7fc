"""Commands about data of others: fetch."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corridors.cli.frame import Progress, common_options, reader
from corridors.cli.translation import Command
from corridors.errors import UsageError
from corridors.locales import message

if TYPE_CHECKING:
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
    from corridors.text.output import rows_text

    if names and everything:
        raise UsageError(message("error.fetch.both"))
    downloads = Downloads(find_folders(geodata).geodata, cache)
    if not names and not everything:
        rows = downloads.rows(lang if output in {"table", "md"} else None)
        columns = ("source", "title", "licence", "at_most_mb", "state", "size_mb", "fetched")
        click.echo(rows_text(rows, output, name="downloads", language=lang, columns=columns))
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
