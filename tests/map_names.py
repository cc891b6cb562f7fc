"""The geometric test of names on maps: on pages in pixels, in figures in millimetres."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import Point, STRtree, box
from shapely.geometry.base import BaseGeometry

Box = tuple[float, float, float, float]
Place = tuple[float, float]

TOLERANCE = 1.0
"""The tolerance for edges, in pixels of a page: browsers round to whole pixels."""


@dataclass(frozen=True)
class Symbol:
    """A point that is drawn: its feature's id, its middle, and half its size."""

    of: str
    at: Place
    half: float


@dataclass(frozen=True)
class Name:
    """A name or a number on a map.

    Attributes
    ----------
    of
        The id of the feature, or the code of the country, with this name.
    box
        Left, upper or lower, right, lower or upper edge.
    leader
        The thin line to it, starting at its symbol.
    middle
        Longitude and latitude of its middle.
    """

    of: str
    text: str
    box: Box
    leader: tuple[Place, Place] | None
    middle: Place


def misplaced(
    names: Sequence[Name], symbols: Sequence[Symbol], lines: Mapping[str, BaseGeometry],
    countries: Mapping[str, BaseGeometry], pixel: float = 1.0,
) -> Iterator[str]:  # fmt: skip
    """The faults of the names on a map.

    Parameters
    ----------
    lines
        The corridors as they are drawn, by id.
    countries
        In degrees, by code.
    pixel
        A pixel of a page in the unit of all boxes and positions.
    """
    slack = TOLERANCE * pixel
    drawn = {symbol.of: symbol for symbol in symbols}
    areas = [box(*name.box) for name in names]
    places = shapely.points(np.array([symbol.at for symbol in symbols]).reshape(-1, 2))
    distances = shapely.distance(np.array(areas)[:, None], places)
    inner = shapely.buffer(areas, -slack / 2)
    for one, other in sorted(zip(*STRtree(inner).query(inner, predicate="intersects"), strict=True)):
        if one < other:
            yield f"{names[one].text} lies on {names[other].text}"
    for name, area, row in zip(names, areas, distances.tolist(), strict=True):
        away = {symbol.of: far for symbol, far in zip(symbols, row, strict=True)}
        yield from (
            f"{name.text} covers {of}" for of, far in away.items() if of != name.of and far < drawn[of].half - slack
        )
        if name.of in countries:
            if not countries[name.of].contains(Point(name.middle)):
                yield f"{name.text} has its middle outside the country"
        elif name.of in lines:
            yield from _off_its_line(name, area, lines, slack)
        elif name.of not in drawn:
            yield f"{name.text} names {name.of}, which is not drawn"
        else:
            yield from _off_its_symbol(name, area, drawn, away, slack)


def _off_its_symbol(
    name: Name, area: BaseGeometry, drawn: Mapping[str, Symbol], away: Mapping[str, float], slack: float
) -> Iterator[str]:
    """The fault of a point's name. It must be nearest to its own symbol, and at most its height away or joined."""
    own, height = drawn[name.of], area.bounds[3] - area.bounds[1]
    rivals = [of for of, far in away.items() if of != name.of and far < away[name.of] - slack / 2]
    if name.leader:
        rivals = [of for of in rivals if away[of] - drawn[of].half < height - slack * 2]
        start, end = map(Point, name.leader)
        if start.distance(Point(own.at)) > own.half + slack * 2 or area.distance(end) > slack * 2:
            yield f"the line of {name.text} does not lead from its symbol to it"
    elif away[name.of] - own.half > height + slack:
        yield f"{name.text} is far from its symbol, and no line leads to it"
    if rivals:
        yield f"{name.text} is nearer to {rivals[0]} than to its own symbol"


def _off_its_line(name: Name, area: BaseGeometry, lines: Mapping[str, BaseGeometry], slack: float) -> Iterator[str]:
    """The fault of a corridor's name or number. It must be on its own line alone, or joined by a thin line."""
    if name.leader and lines[name.of].distance(Point(name.leader[0])) > slack * 3:
        yield f"the line of {name.text} does not start at its corridor"
    elif not name.leader and area.distance(lines[name.of]) > slack:
        yield f"{name.text} lies beside its corridor"
    nearest = min(lines, key=lambda of: (area.distance(lines[of]), of != name.of))
    if nearest != name.of:
        yield f"{name.text} is nearer to {nearest} than to its own corridor"
    if any(of != name.of and area.buffer(-slack).intersects(line) for of, line in lines.items()):
        yield f"{name.text} lies on another corridor too"
