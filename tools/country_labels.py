"""The countries of the basemap to the places of their names: one GeoJSON file of points.

    python -m tools.country_labels countries.geojson around/countries.geojson -o geodata/basemap/labels.geojson

A name is in the middle of the largest circle inside the largest part of its country, lon/lat in degrees (EPSG:4326).
Its distance to the edge of that part is ``km``.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from corridors.content.basemap import inside_km
from corridors.data.basemap import read_basemap_file
from tools.basemap import Feature, collection_text
from tools.text_file import write_text

TOLERANCE = 0.1
"""The tolerance of the largest circle, in degrees."""


def country_labels(files: Sequence[Path]) -> list[Feature]:
    """The place of the name of each country that has a code, in the order of the codes."""
    shapes: dict[str, list[BaseGeometry]] = defaultdict(list)
    for about, shape in (each for path in files for each in read_basemap_file(path)):
        code = about.get("iso_a3")
        if isinstance(code, str):  # disputed land has no name of its own
            shapes[code].append(shapely.make_valid(shape))
    return [_label(code, shapely.union_all(parts)) for code, parts in sorted(shapes.items())]


def _label(code: str, country: BaseGeometry) -> Feature:
    """The place of one name."""
    largest = max(shapely.get_parts(country), key=lambda part: float(part.area))
    lon, lat = shapely.get_coordinates(shapely.maximum_inscribed_circle(largest, TOLERANCE))[0].tolist()
    place = mapping(shapely.Point(round(lon, 2), round(lat, 2)))
    return {"type": "Feature", "properties": {"iso_a3": code, "km": inside_km(largest, lon, lat)}, "geometry": place}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.country_labels", description=__doc__.partition("\n")[0])
    parser.add_argument("countries", type=Path, nargs="+", help="countries.geojson of the basemap")
    parser.add_argument("-o", "--output", type=Path, required=True, help="file to write")
    given = parser.parse_args(arguments)
    return write_text(given.output, lambda: collection_text(country_labels(given.countries)))


if __name__ == "__main__":
    sys.exit(main())
