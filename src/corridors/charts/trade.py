"""China's trade with Central Asia as charts: over the years, by how it is carried, and by country."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corridors.analysis.trade import FIRST_YEAR, REGION, series
from corridors.data.facts import Facts
from corridors.data.iso import country_name
from corridors.data.tables import Row
from corridors.errors import InputError
from corridors.layers.countries import TRADE_YEAR
from corridors.paper.chart_board import NOTE, Align, Board
from corridors.paper.chart_sources import source_line
from corridors.paper.press import Press
from corridors.paper.sheet import Drawing
from corridors.web.style import GREY, TRADE_STEPS

YEARS = range(int(FIRST_YEAR), int(TRADE_YEAR) + 1)
DOUBLE, TRIPLE = 100, 200
"""Growth in percent from which, and below which, trade has more than doubled."""

MOST_TOLD = 4
"""So many figures are written out however narrow their columns are."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a year: as it is written, and whether it is sure."""

    value: float
    words: str
    sure: bool


def trade(press: Press, board: Board) -> Drawing:
    """China's trade with the five countries by year: in yuan where that is published, and in dollars."""
    facts, measures = press.atlas.facts, press.atlas.measures
    growth = measures.get("trade_growth_percent", subject=REGION, period=f"{FIRST_YEAR}/{TRADE_YEAR}")
    kind = "doubled" if DOUBLE <= growth.value < TRIPLE else "changed"
    title = board.t(f"chart.trade.title.{kind}", FIRST_YEAR, board.quantity(growth.value, "percent"))
    about = board.t("chart.trade.about")
    board.head(title, about)
    yuan, dollars = _yearly(facts, "billion_cny"), _yearly(facts, "billion_usd")
    figures = {
        unit: {year: Figure(row["value"], _amount(board, row["value"], unit, digits), _sure(row)) for year, row in rows}
        for unit, rows, digits in (("billion_cny", yuan.items(), 0), ("billion_usd", dollars.items(), 1))
    }
    gutter = board.mm(9)
    width = board.wide if board.narrow else (board.wide - gutter) / 3
    top, height = board.y, board.body(42)
    for x, unit, share in ((board.left, "billion_cny", 1), (board.left + width + gutter, "billion_usd", 2)):
        if board.narrow and unit == "billion_usd":
            x, board.y, height = board.left, board.y + board.mm(4), board.body(42)  # noqa: PLW2901
        else:
            board.y = top
        board.text(x, board.y + board.mm(2), board.t(f"chart.trade.{unit[-3:]}"), bold=True)
        board.y += board.mm(5)
        _columns(board, x, width if board.narrow else share * width, height, figures[unit], board.color(TRADE_STEPS[3]))
        _tell_gap(board, x, width, height, sorted(figures[unit]))
        board.y += height + board.mm(5)
    board.foot(board.t("chart.hollow"),
               source_line(board, facts, _sources(*yuan.values(), *dollars.values())))  # fmt: skip
    told = [
        board.t("chart.pair", str(year), board.quantity(rows[year]["value"], unit, digits))
        for unit, rows, digits in (("billion_cny", yuan, 0), ("billion_usd", dollars, 1))
        for year in rows
    ]
    return board.finish("trade", title, about, told)


def trade_growth(press: Press, board: Board) -> Drawing:
    """Growth of trade over the year before, with the average between both ends."""
    facts = press.atlas.facts
    average = press.atlas.measures.get(
        "trade_growth_yearly_percent", subject=REGION, period=f"{FIRST_YEAR}/{TRADE_YEAR}"
    )
    dollars = _yearly(facts, "billion_usd")
    growth = {
        year: Figure(value, board.number(value, 1), _sure(dollars[year]) and _sure(dollars[year - 1]))
        for year in YEARS
        if year in dollars and year - 1 in dollars
        for value in [100 * (dollars[year]["value"] / dollars[year - 1]["value"] - 1)]
    }
    if not growth:
        raise InputError("trade.csv: no two years in a row have a figure in US dollars. Remedy: add a year.")
    fell = sum(figure.value < 0 for figure in growth.values())
    counts = ([board.number(fell)] if fell else []) + [board.number(len(growth))]
    title = board.t(f"chart.growth.title.{'fell' if fell else 'rose'}", *counts)
    about = board.t("chart.growth.about")
    board.head(title, about)
    words = board.t("chart.growth.average", board.quantity(average.value, "percent", 2), FIRST_YEAR, TRADE_YEAR)
    board.legend_of_line(words, board.colors.accent)
    height = board.body(52)
    zero, scale = _columns(board, board.left, board.wide, height, growth, board.color(TRADE_STEPS[3]))
    y = zero - average.value * scale
    board.rule((board.left, y), (board.right, y), color=board.colors.accent, width=1.0)
    board.y += height + board.mm(5)
    board.foot(board.t("chart.hollow"), board.t("chart.growth.caveat"),
               source_line(board, facts, [*_sources(*dollars.values()), *average.sources]))  # fmt: skip
    told = [board.t("chart.pair", str(year), board.quantity(one.value, "percent", 1)) for year, one in growth.items()]
    return board.finish("trade-growth", title, about, [*told, words])


