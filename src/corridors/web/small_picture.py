"""Small pictures of a map for pages that must show it without script: paths of SVG, in the style of the map."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby, pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from corridors.content.look import dash_of
from corridors.content.page_types import Content, Feature
from corridors.content.palette import in_dark, palette
from corridors.content.style import INK
from corridors.geo.geodesy import Coordinates

WIDTH, HEIGHT = 480.0, 300.0
MARGIN, TOLERANCE = 20.0, 0.3
"""Pixels of the small pictures: their size, the margin around them, how far a line may be beside its place."""

FAR = np.array([WIDTH, HEIGHT]) + MARGIN
"""The right and the lower side of the margin."""

THINNER = 0.6
"""The factor for widths of lines in small pictures, and the factor for lengths of their dashes."""

IMPORTANT = 1
"""Points of this rank or a lower one are drawn."""

Shape = dict[str, str | float | None]
"""The attributes of a path: its data, fill, stroke, width and dashes."""


def _mercator(lat: Coordinates) -> Coordinates:
    """Northings of latitudes in the spherical Mercator projection, in degrees at the equator."""
    return np.degrees(np.log(np.tan(np.radians(45 + lat.clip(-85, 85) / 2))))


class Window:
    """Converts degrees to pixels of a small picture that shows an area (west, south, east, north in degrees).

    ``step`` is the precision of lines, and ``tolerance`` how far they may be beside their place, in pixels.
    """

    def __init__(self, bounds: Sequence[float], step: float = 0.1, tolerance: float = TOLERANCE) -> None:
        west, south, east, north = bounds
        bottom, top = _mercator(np.array([south, north])).tolist()
        self.scale = min(WIDTH / (east - west), HEIGHT / (top - bottom))
        self.left = west - (WIDTH / self.scale - (east - west)) / 2
        self.top = top + (HEIGHT / self.scale - (top - bottom)) / 2
        self._step, self._tolerance = step, tolerance

    def pixels(self, positions: Coordinates) -> Coordinates:
        """Positions in pixels, one row each."""
        lon, lat = positions.T
        return np.column_stack([(lon - self.left) * self.scale, (self.top - _mercator(lat)) * self.scale])

    def path(self, lines: NDArray[np.object_], *, closed: bool = False) -> str:
        """The SVG path of lines or rings, without those that are outside the picture or smaller than a pixel.

        Parts far outside are drawn along a margin around the picture, where they are not visible.
        """
        positions, owner = shapely.get_coordinates(lines, return_index=True)
        near, owner = _without_repeats(self.pixels(positions).clip(-MARGIN, FAR), owner)
        inside = ((near > -MARGIN) & (near < FAR)).all(axis=1)
        drawn = np.isin(owner, owner[inside]) & ~_along_margin(near, owner)
        if not drawn.any():
            return ""
        _, numbers = np.unique(owner[drawn], return_inverse=True)
        whole = np.asarray(shapely.linestrings(near[drawn], indices=numbers))
        simple = shapely.simplify(whole, self._tolerance)
        step = 1 if closed else self._step
        return "".join(_path(shapely.get_coordinates(line).tolist(), step, closed=closed) for line in simple)


def _without_repeats(near: Coordinates, owner: NDArray[np.intp]) -> tuple[Coordinates, NDArray[np.intp]]:
    """The positions that differ from the one before them on their line, and their lines. Both ends stay."""
    same = (near[1:] == near[:-1]).all(axis=1) & (owner[1:] == owner[:-1])
    end = np.append(owner[1:] != owner[:-1], True)
    kept = np.append(True, ~same) | end
    return near[kept], owner[kept]


def _along_margin(near: Coordinates, owner: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which positions only lie between two others on the same side of the margin, where nothing of them is visible."""
    within = np.zeros(len(near), dtype=bool)
    same = owner[:-2] == owner[2:]
    for side in (near == -MARGIN, near == FAR):
        within[1:-1] |= same & (side[:-2] & side[1:-1] & side[2:]).any(axis=1)
    return within


