"""Series over time as small multiples on a board, with the axis, columns, colours and marks of the pages' charts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from corridors.charts.board import NOTE, Board, Look
from corridors.content.look import LOOK
from corridors.content.palette import faded
from corridors.figures.typesetting import MM_PER_INCH
from corridors.measures.multiples import APART, BREAK, Slot, places, shared_axis, width_of
from corridors.measures.series import Point

LEAST_COLUMN_MM = 2.0
"""The least width of a column for charts beside each other, on a full sheet."""

MM_PER_PIXEL = MM_PER_INCH / 96
GAP_MM, ROW_MM = 6.0, 3.2
"""The space between charts, and the height of a row of words."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Chart:
    """The figures of one place, country or total. ``words`` writes a value without its unit."""

    name: str
    points: Sequence[Point]
    words: Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Frame:
    """What charts of a grid share: axis, top of the scale, width of each (mm), and whether months are named."""

    axis: Sequence[Slot]
    top: float
    width: float
    months: bool


def draw_grid(board: Board, charts: Sequence[Chart], height: float, *, most: int = 3) -> None:
    """Draw charts with one axis and one scale, up to three beside each other. The board continues below them.

    Parameters
    ----------
    height
        The height of the highest column, mm of a full sheet.
    most
        How many charts stand beside each other at most.
    """
    axis = shared_axis([point.year for point in chart.points] for chart in charts)
    gap, columns = board.mm(GAP_MM), width_of(axis)
    counts = (count for count in (3, 2) if count <= min(most, len(charts)))
    fits = (
        count for count in counts if (board.wide - (count - 1) * gap) / count / columns >= board.mm(LEAST_COLUMN_MM)
    )
    beside = next(fits, 1)
    width = (board.wide - (beside - 1) * gap) / beside
    top = max(point.value for chart in charts for point in chart.points)
    frame = Frame(axis, top, width, any(point.part for chart in charts for point in chart.points))
    for start in range(0, len(charts), beside):
        row = charts[start : start + beside]
        titles = [board.wrap(chart.name, width, NOTE) if chart.name else [] for chart in row]
        board.y += max(len(lines) for lines in titles) * board.pitch(NOTE) + board.mm(ROW_MM)
        tall = board.body(height)
        for nth, (chart, lines) in enumerate(zip(row, titles, strict=True)):
            x = board.left + nth * (width + gap)
            above = board.y - board.mm(ROW_MM) - len(lines) * board.pitch(NOTE)
            for at, line in enumerate(lines):
                board.text(x, above + (at + 0.5) * board.pitch(NOTE), line, size=NOTE, bold=True)
            _draw(board, x, tall, chart, frame)
        board.y += tall + board.mm(ROW_MM) * (2 if frame.months else 1) + board.mm(2)


def _draw(board: Board, x: float, height: float, chart: Chart, frame: Frame) -> None:
    """Draw one chart below the height that the board has reached."""
    share, widest, outline = LOOK["chart"]
    step = min(widest * MM_PER_PIXEL * board.scale / share, frame.width / width_of(frame.axis))
    base, scale, half = board.y + height, height / frame.top, step * share / 2
    middles = [x + column * step for column in places(chart.points, frame.axis)]
    taken: list[Box] = []
    for point, middle in zip(chart.points, middles, strict=True):
        color = board.colors.mirror if point.mirror else board.colors.bar
        shown = faded(color, board.colors.paper, LOOK["later"][0]) if point.later else color
        long = max(point.value * scale, board.mm(0.2))
        board.bar(middle - half, base - long, 2 * half, long, shown, _look(point), outline=outline * 0.6)
        taken.append((middle - half, base - long, middle + half, base))
    board.rule((x, base), (x + frame.width, base))
    border = _border(chart.points, middles, step)
    if border is not None:
        top = base - height - board.mm(2)
        board.rule((border, top), (border, base), color=board.colors.ink, dash="0.7 2")
    write = _writer(board, (x, x + frame.width), taken, border)
    for nth in _told(chart.points):
        bound = ">" if chart.points[nth].bound == "more_than" else ""
        top = base - chart.points[nth].value * scale
        write(bound + chart.words(chart.points[nth].value), middles[nth], top - board.mm(1.6))
    for point, middle in zip(chart.points, middles, strict=True):
        if point.part:
            write(_months(point.period), middle, base + board.mm(1.9))
    foot = base + board.mm(1.9 + (ROW_MM if frame.months else 0))
    order = dict.fromkeys([0, len(frame.axis) - 1, *range(len(frame.axis))])
    for year, at, wide in (frame.axis[nth] for nth in order):
        middle = x + (at + wide / 2) * step
        if year == BREAK:
            write("…", middle, base - board.mm(1))
        else:
            write(str(year), middle, foot, quiet=True)


