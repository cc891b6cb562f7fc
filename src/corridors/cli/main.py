"""The command line: parse, call, print. Data goes to stdout, messages and progress to stderr."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from corridors.cli import network, publish, refine, sources, vector
from corridors.cli.findings import list_findings
from corridors.cli.frame import FOUND_SOMETHING, Progress, Verbosity, common_options, language_option, reader, show
from corridors.cli.vector_options import engine_options, name_skipped, reading_options
from corridors.errors import UsageError
from corridors.locales import message, messages

if TYPE_CHECKING:
    from corridors.app.build import Part
    from corridors.app.engines import EngineName
    from corridors.text.output import Format


@click.group(
    cls=Verbosity,
    help="cli.corridors",
    epilog="Example: corridors build",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="corridors", message="%(prog)s %(version)s", help="cli.version")
@language_option
def main(lang: str | None) -> None:
    """An atlas of the corridors between China, Central Asia and Europe, from sourced facts."""
    del lang  # the commands ask for it


@main.command(help="cli.build\n\ncli.build.more", epilog="Example: corridors build overview rail --lang nl")
@click.argument("maps", nargs=-1, metavar="[MAP]…")
@click.option("--maps", "folder", type=click.Path(path_type=Path, file_okay=False), help="cli.build.folder")
@click.option("--only", type=click.Choice(["layers", "maps", "figures", "reports"]), help="cli.build.only")
@click.option("--check", is_flag=True, help="cli.build.check")
@click.option("--tiles", metavar="URL|NAME", help="cli.build.tiles")
@click.option("--attribution", metavar="TEXT", help="cli.build.attribution")
@click.option("--force", is_flag=True, help="cli.force")
@common_options(output=False)
def build(
    maps: Sequence[str], folder: Path | None, only: "Part | None", tiles: str | None, attribution: str | None,
    geodata: Path | None, lang: str, *, check: bool, force: bool, quiet: bool, verbose: bool,
) -> int:  # fmt: skip
    """Build layers, measures and maps: all of them, or the maps named.

    Reads geodata/ and maps/atlas.toml of this folder. If it has none, the facts of the package are used.
    """
    del verbose
    from corridors.app import build as atlas

    folders = atlas.find_folders(geodata, folder)
    progress = Progress(quiet=quiet)
    click.get_current_context().call_on_close(progress.done)  # an error's message starts on a new line
    if check:
        options = atlas.BuildOptions(maps, only, lang, tiles, attribution, progress)
        found = atlas.differences(folders, options)
        progress.done()
        for difference in found:
            click.echo(difference.text(reader()))
        if not found and not quiet:
            click.echo(messages(reader())["cli.as_built"], err=True)
        return FOUND_SOMETHING if found else 0
    paths = atlas.build(
        folders, maps=maps, only=only, language=lang, tiles=tiles, attribution=attribution, force=force, tell=progress
    )
    progress.done()
    for path in paths:
        click.echo(path)
    return 0


@main.command(help="cli.layers", epilog="Example: corridors layers --format md")
@common_options(output=True)
def layers(geodata: Path | None, output: "Format", lang: str, *, quiet: bool, verbose: bool) -> int:
    """List the layers: kind, features, kilometres, sources, precision, licence."""
    del quiet, verbose
    from corridors.app import build as atlas
    from corridors.app import stats as statistics
    from corridors.text.output import rows_text

    loaded = atlas.load(atlas.find_folders(geodata).geodata)
    rows = statistics.layer_rows(loaded)
    columns = ("layer", "geometry", "features", "km", "sources", "accuracy_km", "low_confidence", "licence")
    show(output, lambda: rows_text(rows, output, name="layers", language=lang, columns=columns))
    return 0


@main.command(help="cli.validate", epilog="Example: corridors validate my-lines.geojson --format json")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]…")
@common_options(output=True)
def validate(
    files: Sequence[Path], geodata: Path | None, output: "Format", lang: str, *, quiet: bool, verbose: bool
) -> int:
    """Check facts and layers, or any GeoJSON files or fact tables; exit 1 if they have faults."""
    del verbose
    from corridors.app import build as atlas
    from corridors.app import stats as statistics

    return list_findings(statistics.find_faults(atlas.find_folders(geodata), files), output, lang, quiet=quiet)


@main.command(
    help="cli.stats", epilog="Example: corridors stats --layer rail --by country --where \"status == 'operational'\""
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]…")
@click.option("--by", metavar="PROPERTY", help="cli.stats.by")
@click.option("--layer", "layer_names", multiple=True, metavar="LAYER", help="cli.stats.layer")
@click.option("--where", metavar="EXPR", help="cli.stats.where")
@click.option("--as-of", type=int, metavar="YEAR", help="cli.stats.as_of")
@reading_options
@engine_options
@click.option("-o", "--output", "file", type=click.Path(path_type=Path, dir_okay=False), help="cli.stats.file")
@click.option("--force", is_flag=True, help="cli.force")
@common_options(output=True)
def stats(
    files: Sequence[Path], by: str | None, layer_names: Sequence[str], where: str | None, as_of: int | None,
    file: Path | None, engine: "EngineName", scheduler: str | None, crs: str | None, geodata: Path | None,
    output: "Format", lang: str, *, skip_bad: bool, force: bool, quiet: bool, verbose: bool,
) -> int:  # fmt: skip
    """Measure the layers, or any files of vectors: features, kilometres, square kilometres, shares."""
    del verbose
    from corridors.app import build as atlas
    from corridors.app import stats as statistics
    from corridors.text.output import FOR_PEOPLE

    network.check_file(file, statistics.STATISTICS_FORMS)
    folder = atlas.find_folders(geodata).geodata
    form = statistics.STATISTICS_FORMS[file.suffix.lower()] if file else output
    chosen: statistics.Choice = {"by": by, "layers": layer_names, "where": where, "as_of": as_of}
    if files and as_of is not None:
        raise UsageError(message("error.stats.as_of"))
    if files:
        from corridors.app import vector_files
        from corridors.app.engines import open_engine
        from corridors.data.vector_files import Reading

        progress = Progress(quiet=quiet)
        click.get_current_context().call_on_close(progress.done)
        reading = Reading(skip_bad, crs)
        with open_engine(engine, scheduler) as opened:
            found = vector_files.file_statistics(
                files, folder, names=layer_names, by=by, where=where, reading=reading, engine=opened, tell=progress
            )
        progress.done()
        name_skipped(found.skipped, quiet=quiet)
        measures = found.measures
    elif form != "xlsx":
        measures = statistics.statistics(atlas.load(folder), **chosen)
    if file and form == "xlsx":
        if files:
            book = vector_files.file_statistics_book(measures, folder, language=lang)
        else:
            book = statistics.statistics_book(folder, **chosen, language=lang)
        click.echo(statistics.save(file, book, force=force))
        return 0
    if not measures and not quiet:
        click.echo(messages(reader())["cli.no_feature"], err=True)
    write = partial(statistics.statistics_text, measures, cast("Format", form), language=lang)
    if file:
        click.echo(statistics.save(file, f"{write()}\n".encode(), force=force))
    elif measures or form not in FOR_PEOPLE:
        show(output, write)
    return 0


@main.command(help="cli.claims", epilog="Example: corridors claims --lang nl")
@common_options(output=True)
def claims(geodata: Path | None, output: "Format", lang: str, *, quiet: bool, verbose: bool) -> int:
    """Check the claims of claims.csv against the facts; exit 1 if the facts contradict one."""
    del verbose
    from corridors.app import build as atlas
    from corridors.app import stats as statistics
    from corridors.text.output import FOR_PEOPLE, rows_text

    checked = statistics.claims(atlas.load(atlas.find_folders(geodata).geodata), language=lang)
    if output in FOR_PEOPLE:
        rows = statistics.claim_rows(checked, language=lang)
        columns = ["id", "label", "stated", "recomputed", "verdict"]
    else:
        rows = [claim.as_dict() for claim in checked]
        names = ("label", "stated", "recomputed", "unit", "method", "verdict", "sources", "place", "note")
        columns = ["id", "quote", *names]
    show(output, lambda: rows_text(rows, output, name="claims", language=lang, columns=columns))
    if not quiet:
        click.echo(statistics.tally_text(checked, language=reader()), err=True)
    return FOUND_SOMETHING if any(claim.verdict == "contradicted" for claim in checked) else 0


main.add_command(network.route)
main.add_command(network.compare)
main.add_command(network.scenario)
main.add_command(vector.draw_map)
main.add_command(publish.figure)
main.add_command(publish.embed)
main.add_command(publish.report)
main.add_command(sources.fetch)
main.add_command(sources.import_files)
main.add_command(refine.refine)
