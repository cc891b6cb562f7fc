"""The command line: parse, call, print. Data goes to stdout, messages and progress to stderr."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from corridors import cli_network
from corridors.cli_frame import FOUND_SOMETHING, Progress, Verbosity, common_options


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
@common_options(output=False)
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
@common_options(output=True)
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
@common_options(output=True)
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
@common_options(output=True)
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


@main.command(epilog="Example: corridors claims --lang nl")
@common_options(output=True)
def claims(geodata: Path | None, output: str, lang: str, *, quiet: bool, verbose: bool) -> int:
    """Check the claims of claims.csv against the facts; exit 1 where the facts contradict one."""
    del verbose
    from corridors import atlas, survey
    from corridors.output import rows_text

    checked = survey.claims(atlas.load(atlas.find_folders(geodata).geodata), language=lang)
    shape: Any = output
    if output in {"table", "md"}:
        rows = survey.claim_rows(checked, language=lang)
        columns = ["id", "label", "stated", "recomputed", "verdict"]
    else:
        rows = [claim.as_dict() for claim in checked]
        names = ("label", "stated", "recomputed", "unit", "method", "verdict", "sources", "place", "note")
        columns = ["id", "quote", *names]
    click.echo(rows_text(rows, shape, name="claims", language=lang, columns=columns))
    if not quiet:
        click.echo(survey.tally_text(checked, language=lang), err=True)
    return FOUND_SOMETHING if any(claim.verdict == "contradicted" for claim in checked) else 0


main.add_command(cli_network.route)
main.add_command(cli_network.compare)
main.add_command(cli_network.scenario)
