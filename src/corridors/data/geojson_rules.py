"""The rules for GeoJSON files, and the report that collects the faults of one file.

Clauses are those of RFC 7946; rules marked * are advice there, not law (``ADVICE``). Positions are longitude, latitude
in degrees (EPSG:4326).

=====  ===================================================  ===================
Code   Broken where                                         Clause
=====  ===================================================  ===================
G01    the file is not one JSON text in UTF-8               §2, RFC 8259 §8.1
G02    an object is not what GeoJSON has in its place       §1.4, §3
G03    a name stands twice in one object                    RFC 8259 §4
G04    positions are in another system; a ``crs`` member    §4
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

Two things are notes and not faults, because the standard or its predecessor allows them: a ``crs`` member that names
the system of RFC 7946 (G04), and a geometry that is null or empty (G05).

A file breaks G15 only once, even if many positions do. If one feature (and one property of it) has several faults of
the same rule, the first is described and the others are counted.
"""

from collections import Counter
from dataclasses import replace
from typing import Final

from corridors.data.findings import Finding
from corridors.locales import Message, message

RULES: Final[dict[str, str]] = {
    "G01": "Not JSON in UTF-8",
    "G02": "Not a GeoJSON object",
    "G03": "Name used twice in one object",
    "G04": "Another coordinate reference system",
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
PROJECTED: Final = frozenset({"G04", "G07", "G08", "G13", "G15", "G19"})
"""Rules that positions in another unit than degrees break, all for the same reason."""

MOST_LISTED: Final = 10
"""The same fault is listed separately for at most this many features."""

MAX_DECIMALS: Final = 7
"""Decimals of a degree that a position may have: about 1 cm. (GDAL's RFC 7946 writer gives as many.)"""

REMEDIES: Final[dict[str, Message]] = {
    "G01": message("remedy.g01"),
    "G02": message("remedy.g02"),
    "G03": message("remedy.g03"),
    "G04": message("remedy.g04"),
    "G05": message("remedy.g05"),
    "G06": message("remedy.g06"),
    "G07": message("remedy.g07"),
    "G08": message("remedy.g08"),
    "G09": message("remedy.g09"),
    "G10": message("remedy.g10"),
    "G11": message("remedy.g11"),
    "G12": message("remedy.g12"),
    "G13": message("remedy.g13"),
    "G14": message("remedy.g14"),
    "G15": message("remedy.g15"),
    "G16": message("remedy.g16"),
    "G17": message("remedy.g17"),
    "G18": message("remedy.g18"),
    "G19": message("remedy.g19"),
    "G20": message("remedy.g20"),
    "G21": message("remedy.g21"),
}


Place = tuple[str, Message | str, str | None]
"""Rule, feature and property of a finding."""


class FileReport:
    """Collects the faults of one file, in the order in which they are found.

    Parameters
    ----------
    file
        The file's name, for the findings.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self._first: dict[Place, Finding] = {}
        self._times: Counter[Place] = Counter()

    def note(
        self,
        rule: str,
        where: Message | str,
        what: Message,
        *,
        column: str | None = None,
        remedy: Message | None = None,
        times: int = 1,
        legal: bool = False,
    ) -> None:
        """Note a fault that occurs ``times`` times. If it is ``legal``, it is only worth knowing.

        ``remedy`` replaces the remedy of the rule.
        """
        key = (rule, where, column)
        found = Finding(rule, self.file, where, column, what, remedy or REMEDIES[rule], "note" if legal else "fault")
        self._first.setdefault(key, found)
        self._times[key] += times

    def explain(self, system: Message | str) -> None:
        """Replace all findings caused by positions in another system by one finding."""
        self._first = {key: found for key, found in self._first.items() if key[0] not in PROJECTED}
        self._times = Counter({key: times for key, times in self._times.items() if key in self._first})
        self.note("G04", "", message("finding.projected", system), column="crs", remedy=message("remedy.projected"))

    def findings(self) -> list[Finding]:
        """One finding for each rule, feature and property. Its message counts the further faults.

        If more than ``MOST_LISTED`` features have the same fault, it is one finding, which describes the first of them.
        """
        alike = Counter((rule, column) for rule, _, column in self._first)
        listed: dict[Place, Finding] = {}
        for key, first in self._first.items():
            rule, _, column = key
            if alike[rule, column] <= MOST_LISTED:
                listed[key] = _counted(first, self._times[key] - 1)
            elif (rule, "", column) not in listed:
                what = message("finding.features", first.message, str(alike[rule, column]))
                listed[rule, "", column] = replace(first, message=what)
        return list(listed.values())


def _counted(first: Finding, others: int) -> Finding:
    """Add to a finding how many more of its kind are in the same place."""
    return replace(first, message=message("finding.more", first.message, str(others))) if others else first
