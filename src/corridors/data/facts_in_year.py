"""The facts of another year: things that did not exist then are left out, and the others have their status of then.

A thing without dates counts as existing, if it is in operation. Since it is not known whether it existed then, figures
of an earlier year also tell how much of them that is. From the start of its works to its opening a thing is under
construction.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from corridors.data.facts import Facts
from corridors.data.tables import ROUTED, UNFINISHED, Row

SINCE = {"flights": "since", "places": "date"}
"""The column with the date since which a fact holds, if it is not ``opened``."""

DATED = ("rail_lines", "ports", "green_lanes", *ROUTED, "flights", "tourism", "places")
"""Tables of things that open and close."""

OPENING = ("rail", "stations", "ports", *ROUTED, "flights", "airports")
"""Layers of what opens on a day. Cities and sights do not."""

FIGURES = ("trade", "throughput")


def status_in(thing: Row, year: int | None, as_of: str) -> str | None:
    """The status of a thing in a year; None if it does not exist then. ``statusIn`` of the page has the same rule.

    Parameters
    ----------
    thing
        With its ``status`` on the day of the facts, and ``works_started``, ``opened`` and ``closed`` (ISO 8601) where
        they are known.
    year
        The year; None is the day of the facts.
    as_of
        The day of the facts (ISO 8601).
    """
    status = str(thing.get("status") or "operational")
    if year is None or year == int(as_of[:4]):
        return status
    opened, closed = _year(thing.get("opened")), _year(thing.get("closed"))
    if closed and closed < year:
        return None
    if opened and opened <= year:
        return status if status == "suspended" else "operational"
    if not opened and status == "operational":
        return status
    return _unopened_in(thing, status, year, int(as_of[:4]))


def is_undated(layer: str, thing: Row) -> bool:
    """Whether a thing is in operation, and opened on a day that is not known: ``opened``, of whatever column it is."""
    return layer in OPENING and thing.get("status") == "operational" and not thing.get("opened")


def _unopened_in(thing: Row, status: str, year: int, now: int) -> str | None:
    """The status in a year before the opening: none, or that of the works."""
    started, opened = _year(thing.get("works_started")), _year(thing.get("opened"))
    if started and started <= year and (opened or status == "under_construction"):
        return "under_construction"
    if opened and status not in UNFINISHED:
        return None
    return None if year < now else status


def _year(date: str | None) -> int | None:
    """The year of an ISO 8601 date as precise as known."""
    return int(str(date)[:4]) if date else None


def facts_in(facts: Facts, year: int, as_of: str) -> Facts:
    """The facts of a year: the things that existed, with their status then, and no figures of later years.

    Parameters
    ----------
    facts
        The facts of the day ``as_of`` (ISO 8601).
    year
        The year; the year of ``as_of`` gives the facts unchanged.
    """
    if year == int(as_of[:4]):
        return facts
    tables: dict[str, Sequence[Row]] = dict(facts.tables)
    for table in DATED:
        column = SINCE.get(table, "opened")
        then = [(row, status_in({**row, "opened": row[column]}, year, as_of)) for row in tables[table]]
        tables[table] = [_in_status(row, status) for row, status in then if status is not None]
    _drop_with(tables, "rail_stops", "line", "rail_lines")
    running = {row["station"] for row in tables["rail_stops"]}
    served = {row["station"] for row in facts.rows("rail_stops")}
    _keep(tables, "stations", lambda row: row["id"] in running or row["id"] not in served)
    routes = {row["id"] for table in ROUTED for row in tables[table]}
    _keep(tables, "route_waypoints", lambda row: row["route"] in routes)
    lines = {row["id"] for row in tables["rail_lines"]}
    _keep(tables, "tourism", lambda row: all(part.partition(":")[0].strip() in lines for part in _ways(row)))
    ports = {row["id"] for row in tables["ports"]}
    tables["ports"] = [row if row["counterpart"] in ports else {**row, "counterpart": None} for row in tables["ports"]]
    there = {f"{table}/{row['id']}" for table, rows in tables.items() for row in rows}
    _keep(tables, "aliases", lambda row: row["feature"] in there or row["feature"].partition("/")[0] == "rail")
    if year < int(as_of[:4]):
        for table in FIGURES:
            _keep(tables, table, lambda row: int(row["period"].rpartition("/")[2][:4]) <= year)
    return replace(facts, tables=tables, year=year)


def _in_status(row: Row, status: str) -> Row:
    """A row with another status. A row without a status stays as it is."""
    return {**row, "status": status} if "status" in row and row["status"] != status else row


def _ways(row: Row) -> Sequence[str]:
    """The lines that a train runs along."""
    return row["along"].split(";") if row["along"] else ()


def _keep(tables: dict[str, Sequence[Row]], table: str, wanted: Callable[[Row], bool]) -> None:
    """Keep only the wanted rows of a table."""
    tables[table] = [row for row in tables[table] if wanted(row)]


def _drop_with(tables: dict[str, Sequence[Row]], table: str, column: str, other: str) -> None:
    """Drop the rows whose ``column`` names a missing row of the other table."""
    there = {row["id"] for row in tables[other]}
    _keep(tables, table, lambda row: row[column] in there)
