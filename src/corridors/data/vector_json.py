"""The text of a GeoJSON file to the faults of its features that GDAL repairs or passes over without their number.

GDAL takes the last of two members of one name, makes up new ids, closes rings, and leaves out geometries that it cannot
read. Here each feature is parsed again, one at a time.
"""

import json
import mmap
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from corridors.locales import Message, message

FEATURES: Final = re.compile(rb'"features"\s*:\s*\[')
BETWEEN: Final = re.compile(r"[\s,\x1e\ufeff]*")
RING: Final = 4
"""The least number of positions of a ring (RFC 7946, section 3.1.6)."""

SUSPECT_BYTES: Final = 32 * 2**20
"""How much of a file is parsed again without a reason, in bytes. A program that writes such faults writes many."""


class JsonFeature(NamedTuple):
    """What the text of a feature says: its id, whether it has a geometry, and its fault."""

    id: str | None
    has_geometry: bool
    fault: Message | None


def json_features(path: Path, most_bytes: int | None = None) -> Iterator[JsonFeature]:
    """The features of a GeoJSON file in its order, or of its first bytes. Ends where the text is no JSON.

    Parameters
    ----------
    path
        A file that GDAL reads: a FeatureCollection, a feature, a geometry, or features on lines.
    most_bytes
        How many bytes are looked at; None for all.
    """
    ids: dict[str, int] = {}
    for number, feature in enumerate(_objects(path, most_bytes)):
        identity = feature.get("id")
        told = None if isinstance(identity, dict | list | None) else str(identity)
        geometry = feature.get("geometry") if feature.get("type") == "Feature" else feature
        fault = None
        if feature.twice is not None:
            fault = message("error.vector.name_twice", feature.twice)
        elif told is not None and ids.setdefault(told, number) != number:
            fault = message("error.vector.id_twice", told, ids[told])
        elif isinstance(geometry, dict):
            fault = _ring_fault(geometry)
        yield JsonFeature(told, geometry is not None, fault)


class _Object(dict[str, object]):
    """An object of the file; ``twice`` is the first name that stands twice in it or in an object in it."""

    twice: str | None = None


def _object(pairs: list[tuple[str, object]]) -> _Object:
    """Make an object from its members."""
    made = _Object(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        made.twice = next(name for name in names if names.count(name) > 1)
    else:
        made.twice = next((value.twice for value in made.values() if isinstance(value, _Object) and value.twice), None)
    return made


def _objects(path: Path, most_bytes: int | None) -> Iterator[_Object]:
    """The objects that are features, one after another."""
    parse = json.JSONDecoder(object_pairs_hook=_object).raw_decode
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        collection = FEATURES.search(content)
        start = collection.end() if collection else 0
        text = content[start : None if most_bytes is None else start + most_bytes].decode("utf-8", errors="replace")
    at = 0
    while True:
        between = BETWEEN.match(text, at)
        at = between.end() if between else at
        try:
            found, at = parse(text, at)
        except (ValueError, RecursionError):
            return
        if isinstance(found, _Object):
            yield found


def _ring_fault(geometry: dict[str, object]) -> Message | None:
    """The fault of a polygon with a ring that does not end where it begins, or has too few positions."""
    coordinates = geometry.get("coordinates")
    polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(str(geometry.get("type")))
    rings = [
        ring
        for polygon in (polygons if isinstance(polygons, list) else [])
        for ring in (polygon if isinstance(polygon, list) else [])
        if isinstance(ring, list) and ring
    ]
    if any(ring[0] != ring[-1] for ring in rings):
        return message("error.vector.ring")
    return message("error.vector.geometry") if any(len(ring) < RING for ring in rings) else None
