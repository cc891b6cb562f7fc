"""Rows checked against other rows: ids that name nothing, and rows that lack what other rows need.

| code | what it finds |
| --- | --- |
| F07 | a cell that names a missing row of another table |
| F08 | a row without a required value: a sight without its city, a train without its route |
| F09 | a length or a trade total that is not above zero |
| F10 | a line that cannot be drawn: fewer than two stops or waypoints |
| F11 | a claim whose check cannot be read |
| F12 | a length with a wrong section, or a section without exactly one preferred length |
| F13 | a feature with two remarks |
| F14 | a wrong identifier (see the module ``identifiers``) |
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from corridors.data.checks import UnreadableCheckError, parse_check
from corridors.data.findings import Finding, row_of
from corridors.data.identifiers import identifier_findings
from corridors.data.tables import TABLE_OF, TABLES, Column, Row
from corridors.locales import Message, message

Tables = Mapping[str, Sequence[Row]]
Lines = Mapping[str, Sequence[int]]
DANGLING = "finding.cell.dangling"
UNNAMED = {"name": "finding.cell.unnamed"}
"""The messages about cells that name a missing row: the usual one, and others by the kind of their column."""

ENDS = ("from_station", "to_station")
"""Columns with both ends of the section that a length is for."""


def check_together(tables: Tables, lines: Lines) -> Iterator[Finding]:
    """List the faults between rows that have no fault by themselves.

    Parameters
    ----------
    tables
        Rows by table name.
    lines
        The line where each row starts in its file, in the same order.
    """
    yield from _references(tables, lines)
    yield from _needs(tables, lines)
    yield from _sections(tables, lines)
    yield from _amounts(tables, lines)
    yield from _drawable(tables, lines)
    yield from _checks(tables, lines)
    yield from _one_remark(tables, lines)
    yield from identifier_findings(tables, lines["identifiers"])


def _references(tables: Tables, lines: Lines) -> Iterator[Finding]:
    """F07: cells that name a missing row of another table."""
    known = {name: {row["id"] for row in rows} for name, rows in tables.items()}
    names = {name: {row.get("name_en") for row in rows} for name, rows in tables.items()}
    icao = {"airports": {row["icao"] for row in tables["airports"]}}
    named = {"ref": known, "feature": known, "name": names, "icao": icao}
    routes = known["roads"] | known["pipelines"] | known["ferries"]
    drawn = known["rail_lines"] | {row["railway"] for row in tables["rail_lines"]} | routes
    for name, rows in tables.items():
        columns = [(key, one) for key, one in TABLES[name].columns.items() if one.kind in named and key != "icao"]
        for row, line in zip(rows, lines[name], strict=True):
            for key, column in columns:
                cell = row[key]
                for value in cell if column.many else [cell] if cell else []:
                    if without := _without(value, column, named[column.kind]):
                        files = [f"{table}.csv" for table in without]
                        yield _dangling(f"{name}.csv", line, key, value, files, UNNAMED.get(column.kind, DANGLING))
            if name == "lengths" and row["line"] not in drawn:
                yield _dangling("lengths.csv", line, "line", row["line"], ["rail_lines.csv, roads.csv, pipelines.csv"])


def _without(value: str, column: Column, named: Mapping[str, AbstractSet[str]]) -> Sequence[str]:
    """The tables that lack what a cell names, or nothing if one of them has it."""
    if column.kind == "feature":
        return () if _is_feature(value, named) else (_table_of(value),)
    tables = column.table or tuple(named)
    return () if any(value in named[table] for table in tables) else tables


def _table_of(feature: str) -> str:
    """The table of a feature, which is ``layer/id``."""
    layer = feature.partition("/")[0]
    return TABLE_OF.get(layer, layer)


def _is_feature(feature: str, known: Mapping[str, AbstractSet[str]]) -> bool:
    """Whether there is such a feature. An unknown layer is found with the cell."""
    table = _table_of(feature)
    return table not in known or feature.partition("/")[2] in known[table]


def _dangling(file: str, line: int, column: str, value: str, files: Sequence[str], key: str = DANGLING) -> Finding:
    """The finding of a cell that names a missing row."""
    named: Message | str = files[0]
    for other in files[1:]:
        named = message("finding.or", named, other)
    what = message(key, repr(value), named)
    return Finding("F07", file, row_of(line), column, what, message("remedy.row", files[0]))


def _needs(tables: Tables, lines: Lines) -> Iterator[Finding]:
    """F08: sights need a city or a position, and trains need a route along existing lines and stations."""
    stops: dict[str, set[str]] = {}
    for stop in tables["rail_stops"]:
        stops.setdefault(stop["line"], set()).add(stop["station"])
    for row, line in zip(tables["tourism"], lines["tourism"], strict=True):
        where = row_of(line)
        if row["kind"] == "site" and not row["place"] and None in (row["lon"], row["lat"]):
            yield Finding("F08", "tourism.csv", where, "place", message("finding.sight"), message("remedy.city"))
        if row["kind"] == "train":
            fault = _way_fault(row["along"], stops)
            if fault:
                yield Finding("F08", "tourism.csv", where, "along", fault, message("remedy.way"))


def _way_fault(along: str | None, stops: Mapping[str, set[str]]) -> Message | None:
    """The fault in the route of a train."""
    if not along:
        return message("finding.train")
    for part in along.split(";"):
        line, _, ends = part.strip().partition(":")
        if line not in stops:
            return message("finding.no_line", repr(line))
        if ends:
            wrong = [end.strip() for end in ends.partition(">")[::2] if end.strip() not in stops[line]]
            if wrong:
                return message("finding.no_stop", repr(wrong[0]), line)
    return None


def _sections(tables: Tables, lines: Lines) -> Iterator[Finding]:
    """F12: each length names its section, and each section with usable lengths has exactly one preferred length."""
    stops: dict[str, set[str]] = defaultdict(set)
    railway = {row["id"]: row["railway"] for row in tables["rail_lines"]}
    for table, of, stop in (("rail_stops", "line", "station"), ("route_waypoints", "route", "id")):
        for row in tables[table]:
            for name in (row[of], railway.get(row[of])):
                stops[str(name)].add(row[stop])
    preferred: dict[tuple[str, ...], int] = defaultdict(int)
    usable: dict[tuple[str, ...], int] = {}
    for row, line in zip(tables["lengths"], lines["lengths"], strict=True):
        if fault := _section_fault(row, stops[str(row["line"])]):
            yield Finding("F12", "lengths.csv", row_of(line), *fault)
        elif row["section"] != "other" and row["confidence"] != "low":
            section = (str(row["line"]), *sorted(row[end] or "" for end in ENDS))
            usable.setdefault(section, line)
            preferred[section] += bool(row["preferred"])
    for section, first in usable.items():
        if preferred[section] != 1:
            what = message("finding.preferred", section[0], str(preferred[section]))
            yield Finding("F12", "lengths.csv", row_of(first), "preferred", what, message("remedy.preferred"))


def _section_fault(row: Row, stops: AbstractSet[str]) -> tuple[str, Message, Message] | None:
    """The fault in the section of a length: the column, the message, and the remedy."""
    ends = [row[end] for end in ENDS]
    if row["section"] == "part":
        if not all(ends):
            return "section", message("finding.section.ends"), message("remedy.section.ends")
        for end, stop in zip(ENDS, ends, strict=True):
            if stop not in stops:
                return end, message("finding.no_stop", repr(stop), row["line"]), message("remedy.section.other")
    elif any(ends):
        return "section", message("finding.section.ends"), message("remedy.section.ends")
    if row["section"] == "other" and not row["note"]:
        return "note", message("finding.section.note"), message("remedy.section.note")
    if row["preferred"] and (row["section"] == "other" or row["confidence"] == "low"):
        return "preferred", message("finding.preferred.unfit"), message("remedy.preferred.unfit")
    return None


def _amounts(tables: Tables, lines: Lines) -> Iterator[Finding]:
    """F09: divisors must be above zero."""
    for row, line in zip(tables["lengths"], lines["lengths"], strict=True):
        if row["length_km"] is not None and row["length_km"] <= 0:
            what = message("finding.length", f"{row['length_km']:g}")
            yield Finding("F09", "lengths.csv", row_of(line), "length_km", what, message("remedy.length"))
    for row, line in zip(tables["trade"], lines["trade"], strict=True):
        if row["indicator"] == "trade_total" and (row["value"] is None or row["value"] <= 0):
            yield Finding("F09", "trade.csv", row_of(line), "value", message("finding.trade"), message("remedy.value"))


def _drawable(tables: Tables, lines: Lines) -> Iterator[Finding]:
    """F10: a line needs at least two points."""
    stops = Counter(row["line"] for row in tables["rail_stops"])
    points = Counter(row["route"] for row in tables["route_waypoints"])
    for table, counted, file in (
        ("rail_lines", stops, "rail_stops.csv"),
        ("roads", points, "route_waypoints.csv"),
        ("pipelines", points, "route_waypoints.csv"),
        ("ferries", points, "route_waypoints.csv"),
    ):
        for row, line in zip(tables[table], lines[table], strict=True):
            if counted[row["id"]] < 2:  # noqa: PLR2004 - a line has two ends
                what = message("finding.points", row["id"], str(counted[row["id"]]), file)
                yield Finding("F10", f"{table}.csv", row_of(line), "id", what, message("remedy.points", file))


def _checks(tables: Tables, lines: Lines) -> Iterator[Finding]:
    """F11: the check of a claim is written as the module ``checks`` says."""
    sources = {row["id"] for row in tables["sources"]}
    for row, line in zip(tables["claims"], lines["claims"], strict=True):
        for text in row["check"]:
            try:
                check = parse_check(text)
            except UnreadableCheckError as error:
                yield Finding("F11", "claims.csv", row_of(line), "check", error.message, error.remedy)
                continue
            for source in check.words[1:] if check.verb == "reported" else ():
                if source not in sources:
                    yield _dangling("claims.csv", line, "check", source, ["sources.csv"])


def _one_remark(tables: Tables, lines: Lines) -> Iterator[Finding]:
    """F13: one row says all about a feature, because its card shows one."""
    for name in ("remarks", "unverified"):
        first: dict[str, int] = {}
        for row, line in zip(tables[name], lines[name], strict=True):
            earlier = first.setdefault(row["feature"], line)
            if row["feature"] is not None and earlier != line:
                what = message("finding.remark.twice", repr(row["feature"]), str(earlier))
                yield Finding("F13", f"{name}.csv", row_of(line), "feature", what, message("remedy.remark.twice"))
