"""The names of a figure: in order of rank, each at the best of several positions, by the rule of content.label_rule."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely

from corridors.content.basemap import CountryLabel
from corridors.content.label_rule import LABEL_RULE
from corridors.content.look import is_city, name_zoom
from corridors.data.folding import short_name
from corridors.figures.basemap import coverage
from corridors.figures.canvas import ASCENT, DESCENT, Box, Canvas
from corridors.figures.label_search import Anchor, Segment, Surroundings, best_place, dots_of
from corridors.figures.point_symbols import CLOSER, PointSymbol
from corridors.figures.projection import Array, Window

Kind = Literal["city", "port", "country"]

NAME_SIZE, MAJOR_SIZE, COUNTRY_SIZE, MINOR_SIZE, LEAST_SIZE = 11.5, 12.5, 12.0, 10.5, 9.5
HALO = 3.2
"""Sizes of names, and the width of the rim around them, in pixels."""

HAIR = "\u200a"
NEAR_RANK = 2
"""Names of a larger rank try only the nearest positions."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name to place, and the feature that it names.

    Attributes
    ----------
    of
        The id of the feature, or the code of the country.
    at
        Millimetres.
    order
        Names with a smaller order are placed earlier.
    half
        Half the size of its symbol, in millimetres.
    rings
        The distances from the symbol that are tried, in pixels; empty for the name of a country.
    room
        The greatest distance between a country's name and its point, in millimetres.
    """

    of: str
    text: str
    kind: Kind
    at: tuple[float, float]
    order: float
    size: float
    bold: bool = False
    half: float = 0.0
    rings: tuple[float, ...] = ()
    room: float = 0.0

    @property
    def anchor(self) -> Anchor:
        """The data that the search for its position needs."""
        return Anchor(self.at, self.half, self.rings, self.room)


@dataclass(frozen=True, slots=True)
class Label:
    """A placed name: its box, the start of its baseline, and the thin line to it; millimetres."""

    name: Name
    box: Box
    x: float
    y: float
    leader: Segment | None = None


def wanted_names(
    canvas: Canvas,
    window: Window,
    point_symbols: Sequence[PointSymbol],
    countries: Sequence[CountryLabel],
    zoom: float,
) -> list[Name]:
    """The names in a window at a zoom: of points by rank, and of countries."""
    lang = canvas.sheet.lang
    names, inside = [], shapely.box(*window.paper)
    for entry in countries:
        at = window.to_paper(np.array([[entry["lon"], entry["lat"]]]))[0]
        if zoom + CLOSER < LABEL_RULE["countryZoom"][entry["rank"]] or not inside.contains(shapely.Point(at)):
            continue
        text = entry["name"][lang]
        close = text if lang == "zh" else text.upper()
        spaced = text if lang == "zh" else HAIR.join(close)
        forms = [(spaced, MINOR_SIZE), (close, LEAST_SIZE)]
        if entry["rank"] == 1:
            forms.insert(0, (spaced, COUNTRY_SIZE))
        names += [
            Name(
                entry["iso"], form, "country", (float(at[0]), float(at[1])), entry["rank"] * 10 + 5 + nth / 10, size,
                room=entry["km"] * 1000 * window.mm_per_m,
            )
            for nth, (form, size) in enumerate(forms)
        ]  # fmt: skip
    for one in point_symbols:
        feature, rank = one.feature, one.feature["rank"]
        if one.crowded or zoom + CLOSER < name_zoom(rank):
            continue
        named = feature["name"]
        text = short_name(named.get(lang) or named.get("en") or named.get("local") or next(iter(named.values())))
        near = LABEL_RULE["rings"][: 2 if rank <= NEAR_RANK else 1]
        names.append(
            Name(
                feature["id"], text, "port" if feature["id"].startswith("ports/") else "city", one.at,
                rank * 10 + (0 if is_city(feature) else 1),
                MAJOR_SIZE if rank <= 0 else NAME_SIZE, bold=rank <= 0, half=one.size / 2 * canvas.pixel,
                rings=near if rank > 1 else (*near, *LABEL_RULE["ledRings"]),
            )
        )  # fmt: skip
    return sorted(names, key=lambda name: name.order)


def place_names(
    canvas: Canvas,
    window: Window,
    names: Sequence[Name],
    taken: Sequence[Box],
    point_symbols: Sequence[PointSymbol],
    lines: Array,
) -> list[Label]:
    """Find positions for names, the first in order first. A name without a position is left out.

    Parameters
    ----------
    taken
        Boxes that names must not touch.
    point_symbols
        The drawn points. Names keep away from their symbols.
    lines
        Drawn lines that names should not cover.
    """
    ground = shapely.buffer(coverage(window), -canvas.pixel * 2)
    shapely.prepare(ground)
    symbols = np.array([(*one.at, one.size / 2 * canvas.pixel) for one in point_symbols]).reshape(-1, 3)
    ids = np.array([one.feature["id"] for one in point_symbols])
    full = np.array(taken).reshape(-1, 4)
    step = LABEL_RULE["step"] * canvas.pixel
    samples = shapely.get_coordinates(shapely.segmentize(lines, step)) if len(lines) else np.empty((0, 2))
    labels: list[Label] = []

    def inside(box: Box) -> bool:
        return bool(ground.contains(shapely.box(*box)))

    for name in names:
        if any(other.name.of == name.of or _twice(canvas, other.name, name) for other in labels):
            continue
        wide = canvas.measure(name.text, name.size, bold=name.bold, italic=name.kind == "port")
        above, below = (share * canvas.type_size(name.size) * canvas.pixel for share in (ASCENT, DESCENT))
        around = Surroundings(canvas.pixel, inside, full, symbols[ids != name.of], samples)
        place = best_place(name.anchor, wide, above + below, around)
        if place:
            left, lower, _, _ = place.box
            labels.append(Label(name, place.box, left, lower + below, place.leader))
            dots = dots_of(place.leader, canvas.pixel)
            full = np.vstack([full, place.box, np.hstack([dots - canvas.pixel, dots + canvas.pixel])])
    return labels


def draw_names(canvas: Canvas, labels: Sequence[Label], *, tinted: bool) -> None:
    """Write names; their rims are drawn first."""
    colors = canvas.colors
    for label in labels:
        if label.leader:
            canvas.stroke(shapely.LineString(label.leader), colors.ink, 0.7)
    italic = {"city": False, "port": True, "country": False}
    words = [
        (label.name.text, label.x, label.y, label.name.size, label.name.bold, italic[label.name.kind])
        for label in labels
    ]
    canvas.halo(words, colors.land, HALO)
    for label in labels:
        name = label.name
        quiet = name.kind == "country" and not tinted
        canvas.write(
            name.text, label.x, label.y, name.size, bold=name.bold, italic=italic[name.kind],
            color=colors.quiet if quiet else colors.ink,
        )  # fmt: skip


def _twice(canvas: Canvas, one: Name, other: Name) -> bool:
    """Whether a name would be written twice for about the same place."""
    return one.text == other.text and math.dist(one.at, other.at) < LABEL_RULE["twice"] * canvas.pixel
