"""Commands about the network: route, compare and scenario."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click
from click.core import ParameterSource

from corridors.cli.frame import Function, Paper, common_options, reader, sheet_options, show
from corridors.cli.translation import Command
from corridors.errors import UsageError
from corridors.locales import message

if TYPE_CHECKING:
    from corridors.app.api import OpenAtlas
    from corridors.app.results import FoundComparison, FoundRoute, FoundScenario
    from corridors.figures.sheet import Sheet
    from corridors.network.costs import By

FORMS = ("table", "json", "csv", "md", "geojson")


def file_options(command: Function) -> Function:
    """Add the options of commands whose answer can be a file, among others a figure."""
    command = sheet_options(command)
    command = click.option("--force", is_flag=True, help="cli.force")(command)
    shape = click.Path(path_type=Path, dir_okay=False)
    return click.option("-o", "--output", "file", type=shape, metavar="FILE", help="cli.answer.file")(command)


def check_file(file: Path | None, forms: Mapping[str, str] | None = None) -> None:
    """Refuse a file if its name is not possible, or ``--format`` asks for another format, before any computation."""
    from corridors.app.result import FORMS as RESULTS
    from corridors.app.result import form_of

    asked = click.get_current_context()
    if file is not None:
        by_default = asked.get_parameter_source("output") is ParameterSource.DEFAULT
        form_of(file, None if by_default else asked.params["output"], forms or RESULTS)


def _sheet(file: Path | None, lang: str, paper: Paper) -> "Sheet | None":
    """The sheet of a figure. None if no figure is written; then options of the sheet are refused."""
    from corridors.app.result import FIGURES
    from corridors.figures.sheet import Sheet

    if file is not None and file.suffix.lower().removeprefix(".") in FIGURES:
        return Sheet(lang=lang, **paper)
    source = click.get_current_context().get_parameter_source
    for name in paper:
        if source(name) is not ParameterSource.DEFAULT:
            raise UsageError(message("error.answer.sheet", "--" + name.replace("_", "-"), FIGURES))
    return None


def _give(
    result: "FoundRoute | FoundComparison | FoundScenario", file: Path | None, form: str, lang: str,
    *, force: bool, sheet: "Sheet | None",
) -> None:  # fmt: skip
    """Print a result, or write it to a file and print its path."""
    if file is None:
        show(form, lambda: result.text(form, lang=lang))
    else:
        click.echo(result.save(file, lang=lang, force=force, sheet=sheet))


def _words(text: str | None) -> list[str]:
    """The words of an option, separated by commas."""
    return [word.strip() for word in (text or "").split(",") if word.strip()]


def _open(geodata: Path | None) -> "OpenAtlas":
    """The atlas of a folder, opened."""
    from corridors.app import build as atlas
    from corridors.app.api import OpenAtlas

    return OpenAtlas(atlas.find_folders(geodata).geodata)


@click.command(
    cls=Command,
    help="cli.route\n\ncli.route.more",
    epilog='Example: corridors route "Xi\'an" Almaty --avoid MNG --alternatives 2',
)
@click.argument("origin", metavar="FROM")
@click.argument("destination", metavar="TO")
@click.option("--via", multiple=True, metavar="PLACE", help="cli.route.via")
@click.option("--mode", "modes", metavar="MODES", default="rail,sea", show_default=True, help="cli.route.mode")
@click.option(
    "--by", type=click.Choice(["distance", "time"]), default="distance", show_default=True, help="cli.route.by"
)
@click.option("--as-of", type=int, metavar="YEAR", help="cli.route.as_of")
@click.option("--include", metavar="STATUSES", help="cli.route.include")
@click.option("--avoid", metavar="ISO", help="cli.route.avoid")
@click.option("--open", "opened", multiple=True, metavar="LINE", help="cli.scenario.open")
@click.option("--close", "closed", multiple=True, metavar="LINE|PORT", help="cli.scenario.close")
@click.option(
    "--alternatives",
    type=click.IntRange(1, 9),
    metavar="NUMBER",
    default=1,
    show_default=True,
    help="cli.route.alternatives",
)
@click.option("--assume", multiple=True, metavar="NAME=VALUE", help="cli.route.assume")
@file_options
@common_options(output=True, formats=FORMS)
def route(
    origin: str, destination: str, via: Sequence[str], modes: str, by: "By", as_of: int | None, include: str | None,
    avoid: str | None, opened: Sequence[str], closed: Sequence[str], alternatives: int, assume: Sequence[str],
    file: Path | None, geodata: Path | None, output: str, lang: str,
    *, force: bool, quiet: bool, verbose: bool, **paper: Unpack[Paper],
) -> int:  # fmt: skip
    """Find the route from one place to another: legs, kilometres, borders, breaks of gauge, days.

    Places are names in any language, ids, ICAO, IATA or UN/LOCODE codes, or longitude,latitude in degrees.
    """
    del quiet, verbose
    check_file(file)
    sheet = _sheet(file, lang, paper)
    routes = _open(geodata).route(
        origin,
        destination,
        via=via,
        modes=_words(modes),
        by=by,
        as_of=as_of,
        include=_words(include),
        avoid=_words(avoid),
        opened=opened,
        closed=closed,
        alternatives=alternatives,
        assume=assume,
    )
    _give(routes[0], file, output, lang, force=force, sheet=sheet)
    return 0


@click.command(
    cls=Command,
    help="cli.compare\n\ncli.compare.more",
    epilog='Example: corridors compare northern "Xi\'an > Khorgos > Tashkent" --lang nl',
)
@click.argument("corridors", nargs=-1, metavar="[CORRIDOR]…")
@click.option("--mode", "modes", metavar="MODES", default="rail,sea", show_default=True, help="cli.compare.mode")
@click.option("--assume", multiple=True, metavar="NAME=VALUE", help="cli.compare.assume")
@file_options
@common_options(output=True, formats=FORMS)
def compare(
    corridors: Sequence[str], modes: str, assume: Sequence[str], file: Path | None, geodata: Path | None, output: str,
    lang: str, *, force: bool, quiet: bool, verbose: bool, **paper: Unpack[Paper],
) -> int:  # fmt: skip
    """Put corridors side by side: kilometres, countries, borders, breaks of gauge, tracks, days, published figures."""
    del quiet, verbose
    check_file(file)
    sheet = _sheet(file, lang, paper)
    found = _open(geodata).compare(*corridors, modes=_words(modes), assume=assume)
    _give(found, file, output, lang, force=force, sheet=sheet)
    return 0


@click.command(
    cls=Command,
    help="cli.scenario\n\ncli.scenario.more",
    epilog="Example: corridors scenario --open cku --between 'Kashgar; Osh; Tashkent'",
)
@click.argument("name", required=False)
@click.option("--open", "opened", multiple=True, metavar="LINE", help="cli.scenario.open")
@click.option("--close", "closed", multiple=True, metavar="LINE|PORT", help="cli.scenario.close")
@click.option("--between", metavar="GROUP", help="cli.scenario.between")
@click.option("--by", type=click.Choice(["distance", "time"]), help="cli.scenario.by")
@click.option("--mode", "modes", metavar="MODES", help="cli.scenario.mode")
@click.option("--assume", multiple=True, metavar="NAME=NUMBER", help="cli.scenario.assume")
@file_options
@common_options(output=True, formats=FORMS)
def scenario(
    name: str | None, opened: Sequence[str], closed: Sequence[str], between: str | None, by: "By | None",
    modes: str | None, assume: Sequence[str], file: Path | None, geodata: Path | None, output: str, lang: str,
    *, force: bool, quiet: bool, verbose: bool, **paper: Unpack[Paper],
) -> int:  # fmt: skip
    """Show the effect of opening or closing lines on all pairs of a group: a declared NAME, or --open and --close.

    Lines are ids (rail/kz-almaty-aktogay or kz-almaty-aktogay), railways (cku), or a part in one country (LINE:ISO).
    """
    del verbose
    from corridors.text.scenarios import loose_ends_text

    check_file(file)
    sheet = _sheet(file, lang, paper)
    atlas = _open(geodata)
    found = atlas.scenario(
        name, opened=opened, closed=closed, between=between, modes=_words(modes), by=by, assume=assume
    )
    _give(found, file, output, lang, force=force, sheet=sheet)
    if found.result.ends and not quiet:
        click.echo(loose_ends_text(found.result, atlas.layers, reader()), err=True)
    return 0
