"""Natural Earth's land of the whole world to one small GeoJSON file, for the globe that shows where a map is.

    python -m tools.world land-110m.json -o geodata/basemap/world.geojson

EPSG:4326, lon/lat in degrees, with one decimal. This is enough, because the globe is drawn very small.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import shapely
from shapely.geometry import Polygon, mapping
from shapely.geometry.base import BaseGeometry

from tools.text_file import write_text
from tools.topojson import Topology, joined, polygons_of, read_topology

TOLERANCE = 0.4
"""The greatest distance that a coast may move, in degrees."""

SMALLEST = 3.0
"""Smaller pieces of land are left out, in square degrees."""

ANTARCTIC = -60.0
"""Degrees of latitude."""


def world_land(topology: Topology) -> list[BaseGeometry]:
    """The larger pieces of land without Antarctica and without their lakes, the northern ones first."""
    rings = [joined(topology.arcs, ring[0]) for one in topology.geometries("land") for ring in polygons_of(one)]
    shapes = [shape.simplify(TOLERANCE) for ring in rings if (shape := Polygon(ring)).bounds[3] > ANTARCTIC]
    kept = [shapely.set_precision(shape, 0.1) for shape in shapes if shape.area >= SMALLEST]
    return sorted(kept, key=lambda shape: (-shape.bounds[3], shape.bounds[0]))


def world_text(land: Path) -> str:
    """The text of the file: GeoJSON, with one piece of land on a line."""
    shapes = world_land(read_topology(land))
    features = [{"type": "Feature", "properties": {}, "geometry": mapping(shape)} for shape in shapes]
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    return text.replace("},{", "},\n{") + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Read Natural Earth's land and write the file."""
    parser = argparse.ArgumentParser(prog="python -m tools.world", description=__doc__.partition("\n")[0])
    parser.add_argument("land", type=Path, help="land-110m.json of world-atlas")
    parser.add_argument("-o", "--output", type=Path, required=True, help="file to write")
    told = parser.parse_args(arguments)
    return write_text(told.output, lambda: world_text(told.land))


if __name__ == "__main__":
    sys.exit(main())