def road_share(press: Press, board: Board) -> Drawing:
    """The share of trade that goes by road, in the years that it is known of."""
    found = [one for one in press.atlas.measures if one.name == "road_share_percent" and one.by["subject"] == REGION]
    shares = sorted((one for one in found if "row" not in one.by), key=lambda one: one.by["period"])
    if not shares:
        raise InputError("trade.csv: no share of road is known. Remedy: add a row of the indicator road_share.")
    first, last = shares[0], shares[-1]
    words = {one.by["period"]: board.quantity(one.value, "percent", 1) for one in shares}
    title = board.t("chart.road.title", words[last.by["period"]], first.by["period"], words[first.by["period"]])
    about = board.t("chart.road.about")
    board.head(title, about)
    road, rest = board.color(GREY), board.colors.grid
    board.legend([(board.t("chart.road.road"), road, "solid"), (board.t("chart.road.rest"), rest, "solid")])
    column = max(board.width_of(one.by["period"]) for one in shares) + board.mm(3)
    for one in shares:
        height = board.body(9)
        width = board.wide - column
        part = width * one.value / 100
        x, middle = board.left + column, board.y + height / 2
        board.text(board.left, middle, one.by["period"])
        board.bar(x, board.y, part, height, road)
        board.bar(x + part, board.y, width - part, height, rest)
        share = words[one.by["period"]]
        inside = board.width_of(share, bold=True) + board.mm(3) < part
        at, color = (x, board.colors.paper) if inside else (x + part, board.colors.ink)
        board.text(at + board.mm(1.5), middle, share, color=color, bold=True)
        remainder = board.quantity(100 - one.value, "percent", 1)
        board.text(board.right - board.mm(2), middle, remainder, align="right")
        board.y += height + board.mm(2.5)
    sources = [source for one in shares for source in one.sources]
    board.foot(board.t("chart.road.note"), source_line(board, press.atlas.facts, sources))
    told = [board.t("chart.pair", period, share) for period, share in words.items()]
    return board.finish("road-share", title, about, told)


def trade_by_country(press: Press, board: Board) -> Drawing:
    """Each country's trade with China in the last full year, the largest first."""
    measures = press.atlas.measures
    codes = [row["iso_a3"] for row in press.atlas.facts.rows("countries")]
    known = [(code, measures.find("trade_billion_usd", subject=code, period=TRADE_YEAR)) for code in codes]
    ranked = sorted(((one, code) for code, one in known if one), key=lambda pair: (-pair[0].value, pair[1]))
    if not ranked:
        raise InputError(f"trade.csv: no country has a figure for {TRADE_YEAR}. Remedy: add one in billion_usd.")
    names = {code: country_name(code, board.sheet.lang) for _, code in ranked}
    shares = {code: measures.find("trade_share_percent", subject=code, period=TRADE_YEAR) for _, code in ranked}
    words = {}
    for one, code in ranked:
        share = shares[code]
        amount = board.quantity(one.value, "billion_usd", 1)
        words[code] = board.listed(amount, board.quantity(share.value, "percent", 1)) if share else amount
    first = ranked[0][1]
    most = shares[first]
    part = board.quantity(most.value, "percent", 1) if most else words[first]
    title, about = board.t("chart.country.title", names[first], part), board.t("chart.country.about", TRADE_YEAR)
    board.head(title, about)
    column = max(board.width_of(name) for name in names.values()) + board.mm(3)
    room = max(board.width_of(text) for text in words.values()) + board.mm(2)
    scale = (board.wide - column - room) / ranked[0][0].value
    for one, code in ranked:
        height = board.body(6)
        board.text(board.left, board.y + height / 2, names[code])
        board.bar(board.left + column, board.y, one.value * scale, height, board.color(TRADE_STEPS[3]))
        board.text(board.left + column + one.value * scale + board.mm(1.5), board.y + height / 2, words[code])
        board.y += height + board.mm(2)
    sources = [source for one, _ in ranked for source in one.sources]
    board.foot(board.t("chart.country.note"), source_line(board, press.atlas.facts, sources))
    told = [board.t("chart.pair", names[code], text) for code, text in words.items()]
    return board.finish("trade-by-country", title, about, told)


