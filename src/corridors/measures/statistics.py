"""A layer to its statistics: features, kilometres, official against measured length, share electrified, by anything.

``measured_km`` is geodesic along the drawn geometry, ``track_km`` the best estimate of the track (see layers.lengths).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd
from shapely.geometry.base import BaseGeometry

from corridors.analysis.measure import Measure, sources_of
from corridors.errors import UsageError
from corridors.geo.overlay import km_by_country
from corridors.locales import message

LENGTH_LAYERS = ("rail", "roads", "pipelines", "ferries", "flights", "tourism")
"""Layers whose features have a length."""

COLUMNS: Mapping[str, str] = {"gauge": "gauge_mm"}
"""Words of ``--by`` that are not the name of a column."""

UNKNOWN = "unknown"
METHODS = {
    "features": "Count of the layer's features",
    "measured_km": "Geodesic length (WGS84) along the drawn lines",
    "track_km": "Measured length, scaled by the official one where that is known and plausible (ratio 0.80 to 1.05)",
    "official_km": "Sum of the stated lengths, each once, of whole lines or of the sections that they are stated of",
    "length_ratio": "Measured over stated length, of the sections that a length is stated of, weighted by length",
    "electrified_share_percent": "Kilometres (track_km) of lines electrified throughout, of all kilometres that run",
}
BY_COUNTRY = ", split at Natural Earth's borders (1:50 million)"


@dataclass(frozen=True, slots=True)
class Split:
    """Kilometres of each feature by country.

    Attributes
    ----------
    measured
        Measured kilometres by country, by feature id.
    """

    measured: Mapping[str, Mapping[str, float]]

    def of(self, feature: Mapping[str, Any]) -> Mapping[str, tuple[float, float]]:
        """Measured and track kilometres of a feature by country."""
        parts = self.measured[feature["id"]]
        whole = sum(parts.values())
        scale = _track_km(feature) / whole if whole else 1.0
        return {country: (km, km * scale) for country, km in parts.items()}


def split_layer(layer: str, frame: gpd.GeoDataFrame, outlines: Mapping[str, BaseGeometry]) -> Split:
    """Split the lines of a layer among the countries that they run through.

    Flights are no ground line: the whole distance counts for the country at the far end. The sea is no country's, so a
    ferry's kilometres count for none (the empty code).
    """
    measured = {}
    for feature in frame.to_dict("records"):
        countries = feature["country"].split(";")
        if layer == "flights":
            measured[feature["id"]] = {countries[-1]: float(feature["distance_km"])}
        elif layer == "ferries":
            measured[feature["id"]] = {"": float(feature["measured_km"])}
        elif feature["geometry"].geom_type != "Point":
            measured[feature["id"]] = km_by_country(feature["geometry"], countries, outlines)
    return Split(measured)


def layer_statistics(
    layer: str, frame: gpd.GeoDataFrame, split: Split | None = None, *, by: str | None = None
) -> Iterator[Measure]:
    """The statistics of a layer, in all or by the values of one property.

    Parameters
    ----------
    layer
        The layer's name.
    frame
        Its features.
    split
        Kilometres by country, for layers of lines; needed for ``by="country"``.
    by
        ``country``, ``gauge`` or a column's name. A feature with several values counts for each; kilometres by country
        are split, all others count whole.

    Raises
    ------
    UsageError
        Where the layer has no such property; the message lists those that it has.
    """
    if by is None:
        yield from _group_statistics(layer, frame.to_dict("records"), {"layer": layer})
        return
    column = COLUMNS.get(by, by)
    if column not in frame.columns or column == "geometry":
        known = sorted({*(name for name in frame.columns if name != "geometry"), *COLUMNS})
        raise UsageError(message("error.layer.property", layer, repr(by), known))
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for feature in frame.to_dict("records"):
        cell = feature[column]
        missing = cell is None or cell is pd.NA or cell != cell  # noqa: PLR0124 - NaN differs from itself
        for value in [UNKNOWN] if missing else str(cell).split(";"):
            groups[value].append(feature)
    for value in sorted(groups):
        found = _group_statistics(layer, groups[value], {"layer": layer, by: value})
        if by == "country" and layer in LENGTH_LAYERS and split is not None:
            yield from _country_statistics(found, groups[value], split, value)
        else:
            yield from found


def _country_statistics(
    found: Iterator[Measure], features: Sequence[Mapping[str, Any]], split: Split, country: str
) -> Iterator[Measure]:
    """The same with the kilometres that lie in the country alone."""
    parts = [split.of(feature) for feature in features if feature["id"] in split.measured]
    km = [part[country] for part in parts if country in part]
    for measure in found:
        if measure.name == "features":
            yield measure
        elif measure.name in {"measured_km", "track_km"} and km:  # other lengths are stated of whole lines
            value = round(sum(part[measure.name == "track_km"] for part in km), 1)
            method = METHODS[measure.name] + BY_COUNTRY
            yield Measure(measure.name, value, measure.unit, measure.by, method, measure.sources)


def _group_statistics(layer: str, features: Sequence[Mapping[str, Any]], by: Mapping[str, str]) -> Iterator[Measure]:
    """The statistics of some features of a layer."""
    sources = sources_of(feature["source"] for feature in features)

    def measure(name: str, value: float, unit: str) -> Measure:
        return Measure(name, value, unit, by, METHODS[name], sources)

    yield measure("features", len(features), "features")
    lines = [feature for feature in features if feature["geometry"].geom_type != "Point"]
    if layer not in LENGTH_LAYERS or not lines:
        return
    yield measure("measured_km", round(sum(_measured_km(line) for line in lines), 1), "km")
    if "track_km" not in lines[0]:
        return
    yield measure("track_km", round(sum(_track_km(line) for line in lines), 1), "km")
    stated = [line for line in lines if _present(line["official_km"])]
    if stated:
        # Sections of one railway share one stated length: count it once.
        once = {(line.get("railway", line["id"]), line["official_km"]): line for line in stated}.values()
        whole = sum(line["official_km"] for line in once)
        yield measure("official_km", round(whole, 1), "km")
        ratio = sum(line["official_km"] * line["length_ratio"] for line in once) / whole
        yield measure("length_ratio", round(ratio, 3), "ratio")
    running = [line for line in lines if line["status"] == "operational"]
    if layer == "rail" and running:
        electrified = sum(_track_km(line) for line in running if line["electrified"] == "yes")
        share = 100 * electrified / sum(_track_km(line) for line in running)
        yield measure("electrified_share_percent", round(share, 1), "percent")


def _present(value: object) -> bool:
    """Whether a cell holds a value."""
    return value is not None and value is not pd.NA


def _measured_km(line: Mapping[str, Any]) -> float:
    """Measured kilometres of a line; a flight's are its distance."""
    return float(line["distance_km"] if "distance_km" in line else line["measured_km"])


def _track_km(line: Mapping[str, Any]) -> float:
    """Kilometres of a line's track, or its measured ones where no track is estimated."""
    return float(line["track_km"]) if "track_km" in line else _measured_km(line)
