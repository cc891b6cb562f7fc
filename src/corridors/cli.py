"""The command line: parse, call, print. Data goes to stdout, messages and progress to stderr."""

import io
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from corridors.errors import CorridorsError

LANGUAGES = ("nl", "en", "zh", "ru")
FORMATS = ("table", "json", "csv", "md")
FOUND_SOMETHING = 1
INTERRUPTED = 130

Command = TypeVar("Command", bound=Callable[..., Any])


class Verbosity(click.Group):
    """A group that turns every error into one message and an exit code; ``-v`` adds the traceback."""

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - click's own signature
        """Run, and end the process with the exit code that the outcome has."""
        kwargs["standalone_mode"] = False
        _escape_what_the_terminal_lacks()
        given = (args[0] if args else kwargs.get("args")) or sys.argv[1:]
        verbose = any(arg == "--verbose" or (arg[:1] == "-" and arg[1:2] != "-" and "v" in arg) for arg in given)
        try:
            code = super().main(*args, **kwargs)
        except click.exceptions.Abort:
            code = _say("interrupted; files are as they were before", INTERRUPTED)
        except KeyboardInterrupt:
            code = _say("interrupted; files are as they were before", INTERRUPTED)
        except click.ClickException as error:
            error.show()
            code = error.exit_code
        except CorridorsError as error:
            code = _say(str(error), error.exit_code)
            if verbose:
                traceback.print_exc()
        except SystemExit:  # click ends so where whoever read our output has gone; there is nobody to tell
            code = 0
        except Exception as error:  # noqa: BLE001 - the last resort: a message rather than a traceback
            code = _say(f"{type(error).__name__}: {error}. This is a fault of corridors; -v shows where.", 1)
            if verbose:
                traceback.print_exc()
        sys.exit(code if isinstance(code, int) else 0)


