"""TopoJSON to arcs in degrees with fewer vertices, without gaps between neighbours.

In TopoJSON a border is one *arc*, and both neighbours refer to it by its index. So a change of an arc changes both
sides, and polygons from simplified arcs still fit together. Positions are EPSG:4326, lon/lat in degrees.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely import STRtree
from shapely.geometry import LineString

from corridors.errors import FileError, InputError
from tools.english import English

Coordinates = npt.NDArray[np.float64]

DECIMALS = 4
"""Decimals of a degree that positions keep: about 10 m."""
GRID = 10.0**-DECIMALS

SHORT = 24
"""Arcs with fewer vertices are not cut any more."""


@dataclass(frozen=True, slots=True)
class Topology:
    """A decoded TopoJSON file.

    Attributes
    ----------
    path
        The path of the file.
    arcs
        Lines of lon/lat in degrees, rounded to the grid.
    objects
        The file's named collections, whose geometries refer to arcs by index.
    """

    path: Path
    arcs: list[Coordinates]
    objects: Mapping[str, Mapping[str, Any]]

    def geometries(self, name: str) -> list[Mapping[str, Any]]:
        """The geometries of one named collection."""
        if name not in self.objects:
            found = ", ".join(sorted(self.objects)) or "nothing"
            raise InputError(
                English(f"{self.path} has no object {name!r}, only {found}. Name the file that has {name}.")
            )
        return [geometry for geometry in self.objects[name]["geometries"] if geometry.get("type")]


def read_topology(path: Path) -> Topology:
    """Read a TopoJSON file, quantized or not, and decode its arcs to degrees."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FileError(
            English(f"{path} cannot be read: {error.strerror}. Unpack the package that has it first.")
        ) from error
    except ValueError as error:
        raise InputError(English(f"{path} is not JSON: {error}. Give a TopoJSON file.")) from error
    if not isinstance(content, dict) or content.get("type") != "Topology":
        raise InputError(English(f"{path} is not TopoJSON: its type is not Topology. Give a TopoJSON file."))
    with damage_told(path):
        return Topology(path, _decode(content["arcs"], content.get("transform")), dict(content["objects"]))


@contextmanager
def damage_told(path: Path) -> Iterator[None]:
    """Report a TopoJSON file whose parts do not fit together as bad input."""
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, shapely.errors.ShapelyError) as error:
        raise InputError(English(f"{path} is damaged TopoJSON ({error!r}). Unpack the package again.")) from error


def _decode(arcs: Sequence[Sequence[Sequence[float]]], transform: Mapping[str, Any] | None) -> list[Coordinates]:
    """Undo delta coding and quantization. Each point is the sum of the steps before it, times scale, plus offset."""
    decoded = []
    for arc in arcs:
        points = np.array([position[:2] for position in arc], dtype=np.float64)
        if transform is not None:
            points = points.cumsum(axis=0) * transform["scale"] + transform["translate"]
        decoded.append(_unbroken(points).round(DECIMALS))
    return decoded


def _unbroken(points: Coordinates) -> Coordinates:
    """Remove the jump from 180° E to 180° W from a line, and keep the line near Greenwich."""
    longitudes = np.unwrap(points[:, 0], period=360)
    longitudes -= 360 * np.round(longitudes.mean() / 360)
    return np.column_stack((longitudes, points[:, 1]))


def joined(arcs: Sequence[Coordinates], indices: Iterable[int]) -> Coordinates:
    """Join arcs into one line. A negative index is the complement of the index of a reversed arc."""
    parts = [arcs[index] if index >= 0 else arcs[~index][::-1] for index in indices]
    return _unbroken(np.concatenate([parts[0], *(part[1:] for part in parts[1:])])).round(DECIMALS)


def polygons_of(geometry: Mapping[str, Any]) -> list[list[list[int]]]:
    """The polygons of a geometry, as rings of arc indices."""
    return list(geometry["arcs"]) if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]


def simplify_arcs(arcs: Sequence[Coordinates], tolerances: Coordinates) -> list[Coordinates]:
    """Remove vertices of each arc (Douglas and Peucker), keep its ends, and keep arcs from crossing.

    ``tolerances`` is the distance that each arc may move, in degrees. Arcs that come to cross each other or themselves,
    and rings that collapse, are cut in two. The tolerance of short ones is halved instead. This is repeated until
    nothing crosses, or all is as before.
    """
    lines, owners = np.array([LineString(arc) for arc in arcs], dtype=object), np.arange(len(arcs))
    drawn = shapely.simplify(lines, tolerances, preserve_topology=False)
    while (entangled := [index for index in _entangled(drawn) if tolerances[index] > 0]) != []:
        sizes = shapely.get_num_points(lines)
        long = np.array([index for index in entangled if sizes[index] > SHORT], dtype=np.intp)
        short = np.array([index for index in entangled if sizes[index] <= SHORT], dtype=np.intp)
        tolerances = tolerances.copy()
        tolerances[short] = np.where(tolerances[short] > 10 * GRID, tolerances[short] / 2, 0.0)
        drawn[short] = shapely.simplify(lines[short], tolerances[short], preserve_topology=False)
        counts = np.ones(len(lines), dtype=np.intp)
        counts[long] = 2
        halves = [half for line in lines[long] for half in _halves(line)]
        place = np.cumsum(counts) - counts
        lines, drawn, owners, tolerances = (np.repeat(each, counts) for each in (lines, drawn, owners, tolerances))
        new = np.sort(np.concatenate([place[long], place[long] + 1]))
        lines[new] = halves
        drawn[new] = shapely.simplify(lines[new], tolerances[new], preserve_topology=False)
    parts: list[list[Coordinates]] = [[] for _ in arcs]
    for owner, line in zip(owners, drawn, strict=True):
        parts[owner].append(shapely.get_coordinates(line))
    return [end_to_end(pieces) for pieces in parts]


def _halves(line: LineString) -> tuple[LineString, LineString]:
    """A line cut at the vertex in its middle."""
    points = shapely.get_coordinates(line)
    middle = len(points) // 2
    return LineString(points[: middle + 1]), LineString(points[middle:])


def end_to_end(pieces: Sequence[Coordinates]) -> Coordinates:
    """Pieces, each of which starts where the one before ends, as one line."""
    return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])


def _entangled(lines: npt.NDArray[Any]) -> list[int]:
    """The lines that cross themselves or each other, or are rings of fewer than three corners."""
    first, second = STRtree(lines).query(lines, predicate="intersects")
    first, second = first[first < second], second[first < second]
    crossing = shapely.relate_pattern(lines[first], lines[second], "T********")
    collapsed = shapely.is_closed(lines) & (shapely.get_num_points(lines) < 4)  # noqa: PLR2004 - a triangle, closed
    alone = np.flatnonzero(~shapely.is_simple(lines) | collapsed)
    return sorted({*first[crossing].tolist(), *second[crossing].tolist(), *alone.tolist()})