def _path(places: Sequence[Sequence[float]], step: float, *, closed: bool) -> str:
    """The SVG path of one line or ring, given in pixels, without hops that are shorter than the step."""
    whole = [(round(x / step), round(y / step)) for x, y in places]
    (left, top), *_ = whole
    hops = [((x - x0) * step, (y - y0) * step) for (x0, y0), (x, y) in pairwise(whole) if (x, y) != (x0, y0)]
    steps = " ".join(f"{x:g} {y:g}" for x, y in hops)
    return f"M{left * step:g} {top * step:g}l{steps}" + ("Z" if closed else "") if hops else ""


def first_features(content: Content) -> list[Feature]:
    """The features that a map shows at first."""
    first = next((one["id"] for one in content["map"].get("scenarios", ())), None)
    classes = content["classes"]
    return [
        feature
        for feature in content["features"]
        if classes[feature["class"]]["on"] and feature.get("scenario", first) == first
    ]


def joined(shapes: Iterable[Shape]) -> Iterator[Shape]:
    """The shapes, with lines and points that follow each other and look the same as one shape. Areas stay apart."""
    for (look, area), same in groupby(shapes, key=_look):
        paths = [shape["d"] for shape in same]
        for path in paths if area else ["".join(map(str, paths))]:
            yield {"d": path, **dict(look)}


def dark_rules(shapes: Iterable[Shape]) -> str:
    """Rules of a style sheet that give shapes, and the sea below them, the colours of the dark theme."""
    colors = {("fill", palette("light").sea)} | {
        (name, str(shape[name])) for shape in shapes for name in ("fill", "stroke") if shape.get(name)
    }
    return "".join(
        f'.map [{name}="{color}"]{{{name}:{in_dark(color, area=name == "fill")}}}' for name, color in sorted(colors)
    )


def _look(shape: Shape) -> tuple[list[tuple[str, str | float | None]], bool]:
    """All attributes of a shape but its path, and whether it is an area."""
    return [(name, value) for name, value in shape.items() if name != "d"], shape.get("fill") not in {None, INK}


def ground_shapes(content: Content, window: Window) -> Iterator[Shape]:
    """The lowest shapes of a map's small picture: land, water, borders."""
    basemap = content["basemap"]
    for name in ("land", "lakes"):
        fill = palette("light").land if name == "land" else palette("light").sea
        yield {"d": window.path(shapely.get_rings(getattr(basemap, name)), closed=True), "fill": fill}
    yield {"d": window.path(np.array(basemap.borders)), "stroke": palette("light").border, "width": 0.7}


def feature_shapes(content: Content, window: Window, features: Collection[Feature]) -> Iterator[Shape]:
    """The shapes of some features of a map, from the lowest."""
    classes = content["classes"]
    for feature in sorted(features, key=lambda feature: classes[feature["class"]]["z"]):
        style = classes[feature["class"]]["style"]
        geometry = feature["geometry"]
        if geometry.geom_type in {"Polygon", "MultiPolygon"} and style.get("fill"):
            rings = shapely.get_rings(shapely.get_parts(geometry))
            yield {"d": window.path(rings, closed=True), "fill": style["fill"]}
        elif geometry.geom_type in {"LineString", "MultiLineString"}:
            yield {
                "d": window.path(shapely.get_parts(geometry)),
                "stroke": style["color"],
                "width": round(style["width"] * THINNER, 1),
                "dash": _shorter(dash_of(feature.get("status"), style)),
            }
        elif geometry.geom_type == "Point" and feature["rank"] <= IMPORTANT:
            [(x, y)] = window.pixels(shapely.get_coordinates(geometry)).tolist()
            yield {"d": f"M{x - 2:g} {y:g}a2 2 0 1 0 4 0a2 2 0 1 0 -4 0", "fill": INK}


def _shorter(dash: str | None) -> str | None:
    """A page's dashes, made shorter for a small picture."""
    return " ".join(f"{float(part) * THINNER:g}" for part in dash.split()) if dash else None