def _look(point: Point) -> Look:
    """A part of a year is hatched, and a figure of low confidence hollow."""
    if point.part:
        return "under_construction"
    return "hollow" if point.confidence == "low" else "solid"


def _border(points: Sequence[Point], middles: Sequence[float], step: float) -> float | None:
    """Where the line of the atlas's date is: before the first later figure, if there is an earlier one."""
    first = next((nth for nth, point in enumerate(points) if point.later), 0)
    return middles[first] - step * (1 + APART) / 2 if first else None


def _told(points: Sequence[Point]) -> list[int]:
    """Which figures are written, the first first: today's, both ends, the highest, and others if space is left."""
    own = [nth for nth, point in enumerate(points) if not point.mirror]
    whole = [nth for nth in own if not points[nth].later and not points[nth].part]
    highest = max(range(len(points)), key=lambda nth: points[nth].value)
    ends = [_first_of(points, chosen[-1]) for chosen in (whole, own) if chosen]
    return list(dict.fromkeys([*ends[:1], 0, *ends[1:], highest, *range(len(points))]))


def _first_of(points: Sequence[Point], nth: int) -> int:
    """Of the figures of a year, the first: the one to quote."""
    like = points[nth]
    return next(
        at for at, point in enumerate(points) if (point.year, point.part, point.mirror) == (like.year, like.part, False)
    )


def _months(period: str) -> str:
    """The months of a part of a year, as numbers."""
    return "–".join(dict.fromkeys(str(int(date.split("-")[1])) for date in period.split("/")))


def _writer(
    board: Board, edges: tuple[float, float], taken: list[Box], border: float | None
) -> Callable[..., None]:  # fmt: skip
    """A function that writes words in the middle of a place. Words that would cover others or a column are left out."""
    aside = board.mm(0.6)

    def write(words: str, middle: float, y: float, *, quiet: bool = False) -> None:
        wide, high = board.width_of(words, NOTE) / 2 + aside, board.mm(1.35)
        at = min(max(middle, edges[0] + wide - aside), edges[1] - wide + aside)
        box = (at - wide, y - high, at + wide, y + high)
        if any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken):
            return
        taken.append(box)
        crossed = border is not None and box[0] < border < box[2]
        color = board.colors.quiet if quiet else None
        board.text(at, y, words, size=NOTE, align="center", color=color, clear=crossed)

    return write


def told(board: Board, chart: Chart, unit: str) -> str:
    """All figures of a chart in words, as they are published."""
    said: list[str] = []
    for point in chart.points:
        amount = board.quantity(point.value, unit, _digits(point.value))
        bounded = board.t("number.more_than", amount) if point.bound == "more_than" else amount
        said.append(f"{point.period} {bounded}")
    return board.t("chart.pair", chart.name, board.listed(*said))


def _digits(value: float) -> int:
    """The digits after the decimal sign of a value as it is published."""
    return len(repr(value).removesuffix(".0").partition(".")[2])


def notes(board: Board, charts: Sequence[Chart], as_of: str) -> list[str]:
    """The meaning of hollow, hatched, ochre and pale columns, if there are any."""
    points = [point for chart in charts for point in chart.points]
    marks: Mapping[str, bool] = {
        "series.unsure": any(point.confidence == "low" for point in points),
        "series.part": any(point.part for point in points),
        "series.mirror": any(point.mirror for point in points),
    }
    said = [board.t(key) for key, there in marks.items() if there]
    return [*said, board.t("chart.beyond", as_of)] if any(point.later for point in points) else said
