"""OpenStreetMap files (PBF, XML) to railways, stations and roads, with their tags as columns of the atlas.

What is under construction, proposed or disused is in OpenStreetMap in two forms: ``railway=construction`` with
``construction=rail``, and ``construction:railway=rail``. Both give the status, and tags with the same prefix
(``construction:gauge``) come before those without it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from corridors.data.file_kinds import SIGNATURE_BYTES, format_of
from corridors.data.geojson import CRS
from corridors.data.tables import WRITTEN
from corridors.data.vector_features import BadFeature
from corridors.data.vector_files import VectorLayer
from corridors.errors import FileError, InputError, UsageError
from corridors.locales import message

if TYPE_CHECKING:
    from osmium.osm import Location, Way

Tags: TypeAlias = Mapping[str, str]
Cells: TypeAlias = dict[str, object]

LIFE: Final = {"construction": "under_construction", "proposed": "planned", "disused": "suspended"}
"""Words and prefixes of OpenStreetMap for what does not operate, and the status of each."""

FORMATS: Final = {"OSM PBF": "pbf", "OSM XML": "xml"}
DATE: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
ELECTRIFIED: Final = {"no": "no", "contact_line": "yes", "rail": "yes", "4th_rail": "yes", "yes": "yes"}
STATION_ACCURACY_M: Final = 200
"""Within about this distance of its tracks a station stands in OpenStreetMap."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is taken from a file.

    Attributes
    ----------
    key, classes
        The tag that things have, and its values.
    points
        Whether they become points, else lines.
    cells
        Gives the columns of a thing: from its class (the value of the tag), its status, and a function that gives tags.
    """

    key: str
    classes: frozenset[str]
    points: bool
    cells: Callable[[str, str, Callable[[str], str | None]], Cells]


def _railway(kind: str, _: str, tag: Callable[[str], str | None]) -> Cells:
    """The columns of a railway line."""
    gauges = re.findall(r"(?<![\d.])\d{3,4}(?![\d.])", tag("gauge") or "")
    tracks = tag("tracks") or ""
    return {
        "railway": kind,
        "gauge_mm": int(gauges[0]) if gauges else None,
        "gauges": ";".join(gauges) or None,
        "electrified": ELECTRIFIED.get(tag("electrified") or ""),
        "tracks": None if not tracks.isdecimal() else "single" if int(tracks) == 1 else "double",
        "usage": tag("usage"),
        "service": tag("service"),
        "operator": tag("operator"),
        "maxspeed_kmh": _whole(tag("maxspeed")),
    }


def _station(kind: str, status: str, tag: Callable[[str], str | None]) -> Cells:
    """The columns of a station."""
    return {
        "kind": "station" if status in {"operational", "suspended"} else "planned_station",
        "railway": kind,
        "position_basis": "osm",
        "accuracy_m": STATION_ACCURACY_M,
        "operator": tag("operator"),
        "uic_ref": tag("uic_ref"),
    }


def _road(kind: str, _: str, tag: Callable[[str], str | None]) -> Cells:
    """The columns of a road."""
    return {
        "road_class": kind,
        "ref": tag("ref"),
        "lanes": _whole(tag("lanes")),
        "surface": tag("surface"),
        "maxspeed_kmh": _whole(tag("maxspeed")),
        "toll": tag("toll"),
    }


SELECTIONS: Final[Mapping[str, Selection]] = {
    "railways": Selection("railway", frozenset({"rail", "narrow_gauge"}), points=False, cells=_railway),
    "stations": Selection("railway", frozenset({"station", "halt"}), points=True, cells=_station),
    "roads": Selection("highway", frozenset({"motorway", "trunk", "primary", "secondary"}), points=False, cells=_road),
}
"""What can be taken from a file, by the name of the choice."""


def read_osm(path: Path, choice: str) -> VectorLayer:
    """Read railways, stations or roads.

    Parameters
    ----------
    path
        A file of OpenStreetMap, PBF or XML.
    choice
        One of ``SELECTIONS``.

    Returns
    -------
    VectorLayer
        EPSG:4326. Ids are ``node-1`` or ``way-1``. A line whose nodes are missing in the file is left out and named.

    Raises
    ------
    FileError
        If the file cannot be opened.
    InputError
        If it is not a file of OpenStreetMap, or is damaged.
    UsageError
        If the package osmium is missing.
    """
    try:
        import osmium  # noqa: PLC0415 - an extra that few need
    except ImportError as error:
        raise UsageError(message("error.osm.missing")) from error
    chosen = SELECTIONS[choice]
    keys = [chosen.key, *(f"{word}:{chosen.key}" for word in LIFE)]
    rows: list[Cells] = []
    skipped: list[BadFeature] = []
    try:
        found = osmium.FileProcessor(osmium.io.File(str(path), _format(path)))
        for thing in found.with_locations().with_filter(osmium.filter.KeyFilter(*keys)):
            way = isinstance(thing, osmium.osm.Way)
            cells = _cells(dict(thing.tags), chosen) if way or chosen.points else None
            if cells is None or not isinstance(thing, osmium.osm.Way | osmium.osm.Node):
                continue
            name = f"{'way' if way else 'node'}-{thing.id}"
            shape = _way(thing, chosen) if isinstance(thing, osmium.osm.Way) else _point(thing.location)
            if shape is None:
                fault = message("error.osm.nodes")
                skipped.append(BadFeature(str(path), choice, len(rows) + len(skipped), name, fault))
            else:
                rows.append({"id": name, **cells, "geometry": shape})
    except (RuntimeError, osmium.InvalidLocationError) as error:
        raise InputError(message("error.vector.damaged", str(path), str(error).partition("\n")[0])) from error
    shapes = [row.pop("geometry") for row in rows]
    frame = gpd.GeoDataFrame(pd.DataFrame(rows, dtype=object), geometry=shapes, crs=CRS)
    return VectorLayer(f"{path.stem}:{choice}", frame, tuple(skipped))


def is_osm(path: Path) -> bool:
    """Whether a path is a file of OpenStreetMap, by its first bytes.

    Raises
    ------
    FileError
        If the file cannot be opened.
    """
    return not path.is_dir() and _kind(path) in FORMATS


def _kind(path: Path) -> str | None:
    """What a file is by its first bytes."""
    try:
        with path.open("rb") as file:
            return format_of(file.read(SIGNATURE_BYTES), path.name)
    except OSError as error:
        raise FileError(message("error.file.absent", str(path), error.strerror or type(error).__name__)) from error


def _format(path: Path) -> str:
    """The format of a file of OpenStreetMap."""
    kind = _kind(path)
    if kind not in FORMATS:
        raise InputError(message("error.osm.format", str(path)))
    return FORMATS[kind]


def _cells(tags: Tags, chosen: Selection) -> Cells | None:
    """The columns of a thing; None if it is not of the choice."""
    found = _life(tags, chosen)
    if found is None:
        return None
    kind, status, prefix = found

    def tag(name: str) -> str | None:
        return (tags.get(f"{prefix}:{name}") if prefix else None) or tags.get(name)

    opened = tags.get("start_date", "") if status in {"operational", "suspended"} else tags.get("opening_date", "")
    names = {f"name_{language}": tags.get(f"name:{language}") for language in WRITTEN}
    names["name_en"] = names["name_en"] or tags.get("int_name") or tags.get("name")
    common = {"name_local": tags.get("name"), "status": status, "opened": opened if DATE.fullmatch(opened) else None}
    return names | common | chosen.cells(kind, status, tag)


def _life(tags: Tags, chosen: Selection) -> tuple[str, str, str] | None:
    """The class of a thing, its status, and the prefix of its tags; None if it is not of the choice."""
    value = tags.get(chosen.key, "")
    if value in chosen.classes:
        return value, "operational", ""
    for word, status in LIFE.items():
        kind = tags.get(word, "") if value == word else tags.get(f"{word}:{chosen.key}", "")
        if kind in chosen.classes:
            return kind, status, word
    return None


def _whole(text: str | None) -> int | None:
    """A whole number; None for other text, such as a speed in another unit."""
    return int(text) if text is not None and text.isascii() and text.isdecimal() else None


def _point(location: "Location") -> BaseGeometry | None:
    """The position of a node."""
    return shapely.Point(location.lon, location.lat) if location.valid() else None


def _way(way: "Way", chosen: Selection) -> BaseGeometry | None:
    """The line of a way, or its centre if points are wanted. None if its nodes are missing."""
    places = [(node.location.lon, node.location.lat) for node in way.nodes if node.location.valid()]
    if chosen.points:
        return shapely.MultiPoint(places).envelope.centroid if places else None
    return shapely.LineString(places) if len(set(places)) > 1 else None
