"""The rules that a GeoJSON file is held against, and the sheet on which what breaks them is noted.

Clauses are those of RFC 7946; rules marked * are advice there, not law (``ADVICE``). Positions are longitude, latitude
in degrees (EPSG:4326).

=====  ===================================================  ===================
Code   Broken where                                         Clause
=====  ===================================================  ===================
G01    the file is not one JSON text in UTF-8               §2, RFC 8259 §8.1
G02    an object is not what GeoJSON has in its place       §1.4, §3
G03    a name stands twice in one object                    RFC 8259 §4
G04    a ``crs`` member is present                          §4
G05 *  a feature has no geometry, or an empty one           §3.1, §3.2
G06    a number is NaN, infinite or too large               RFC 8259 §6
G07    a longitude is beyond 180° or a latitude beyond 90°  §4
G08    longitude and latitude look swapped                  §3.1.1
G09    a line or a ring has too few positions               §3.1.4, §3.1.6
G10    a ring is not closed                                 §3.1.6
G11 *  a ring winds the wrong way (right-hand rule)         §3.1.6
G12    a polygon crosses itself or is otherwise not valid   §3.1.6
G13 *  a segment crosses the antimeridian uncut             §3.1.9
G14    an id stands twice, or is not text or a number       §3.2
G15 *  positions have more than seven decimals              §11.2
G16    a position is not two or three numbers               §3.1.1
G17    a geometry type is unknown                           §1.4, §7
G18    the properties are missing or not an object          §3.2
G19    a bounding box is wrong                              §5
G20    a member is in an object of the wrong type           §7.1
G21    a text is not Unicode (half a surrogate pair)        RFC 8259 §8.2
=====  ===================================================  ===================

A file breaks G15 once, however many positions do. Of several faults of one rule in one feature (and one property of it)
the first is told, and the others are counted.
"""

from collections import Counter
from dataclasses import replace
from typing import Final

from corridors.data.findings import Finding

RULES: Final[dict[str, str]] = {
    "G01": "Not JSON in UTF-8",
    "G02": "Not a GeoJSON object",
    "G03": "Name used twice in one object",
    "G04": "Coordinate reference system named",
    "G05": "No geometry",
    "G06": "Not a finite number",
    "G07": "Position out of range",
    "G08": "Longitude and latitude swapped",
    "G09": "Too few positions",
    "G10": "Ring not closed",
    "G11": "Ring winds the wrong way",
    "G12": "Polygon not valid",
    "G13": "Antimeridian crossed uncut",
    "G14": "Id not unique or of the wrong type",
    "G15": "More decimals than a position has",
    "G16": "Not a position",
    "G17": "Unknown geometry type",
    "G18": "Properties missing or not an object",
    "G19": "Bounding box wrong",
    "G20": "Member out of place",
    "G21": "Text that is not Unicode",
}
ADVICE: Final = frozenset({"G05", "G11", "G13", "G15"})
MAX_DECIMALS: Final = 7
"""Decimals of a degree that a position may have: about 1 cm. (GDAL's RFC 7946 writer gives as many.)"""

REMEDIES: Final[dict[str, str]] = {
    "G01": "save the file as one JSON text in UTF-8 without a byte order mark",
    "G02": "make the file one FeatureCollection whose features are objects of type Feature",
    "G03": "keep one of the two; a reader may take either",
    "G04": "convert the positions to EPSG:4326 and write them without the member",
    "G05": "give the feature its geometry, or leave the feature out",
    "G06": "write the number itself, or null where it is not known",
    "G07": "write degrees, longitude first, latitude second; convert projected positions to EPSG:4326",
    "G08": "write longitude first, latitude second",
    "G09": "give a line at least two different positions, and a ring four; or drop the part",
    "G10": "repeat the first position of the ring as its last",
    "G11": "turn the ring round: outer rings go counterclockwise, holes clockwise",
    "G12": "repair it, for instance with shapely.make_valid, and look at the result",
    "G13": "cut it at 180 degrees into a Multi geometry; where it truly goes the long way round, add positions",
    "G14": "give each feature an id of its own, as text or a number",
    "G15": "round to six decimals, about 10 cm",
    "G16": "write each position as [longitude, latitude] or [longitude, latitude, elevation in metres]",
    "G17": (
        "use Point, MultiPoint, LineString, MultiLineString, Polygon, MultiPolygon or GeometryCollection, "
        "in just this spelling"
    ),
    "G18": 'write "properties" as an object, or as null where there are none',
    "G19": "write [west, south, east, north] around all positions, in degrees, or leave the member out",
    "G20": "move the member to the object where it belongs, or leave it out",
    "G21": "write the character itself, or both halves of its surrogate pair",
}


class Sheet:
    """Notes what is wrong with one file, in the order in which it is met.

    Parameters
    ----------
    file
        The file's name, for the findings.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._first: dict[tuple[str, str, str | None], Finding] = {}
        self._times: Counter[tuple[str, str, str | None]] = Counter()

    def note(
        self,
        rule: str,
        where: str,
        message: str,
        *,
        column: str | None = None,
        remedy: str | None = None,
        times: int = 1,
    ) -> None:
        """Note a fault that is met ``times`` times; ``remedy`` only where there is a better one than the rule's own."""
        key = (rule, where, column)
        self._first.setdefault(key, Finding(rule, self._file, where, column, message, remedy or REMEDIES[rule]))
        self._times[key] += times

    def findings(self) -> list[Finding]:
        """Give one finding for each rule, feature and property; its message counts the further faults."""
        return [_counted(first, self._times[key] - 1) for key, first in self._first.items()]


def _counted(first: Finding, others: int) -> Finding:
    """Say in a finding how many more of its kind there are in the same place."""
    return replace(first, message=f"{first.message}, and {others} more like it") if others else first
