"""Trade by country and traffic by gateway over the years, as small multiples."""

from collections.abc import Callable, Sequence

from corridors.charts.board import Board
from corridors.charts.multiples import Chart, draw_grid, notes, told
from corridors.charts.sources import source_line
from corridors.content.context import Context
from corridors.data.iso import country_name
from corridors.data.tables import REGION, Row
from corridors.errors import InputError
from corridors.figures.sheet import Drawing
from corridors.layers.countries import TRADE_YEAR, trade_of
from corridors.locales import message
from corridors.locales.wording import day
from corridors.measures.series import Point, series_of

TRAFFIC = ("trains", "tonnes", "teu")
"""The traffic of gateways: one grid of charts for each."""

LEAST = 2
"""The least number of figures of a chart."""

MANY = 1000
"""A number for which every language has the plural of a unit."""

BIG = 100
"""From this value on, figures are written without decimals."""


def trade_by_year(context: Context, board: Board) -> Drawing:
    """China's trade with the five countries together, and with each of them, by year."""
    facts, lang = context.facts, board.sheet.lang
    countries = [row["iso_a3"] for row in facts.rows("countries")]
    rows = {code: _trade_rows(context, code) for code in (*countries, REGION)}
    found = {code: series_of(those, context.as_of) for code, those in rows.items()}
    ranked = sorted(
        (code for code in countries if len(found[code]) >= LEAST),
        key=lambda code: (-max(point.value for point in found[code]), code),
    )
    leaders = [(row["value"], code) for code in ranked if (row := trade_of(facts, code, TRADE_YEAR))]
    if not leaders or not found[REGION]:
        raise InputError(message("error.chart.no_country", TRADE_YEAR))
    value, leader = max(leaders)
    amount = board.quantity(value, "billion_usd", 1)
    title = board.t("chart.years.title", country_name(leader, lang), amount, TRADE_YEAR)
    about = board.t("chart.years.about")
    board.head(title, about)
    unit = "billion_usd"
    several = [_chart(board, country_name(code, lang), found[code], unit) for code in ranked]
    named = board.listed(board.t("series.all"), _unit(board, unit), board.t("series.own_scale"))
    together = _chart(board, named, found[REGION], unit)
    draw_grid(board, [together], 26, most=1)
    _scale(board, unit)
    draw_grid(board, several, 18)
    sources = [source for code in (REGION, *ranked) for row in rows[code] for source in row["source"]]
    return _finish(context, board, "trade-by-year", (title, about), [(unit, [together, *several])], sources)


def gateway_traffic(context: Context, board: Board) -> Drawing:
    """Trains, cargo and containers of gateways by year, each on one scale."""
    facts, lang = context.facts, board.sheet.lang
    groups, sources = [], list[str]()
    most: tuple[int, float, str] | None = None
    for indicator in TRAFFIC:
        charts: list[tuple[float, str, Chart]] = []
        for gateway in facts.by_id("ports"):
            rows = [
                row for row in facts.rows("throughput") if (row["subject"], row["indicator"]) == (gateway, indicator)
            ]
            points = series_of(rows, context.as_of)
            if len(points) < LEAST:
                continue
            unit = rows[0]["unit"]
            name = context.names[f"ports/{gateway}"][lang]
            highest = max(point.value for point in points)
            charts.append((-highest, gateway, _chart(board, name, points, unit)))
            sources += [source for row in rows for source in row["source"]]
            if indicator == TRAFFIC[0]:
                whole = [(point.year, point.value, name) for point in points if not point.part and not point.later]
                most = max([*whole, *([most] if most else [])], default=None)
        if charts:
            groups.append((indicator, unit, [chart for *_, chart in sorted(charts, key=lambda one: one[:2])]))
    if most is None:
        raise InputError(message("error.chart.no_traffic"))
    year, value, name = most
    title = board.t("chart.gateways.title", name, board.quantity(value, "trips"), str(year))
    about = board.t("chart.gateways.about")
    board.head(title, about)
    for indicator, unit, charts_of in groups:
        board.paragraph(board.t(f"series.{indicator}"), bold=True)
        _scale(board, unit)
        draw_grid(board, charts_of, 12)
    units = [(unit, charts_of) for _, unit, charts_of in groups]
    return _finish(context, board, "gateway-traffic", (title, about), units, sources)


def _trade_rows(context: Context, subject: str) -> list[Row]:
    """The rows of China's trade with a country or the region, in billion US dollars."""
    wanted = (subject, "trade_total", "billion_usd")
    rows = context.facts.rows("trade")
    return [row for row in rows if (row["subject"], row["indicator"], row["unit"]) == wanted]


def _chart(board: Board, name: str, points: Sequence[Point], unit: str) -> Chart:
    """A chart whose values have at most one decimal, as on the pages."""
    digits = 0 if all(point.value >= BIG or point.value == int(point.value) for point in points) else 1
    return Chart(name, points, _words(board, unit, digits))


def _words(board: Board, unit: str, digits: int) -> Callable[[float], str]:
    """A function that writes a value without its unit, which is said once for all charts."""
    return lambda value: board.amount(value, unit, digits)[0]


def _scale(board: Board, unit: str) -> None:
    """Say which unit charts on one scale have."""
    board.paragraph(board.t("series.one_scale", _unit(board, unit)), color=board.colors.quiet)


def _unit(board: Board, unit: str) -> str:
    """The word of a unit for several of it."""
    return board.amount(MANY, unit)[1]


def _finish(
    context: Context, board: Board, name: str, said: tuple[str, str], units: Sequence[tuple[str, Sequence[Chart]]],
    sources: Sequence[str],
) -> Drawing:  # fmt: skip
    """The notes below charts, and all their figures as a text."""
    charts = [chart for _, several in units for chart in several]
    as_of = day(context.as_of, board.sheet.lang)
    between = "" if board.sheet.lang == "zh" else " "
    board.foot(between.join(notes(board, charts, as_of)), source_line(board, context.facts, sources))
    values = [told(board, chart, unit) for unit, several in units for chart in several]
    return board.finish(name, *said, values)
