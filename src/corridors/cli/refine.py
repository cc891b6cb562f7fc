"""The command that matches lines on a user's own tracks."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corridors.cli.frame import FOUND_SOMETHING, common_options, reader, show
from corridors.cli.translation import Command
from corridors.cli.vector_options import name_skipped, reading_options
from corridors.locales import message

if TYPE_CHECKING:
    from corridors.text.output import Format

COLUMNS = ("line", "straight_km", "on_tracks_percent", "tracks_km", "accuracy_km", "left_out_km", "differs_percent")


@click.command(
    cls=Command,
    help="cli.refine\n\ncli.refine.more",
    epilog="Example: corridors refine 'Alashankou–Dostyk border section' --tracks my-tracks.geojson --dry-run",
)
@click.argument("lines", nargs=-1, required=True, metavar="LINE…")
@click.option(
    "--tracks", "files", multiple=True, required=True, metavar="FILE", type=click.Path(path_type=Path),
    help="cli.refine.tracks",
)  # fmt: skip
@click.option("--licence", metavar="TEXT", help="cli.refine.licence")
@click.option("--credit", metavar="TEXT", help="cli.refine.credit")
@click.option("--picture", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="cli.refine.picture")
@click.option("--dry-run", is_flag=True, help="cli.refine.dry_run")
@reading_options
@common_options(output=True)
def refine(
    lines: Sequence[str], files: Sequence[Path], licence: str | None, credit: str | None, picture: Path | None,
    crs: str | None, geodata: Path | None, output: "Format", lang: str,
    *, dry_run: bool, skip_bad: bool, quiet: bool, verbose: bool,
) -> int:  # fmt: skip
    """Match lines on a user's tracks; exit 1 if a line has no part on them."""
    del verbose
    from corridors.app.build import find_folders
    from corridors.app.refining import TrackFiles, refine_lines, write_refined
    from corridors.data.facts import load_facts
    from corridors.data.vector_files import Reading
    from corridors.text.output import rows_text

    folder = find_folders(geodata).geodata
    facts = load_facts(folder)
    tracks = TrackFiles(files, licence, credit, Reading(skip_bad, crs))
    found, skipped = refine_lines(lines, facts, tracks)
    name_skipped(skipped, quiet=quiet)
    matched = [one for one in found if one.aligned.legs]
    if not dry_run:
        for one in matched:
            tracks.origin(one.layer)
    if picture and matched:
        from corridors.app.refining_picture import draw_refined

        draw_refined(matched, facts, tracks, picture, lang)
        if dry_run and not quiet:
            click.echo(picture, err=True)
    if dry_run:
        rows = [one.row for one in found]
        show(output, lambda: rows_text(rows, output, name="lines", language=lang, columns=COLUMNS))
    else:
        for path in [*write_refined(folder, matched, tracks), *([picture] if picture and matched else [])]:
            click.echo(path)
    for one in found:
        if not one.aligned.legs and not quiet:
            click.echo(message("cli.refine.nothing", one.aligned.line).text(reader()), err=True)
    return 0 if len(matched) == len(found) else FOUND_SOMETHING