def _yearly(facts: Facts, unit: str) -> dict[int, Row]:
    """China's reported trade with the region by year, in one currency; where sources differ, what stands first."""
    wanted = (REGION, "trade_total", unit)
    rows = [
        row
        for row in facts.rows("trade")
        if (row["subject"], row["indicator"], row["unit"]) == wanted
        and row["basis"] != "mirror"
        and row["period"] in {str(year) for year in YEARS}
    ]
    chosen, _ = series(rows)
    first = {row["period"]: row for row in reversed(rows)}
    return {int(period): first[period] for period, _, _ in chosen}


def _amount(board: Board, value: float, unit: str, digits: int) -> str:
    """An amount of money without its unit, which stands over the columns."""
    return board.quantity(value, unit, digits).partition("\u00a0")[0]


def _sure(row: Row) -> bool:
    """Whether a figure is more than low in confidence."""
    return bool(row["confidence"] != "low")


def _sources(*rows: Row) -> list[str]:
    """The sources of rows, as often as they are used."""
    return [source for row in rows for source in row["source"]]


def _columns(
    board: Board, x: float, width: float, height: float, figures: Mapping[int, Figure], color: str
) -> tuple[float, float]:
    """Columns by year over a base line, with their values and years; a year without a figure is a gap.

    Returns
    -------
    tuple of float
        The height of the base line, and millimetres a unit.
    """
    values = [figure.value for figure in figures.values()]
    high, low = max(0.0, *values), min(0.0, *values)
    above, below = board.mm(4), board.mm(4) if low < 0 else 0.0
    scale = (height - above - below) / (high - low)
    zero = board.y + above + high * scale
    years = range(min(YEARS.start if low == 0 else min(figures), *figures), YEARS.stop)
    slot = width / len(years)
    roomy = board.width_of(str(YEARS.start), NOTE) < slot * 0.95
    told = _told(
        figures, crowded=any(board.width_of(one.words, NOTE) > slot - board.mm(0.8) for one in figures.values())
    )
    for nth, year in enumerate(years):
        # Words at either edge that are wider than their column start or end with it.
        edge: Align = "center" if roomy or 0 < nth < len(years) - 1 else "left" if nth == 0 else "right"
        at = x + (nth + {"left": 0.14, "center": 0.5, "right": 0.86}[edge]) * slot
        if roomy or edge != "center":
            board.text(at, board.y + height + board.mm(2.5), str(year), size=NOTE, color=board.colors.quiet, align=edge)
        if (figure := figures.get(year)) is None:
            continue
        length = figure.value * scale
        board.bar(x + (nth + 0.14) * slot, zero - max(length, 0), slot * 0.72, abs(length), color,
                  "solid" if figure.sure else "hollow")  # fmt: skip
        if year in told:
            up = board.mm(1.9) * (1 if length >= 0 else -1)
            board.text(at, zero - length - up, figure.words, size=NOTE, align=edge, clear=True)
    board.rule((x, zero), (x + width, zero))
    return zero, scale


def _told(figures: Mapping[int, Figure], *, crowded: bool) -> set[int]:
    """The years whose figures are written out: all, or the first and the last, the highest and the lowest."""
    if not crowded or len(figures) <= MOST_TOLD:
        return set(figures)
    by_value = sorted(figures, key=lambda year: (figures[year].value, year))
    return {min(figures), max(figures), by_value[0], by_value[-1]}


def _tell_gap(board: Board, x: float, width: float, height: float, years: Sequence[int]) -> None:
    """Say so where more years in a row lack a figure than have one."""
    gaps = [(one + 1, other - 1) for one, other in pairwise(years) if other - one > len(YEARS) // 2]
    for first, last in gaps:
        words = board.t("chart.trade.gap", str(first), str(last))
        slot = width / len(YEARS)
        middle = x + ((first + last) / 2 - YEARS.start + 0.5) * slot
        lines = board.wrap(words, (last - first) * slot, NOTE)
        top = board.y + height - board.mm(3) - len(lines) * board.pitch(NOTE)
        for nth, line in enumerate(lines):
            board.text(middle, top + (nth + 0.5) * board.pitch(NOTE), line, size=NOTE, color=board.colors.quiet,
                       align="center")  # fmt: skip
