"""Commands about a user's own data: map."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from corridors.cli.frame import Progress, common_options
from corridors.cli.translation import Command
from corridors.cli.vector_options import engine_options, name_skipped, reading_options
from corridors.locales import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from corridors.app.engines import EngineName


class Drawn(TypedDict):
    """The options of ``corridors map`` that say how files become a map."""

    by: str | None
    scheme: str | None
    steps: int
    label: str | None
    where: str | None
    precision: str
    licence: str


@click.command(
    cls=Command,
    name="map",
    help="cli.map\n\ncli.map.more",
    epilog="Example: corridors map my-lines.geojson -o my-map.html",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option(
    "-o", "--output", "target", type=click.Path(path_type=Path, dir_okay=False), required=True, metavar="FILE",
    help="cli.map.output",
)  # fmt: skip
@click.option("--by", metavar="COLUMN", help="cli.map.by")
@click.option("--scheme", metavar="NAME", help="cli.map.scheme")
@click.option("--steps", type=int, default=5, show_default=True, metavar="NUMBER", help="cli.map.steps")
@click.option("--label", metavar="COLUMN", help="cli.map.label")
@click.option("--layer", "layers", multiple=True, metavar="LAYER", help="cli.map.layer")
@click.option("--columns", metavar="COLUMN,…", help="cli.map.columns")
@click.option("--where", metavar="EXPR", help="cli.stats.where")
@click.option("--precision", default="5", show_default=True, metavar="DIGITS|web", help="cli.map.precision")
@click.option("--title", metavar="TEXT", help="cli.map.title")
@click.option("--licence", default="", metavar="TEXT", help="cli.map.licence")
@click.option("--no-basemap", is_flag=True, help="cli.map.basemap")
@reading_options
@engine_options
@click.option("--force", is_flag=True, help="cli.force")
@common_options(output=False)
def draw_map(
    files: Sequence[Path], target: Path, title: str | None, layers: Sequence[str], columns: str | None,
    engine: "EngineName", scheduler: str | None, crs: str | None, geodata: Path | None, lang: str | None,
    *, skip_bad: bool, no_basemap: bool, force: bool, quiet: bool, verbose: bool, **drawn: Unpack[Drawn],
) -> int:  # fmt: skip
    """Draw any vector files as one offline map."""
    del verbose, geodata
    from corridors.app.engines import open_engine
    from corridors.app.vector_map import MapOptions, read_drawn, vector_map, words_of
    from corridors.data.vector_files import Reading
    from corridors.data.whole_file import keep_foreign, write_output

    if not force:
        keep_foreign(target)
    progress = Progress(quiet=quiet)
    click.get_current_context().call_on_close(progress.done)
    options = MapOptions(
        **drawn,
        title=title or ", ".join(dict.fromkeys(words_of(path.stem) for path in files)),
        columns=tuple(name.strip() for name in (columns or "").split(",") if name.strip()),
        language=lang or DEFAULT_LANGUAGE,
        basemap="none" if no_basemap else "auto",
        tell=progress,
    )
    reading = Reading(skip_bad, crs)
    with open_engine(engine, scheduler) as opened:
        found = read_drawn(files, options, names=layers, reading=reading, engine=opened)
    progress.done()
    name_skipped([feature for drawn in found for feature in drawn.layer.skipped], quiet=quiet)
    write_output(target, vector_map(found, options).render().encode())
    progress.done()
    click.echo(target)
    return 0
