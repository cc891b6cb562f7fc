"""An order for figures to files: the maps and charts, their formats and their names."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corridors.charts.build import CHARTS, OF_CORRIDORS, draw_chart
from corridors.content.context import Context
from corridors.content.load import Tell
from corridors.data.findings import printable
from corridors.data.whole_file import write_own
from corridors.errors import UsageError, not_among
from corridors.figures.figure import map_figure
from corridors.figures.sheet import FORMATS, Drawing, Sheet, drawing_bytes
from corridors.locales import message
from corridors.network.corridors import Comparison


@dataclass(frozen=True, slots=True)
class Order:
    """The figures to draw, and their target.

    Attributes
    ----------
    names
        Maps and charts.
    everything
        Whether to draw all maps and charts, if no name is given.
    target
        A file with the suffix of a format, for one figure, or a folder.
    formats
        The formats of files in a folder; the default is SVG.
    extent, layers, year
        See :func:`corridors.figures.figure.map_figure`.
    corridors
        Ids of the corridors in charts of corridors; none is all.
    """

    names: Sequence[str]
    target: Path
    everything: bool = False
    formats: Sequence[str] = ()
    extent: Sequence[float] | None = None
    layers: Sequence[str] = ()
    year: int | None = None
    corridors: Sequence[str] = ()


def numbers(text: str) -> list[float]:
    """The numbers of an extent as a user types it, separated by commas.

    Raises
    ------
    UsageError
        If a part is not a number.
    """
    try:
        return [float(part) for part in text.split(",")]
    except ValueError as error:
        raise UsageError(message("error.figure.numbers", printable(text))) from error


def print_run(
    order: Order, context: Context, sheet: Sheet, *, force: bool = False, tell: Tell = lambda _: None
) -> list[Path]:
    """Draw all ordered figures, then write all of them or none.

    Parameters
    ----------
    order
        The order.
    context, sheet
        The context and the sheet of the figures.
    force
        Replace files that corridors did not make.
    tell
        A function that is called with a message about each step.

    Returns
    -------
    list of Path
        The files, in the order of the names.

    Raises
    ------
    UsageError
        If a name, a format, the target or a setting of a map is not possible.
    FileError
        If a file cannot be written, or a file that corridors did not make is in its place.
    """
    names = _chosen(order, context)
    places = _places(order, names)
    files: dict[Path, bytes] = {}
    for name in names:
        tell(message("cli.step.figure", name))
        drawing = draw(name, order, context, sheet)
        for path, form in places[name]:
            files[path] = drawing_bytes(drawing, form)
    write_own(files, force=force)
    return list(files)


def _chosen(order: Order, context: Context) -> list[str]:
    """The ordered names, each once."""
    charts = chart_names(context)
    known = orderable(context)
    if bool(order.names) == order.everything:
        raise UsageError(message("error.figure.none", known))
    for name in order.names:
        if name not in known:
            raise UsageError(not_among("error.figure.name", name, known))
    names = list(dict.fromkeys(order.names or known))
    drawn = [name for name in names if name in charts]
    asked = {"extent": order.extent is not None, "layers": bool(order.layers), "year": order.year is not None}
    if drawn and any(asked.values()):
        option = next(option for option, given in asked.items() if given)
        raise UsageError(message("error.figure.chart", f"--{option}", drawn[0]))
    return names


def chart_names(context: Context) -> dict[str, str]:
    """The charts by the name for orders: with ``-chart`` at the end if a map has the same name."""
    return {f"{name}-chart" if name in context.maps else name: name for name in CHARTS}


def orderable(context: Context) -> list[str]:
    """The names of all maps and charts."""
    return [*context.maps, *chart_names(context)]


def _places(order: Order, names: Sequence[str]) -> dict[str, list[tuple[Path, str]]]:
    """The files of each figure, with their formats."""
    target = order.target
    suffix = target.suffix.lower().removeprefix(".")
    if suffix and not target.is_dir():
        if suffix not in FORMATS:
            raise UsageError(message("error.answer.suffix", printable(str(target)), [f".{one}" for one in FORMATS]))
        if len(names) != 1 or {*order.formats} - {suffix}:
            raise UsageError(message("error.figure.folder", printable(str(target))))
        return {names[0]: [(target, suffix)]}
    formats = list(dict.fromkeys(order.formats or FORMATS[:1]))
    return {name: [(target / f"{name}.{form}", form) for form in formats] for name in names}


def draw(name: str, order: Order, context: Context, sheet: Sheet) -> Drawing:
    """Draw a map or a chart of an order, by its name."""
    chart = chart_names(context).get(name, name)
    chosen = with_corridors(context, chart, order.corridors)
    if name in context.maps:
        return map_figure(name, chosen, sheet, extent=order.extent, layers=order.layers, year=order.year)
    return draw_chart(chart, chosen, sheet)


def with_corridors(context: Context, figure: str, names: Sequence[str]) -> Context:
    """A context for a figure that shows only these corridors, in this order; all if none is named.

    Raises
    ------
    UsageError
        If there is no such corridor, or the figure is not a chart of corridors.
    """
    if not names:
        return context
    if figure not in OF_CORRIDORS:
        raise UsageError(message("error.figure.corridor", figure, list(OF_CORRIDORS)))
    known = {corridor.id: corridor for corridor in context.comparison.corridors}
    for name in names:
        if name not in known:
            raise UsageError(not_among("error.figure.corridor.none", name, known))
    return replace(context, comparison=Comparison([known[name] for name in dict.fromkeys(names)]))
