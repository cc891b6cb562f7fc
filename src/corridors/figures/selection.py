"""What of a map's content a figure shows: the layers that are wanted, and what there is in a year."""

from collections.abc import Mapping, Sequence
from typing import Any

from corridors.errors import UsageError, not_among
from corridors.locales import message

Content = Mapping[str, Any]
Feature = Mapping[str, Any]

YEARS = (1900, 2100)
PAIR_RANK = 2
"""The ends of a pair that a scenario changes are named about as early as large cities."""


def chosen_classes(content: Content, layers: Sequence[str]) -> set[str]:
    """Ids of the classes that are drawn: those of the named layers, or classes, or those that a page starts with.

    Raises
    ------
    UsageError
        Where a name is neither a layer nor a class of the map.
    """
    classes = content["classes"]
    if not layers:
        return {name for name, entry in classes.items() if entry["on"]}
    groups = {group["id"]: group["classes"] for group in content["map"]["groups"]}
    found: set[str] = set()
    for name in layers:
        if name not in groups and name not in classes:
            raise UsageError(not_among("error.figure.layer", name, [*groups, *classes]))
        found |= set(groups.get(name, [name]))
    return found


def check_year(year: int) -> None:
    """Refuse a year that no map can be of."""
    if not YEARS[0] <= year <= YEARS[1]:
        raise UsageError(message("error.figure.year", *(str(one) for one in (year, *YEARS))))


def status_in(feature: Feature, year: int | None, as_of: str) -> str | None:
    """The status of a feature in a year, None where it is not there; as ``statusIn`` of web/assets/filter.js.

    ``as_of`` is the day (ISO 8601) whose state the facts tell of.
    """
    status = str(feature.get("status", "operational"))
    now = int(as_of[:4])
    if year is None or year == now:
        return status
    opened, closed = (_year(feature.get("later") or feature.get("opened")), _year(feature.get("closed")))
    if closed and closed < year:
        return None
    if opened and opened <= year:
        return status if status == "suspended" else "operational"
    if opened and status not in {"planned", "under_construction"}:
        return None
    if not opened and status == "operational":
        return status
    return None if year < now else status


def _year(date: str | None) -> int | None:
    """The year of an ISO 8601 date as precise as known."""
    return int(str(date)[:4]) if date else None


def shown_features(content: Content, layers: Sequence[str], year: int | None) -> list[dict[str, Any]]:
    """The features that a figure draws, each with its status in the year."""
    classes = chosen_classes(content, layers)
    as_of = content["map"]["asOf"]
    first = next(iter(content["map"].get("scenarios", ())), {"id": None})["id"]
    shown: list[dict[str, Any]] = []
    for feature in content["features"]:
        if feature["class"] not in classes or feature.get("scenario", first) != first:
            continue
        status = status_in(feature, year, as_of)
        if status is not None:
            shown.append({"basis": "", "confidence": "", **feature, "status": status})
    ends = {f"cities/{end}" for one in shown if one["kind"] == "pair" for end in one["id"].split("/")[-1].split("~")}
    return [one | {"rank": min(one["rank"], PAIR_RANK)} if one["id"] in ends else one for one in shown]
