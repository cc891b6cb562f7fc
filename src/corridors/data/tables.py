"""The columns of every fact table, as data: what a cell may contain and whether it may be empty.

A table is one file ``geodata/facts/<name>.csv``. The module ``facts`` reads and checks the files by these columns. So a
new column needs changes only here and in the CSV.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal[
    "slug",  # a-z, 0-9 and hyphens
    "word",  # a-z, 0-9 and underscores
    "text",  # anything, kept as it is
    "lon",  # degrees east, EPSG:4326
    "lat",  # degrees north, EPSG:4326
    "number",  # decimal number with a point
    "integer",
    "date",  # ISO 8601, as precise as known: 2009, 2025-09, 2025-09-30
    "period",  # a date, or two dates with a slash between: 2025-01/2025-05
    "country",  # ISO 3166-1 alpha-3
    "code",  # one word of a vocabulary
    "yes",  # yes, or empty
    "ref",  # the id of a row of another table
    "feature",  # a feature as layer/id, such as ports/cn-xian
    "name",  # the English name in a row of another table
    "icao",  # four letters, an airport of airports.csv
]


@dataclass(frozen=True, slots=True)
class Column:
    """One column, with the allowed content of its cells.

    Attributes
    ----------
    kind
        The kind of value in a cell.
    required
        Whether an empty cell is a finding.
    many
        Whether a cell may have several values, separated by ``;``.
    words
        The vocabulary of a ``code``.
    table
        The tables in which the id of a ``ref``, or the ``name``, may be.
    """

    kind: Kind = "text"
    required: bool = False
    many: bool = False
    words: tuple[str, ...] = ()
    table: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One fact table: its columns in the order of the file."""

    columns: Mapping[str, Column] = field(default_factory=dict)


Row = Mapping[str, Any]
"""One fact: values by column, with the types of the columns; a missing value is None."""

Record = Mapping[str, Any]
"""One feature of a layer: a row of its frame as a dict, with a shapely ``geometry``. pandas has no types for cells."""

STATUSES = ("operational", "under_construction", "planned", "suspended")
CONFIDENCES = ("high", "medium", "low")
CORRIDORS = ("northern", "middle", "southern", "china-central-asia", "cku")
ROLES = (
    "capital", "rail_junction", "land_port", "sea_port", "air_hub", "assembly_centre", "logistics_hub", "transit_hub",
    "road_hub", "tourism", "border_hub", "pipeline_hub",
)  # fmt: skip
PORT_KINDS = (
    "border_crossing", "dry_port", "sea_port", "logistics_hub", "free_zone", "inland_customs", "break_of_gauge",
)  # fmt: skip
SECTIONS = ("whole", "part", "other")
"""What a stated length is for: the whole drawn line, a part between two of its stops, or something not drawn."""

UNFINISHED = STATUSES[1:3]
"""Statuses of what does not run yet."""

ROUTE_MODES = ("rail", "road", "sea", "air")
"""The modes of routes."""

USUAL_MODES = ("rail", "sea")
"""The modes of a route if none is asked for: those of a container train."""

MODES = (*ROUTE_MODES, "pipeline", "river")
GAUGES_MM = (1435, 1520)
UNVERIFIED = ("gauge", "tracks", "electrified", "opened", "position", "status", "airline", "stop", "name")
"""What of a feature may rest on no source. The words are those of the facts of its card."""

IDENTIFIERS = ("wikidata", "osm", "locode")
"""The registers of identifiers.csv (see corridors.data.identifiers). The ICAO codes of airports are in airports.csv."""

VISA_DAYS = ("stay_days", "total_days", "window_days")
"""Days without a visa: of one stay, and in all within a number of days."""

COUNTRY_GROUPS = ("china", "central_asia", "corridor")
REGION = "central-asia"
"""The subject of trade with the five countries of Central Asia together."""

ROUTED = ("roads", "pipelines", "ferries")
"""Tables of lines whose course is that of route_waypoints.csv."""

LINE_LAYERS = ("rail", *ROUTED)
"""Layers of lines on the ground."""

POINT_TABLES = ("cities", "stations", "ports", "airports", "places")
"""Tables whose rows are points. Each is a layer too."""

AIRPORT_CODES = ("icao", "iata", "iata_later")
"""Columns with codes of an airport, by which readers call it."""

GENERAL_KNOWLEDGE, UNCITED_FILE = "general-knowledge", "uncited-file"
UNCITABLE = frozenset({GENERAL_KNOWLEDGE, UNCITED_FILE})
"""Rows of sources.csv that are no publication, so that nobody can look them up."""

