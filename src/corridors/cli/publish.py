"""Commands that print: figure, embed and report."""

from collections.abc import Sequence
from pathlib import Path
from typing import Unpack

import click

from corridors.cli.frame import Paper, Progress, common_options, sheet_options
from corridors.cli.translation import Command

FORMATS = ("svg", "pdf", "png")
EMBEDS = ("iframe", "srcdoc", "markdown", "quarto", "latex", "notebook", "oembed", "module")


@click.command(
    cls=Command,
    help="cli.figure\n\ncli.figure.more",
    epilog="Example: corridors figure overview -o overview.pdf --width-mm 210 --lang nl",
)
@click.argument("names", nargs=-1, metavar="[NAME]…")
@click.option(
    "-o", "--output", "target", type=click.Path(path_type=Path), required=True, metavar="FILE|FOLDER",
    help="cli.figure.output",
)  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="cli.figure.all")
@click.option("--format", "formats", type=click.Choice(FORMATS), multiple=True, help="cli.figure.format")
@sheet_options
@click.option("--extent", metavar="W,S,E,N", help="cli.figure.extent")
@click.option("--layers", metavar="LAYERS", help="cli.figure.layers")
@click.option("--year", type=int, metavar="YEAR", help="cli.figure.year")
@click.option("--corridor", "corridors", multiple=True, metavar="ID", help="cli.figure.corridor")
@click.option("--maps", "folder", type=click.Path(path_type=Path, file_okay=False), help="cli.figure.maps")
@click.option("--force", is_flag=True, help="cli.force")
@common_options(output=False)
def figure(
    names: Sequence[str], target: Path, formats: Sequence[str], extent: str | None, layers: str | None,
    year: int | None, corridors: Sequence[str], folder: Path | None, geodata: Path | None, lang: str,
    *, everything: bool, force: bool, quiet: bool, verbose: bool, **paper: Unpack[Paper],
) -> int:  # fmt: skip
    """Draw maps and charts for print, as SVG, PDF or PNG."""
    del verbose
    from corridors.app.build import find_folders
    from corridors.content.load import load_with_maps
    from corridors.documents.figure_files import Order, numbers, print_run
    from corridors.figures.sheet import Sheet

    order = Order(
        names=tuple(names),
        everything=everything,
        target=target,
        formats=tuple(formats),
        extent=numbers(extent) if extent is not None else None,
        layers=tuple(word.strip() for word in (layers or "").split(",") if word.strip()),
        year=year,
        corridors=corridors,
    )
    sheet = Sheet(lang=lang, **paper)
    folders = find_folders(geodata, folder)
    progress = Progress(quiet=quiet)
    click.get_current_context().call_on_close(progress.done)
    context = load_with_maps(folders.geodata, folders.declaration, progress, drawn=names)
    paths = print_run(order, context, sheet, force=force, tell=progress)
    progress.done()
    for path in paths:
        click.echo(path)
    return 0


@click.command(
    cls=Command,
    help="cli.embed\n\ncli.embed.more",
    epilog="Example: corridors embed rail --as markdown --base-url https://example.org/atlas --lang nl",
)
@click.argument("name", metavar="MAP")
@click.option("--as", "form", type=click.Choice(EMBEDS), default="iframe", show_default=True, help="cli.embed.as")
@click.option("--base-url", metavar="URL", default="", help="cli.embed.base")
@click.option("--width", type=int, metavar="NUMBER", default=960, show_default=True, help="cli.embed.width")
@click.option("--height", type=int, metavar="NUMBER", default=600, show_default=True, help="cli.embed.height")
@click.option("--select", metavar="ID", default="", help="cli.embed.select")
@click.option("--state", metavar="TEXT", default="", help="cli.embed.state")
@click.option("--host", "hosts", multiple=True, metavar="ORIGIN", help="cli.embed.host")
@click.option("-o", "--output", "file", type=click.Path(path_type=Path, dir_okay=False), help="cli.embed.file")
@click.option("--maps", "folder", type=click.Path(path_type=Path, file_okay=False), help="cli.figure.maps")
@click.option("--force", is_flag=True, help="cli.force")
@common_options(output=False)
def embed(
    name: str, form: str, base_url: str, width: int, height: int, select: str, state: str,
    hosts: tuple[str, ...], file: Path | None, folder: Path | None, geodata: Path | None, lang: str,
    *, force: bool, quiet: bool, verbose: bool,
) -> int:  # fmt: skip
    """Give the code that puts a map into a web page, a document, a notebook."""
    del quiet, verbose
    from corridors.app.build import find_folders
    from corridors.content.load import load_with_maps
    from corridors.data.whole_file import write_own
    from corridors.documents.embed import Embed, embed_text

    folders = find_folders(geodata, folder)
    context = load_with_maps(folders.geodata, folders.declaration)
    text = embed_text(Embed(context, name, base_url, width, height, lang, select, state, hosts), form)
    if file is None:
        click.echo(text, nl=False)
        return 0
    write_own({file: text.encode()}, force=force)
    click.echo(file)
    return 0


@click.command(
    cls=Command,
    help="cli.report\n\ncli.report.more",
    epilog="Example: corridors report my-article.md -o my-article.docx --lang nl",
)
@click.argument("article", type=click.Path(path_type=Path, dir_okay=False), metavar="[ARTICLE]", required=False)
@click.option("--story", metavar="MAP", help="cli.report.story")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), metavar="FILE", help="cli.report.output")
@click.option("--maps", "folder", type=click.Path(path_type=Path, file_okay=False), help="cli.figure.maps")
@click.option("--force", is_flag=True, help="cli.force")
@common_options(output=False)
def report(
    article: Path | None, story: str | None, target: Path | None, folder: Path | None, geodata: Path | None, lang: str,
    *, force: bool, quiet: bool, verbose: bool,
) -> int:  # fmt: skip
    """Write the report of the atlas, or a document from the user's own article."""
    del verbose
    from corridors.app.build import find_folders
    from corridors.content.load import load_with_maps
    from corridors.documents.document_files import document_run, open_article

    given = click.get_current_context().get_parameter_source("lang") is click.core.ParameterSource.COMMANDLINE
    target = target or Path(f"{article.stem if article else story or 'report'}.{lang}.pdf")
    text = open_article(article, target, story)
    language = lang if given else text.front.get("lang", lang)
    folders = find_folders(geodata, folder)
    progress = Progress(quiet=quiet)
    click.get_current_context().call_on_close(progress.done)
    context = load_with_maps(folders.geodata, folders.declaration, progress)
    paths = document_run(text, context, target, lang=language, force=force, tell=progress)
    progress.done()
    for path in paths:
        click.echo(path)
    return 0
