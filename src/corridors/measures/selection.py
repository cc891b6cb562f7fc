"""The layers as conditions see them: as they were in a year, each with its modes."""

from collections.abc import Mapping

import geopandas as gpd

from corridors.data.facts_in_year import SINCE, is_undated, status_in

MODE = "mode"
MODES: Mapping[str, str] = {
    "rail": "rail",
    "stations": "rail",
    "roads": "road",
    "pipelines": "pipeline",
    "ferries": "sea",
    "flights": "air",
    "airports": "air",
}
"""The mode of each layer that has one mode alone. Ports have a column of modes."""

DATED = ("status", "works_started", "opened", "closed")
"""The columns that the status of a thing in a year depends on."""


def columns_of(layer: str, frame: gpd.GeoDataFrame, *, year: int | None) -> set[str]:
    """The columns that :func:`selectable` gives a layer."""
    return {*map(str, frame.columns), *([MODE] if layer in MODES else []), *([] if year is None else ["status"])}


def selectable(layers: Mapping[str, gpd.GeoDataFrame], *, year: int | None, as_of: str) -> dict[str, gpd.GeoDataFrame]:
    """The layers with a column ``mode``, and with the features that existed at the end of a year, in their status then.

    Before the year of the facts, a column ``undated`` says of which features it is not known whether they existed.

    The lengths are those of today: the best estimate of a line's length does not depend on the year that is asked for.

    Parameters
    ----------
    layers
        The frames by layer. They are not changed.
    year
        The year; None is the day of the facts.
    as_of
        The day of the facts (ISO 8601).
    """
    found = {name: frame if year is None else _in_year(name, frame, year, as_of) for name, frame in layers.items()}
    return {name: frame.assign(mode=MODES[name]) if name in MODES else frame for name, frame in found.items()}


def _in_year(layer: str, frame: gpd.GeoDataFrame, year: int, as_of: str) -> gpd.GeoDataFrame:
    """A layer of a year."""
    dated = {column: column for column in DATED} | {"opened": SINCE.get(layer, "opened")}
    columns = (frame.get(column, [None] * len(frame)) for column in dated.values())
    things = [dict(zip(dated, record, strict=True)) for record in zip(*columns, strict=True)]
    then = [status_in(thing, year, as_of) for thing in things]
    there = [status is not None for status in then]
    found = frame[there].assign(status=[status for status in then if status is not None])
    undated = [is_undated(layer, thing) for thing, here in zip(things, there, strict=True) if here]
    return found.assign(undated=undated) if year < int(as_of[:4]) and any(undated) else found
