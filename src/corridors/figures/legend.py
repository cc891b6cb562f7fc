"""The legend of a figure: an entry for each class that is drawn, and one for each pattern, in columns under the map."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import shapely

from corridors.content.look import LOOK, PATTERNS, is_hollow, point_opacity
from corridors.content.page_types import ClassEntry, Classes, Feature, Geometry, Group, Style, Traits
from corridors.content.style import INK
from corridors.figures.areas import draw_patch
from corridors.figures.canvas import Canvas, wrap
from corridors.figures.lines import draw_sample
from corridors.figures.symbols import draw_symbols
from corridors.locales import messages

WORD_SIZE, LINE, BLOCK_GAP = 11.0, 15.0, 6.0
SWATCH, PATTERN_WIDTH, PATTERN_SIZE, LARGEST = LOOK["sample"]
SWATCH_GAP, COLUMN_GAP = 7.0, 14.0
COLUMN = 165.0
"""Sizes in pixels: words, the distance of lines and of blocks, a sample and the space beside it, the least column."""

GATE = "scenario.gateway"
PATTERN: Style = {"color": INK, "width": PATTERN_WIDTH, "casing": False, "opacity": 1.0, "dash": None}
"""The samples for patterns: a line and a symbol without class."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: a class or a pattern, and its words.

    Attributes
    ----------
    key
        The id of the class, or the message of a pattern.
    entry
        The class as in ``content``.
    look
        The look of its sample, in addition to its class.
    """

    key: str
    words: str
    entry: ClassEntry
    look: Traits


@dataclass(frozen=True, slots=True)
class Block:
    """Entries under a heading. There is no heading if it would repeat its only entry."""

    heading: str
    entries: Sequence[Entry]


def legend_blocks(
    groups: Sequence[Group], classes: Classes, features: Sequence[Feature], lang: str,
    *, hollow: bool,
) -> list[Block]:  # fmt: skip
    """The legend of drawn features: groups of the page with the classes of these features, then the patterns.

    Areas without colour and hatch are land. They have an entry only if other areas have one. ``hollow`` says whether a
    hollow line means that it is not electrified.
    """
    drawn = {feature["class"] for feature in features}
    blocks, single = [], []
    for group in groups:
        held = [name for name in group["classes"] if name in drawn]
        if not any(is_explained(classes[name]) for name in held):
            continue
        entries = [Entry(name, _words(name, classes[name], lang), classes[name], {}) for name in held]
        if len(group["classes"]) == 1:
            single += entries
        else:
            blocks.append(Block(group["title"][lang], entries))
    patterns = list(_patterns(features, classes, messages(lang), hollow=hollow))
    return [*blocks, *([Block("", single)] if single else []), *([Block("", patterns)] if patterns else [])]


def _words(name: str, entry: ClassEntry, lang: str) -> str:
    """The words of a class. For gateways they also say which figure is which."""
    title, words = str(entry["title"][lang]), messages(lang)
    return f"{title}: {words['scenario.before']}\u00a0→\u00a0{words['scenario.after']}" if name == GATE else title


def is_explained(entry: ClassEntry) -> bool:
    """Whether a class looks different from plain land."""
    return entry["geometry"] != "area" or bool(entry["style"]["fill"] or entry["style"]["hatch"])


def _patterns(
    features: Sequence[Feature], classes: Classes, words: Mapping[str, str], *, hollow: bool
) -> Iterator[Entry]:
    """Entries for the patterns that occur: status, lines without electrification, precision."""
    samples: dict[Geometry, ClassEntry] = {
        "line": {"geometry": "line", "style": PATTERN},
        "point": {"geometry": "point", "style": {"symbol": "city", "color": INK, "size": PATTERN_SIZE}},
    }
    said = set()
    for name, value, geometry, message in PATTERNS:
        held = [one for one in features if classes[one["class"]]["geometry"] == geometry and "scenario" not in one]
        if message not in said and (name != "hollow" or hollow) and any(_shows(one.get(name), value) for one in held):
            said.add(message)
            yield Entry(message, words[message], samples[geometry], {name: value})


def _shows(own: object, value: object) -> bool:
    """Whether a property of a feature has a value that legends explain. True is any value."""
    return bool(own) if value is True else own == value


class Legend:
    """A legend after layout in columns.

    Attributes
    ----------
    height, width
        Its height, and the right end of its words, in millimetres.
    """

    def __init__(self, canvas: Canvas, blocks: Sequence[Block], width: float) -> None:
        pixel = canvas.pixel
        count = max(1, min(len(blocks), int((width + COLUMN_GAP * pixel) / ((COLUMN + COLUMN_GAP) * pixel))))
        self._column = (width + COLUMN_GAP * pixel) / count
        room = self._column - (COLUMN_GAP + SWATCH + SWATCH_GAP) * pixel
        self._blocks = [
            (
                wrap(canvas, block.heading, self._column - COLUMN_GAP * pixel, WORD_SIZE, bold=True),
                block.entries,
                [wrap(canvas, entry.words, room, WORD_SIZE) for entry in block.entries],
            )
            for block in blocks
        ]
        heights = [
            (len(list(filter(None, heading))) + sum(len(lines) for lines in words)) * LINE + BLOCK_GAP
            for heading, _, words in self._blocks
        ]
        self._columns = _packed(heights, count)
        aside = (SWATCH + SWATCH_GAP) * pixel
        self.width = max(
            (
                nth * self._column + max(_widest(canvas, heading, bold=True), aside + _widest(canvas, chain(*words)))
                for nth, column in enumerate(self._columns)
                for heading, _, words in (self._blocks[one] for one in column)
            ),
            default=0.0,
        )
        tallest = max((sum(heights[nth] for nth in column) - BLOCK_GAP for column in self._columns), default=0.0)
        self.height = tallest * pixel

    def draw(self, canvas: Canvas, left: float, top: float, scale: float) -> None:
        """Draw it, from its upper left corner down. ``scale`` is that of the lines of the map."""
        pixel = canvas.pixel
        for nth, column in enumerate(self._columns):
            x, y = left + nth * self._column, top
            for heading, entries, words in (self._blocks[one] for one in column):
                for line in filter(None, heading):
                    y -= LINE * pixel
                    canvas.write(line, x, y + 4 * pixel, WORD_SIZE, bold=True)
                for entry, lines in zip(entries, words, strict=True):
                    draw_swatch(canvas, entry, x, y - LINE / 2 * pixel, scale)
                    for line in lines:
                        y -= LINE * pixel
                        canvas.write(line, x + (SWATCH + SWATCH_GAP) * pixel, y + 4 * pixel, WORD_SIZE)
                y -= BLOCK_GAP * pixel


def _widest(canvas: Canvas, lines: Iterable[str], *, bold: bool = False) -> float:
    """The width of the widest line, in millimetres."""
    return max((canvas.measure(line, WORD_SIZE, bold=bold) for line in lines), default=0.0)


def draw_swatch(canvas: Canvas, entry: Entry, left: float, middle: float, scale: float) -> None:
    """Draw the sample of an entry. Its left end and vertical middle are given in millimetres."""
    pixel, style = canvas.pixel, entry.entry["style"]
    if entry.entry["geometry"] == "line":
        draw_sample(canvas, left, middle, SWATCH * pixel, style, entry.look, scale)
    elif entry.key == GATE:
        draw_ring(canvas, left + SWATCH / 2 * pixel, middle)
    elif entry.entry["geometry"] == "point":
        at = (left + SWATCH / 2 * pixel, middle)
        hollow, alpha = is_hollow(entry.look), point_opacity(entry.look.get("status"))
        size = min(style["size"], LARGEST)
        draw_symbols(canvas, style["symbol"], style["color"], size, [at], hollow=hollow, alpha=alpha)
    else:
        half = 5.5 * pixel
        draw_patch(canvas, shapely.box(left + 2.5 * pixel, middle - half, left + 23.5 * pixel, middle + half), style)


def draw_ring(canvas: Canvas, x: float, y: float) -> None:
    """Draw a ring around a disc: the shares of gateways before and after."""
    before, after = (shapely.Point(x, y).buffer(radius * canvas.pixel) for radius in (6.5, 4.5))
    canvas.fill(after, canvas.colors.ink, alpha=0.16)
    canvas.stroke(after.exterior, canvas.colors.ink, 1.3, alpha=0.7)
    canvas.stroke(before.exterior, canvas.colors.ink, 1.0, dash="3 2.4", alpha=0.9)


def _packed(heights: Sequence[float], count: int) -> list[list[int]]:
    """Blocks in order, in at most so many columns, so that the tallest column is as low as possible."""

    def columns(limit: float) -> list[list[int]]:
        found: list[list[int]] = [[]]
        for nth, height in enumerate(heights):
            if found[-1] and sum(heights[one] for one in found[-1]) + height > limit:
                found.append([])
            found[-1].append(nth)
        return found

    limits = sorted({sum(heights[a:b]) for a in range(len(heights)) for b in range(a + 1, len(heights) + 1)})
    return next((found for limit in limits if len(found := columns(limit)) <= count), [])
