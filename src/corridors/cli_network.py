"""Commands that ask the network: route, compare and scenario."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from corridors.cli_frame import common_options

WORDS = "rail,road,sea,air"


def _words(text: str | None) -> list[str]:
    """The words of an option with commas between."""
    return [word.strip() for word in (text or "").split(",") if word.strip()]


def _open(geodata: Path | None) -> Any:
    """The atlas of a folder, opened."""
    from corridors import atlas
    from corridors.library import OpenAtlas

    return OpenAtlas(atlas.find_folders(geodata).geodata)


@click.command(epilog='Example: corridors route "Xi\'an" Almaty --avoid MNG --alternatives 2')
@click.argument("origin", metavar="FROM")
@click.argument("destination", metavar="TO")
@click.option("--via", multiple=True, metavar="PLACE", help="Pass this place; may be given again.")
@click.option("--mode", "modes", metavar="MODES", default="rail,sea", show_default=True, help=f"Some of {WORDS}.")
@click.option(
    "--by", type=click.Choice(["distance", "time"]), default="distance", show_default=True, help="Make least."
)
@click.option("--as-of", type=int, metavar="YEAR", help="With the lines open in this year.")
@click.option("--include", metavar="STATUSES", help="Use what is under_construction, planned or suspended too.")
@click.option("--avoid", metavar="ISO", help="Do not enter these countries, by alpha-3 code.")
@click.option(
    "--alternatives", type=click.IntRange(1, 9), default=1, show_default=True, help="How many routes, at most."
)
@click.option("--assume", multiple=True, metavar="NAME=VALUE", help="Another assumption, such as speeds_kmh.rail=40.")
@common_options(output=True, formats=("table", "json", "csv", "md", "geojson"))
def route(
    origin: str, destination: str, via: Sequence[str], modes: str, by: Any, as_of: int | None, include: str | None,
    avoid: str | None, alternatives: int, assume: Sequence[str], geodata: Path | None, output: Any, lang: str,
    *, quiet: bool, verbose: bool,
) -> int:  # fmt: skip
    """Find the way from one place to another: legs, kilometres, borders, breaks of gauge, days.

    Places are names in any language, ids, ICAO, IATA or UN/LOCODE codes, or longitude,latitude in degrees.
    """
    del quiet, verbose
    from corridors.output import rows_text
    from corridors.route_text import routes_text

    routes = _open(geodata).route(
        origin,
        destination,
        via=via,
        modes=_words(modes),
        by=by,
        as_of=as_of,
        include=_words(include),
        avoid=_words(avoid),
        alternatives=alternatives,
        assume=assume,
    )
    if output == "geojson":
        from corridors.data.geojson import geojson_text

        click.echo(geojson_text(routes[0].to_geojson(), name="route").rstrip("\n"))
    elif output == "json":
        click.echo(rows_text([one.as_dict() for one in routes], output, name="routes", language=lang, columns=()))
    elif output == "csv":
        legs = [{"route": nth, **leg.as_dict()} for nth, one in enumerate(routes, start=1) for leg in one.legs]
        columns = list(legs[0]) if legs else ["route"]
        click.echo(rows_text(legs, output, name="legs", language=lang, columns=columns))
    else:
        click.echo(routes_text(routes, output, language=lang))
    return 0


@click.command(epilog="Example: corridors compare northern middle --lang nl")
@click.argument("corridors", nargs=-1, metavar="[CORRIDOR]…")
@click.option("--assume", multiple=True, metavar="NAME=VALUE", help="Another assumption, such as border_hours.rail=6.")
@common_options(output=True, formats=("table", "json", "csv", "md", "geojson"))
def compare(
    corridors: Sequence[str], assume: Sequence[str], geodata: Path | None, output: Any, lang: str,
    *, quiet: bool, verbose: bool,
) -> int:  # fmt: skip
    """Put corridors side by side: kilometres, countries, borders, breaks of gauge, tracks, days, published figures."""
    del quiet, verbose
    from corridors.output import rows_text
    from corridors.route_text import comparison_text

    found = _open(geodata).compare(*corridors, assume=assume)
    if output == "geojson":
        from corridors.data.geojson import geojson_text

        click.echo(geojson_text(found.to_geojson(), name="corridors").rstrip("\n"))
    elif output in {"json", "csv"}:
        rows = found.as_dict()["corridors"]
        plain = [name for name in rows[0] if name not in {"published", "weakest", "assumptions"}]
        click.echo(rows_text(rows, output, name="corridors", language=lang, columns=plain))
    else:
        click.echo(comparison_text(found, output, language=lang))
    return 0


@click.command(epilog="Example: corridors scenario --open cku --between 'Kashgar; Osh; Tashkent'")
@click.argument("name", required=False)
@click.option("--open", "opened", multiple=True, metavar="LINE", help="Take this line or railway for open.")
@click.option("--close", "closed", multiple=True, metavar="LINE|PORT", help="Take this line or port for closed.")
@click.option("--between", metavar="GROUP", help='all, china, central-asia, or places: "Xi\'an; Almaty; Osh".')
@click.option("--by", type=click.Choice(["distance", "time"]), help="What ways make least: distance, unless told.")
@click.option("--mode", "modes", metavar="MODES", help=f"Some of {WORDS}; rail,sea unless told.")
@click.option("--assume", multiple=True, metavar="NAME=NUMBER", help="Another speed or time than assumptions.toml has.")
@common_options(output=True, formats=("table", "json", "csv", "md", "geojson"))
def scenario(
    name: str | None, opened: Sequence[str], closed: Sequence[str], between: str | None, by: Any, modes: str | None,
    assume: Sequence[str], geodata: Path | None, output: Any, lang: str, *, quiet: bool, verbose: bool,
) -> int:  # fmt: skip
    """Say what opening or closing lines changes between all pairs of a group: a declared NAME, or --open and --close.

    Lines are ids (rail/kz-almaty-aktogay or kz-almaty-aktogay), railways (cku), or a part in one country (LINE:ISO).
    """
    del verbose
    from corridors.output import rows_text
    from corridors.scenario_text import PAIR_COLUMNS, loose_ends_text, scenario_text

    atlas = _open(geodata)
    found = atlas.scenario(
        name, opened=opened, closed=closed, between=between, modes=_words(modes), by=by, assume=assume
    )
    if output == "geojson":
        from corridors.data.geojson import geojson_text

        click.echo(geojson_text(found.to_geojson(), name="scenario").rstrip("\n"))
    elif output == "json":
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=2))
    elif output == "csv":
        rows = [pair.as_dict() for pair in found.pairs]
        columns = [*PAIR_COLUMNS, "effect", "from_id", "to_id"]
        click.echo(rows_text(rows, output, name="pairs", language=lang, columns=columns))
    else:
        click.echo(scenario_text(found, atlas.layers, output, language=lang))
    if found.ends and not quiet:
        click.echo(loose_ends_text(found, atlas.layers, lang), err=True)
    return 0
