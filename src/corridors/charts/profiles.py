"""Corridors as strips over one scale of kilometres: gauge or mode, hours of waiting, and countries."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

import numpy as np
import shapely
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from corridors.charts.board import DOTS, NOTE, Board
from corridors.charts.network import LOOKS
from corridors.charts.sources import source_line
from corridors.content.context import Context
from corridors.content.profile_labels import ENDS, by_claim, in_a_row, place_names, told_apart
from corridors.content.style import BLUE, GREY, ORANGE, PINK, SEA
from corridors.data.folding import short_name
from corridors.data.iso import country_name
from corridors.figures.sheet import Drawing
from corridors.network.corridors import Corridor
from corridors.network.profile import Mark, Profile, Stretch

COLORS: Mapping[str, str] = {"1435": BLUE, "1520": ORANGE, "road": GREY, "sea": SEA, "air": PINK}
"""The colours of gauges and modes. Transfers, and rails of unknown gauge, have none."""

DETAILED = 2
"""Up to so many corridors have rows for tracks and electrification."""

ROWS = 2
"""The rows of names above a strip."""

ROWS_OF_RAIL: Sequence[tuple[str, Callable[[Stretch], str], Mapping[str, float]]] = (
    ("profile.double", lambda part: part.tracks or "", {"double": 1.0, "partly_double": 0.4}),
    ("profile.electrified", lambda part: part.electrified or "", {"yes": 1.0, "partly": 0.4}),
)
"""What railways have: message, value of a stretch, and how thick the bar of a value is."""

THINNEST = 0.8
"""The least width, in mm, of the band of a country that has a name."""

RADIUS = 2.7
"""The radius of a break of gauge, in points."""


def corridor_profiles(context: Context, board: Board) -> Drawing:
    """The profiles of the corridors, one below the other."""
    corridors = context.comparison.corridors
    declared = context.facts.by_id("corridors")
    lang = board.sheet.lang
    names = {one.id: declared[one.id].get(f"name_{lang}") or declared[one.id]["name_en"] for one in corridors}
    slowest = max(corridors, key=lambda one: one.route.profile.waiting_hours)
    waiting, hours = slowest.route.profile.waiting_hours, slowest.route.hours
    title = board.t("chart.profiles.title", names[slowest.id], board.number(waiting), board.quantity(hours, "hours"))
    about = board.t("chart.profiles.about")
    board.head(title, about)
    used = {_way(part) for one in corridors for part in one.route.profile.stretches}
    board.legend(
        [(_way_words(board, way), board.color(color), "solid") for way, color in COLORS.items() if way in used]
    )
    room = max(board.width_of(board.quantity(one.route.length_km, "km"), bold=True) for one in corridors)
    longest = max(one.route.profile.length_m for one in corridors)
    scale = (board.wide - room - board.mm(3)) / longest
    detailed = len(corridors) <= DETAILED
    for one in corridors:
        board.y += board.mm(3)
        board.paragraph(names[one.id], bold=True)
        _Strip(context, board, one, scale).draw(detailed=detailed)
    board.axis(board.left, longest / 1000, scale * 1000)
    partly = board.t("profile.thin") if detailed else ""
    cited = [source for one in corridors for source in declared[one.id]["source"]]
    board.foot(
        board.t("chart.corridors.note"), partly, source_line(board, context.facts, [*cited, *context.assumptions.cited])
    )
    return board.finish("corridor-profiles", title, about, [_spoken(board, names[one.id], one) for one in corridors])


def _way(stretch: Stretch) -> str:
    """What a stretch runs on: a gauge or a mode."""
    return str(stretch.gauge_mm) if stretch.mode == "rail" else stretch.mode


def _way_words(board: Board, way: str) -> str:
    """The gauge or the mode in words."""
    return board.t(f"class.rail.{way}" if way.isdigit() else f"profile.mode.{way}")


def _spoken(board: Board, name: str, corridor: Corridor) -> str:
    """A corridor for people who cannot see its strip: kilometres, hours of waiting, countries."""
    route = corridor.route
    countries = (country_name(code, board.sheet.lang) for code in route.countries)
    waiting = board.t("profile.waiting", board.quantity(route.profile.waiting_hours, "hours", 1)).rstrip(".。")
    return board.t("chart.pair", name, board.listed(board.quantity(route.length_km, "km"), *countries, waiting))


class _Strip:
    """The strip of one corridor while it is drawn from top to bottom."""

    def __init__(self, context: Context, board: Board, corridor: Corridor, scale: float) -> None:
        self.context, self.board, self.route, self.scale = context, board, corridor.route, scale
        self.profile: Profile = corridor.route.profile

    def draw(self, *, detailed: bool) -> None:
        """Names, line, hours, countries; with details also tracks and electrification."""
        board = self.board
        self._names()
        top, height = board.y, board.body(3)
        self._line(top, height)
        board.y += height
        self._hours()
        self._countries()
        if detailed and "rail" in self.route.km_by_mode:
            self._rows()
        for mark in self.profile.marks:
            self._sign(mark, top, height)

    def _x(self, metres: float) -> float:
        """The place of a position, mm from the left."""
        return self.board.left + metres * self.scale

    def _names(self) -> None:
        """The names of places, with lines that lead to them."""
        board = self.board
        marks = by_claim(self.profile.marks)
        full = [self._name(mark) for mark in marks]
        names = told_apart(full, [short_name(name) for name in full])
        wishes = [(mark.at_m * self.scale, board.width_of(name, NOTE)) for mark, name in zip(marks, names, strict=True)]
        foot = board.y + ROWS * board.pitch(NOTE) + board.mm(0.5)
        for nth, place in enumerate(place_names(wishes, board.wide, ROWS, board.mm(1.2))):
            if place is None:
                continue
            middle, row = place
            y = foot - (row + 0.5) * board.pitch(NOTE)
            if nth >= ENDS:
                x = self._x(marks[nth].at_m)
                board.rule((x, y + 0.45 * board.pitch(NOTE)), (x, foot), color=board.colors.grid)
            board.text(board.left + middle, y, names[nth], size=NOTE, align="center")
        board.y = foot

    def _name(self, mark: Mark) -> str:
        """The name of a place in the language of the sheet."""
        names = self.context.name_of(mark.feature, mark.name)
        return names.get(self.board.sheet.lang) or names["en"]

    def _line(self, top: float, height: float) -> None:
        """What the corridor runs on, and its length at the end. At sea and in the air the line is thin."""
        board = self.board
        for part in self.profile.stretches:
            way = _way(part)
            if way not in COLORS:
                continue
            thick = height if part.mode in {"rail", "road"} else height * 0.35
            x, width = self._x(part.start_m), (part.end_m - part.start_m) * self.scale
            board.bar(x, top + (height - thick) / 2, width, thick, board.color(COLORS[way]), LOOKS[part.status])
        end = self._x(self.profile.length_m) + board.mm(2)
        board.text(end, top + height / 2, board.quantity(self.route.length_km, "km"), bold=True)

    def _hours(self) -> None:
        """The hours at borders, breaks of gauge and transfers, below their places."""
        board = self.board
        y = board.y + board.mm(0.4) + board.pitch(NOTE) / 2
        for x, words in self._waits():
            board.text(board.left + x, y, words, size=NOTE, align="center")
        board.y += board.mm(0.8) + board.pitch(NOTE)

    def _waits(self) -> list[tuple[float, str]]:
        """Middle and words of the hours. Those that would cover each other are one sum."""
        board, found = self.board, list[tuple[float, float, str, list[Mark]]]()
        for mark in self.profile.marks:
            if mark.kind == "place":
                continue
            now = [mark]
            while True:
                words = self._sum(now)
                half = board.width_of(words, NOTE) / 2
                middle = (now[0].at_m + now[-1].at_m) / 2 * self.scale
                middle = max(half, min(board.wide - half, middle))
                if not found or found[-1][1] + board.mm(1.2) <= middle - half:
                    break
                now = [*found.pop()[3], *now]
            found.append((middle, middle + half, words, now))
        return [(middle, words) for middle, _, words, _ in found]

    def _sum(self, marks: Sequence[Mark]) -> str:
        """The sum of the hours of marks; ``?`` is for those that are not known."""
        known = round(sum(mark.hours or 0.0 for mark in marks), 1)
        words = self.board.t("profile.hour", self.board.number(known, 0 if known.is_integer() else 1))
        unknown = any(mark.hours is None for mark in marks)
        if not unknown:
            return words
        return f"{words} + ?" if known else "?"

    def _countries(self) -> None:
        """The bands of the countries, with their names. No name follows itself."""
        board = self.board
        height, named, last = board.body(3.6), set[str](), ""
        runs = [run for run in self._runs(lambda part: part.country) if run[0]]
        for nth, (code, start, end) in enumerate(runs):
            x, width = self._x(start), (end - start) * self.scale
            board.bar(x, board.y, width, height, board.colors.land if nth % 2 == 0 else board.colors.grid)
            name = country_name(code, board.sheet.lang)
            if code != last and board.width_of(name, NOTE) + board.mm(1) <= width:
                board.text(x + width / 2, board.y + height / 2, name, size=NOTE, align="center")
                named.add(last := code)
        board.y += height
        self._below([run for run in runs if run[0] not in named])

    def _below(self, runs: Sequence[tuple[str, int, int]]) -> None:
        """The names of countries whose bands are too short for them, each below its longest band, with a line to it."""
        board = self.board
        longest = {code: (start, end) for code, start, end in sorted(runs, key=lambda run: run[2] - run[1])}
        led = [
            (country_name(code, board.sheet.lang), start, end)
            for code, (start, end) in sorted(longest.items(), key=lambda one: one[1])
            if (end - start) * self.scale >= board.mm(THINNEST)
        ]
        if not led:
            return
        wishes = [((start + end) / 2 * self.scale, board.width_of(name, NOTE), end - start) for name, start, end in led]
        top = board.y + board.mm(1)
        for (name, _, _), (x, _, _), middle in zip(
            led, wishes, in_a_row(wishes, board.wide, board.mm(1.6)), strict=True
        ):
            if middle is not None:
                board.rule((board.left + x, board.y), (board.left + middle, top), color=board.colors.quiet)
                board.text(board.left + middle, top + board.pitch(NOTE) / 2, name, size=NOTE, align="center")
        board.y = top + board.pitch(NOTE)

    def _rows(self) -> None:
        """Rows with a bar where a railway has double track or is electrified, thinner where it is so in part."""
        board = self.board
        full, size = board.mm(1.2), board.pitch(NOTE)
        for key, of, values in ROWS_OF_RAIL:
            board.y += board.mm(0.8)
            board.text(board.left, board.y + size / 2, board.t(key), size=NOTE, color=board.colors.quiet)
            board.y += size
            for value, start, end in self._runs(of):
                if share := values.get(value):
                    x, width = self._x(start), (end - start) * self.scale
                    board.bar(x, board.y + full * (1 - share), width, full * share, board.colors.bar)
            board.y += full
            board.rule((board.left, board.y), (self._x(self.profile.length_m), board.y), color=board.colors.grid)

    def _runs(self, key: Callable[[Stretch], str]) -> Iterator[tuple[str, int, int]]:
        """Stretches in succession with one value as one: the value, and its metres from the start."""
        for value, run in groupby(self.profile.stretches, key=key):
            parts = list(run)
            yield value, parts[0].start_m, parts[-1].end_m

    def _sign(self, mark: Mark, top: float, height: float) -> None:
        """The sign of a border, a break of gauge or a transfer, above the line."""
        board = self.board
        x, y, over = self._x(mark.at_m), top + height / 2, board.mm(0.7)
        if mark.kind == "border":
            board.canvas.level = DOTS
            cut = shapely.LineString([(x, top - over), (x, top + height + over)])
            board.canvas.stroke(cut, board.colors.ink, 0.9)
        elif mark.kind == "transfer":
            board.dot(x, y, board.colors.ink, hollow=True)
        elif mark.kind == "break":
            board.canvas.level = DOTS
            for gauge, turn in ((mark.before, 90), (mark.after, 270)):
                half = Path.wedge(turn, turn + 180).transformed(Affine2D().scale(RADIUS))
                color = board.color(COLORS.get(gauge, GREY))
                board.canvas.stamp(half, np.array([(x, y)]), face=color, edge=board.colors.paper, width=0.6)
