"""The charts of an atlas by name, each drawn from the measures and results that its maps and tables show."""

import dataclasses
from collections.abc import Callable, Mapping
from types import MappingProxyType

from corridors.errors import UsageError, not_among
from corridors.paper.chart_board import Board
from corridors.paper.chart_corridors import corridors_compared, scenario_gains
from corridors.paper.chart_network import flight_distances, network_gauge_status
from corridors.paper.chart_trade import road_share, trade, trade_by_country, trade_growth
from corridors.paper.press import Press
from corridors.paper.sheet import Drawing, Sheet

ChartMaker = Callable[[Press, Board], Drawing]

CHARTS: Mapping[str, ChartMaker] = MappingProxyType(
    {
        "trade": trade,
        "trade-growth": trade_growth,
        "road-share": road_share,
        "trade-by-country": trade_by_country,
        "corridors-compared": corridors_compared,
        "scenario-gains": scenario_gains,
        "network-gauge-status": network_gauge_status,
        "flight-distances": flight_distances,
    },
)
"""What draws each chart."""

LEAST_STRETCH = 0.6
"""Bars may become so much lower where a sheet has a height of its own; then there is no room."""


def draw_chart(name: str, press: Press, sheet: Sheet) -> Drawing:
    """Draw a chart.

    Parameters
    ----------
    name
        One of ``CHARTS``.
    press
        The atlas.
    sheet
        What it is drawn on; where it has a height, the bars are made to fit it.

    Raises
    ------
    UsageError
        Where there is no such chart, or no room for it.
    InputError
        Where the atlas lacks what it shows.
    """
    if name not in CHARTS:
        raise UsageError(not_among("error.chart", name, CHARTS))
    if sheet.height_mm is None:
        return CHARTS[name](press, Board(sheet))
    board = Board(dataclasses.replace(sheet, height_mm=None))
    CHARTS[name](press, board)
    natural = board.y + board.mm(3.5)
    stretch = 1 + (sheet.height_mm - natural) / board.stretched_mm
    return CHARTS[name](press, Board(sheet, max(LEAST_STRETCH, stretch)))