def _escape_what_the_terminal_lacks() -> None:
    """Print a letter that the terminal's encoding lacks as its escape code, where it would be an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _say(message: str, code: int) -> int:
    """Put one message on stderr and hand the exit code on."""
    click.echo(f"corridors: {message}", err=True)
    return code


def _options(*, output: bool) -> Callable[[Command], Command]:
    """The options that commands have in common."""

    def add(command: Command) -> Command:
        command = click.option("-v", "--verbose", is_flag=True, help="Show the traceback of an error.")(command)
        command = click.option("-q", "--quiet", is_flag=True, help="Say nothing but data and errors.")(command)
        command = click.option(
            "--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language."
        )(command)
        if output:
            shape = click.Choice(FORMATS)
            command = click.option(
                "--format", "output", type=shape, default="table", show_default=True, help="Form of the output."
            )(command)
        folder = click.Path(path_type=Path, file_okay=False)
        return click.option("--geodata", type=folder, help="Folder with catalog.toml, facts/ and basemap/.")(command)

    return add


class Progress:
    """Words about each step on stderr: a line that is written over on a terminal, nothing elsewhere."""

    def __init__(self, *, quiet: bool) -> None:
        self._shown = sys.stderr.isatty() and not quiet
        self._width = 0

    def __call__(self, step: str) -> None:
        """Show a step."""
        if self._shown:
            line = f"· {step}"
            click.echo(f"\r{line.ljust(self._width)}", err=True, nl=False)
            self._width = len(line)

    def done(self) -> None:
        """Clear the line."""
        if self._shown:
            click.echo(f"\r{' ' * self._width}\r", err=True, nl=False)


@click.group(cls=Verbosity, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="corridors", message="%(prog)s %(version)s")
def main() -> None:
    """An atlas of the corridors between China, Central Asia and Europe, from sourced facts.

    Example: corridors build
    """


@main.command(epilog="Example: corridors build overview rail --lang nl")
@click.argument("maps", nargs=-1, metavar="[MAP]…")
@click.option("--maps", "folder", type=click.Path(path_type=Path, file_okay=False), help="Folder for the pages.")
@click.option("--only", type=click.Choice(["layers", "maps"]), help="Build the layers or the maps alone.")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 where files differ from what would be built.")
@click.option("--tiles", metavar="URL|NAME", help="Offer these map tiles; the pages then need the network for them.")
@click.option("--attribution", metavar="TEXT", help="Who made the tiles; a URL needs it.")
@click.option("--force", is_flag=True, help="Write over files that corridors did not make.")
@_options(output=False)
def build(
    maps: Sequence[str], folder: Path | None, only: str | None, tiles: str | None, attribution: str | None,
    geodata: Path | None, lang: str, *, check: bool, force: bool, quiet: bool, verbose: bool,
) -> int:  # fmt: skip
    """Build layers, measures and maps: all of them, or the maps named.

    Reads geodata/ and maps/atlas.toml of this folder, or the facts that come with corridors where there are none.
    """
    del verbose
    from corridors import atlas

    folders = atlas.find_folders(geodata, folder)
    progress = Progress(quiet=quiet)
    click.get_current_context().call_on_close(progress.done)  # an error's message starts on a line of its own
    chosen: Any = only
    if check:
        found = atlas.differences(
            folders, maps=maps, only=chosen, language=lang, tiles=tiles, attribution=attribution, tell=progress
        )
        progress.done()
        for line in found:
            click.echo(line)
        if not found and not quiet:
            click.echo("everything is as it would be built", err=True)
        return FOUND_SOMETHING if found else 0
    paths = atlas.build(
        folders, maps=maps, only=chosen, language=lang, tiles=tiles, attribution=attribution, force=force, tell=progress
    )
    progress.done()
    for path in paths:
        click.echo(path)
    return 0


@main.command(epilog="Example: corridors layers --format md")
@_options(output=True)
def layers(geodata: Path | None, output: str, lang: str, *, quiet: bool, verbose: bool) -> int:
    """List the layers: kind, features, kilometres, sources, precision, licence."""
    del quiet, verbose
    from corridors import atlas, survey
    from corridors.output import rows_text

    loaded = atlas.load(atlas.find_folders(geodata).geodata)
    rows = survey.layer_rows(loaded)
    columns = ("layer", "geometry", "features", "km", "sources", "accuracy_km", "low_confidence", "licence")
    shape: Any = output
    click.echo(rows_text(rows, shape, name="layers", language=lang, columns=columns))
    return 0


@main.command(epilog="Example: corridors validate my-lines.geojson --format json")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]…")
@_options(output=True)
def validate(files: Sequence[Path], geodata: Path | None, output: str, lang: str, *, quiet: bool, verbose: bool) -> int:
    """Check facts and layers, or any GeoJSON files or fact tables; exit 1 where something is wrong."""
    del verbose
    from corridors import atlas, survey
    from corridors.output import rows_text

    findings = survey.find_faults(atlas.find_folders(geodata).geodata, files)
    shape: Any = output
    if output == "table":
        for finding in findings:
            click.echo(f"{finding.rule}  {finding}")
    else:
        columns = ("rule", "file", "where", "property", "message", "remedy")
        rows = [finding.as_dict() for finding in findings]
        click.echo(rows_text(rows, shape, name="findings", language=lang, columns=columns))
    if not quiet:
        click.echo(f"{len(findings)} findings" if len(findings) != 1 else "1 finding", err=True)
    return FOUND_SOMETHING if findings else 0


@main.command(epilog="Example: corridors stats --layer rail --by country --where \"status == 'operational'\"")
@click.option("--by", metavar="PROPERTY", help="Split by country, gauge, status, mode, corridor or any other property.")
@click.option("--layer", "layer_names", multiple=True, metavar="LAYER", help="Only this layer; may be given again.")
@click.option("--where", metavar="EXPR", help='Only features for which this holds, such as "gauge_mm == 1520".')
@_options(output=True)
def stats(
    by: str | None, layer_names: Sequence[str], where: str | None, geodata: Path | None, output: str, lang: str,
    *, quiet: bool, verbose: bool,
) -> int:  # fmt: skip
    """Measure the layers: features, kilometres, electrified share, official against measured length."""
    del verbose
    from corridors import atlas, survey
    from corridors.output import rows_text

    loaded = atlas.load(atlas.find_folders(geodata).geodata)
    measures = survey.statistics(loaded, by=by, layers=layer_names, where=where)
    shape: Any = output
    if output in {"table", "md"}:  # for people: one row for each group, one column for each measure
        rows = survey.wide_rows(measures, language=lang)
        columns = list(dict.fromkeys(name for row in rows for name in row))
    else:
        rows = [measure.as_dict() for measure in measures]
        columns = ["name", "value", "unit", "by", "method", "sources"]
    if not rows and not quiet:
        click.echo("no feature fits; loosen --where", err=True)
    if rows or output not in {"table", "md"}:
        click.echo(rows_text(rows, shape, name="measures", language=lang, columns=columns))
    return 0
