"""The charts of an atlas by name, each drawn from the measures and results of its maps and tables."""

import dataclasses
import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

from corridors.charts.board import Board
from corridors.charts.corridors import corridors_compared, scenario_gains
from corridors.charts.network import flight_distances, network_gauge_status
from corridors.charts.profiles import corridor_profiles
from corridors.charts.series import gateway_traffic, trade_by_year
from corridors.charts.trade import road_share, trade, trade_by_country, trade_growth
from corridors.content.context import Context
from corridors.errors import UsageError, not_among
from corridors.figures.sheet import WIDTHS_MM, Drawing, Sheet, styled
from corridors.locales import message

ChartMaker = Callable[[Context, Board], Drawing]

CHARTS: Mapping[str, ChartMaker] = MappingProxyType(
    {
        "trade": trade,
        "trade-growth": trade_growth,
        "road-share": road_share,
        "trade-by-country": trade_by_country,
        "trade-by-year": trade_by_year,
        "gateway-traffic": gateway_traffic,
        "corridors-compared": corridors_compared,
        "corridor-profiles": corridor_profiles,
        "scenario-gains": scenario_gains,
        "network-gauge-status": network_gauge_status,
        "flight-distances": flight_distances,
    },
)
"""The function for each chart."""

OF_CORRIDORS = ("corridors-compared", "corridor-profiles")
"""The charts that can show some corridors only."""

LEAST_STRETCH = 0.6
"""The least factor for the height of bars on a sheet of fixed height. Below it, the chart does not fit."""


def draw_chart(name: str, context: Context, sheet: Sheet) -> Drawing:
    """Draw a chart.

    Parameters
    ----------
    name
        One of ``CHARTS``.
    context
        The atlas.
    sheet
        The sheet. If it has a fixed height, the bars are made to fit it.

    Raises
    ------
    UsageError
        If there is no such chart, or it does not fit on the sheet.
    InputError
        If the atlas lacks its data.
    """
    if name not in CHARTS:
        raise UsageError(not_among("error.chart", name, CHARTS))
    with styled(sheet):
        board = Board(dataclasses.replace(sheet, height_mm=None))
        drawing = CHARTS[name](context, board)
        if board.cut:
            raise UsageError(
                message("error.paper.narrow", name, f"{sheet.width_mm:g}", _least_width(name, context, sheet))
            )
        if sheet.height_mm is None:
            return drawing
        natural = board.y + board.mm(3.5)
        stretch = 1 + (sheet.height_mm - natural) / board.stretched_mm
        return CHARTS[name](context, Board(sheet, max(LEAST_STRETCH, stretch)))


def _least_width(name: str, context: Context, sheet: Sheet) -> int:
    """The least width in millimetres at which nothing of a chart is cut."""
    for width in range(math.floor(sheet.width_mm) + 1, WIDTHS_MM[1]):
        board = Board(dataclasses.replace(sheet, width_mm=width, height_mm=None))
        CHARTS[name](context, board)
        if not board.cut:
            return width
    return WIDTHS_MM[1]
