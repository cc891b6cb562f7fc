"""A file of the basemap to the properties and the geometry of its features, EPSG:4326."""

import json
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from corridors.data.findings import printable
from corridors.errors import FileError, InputError
from corridors.locales import message

AROUND = "around"
"""The folder in the folder of a basemap that has the same files of the world around its extent."""

FINE = "fine"
"""The folder in the folder of a basemap that has the same files with more vertices."""


def read_basemap_file(path: Path) -> list[tuple[dict[str, object], BaseGeometry]]:
    """The properties and the geometry of each feature of a file of the basemap; longitude, latitude in degrees.

    Raises
    ------
    FileError
        If the file cannot be read.
    InputError
        If it is not GeoJSON as ``make basemap`` writes it.
    """
    name = printable(str(path))
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        shapes = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features])
        return [(dict(feature["properties"]), shape) for feature, shape in zip(features, shapes, strict=True)]
    except OSError as error:
        raise FileError(message("error.basemap.unread", name, error.strerror)) from error
    except (ValueError, KeyError, TypeError, shapely.errors.GEOSException) as error:
        raise InputError(message("error.basemap.broken", name, printable(str(error)))) from error
