"""The facets of a map: what its features can be filtered by, with the column of each in conditions on layers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corridors.content.facet_types import Catchment, Filter, Words
from corridors.content.page_types import ClassEntry, Feature, Group
from corridors.content.style import StyleClass
from corridors.data.declared_values import no_such, use_one_of
from corridors.data.maps import MapEntry
from corridors.data.tables import CONFIDENCES, GAUGES_MM, STATUSES, Record
from corridors.locales import translations
from corridors.measures import catchment
from corridors.measures.selection import MODE, MODES
from corridors.measures.statistics import COLUMNS, UNKNOWN
from corridors.measures.where import MOST_VALUES


@dataclass(frozen=True, slots=True)
class Facet:
    """A property that features can be filtered by.

    Attributes
    ----------
    column
        The column of layers, as conditions name it.
    values
        Its vocabulary in the order of the legend. Without one, the most frequent value comes first.
    many
        Whether a feature may have several values.
    """

    column: str
    values: tuple[str, ...] = ()
    many: bool = False


FACETS: Mapping[str, Facet] = {
    "status": Facet("status", STATUSES),
    "country": Facet("country"),
    "gauge": Facet("gauge_mm", tuple(map(str, GAUGES_MM))),
    "electrified": Facet("electrified", ("yes", "partly", "no", UNKNOWN)),
    "mode": Facet(MODE, ("rail", "road", "sea", "river", "air", "pipeline"), many=True),
    "corridor": Facet("corridor", many=True),
    "operator": Facet("operator", many=True),
    "confidence": Facet("confidence", CONFIDENCES),
    "basis": Facet("geometry_basis"),
}
"""The facets by the name that a map declares, which is the property of the page's features too."""

DRAWN = ("electrified",)
"""Facets whose values lines show only on a map that declares the facet: there, a hollow line is not electrified."""


def facet_values(layer: str, feature: Record) -> Feature:
    """The values of a feature for facets, as far as the page does not have them otherwise."""
    found: Feature = {}
    if layer == "rail":
        found["gauge"] = str(feature["gauge_mm"])
    if modes := _several(MODES.get(layer) or feature.get(MODE)):
        found["mode"] = modes
    if operators := _several(feature.get("operator")):
        found["operator"] = operators
    if corridors := _several(feature.get("corridor")):
        found["corridor"] = corridors
    return found


def _several(cell: object) -> list[str]:
    """The values of a cell."""
    return cell.split(";") if isinstance(cell, str) else []


def facet_filters(
    entry: MapEntry, features: Sequence[Feature], organisations: Mapping[str, Mapping[str, str]]
) -> Iterator[Filter]:
    """The filters of a map: the values of each facet that occur.

    The declared facets come first. Then come all others in which features of the map differ.
    """
    for nth, name in enumerate(entry.filters):
        if name not in FACETS:
            raise entry.fault(("filters", nth), no_such(name), use_one_of(name, FACETS))
    for name in dict.fromkeys([*entry.filters, *FACETS]):
        facet, counted = FACETS[name], _counted(name, features)
        if name not in entry.filters and len(counted) < 2:  # noqa: PLR2004 - one value is no choice
            continue
        values = [value for value in facet.values if value in counted]
        values += sorted(counted.keys() - {*values}, key=lambda value: (-counted[value], value))
        found: Filter = {"property": name, "values": values, "column": facet.column, "open": name == "status"}
        if facet.many:
            found["many"] = True
        if name in DRAWN and name in entry.filters:
            found["drawn"] = True
        if names := _names(name, values, organisations):
            found["names"] = names
        yield found


def _counted(name: str, features: Sequence[Feature]) -> dict[str, int]:
    """How many features have each value of a facet."""
    counted: dict[str, int] = {}
    for feature in features:
        given = feature.get(name)
        for value in given if isinstance(given, list) else [given]:
            if isinstance(value, str) and value:
                counted[value] = counted.get(value, 0) + 1
    return counted


def _names(name: str, values: Sequence[str], organisations: Mapping[str, Mapping[str, str]]) -> list[Words]:
    """The names of values that are no messages of the page."""
    if name == "gauge":
        return [translations(f"class.rail.{value}") for value in values]
    return [organisations.get(value, {"en": value}) for value in values] if name == "operator" else []


class Condition(NamedTuple):
    """The conditions of the classes of a group.

    Attributes
    ----------
    column
        The column whose values give the classes.
    values
        The values of each class, by its id; empty if there is one class for all features.
    whole
        Whether all features of the layer have a class.
    """

    column: str
    values: Mapping[str, list[str | int]]
    whole: bool


def class_values(by: str, classes: Sequence[StyleClass], features: Sequence[Record]) -> Condition | None:
    """The conditions of the classes of a group.

    Returns
    -------
    Condition or None
        None if the values of a column do not tell the classes apart: no condition gives the features of a class.
    """
    column = COLUMNS.get(by, by)
    found: dict[str, list[str | int]] = {each.id: [] for each in classes}
    whole = True
    for feature in features:
        held = next((each.id for each in classes if each.holds(feature)), None)
        value = feature.get(column)
        if held is None:
            whole = False
        elif not isinstance(value, str | int):
            if len(classes) > 1:
                return None
        elif value not in found[held]:
            found[held].append(value)
    if len(classes) == 1 and whole:
        return Condition(column, {}, whole)
    every = [value for values in found.values() for value in values]
    if len({*every}) < len(every) or max(map(len, found.values())) > MOST_VALUES:
        return None
    return Condition(column, found, whole)


def group_condition(condition: Condition | None) -> Group:
    """What a group of the legend tells of the conditions of its classes."""
    return {"column": condition.column, "whole": condition.whole} if condition else {}


def class_condition(name: str, condition: Condition | None) -> ClassEntry:
    """What a class tells of its condition."""
    return {"values": condition.values[name]} if condition and name in condition.values else {}


def serve(features: Sequence[Feature], reach: catchment.Catchment) -> Catchment | None:
    """Give each feature the indices of its stops, and return these stops with the people near them."""
    served = {feature["id"]: reach.stops_of(feature["id"]) for feature in features if feature["id"] in reach.stops}
    stops = sorted({stop for own in served.values() for stop in own})
    cities = sorted({city for stop in stops for city in reach.near[stop.id]})
    places, numbers = ({one: nth for nth, one in enumerate(many)} for many in (stops, cities))
    for feature in features:
        if own := served.get(feature["id"]):
            feature["serves"] = sorted(places[stop] for stop in own)
    return (
        {
            "country": [";".join(stop.countries) for stop in stops],
            "station": [int(stop.station) for stop in stops],
            "near": [[numbers[city] for city in reach.near[stop.id]] for stop in stops],
            "people": [reach.people[city] for city in cities],
        }
        if stops
        else None
    )
