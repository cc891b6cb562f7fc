"""China's trade with Central Asia as charts: over the years, by means of transport, and by country."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from corridors.charts.board import NOTE, Board
from corridors.charts.sources import source_line
from corridors.claims.sayings import caveats
from corridors.content.context import Context
from corridors.content.style import GREY
from corridors.data.iso import country_name
from corridors.data.periods import is_later, kind_of
from corridors.data.tables import REGION
from corridors.errors import InputError
from corridors.figures.sheet import Drawing
from corridors.figures.typesetting import even
from corridors.layers.countries import TRADE_YEAR, growth_percent
from corridors.locales import message
from corridors.measures.series import Point, series_of
from corridors.measures.trade import FIRST_YEAR, partner_row

if TYPE_CHECKING:
    from corridors.figures.canvas import Align

YEARS = range(int(FIRST_YEAR), int(TRADE_YEAR) + 1)
DOUBLE, TRIPLE = 100, 200
"""The growth in percent above which the title says "more than doubled", and below which it does not."""

MOST_LABELLED = 4
"""Up to so many figures are all written, even in narrow columns."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A source's number for a year: as it is written, and whether its confidence is more than low."""

    value: float
    words: str
    sure: bool


def trade(context: Context, board: Board) -> Drawing:
    """China's trade with the five countries by year: in yuan if that is published, and in dollars."""
    measures = context.measures
    growth = measures.get("trade_growth_percent", subject=REGION, period=f"{FIRST_YEAR}/{TRADE_YEAR}")
    kind = "doubled" if DOUBLE <= growth.value < TRIPLE else "changed"
    title = board.t(f"chart.trade.title.{kind}", FIRST_YEAR, board.quantity(growth.value, "percent"))
    about = board.t("chart.trade.about")
    board.head(title, about)
    yuan, dollars = _yearly(context, "billion_cny"), _yearly(context, "billion_usd")
    figures = {
        unit: {
            year: [Figure(one.value, _amount(board, one, unit, digits), _sure(one)) for one in points]
            for year, points in years.items()
        }
        for unit, years, digits in (("billion_cny", yuan, 0), ("billion_usd", dollars, 1))
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
        wide = width if board.narrow else share * width
        _columns(board, x, wide, height, figures[unit], board.colors.bar)
        _tell_gap(board, x, wide, height, sorted(figures[unit]))
        board.y += height + board.mm(5)
    drawn = [figure for years in figures.values() for points in years.values() for figure in points]
    board.foot(_unsure(board, drawn), board.t("chart.trade.differ"),
               source_line(board, context.facts, _sources(*yuan.values(), *dollars.values())))  # fmt: skip
    values = [
        board.t("chart.pair", str(year), board.listed(*(_bounded(board, one, unit, digits) for one in points)))
        for unit, years, digits in (("billion_cny", yuan, 0), ("billion_usd", dollars, 1))
        for year, points in years.items()
    ]
    return board.finish("trade", title, about, values)


def trade_growth(context: Context, board: Board) -> Drawing:
    """Growth of trade over the year before, with the average between both ends."""
    average = context.measures.get("trade_growth_yearly_percent", subject=REGION, period=f"{FIRST_YEAR}/{TRADE_YEAR}")
    dollars = {year: points[0] for year, points in _yearly(context, "billion_usd").items()}
    growth = {
        year: Figure(value, board.number(value, 1), _sure(dollars[year]) and _sure(dollars[year - 1]))
        for year in YEARS
        if year in dollars and year - 1 in dollars
        for value in [growth_percent(dollars[year].value, dollars[year - 1].value)]
    }
    if not growth:
        raise InputError(message("error.chart.no_growth"))
    fell = sum(figure.value < 0 for figure in growth.values())
    counts = ([board.number(fell)] if fell else []) + [board.number(len(growth))]
    title = board.t(f"chart.growth.title.{'fell' if fell else 'rose'}", *counts)
    about = board.t("chart.growth.about")
    board.head(title, about)
    words = board.t("chart.growth.average", board.quantity(average.value, "percent", 2), FIRST_YEAR, TRADE_YEAR)
    board.legend_of_line(words, board.colors.accent)
    height = board.body(52)
    columns = {year: [one] for year, one in growth.items()}
    zero, scale = _columns(board, board.left, board.wide, height, columns, board.colors.bar)
    y = zero - average.value * scale
    board.rule((board.left, y), (board.right, y), color=board.colors.accent, width=1.0)
    board.y += height + board.mm(5)
    board.foot(_unsure(board, growth.values()), board.t("chart.growth.caveat"),
               source_line(board, context.facts, [*_sources(dollars.values()), *average.sources]))  # fmt: skip
    values = [board.t("chart.pair", str(year), board.quantity(one.value, "percent", 1)) for year, one in growth.items()]
    return board.finish("trade-growth", title, about, [*values, words])


def road_share(context: Context, board: Board) -> Drawing:
    """The share of trade by road, in the whole years with a known share."""
    found = [one for one in context.measures if one.name == "road_share_percent" and one.by["subject"] == REGION]
    shares = sorted(
        (one for one in found if "row" not in one.by and _whole(one.by["period"], context)),
        key=lambda one: one.by["period"],
    )
    if not shares:
        raise InputError(message("error.chart.no_road"))
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
    qualified = [said for one in shares for said in caveats(one, board.sheet.lang, context.as_of)]
    board.foot(board.t("chart.road.note"), *qualified, source_line(board, context.facts, sources))
    values = [board.t("chart.pair", period, share) for period, share in words.items()]
    return board.finish("road-share", title, about, values)


def trade_by_country(context: Context, board: Board) -> Drawing:
    """Each country's trade with China in the last full year, the largest first, beside its own statistics."""
    measures = context.measures
    codes = [row["iso_a3"] for row in context.facts.rows("countries")]
    known = [(code, measures.find("trade_billion_usd", subject=code, period=TRADE_YEAR)) for code in codes]
    ranked = sorted(((one, code) for code, one in known if one), key=lambda pair: (-pair[0].value, pair[1]))
    if not ranked:
        raise InputError(message("error.chart.no_country", TRADE_YEAR))
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
    mirrors = {code: row for _, code in ranked if (row := partner_row(context.facts, code, TRADE_YEAR))}
    theirs = {code: board.quantity(row["value"], "billion_usd", 1) for code, row in mirrors.items()}
    own, other = board.colors.bar, board.colors.mirror
    board.legend([(board.t("series.trade_reported"), own, "solid"), (board.t("series.trade_mirror"), other, "solid")])
    column = max(board.width_of(name) for name in names.values()) + board.mm(3)
    room = max(board.width_of(text) for text in words.values()) + board.mm(2)
    longest = max(ranked[0][0].value, *(row["value"] for row in mirrors.values()))
    scale = (board.wide - column - room) / longest
    for one, code in ranked:
        height, x = board.body(4.5), board.left + column
        board.text(board.left, board.y + height / 2, names[code])
        board.bar(x, board.y, one.value * scale, height, own)
        board.text(x + one.value * scale + board.mm(1.5), board.y + height / 2, words[code])
        board.y += height
        if code in mirrors:
            height, length = board.body(4.5), mirrors[code]["value"] * scale
            board.bar(x, board.y, length, height, other)
            board.text(x + length + board.mm(1.5), board.y + height / 2, theirs[code])
            board.y += height
        board.y += board.mm(2)
    sources = [source for one, _ in ranked for source in one.sources]
    sources += [source for row in mirrors.values() for source in row["source"]]
    qualified = [
        board.t("caveat.of", names[code], caveat.get(board.sheet.lang) or caveat["en"])
        for one, code in ranked
        for caveat in one.caveats
    ]
    board.foot(board.t("chart.country.note"), *qualified, source_line(board, context.facts, sources))
    values = [board.t("chart.pair", names[code], text) for code, text in words.items()]
    values += [
        board.t("chart.pair", board.listed(names[code], board.t("series.trade_mirror")), text)
        for code, text in theirs.items()
    ]
    return board.finish("trade-by-country", title, about, values)


def _whole(period: str, context: Context) -> bool:
    """Whether a period is a whole year up to the atlas's date. A part of a year is no column beside years."""
    return kind_of(period) == "year" and not is_later(period, context.as_of)


def _yearly(context: Context, unit: str) -> dict[int, list[Point]]:
    """China's reported trade with the region by year, in one currency, from the source to quote first."""
    wanted = (REGION, "trade_total", unit)
    rows = [
        row
        for row in context.facts.rows("trade")
        if (row["subject"], row["indicator"], row["unit"]) == wanted and _whole(row["period"], context)
    ]
    years: dict[int, list[Point]] = {}
    for point in series_of(rows, context.as_of):
        if point.year in YEARS and not point.mirror:
            years.setdefault(point.year, []).append(point)
    return years


def _amount(board: Board, point: Point, unit: str, digits: int) -> str:
    """An amount of money without its unit, which is above the columns."""
    return board.amount(point.value, unit, digits)[0]


def _bounded(board: Board, point: Point, unit: str, digits: int) -> str:
    """An amount of money in words, with "more than" if it is a bound."""
    amount = board.quantity(point.value, unit, digits)
    return board.t("number.more_than", amount) if point.bound == "more_than" else amount


def _sure(point: Point) -> bool:
    """Whether the confidence of a figure is more than low."""
    return point.confidence != "low"


def _unsure(board: Board, drawn: Iterable[Figure]) -> str:
    """What hollow columns mean, if there are any."""
    return "" if all(figure.sure for figure in drawn) else board.t("chart.hollow")


def _sources(*years: Iterable[Point]) -> list[str]:
    """The sources of points, each as often as it is used."""
    return [source for points in years for point in points for source in point.sources]


def _columns(
    board: Board, x: float, width: float, height: float, figures: Mapping[int, Sequence[Figure]], color: str
) -> tuple[float, float]:
    """Draw columns by year over a base line, with their values and years. A year without a figure is a gap.

    Figures of one year are side by side; only the value of the first is written.

    Returns
    -------
    tuple of float
        The height of the base line, and millimetres per unit.
    """
    values = [figure.value for several in figures.values() for figure in several]
    high, low = max(0.0, *values), min(0.0, *values)
    above, below = board.mm(4), board.mm(4) if low < 0 else 0.0
    scale = (height - above - below) / (high - low)
    zero = board.y + above + high * scale
    years = range(min(YEARS.start if low == 0 else min(figures), *figures), YEARS.stop)
    slot = width / len(years)
    roomy = board.width_of(str(YEARS.start), NOTE) < slot * 0.95
    first = {year: several[0] for year, several in figures.items()}
    crowded = any(board.width_of(one.words, NOTE) > slot - board.mm(0.8) for one in first.values())
    labelled = _labelled(first, crowded=crowded)
    for nth, year in enumerate(years):
        # Words at either edge that are wider than their column start or end with it.
        edge: Align = "center" if roomy or 0 < nth < len(years) - 1 else "left" if nth == 0 else "right"
        at = x + (nth + {"left": 0.14, "center": 0.5, "right": 0.86}[edge]) * slot
        if roomy or edge != "center":
            board.text(at, board.y + height + board.mm(2.5), str(year), size=NOTE, color=board.colors.quiet, align=edge)
        for place, figure in enumerate(figures.get(year, ())):
            length, part = figure.value * scale, slot * 0.72 / len(figures[year])
            board.bar(x + (nth + 0.14) * slot + place * part, zero - max(length, 0), part * 0.94, abs(length), color,
                      "solid" if figure.sure else "hollow")  # fmt: skip
        if year in labelled:
            lengths = [figure.value * scale for figure in figures[year]]
            end = max(lengths) if lengths[0] >= 0 else min(lengths)
            up = board.mm(1.9) * (1 if end >= 0 else -1)
            board.text(at, zero - end - up, first[year].words, size=NOTE, align=edge, clear=True)
    board.rule((x, zero), (x + width, zero))
    return zero, scale


def _labelled(figures: Mapping[int, Figure], *, crowded: bool) -> set[int]:
    """The years whose figures are written: all, or the first and the last, the highest and the lowest."""
    if not crowded or len(figures) <= MOST_LABELLED:
        return set(figures)
    by_value = sorted(figures, key=lambda year: (figures[year].value, year))
    return {min(figures), max(figures), by_value[0], by_value[-1]}


def _tell_gap(board: Board, x: float, width: float, height: float, years: Sequence[int]) -> None:
    """Add a note if several consecutive years have no figure."""
    gaps = [(one + 1, other - 1) for one, other in pairwise(years) if other - one >= len(YEARS) // 2]
    for first, last in gaps:
        words = board.t("chart.trade.gap", str(first), str(last))
        slot = width / len(YEARS)
        middle = x + ((first + last) / 2 - YEARS.start + 0.5) * slot
        lines = even(words, (last - first) * slot, partial(board.width_of, size=NOTE))
        top = board.y + height - board.mm(3) - len(lines) * board.pitch(NOTE)
        for nth, line in enumerate(lines):
            board.text(middle, top + (nth + 0.5) * board.pitch(NOTE), line, size=NOTE, color=board.colors.quiet,
                       align="center")  # fmt: skip