POSITIONAL = frozenset({"airportsdata", "cldr", "geonames", "natural-earth", "openstreetmap"})
"""Sources of positions and names, which say nothing of gauge, dates or status."""

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""The pattern of an id."""

LAYERS = (
    "countries", "cities", "stations", "ports", "airports", "rail", "roads", "pipelines", "ferries", "flights",
    "tourism", "places",
)  # fmt: skip
"""The layers that are made from the tables."""

TABLE_OF = {"rail": "rail_lines"}
"""Fact tables whose name differs from that of their layer."""

FEATURES = (*LAYERS, "corridors", "corridor_figures")
"""What a remark can be about: the layers, and tables of what else has a card."""

WRITTEN = ("en", "nl", "zh", "ru")
"""Languages of the facts. Readers of another language get English words."""

NAMED = (*WRITTEN, "local")
"""Languages of the names in the facts, and the local language. Readers of another language get English names."""

COMMON = (
    "id", "kind", *(f"name_{language}" for language in NAMED), "status", "opened", "closed", "country", "source",
    "confidence", "geometry_basis", "accuracy_m", "note",
)  # fmt: skip
"""Columns of every layer, in their order. Lists are text, separated by ``;``."""

BASES = ("surveyed", "digitised", "tracks", "stations", "waypoints", "great_circle", "point")
"""How a geometry is known."""

_REQUIRED = Column(required=True)
_NUMBER = Column("number")
_WORKS = {"works_started": Column("date")}
"""The start of construction. In the years from it to the opening, a line is under construction."""
_ID = {"id": Column("slug", required=True)}
_NAMES = {f"name_{language}": Column(required=language == "en") for language in NAMED}
_WORDS = {f"text_{language}": _REQUIRED for language in WRITTEN}
_TRANSLATED = {f"name_{language}": Column(required=language == "en") for language in WRITTEN}
_NAMED_PARTIES = Column("name", many=True, table=("organisations",))
_POSITION = {"lon": Column("lon", required=True), "lat": Column("lat", required=True)}
_COUNTRY = {"country": Column("country", required=True)}
_COUNTRIES = {"country": Column("country", required=True, many=True)}
_STATUS = {"status": Column("code", required=True, words=STATUSES), "opened": Column("date")}
_PROVENANCE = {
    "source": Column("ref", required=True, many=True, table=("sources",)),
    "confidence": Column("code", required=True, words=CONFIDENCES),
    "note": Column(),
}
_FIGURE = {
    "period": Column("period", required=True),
    "value": _NUMBER,
    "unit": _REQUIRED,
    "bound": Column("code", words=("exact", "more_than", "about")),
}
_GAUGE = Column("code", words=tuple(map(str, GAUGES_MM)))


def _table(*parts: Mapping[str, Column]) -> Table:
    """A table of the given columns, with source, confidence and note added at the end."""
    columns = dict(_ID)
    for part in (*parts, _PROVENANCE):
        columns |= part
    return Table(columns)


TABLES: Mapping[str, Table] = {
    "sources": Table(
        _ID
        | {"title": _REQUIRED, "producer": _REQUIRED, "url": Column(), "date_published": Column("date")}
        | {"date_accessed": Column("date"), "licence": Column(), "language": Column()},
    ),
    "countries": _table(
        {"iso_a3": Column("country", required=True), "iso_a2": _REQUIRED, "iso_n3": _REQUIRED}
        | {"name_local": Column(), "group": Column("code", required=True, words=COUNTRY_GROUPS)}
        | {"capital": Column("ref", table=("cities",))}
        | {"label_lon": Column("lon", required=True), "label_lat": Column("lat", required=True)},
    ),
    "cities": _table(
        _NAMES | _COUNTRY | _POSITION,
        {"geonames_id": Column("integer"), "population": Column("integer"), "population_year": Column("date")},
        {"population_confidence": Column("code", words=CONFIDENCES), "role": Column("code", many=True, words=ROLES)},
    ),
    "stations": _table(
        _NAMES | _COUNTRIES | _POSITION,
        {"kind": Column("code", required=True, words=("station", "via_point", "planned_station", "port"))},
        {"position_basis": Column("code", required=True, words=("town", "rounded_0.01", "osm", "proxy"))},
        {"geonames_id": Column("integer"), "accuracy_m": Column("integer", required=True)},
    ),
    "rail_lines": _table(
        {"railway": Column("slug", required=True)} | _NAMES | {"operator": _NAMED_PARTIES} | _STATUS | _WORKS,
        {"closed": Column("date"), "gauge_mm": Column("code", required=True, words=tuple(map(str, GAUGES_MM)))},
        {"tracks": Column("code", words=("single", "double", "partly_double"))},
        {"electrified": Column("code", words=("yes", "no", "partly"))},
        {"corridor": Column("code", many=True, words=CORRIDORS)},
    ),
    "rail_stops": _table(
        {"line": Column("ref", required=True, table=("rail_lines",)), "seq": Column("integer", required=True)},
        {"station": Column("ref", required=True, table=("stations",)), "km_post": _NUMBER},
    ),
    "lengths": _table(
        {"line": Column("slug", required=True)},
        {"section": Column("code", required=True, words=SECTIONS)},
        {"from_station": Column("slug"), "to_station": Column("slug")},
        {"length_km": Column("number", required=True)},
        {"kind": Column("code", required=True, words=("published", "timetable", "measured_osm", "derived", "memory"))},
        {"preferred": Column("yes"), "ratio_note": Column()},
    ),
    "ports": _table(
        _NAMES | _COUNTRIES | _POSITION | {"accuracy_m": Column("integer", required=True)},
        {"kind": Column("code", required=True, words=PORT_KINDS)},
        {"mode": Column("code", many=True, words=MODES)} | _STATUS,
        {"counterpart": Column("ref", table=("ports",)), "border_with": Column("country", many=True)},
        {"gauge_from_mm": _GAUGE, "gauge_to_mm": _GAUGE, "elevation_m": Column("integer")},
    ),
    "green_lanes": _table(
        {"port": Column("ref", required=True, many=True, table=("ports",)), "opened": Column("date")},  # both sides
    ),
    "airports": _table(
        {"icao": Column("icao", required=True), "iata": _REQUIRED, "iata_later": Column()},
        _NAMES | _COUNTRY | _POSITION | {"city": Column("ref", table=("cities",))},
    ),
    "flights": _table(
        {"origin": Column("icao", required=True), "destination": Column("icao", required=True)},
        {"origin_iata": _REQUIRED, "destination_iata": _REQUIRED, "airline": _NAMED_PARTIES, "since": Column("date")},
        {"stop": Column("icao", many=True), "status": Column("code", required=True, words=STATUSES)},
        {"xian_seven": Column("yes")},
    ),
    "roads": _table(_NAMES | _COUNTRIES | _STATUS),
    "pipelines": _table(
        _NAMES | _COUNTRIES | {"commodity": Column("code", required=True, words=("gas", "oil"))},
        {"parallel_lines": Column("integer")} | _STATUS | _WORKS,
    ),
    "ferries": _table(_NAMES | _COUNTRIES | {"operator": _NAMED_PARTIES} | _STATUS),
    "route_waypoints": _table(
        {"route": Column("ref", required=True, table=ROUTED)},
        {"seq": Column("integer", required=True)},
        _TRANSLATED | _POSITION | _COUNTRIES,
    ),
    "trade": _table(
        {"subject": _REQUIRED, "indicator": Column("word", required=True)} | _FIGURE,
        {"yoy_percent": _NUMBER, "reporter": Column()},
        {"basis": Column("code", required=True, words=("reported", "mirror", "derived", "memory"))},
    ),
    "throughput": _table(
        {"subject": _REQUIRED, "indicator": Column("word", required=True)} | _FIGURE,
        {"yoy_percent": _NUMBER},
    ),
    "caveats": _table(
        {"figure": Column("ref", required=True, table=("trade", "throughput"))},
        _TRANSLATED,
    ),
    "tourism": _table(
        {"kind": Column("code", required=True, words=("train", "visa", "site"))} | _NAMES | _COUNTRIES | _STATUS,
        {"place": Column("ref", table=("cities",)), "along": Column(), "duration_hours": _NUMBER},
        {"heritage_since": Column("date")} | {name: Column("integer") for name in VISA_DAYS},
        {"lon": Column("lon"), "lat": Column("lat")},  # of a sight outside the cities
    ),
    "places": _table(
        {"kind": Column("code", required=True, words=("summit", "school", "speech", "meeting"))},
        _NAMES | _COUNTRY | _POSITION | {"date": Column("period")},
    ),
    "claims": _table(
        {"quote": _REQUIRED, "language": _REQUIRED, "label_en": _REQUIRED, "label_nl": Column()}
        | {"label_zh": Column(), "label_ru": Column(), "value": Column()},
        {"unit": Column(), "period": Column(), "subject": Column(), "place": Column()},
        {"kind": _REQUIRED, "method": Column(), "check": Column(required=True, many=True)},
        {f"remark_{language}": Column() for language in WRITTEN},
    ),
    "corridors": _table(
        _TRANSLATED,
        {"origin": _REQUIRED, "destination": _REQUIRED, "via": Column(many=True)},  # places such as stations/kz-dostyk
        {"modes": Column("code", required=True, many=True, words=ROUTE_MODES)},
        {"avoid": Column("country", many=True)},
        {"include": Column("code", many=True, words=UNFINISHED)},
    ),
    "corridor_figures": _table(
        {"corridor": Column("ref", required=True, table=("corridors",)), "indicator": Column("word", required=True)},
        {"value": Column("number", required=True), "value_to": _NUMBER, "unit": _REQUIRED, "period": Column("period")},
    ),
    "remarks": _table({"feature": Column("feature", required=True)} | _WORDS),
    "unverified": _table(
        {"feature": Column("feature", required=True)},
        {"attributes": Column("code", required=True, many=True, words=UNVERIFIED)},
    ),
    "organisations": _table(_TRANSLATED),
    "identifiers": _table(
        {"feature": Column("feature", required=True)},
        {"scheme": Column("code", required=True, words=IDENTIFIERS), "value": _REQUIRED},
    ),
    "aliases": _table(
        {"feature": _REQUIRED, "alias": _REQUIRED},  # a feature such as cities/kz-almaty
        {"kind": Column("code", required=True, words=("name", "former", "translit"))},
    ),
}
