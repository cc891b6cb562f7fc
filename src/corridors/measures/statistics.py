"""A layer to its statistics: features, kilometres, official against measured length, share electrified, by groups.

``measured_km`` is the geodesic length of the drawn geometry. ``track_km`` is the best estimate of the track (see
layers.lengths).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import geopandas as gpd
import pandas as pd
from shapely.geometry.base import BaseGeometry

from corridors.data.tables import Record
from corridors.errors import UsageError
from corridors.geo.countries import NOWHERE
from corridors.geo.overlay import weighted_km_by_country
from corridors.layers.courses import course_of
from corridors.layers.lengths import Hop
from corridors.locales import message
from corridors.measures.catchment import Catchment
from corridors.measures.measure import Measure, sources_of
from corridors.measures.where import COUNTRY, held, names_in

LENGTHS = ("measured_km", "distance_km")
"""Columns of lengths. A layer of lines has one of them."""

COLUMNS: Mapping[str, str] = {"gauge": "gauge_mm"}
"""Words for ``--by`` that are not names of columns."""

SERVED = ("rail", "roads")
"""Layers of lines with stops. Stations are counted of railways, people of both."""

UNKNOWN = "unknown"
METHODS = {
    "features": "Count of the layer's features",
    "measured_km": "Geodesic length (WGS84) along the drawn lines",
    "track_km": (
        "Published length of just the section where one of high or medium confidence is known, "
        "else the length of the railway's tracks where they are known, "
        "else the straight legs times the layer's winding factor"
    ),
    "published_share_percent": "Kilometres (track_km) whose length is published, of all kilometres",
    "on_tracks_percent": "Kilometres as drawn (measured_km) that lie on tracks or roads, of all kilometres",
    "official_km": "Sum of what is published of the lengths of the lines, or of sections of them",
    "length_ratio": "Drawn over published length, of the sections that a length is published of",
    "area_km2": "Geodesic area (WGS84) of the polygons, without their holes",
    "electrified_share_percent": "Kilometres (track_km) of lines electrified throughout, of all kilometres that run",
    "stations": "Count of the stations on the lines",
    "undated_features": "Of the features, those in operation today whose year of opening is not known",
    "undated_km": "Of the kilometres, those of lines in operation today whose year of opening is not known",
    "people_near": "Inhabitants of the cities of the atlas within 50 km of a station or waypoint of the lines",
}
BY_COUNTRY = ", split at Natural Earth's borders (1:50 million)"


INSIDE = "; of each feature the part for which the condition holds"
"""The end of a method if a condition on country selected the parts."""

Kilometres = tuple[float, float, float]
"""Measured, track and published kilometres."""


@dataclass(frozen=True, slots=True)
class Split:
    """Kilometres of each feature by country.

    Attributes
    ----------
    parts
        Kilometres by country, by feature id.
    """

    parts: Mapping[str, Mapping[str, Kilometres]]

    def of(self, feature: Record) -> Mapping[str, Kilometres]:
        """Kilometres of a feature by country."""
        return self.parts.get(feature["id"], {})


@dataclass(frozen=True, slots=True)
class Piece:
    """A feature, or its part in one country."""

    feature: Record
    km: Kilometres | None
    whole: bool = True
    country: str = ""


def has_lengths(frame: gpd.GeoDataFrame) -> bool:
    """Whether a layer has lines."""
    return any(column in frame.columns for column in LENGTHS)


def split_layer(
    layer: str,
    frame: gpd.GeoDataFrame,
    outlines: Mapping[str, BaseGeometry],
    hops: Mapping[str, Sequence[Hop]] = MappingProxyType({}),
) -> Split:
    """Split the lines of a layer among the countries that they cross.

    A flight counts as a whole for the country at its far end. The sea belongs to no country, so a ferry's kilometres
    have the empty code.

    Parameters
    ----------
    hops
        The hops of each line, by ``layer/id``. Their lengths are published or scaled hop by hop.
    """
    parts: dict[str, Mapping[str, Kilometres]] = {}
    for feature in frame.to_dict("records"):
        if not _present(feature["country"]):
            parts[feature["id"]] = {NOWHERE: _whole_km(feature)}
            continue
        countries = feature["country"].split(";")
        if layer == "flights":
            parts[feature["id"]] = {countries[-1]: _whole_km(feature)}
        elif layer == "ferries":
            parts[feature["id"]] = {NOWHERE: _whole_km(feature)}
        elif feature["geometry"].geom_type != "Point":
            legs = hops.get(f"{layer}/{feature['id']}", ())
            lines = course_of(legs).hop_lines if legs else [feature["geometry"]]
            weights = [(1.0, hop.winding, hop.winding * (hop.basis == "published")) for hop in legs] or [
                (1.0, 1.0, 0.0)
            ]
            split = weighted_km_by_country(lines, weights, countries, outlines)
            parts[feature["id"]] = {code: (km[0], km[1], km[2]) for code, km in split.items()}
    return Split(parts)


def layer_statistics(
    layer: str,
    frame: gpd.GeoDataFrame,
    split: Split | None = None,
    *,
    by: str | None = None,
    where: str | None = None,
    catchment: Catchment | None = None,
    features: Sequence[Record] | None = None,
) -> Iterator[Measure]:
    """The statistics of a layer, in total or by the values of one property.

    Parameters
    ----------
    layer
        The layer's name.
    frame
        Its features.
    split
        Kilometres by country, for layers of lines. It is needed if ``by`` or ``where`` uses country.
    by
        ``country``, ``gauge`` or the name of a column. A feature with several values counts for each of them.
        Kilometres by country are split; by other columns, the whole length counts.
    where
        A condition, see :mod:`corridors.measures.where`. A condition on ``country`` selects the part of a line in that
        country.
    catchment
        The stops of lines and the cities near them. Without it, stations and people are not counted.
    features
        The rows of the frame, if the caller has them already.

    Raises
    ------
    UsageError
        If the layer has no such property (the message lists its properties), or the condition cannot be read.
    """
    column = COLUMNS.get(by, by) if by else None
    if column and (column not in frame.columns or column == "geometry"):
        known = sorted({*(name for name in frame.columns if name != "geometry"), *COLUMNS})
        raise UsageError(message("error.layer.property", layer, repr(by), known))
    inside = bool(where) and COUNTRY in names_in(where or "")
    suffix = (BY_COUNTRY if has_lengths(frame) and split is not None else "") + (INSIDE if inside else "")
    features = frame.to_dict("records") if features is None else features
    pieces = list(_pieces(frame, features, split, where, cut=inside or by == COUNTRY))
    if column is None:
        yield from _group_statistics(layer, pieces, {"layer": layer}, suffix)
        yield from _undated(pieces, {"layer": layer})
        yield from _reached(layer, pieces, {"layer": layer}, catchment)
        return
    groups: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        for value in [piece.country] if by == COUNTRY else _values(piece.feature[column]):
            groups[value].append(piece)
    for value in sorted(groups):
        yield from _group_statistics(layer, groups[value], {"layer": layer, str(by): value}, suffix)
        yield from _undated(groups[value], {"layer": layer, str(by): value})
        yield from _reached(layer, groups[value], {"layer": layer, str(by): value}, catchment)


def choose_parts(frame: gpd.GeoDataFrame, split: Split | None, where: str) -> gpd.GeoDataFrame:
    """The features that meet a condition. If a part of a feature meets it, the countries and kilometres of that part.

    Raises
    ------
    UsageError
        If the condition cannot be read.
    """
    countries = held(frame, where)
    chosen = frame[[bool(codes) for codes in countries]].copy()
    for index, codes in zip(chosen.index, [codes for codes in countries if codes], strict=True):
        feature = chosen.loc[index]
        if split is None or len(codes) == len(str(feature["country"]).split(";")):
            continue
        chosen.loc[index, "country"] = ";".join(codes)
        parts = [part for code, part in split.of(feature).items() if code in codes]
        for nth, name in enumerate(("measured_km", "track_km", "published_km")):
            if name in chosen.columns:
                chosen.loc[index, name] = round(sum(part[nth] for part in parts), 1) if parts else pd.NA
        for name in ("official_km", "official_section", "length_ratio"):
            if name in chosen.columns:  # published for the whole line
                chosen.loc[index, name] = None
    return chosen


def _pieces(
    frame: gpd.GeoDataFrame, features: Sequence[Record], split: Split | None, where: str | None, *, cut: bool
) -> Iterator[Piece]:
    """The features that meet a condition, cut at borders or whole."""
    long = has_lengths(frame)
    countries = held(frame, where) if where else [_values(feature["country"]) for feature in features]
    for feature, codes in zip(features, countries, strict=True):
        lined = long and feature["geometry"].geom_type != "Point"
        if not cut:
            if codes:
                yield Piece(feature, _whole_km(feature) if lined else None)
            continue
        parts = split.of(feature) if split is not None else {}
        for code in codes:
            yield Piece(feature, parts.get(NOWHERE if code == UNKNOWN else code), whole=not lined, country=code)


def _group_statistics(layer: str, pieces: Sequence[Piece], by: Mapping[str, str], suffix: str) -> Iterator[Measure]:
    """The statistics of some features of a layer, or of parts of them."""
    features = {piece.feature["id"]: piece.feature for piece in pieces}
    sources = sources_of(feature["source"] for feature in features.values())
    cut = any(not piece.whole for piece in pieces)

    def measure(name: str, value: float, unit: str) -> Measure:
        return Measure(name, value, unit, by, METHODS[name] + (suffix if cut else ""), sources)

    yield Measure("features", len(features), "features", by, METHODS["features"], sources)
    areas = [float(feature["area_km2"]) for feature in features.values() if "area_km2" in feature]
    if areas and by.keys() != {"layer", COUNTRY}:  # areas are not split at borders
        yield measure("area_km2", round(sum(areas), 1), "km2")
    lines = [(piece.feature, piece.km) for piece in pieces if piece.km is not None]
    if not lines:
        return
    yield measure("measured_km", sum_km(km[0] for _, km in lines), "km")
    if "track_km" not in lines[0][0]:
        return
    track = sum(km[1] for _, km in lines)
    yield measure("track_km", sum_km(km[1] for _, km in lines), "km")
    if layer != "ferries" and track:
        yield measure("published_share_percent", round(100 * sum(km[2] for _, km in lines) / track, 1), "percent")
    if "tracks_km" in lines[0][0] and not cut:
        drawn = sum(line["measured_km"] for line, _ in lines)
        on_tracks = sum(line["tracks_km"] for line, _ in lines)
        yield measure("on_tracks_percent", round(100 * on_tracks / drawn, 1), "percent")
    stated = [line for line, _ in lines if _present(line["official_km"])]
    if stated and not cut:  # published lengths are for whole lines, or for sections that cross borders
        whole = sum(line["official_km"] for line in stated)
        yield measure("official_km", round(whole, 1), "km")
        ratio = sum(line["official_km"] * line["length_ratio"] for line in stated) / whole
        yield measure("length_ratio", round(ratio, 3), "ratio")
    running = [(line, km[1]) for line, km in lines if line["status"] == "operational"]
    if layer == "rail" and running:
        electrified = sum(km for line, km in running if line["electrified"] == "yes")
        yield measure(
            "electrified_share_percent", round(100 * electrified / sum(km for _, km in running), 1), "percent"
        )


def _undated(pieces: Sequence[Piece], by: Mapping[str, str]) -> Iterator[Measure]:
    """How much of some features it is not known of whether it existed in the year (see ``selectable``)."""
    unsure = [piece for piece in pieces if piece.feature.get("undated")]
    features = {piece.feature["id"]: piece.feature["source"] for piece in unsure}
    sources = sources_of(features.values())
    if features:
        yield Measure("undated_features", len(features), "features", by, METHODS["undated_features"], sources)
    lines = [piece.km[1] for piece in unsure if piece.km is not None]
    if lines:
        yield Measure("undated_km", sum_km(lines), "km", by, METHODS["undated_km"], sources)


def _reached(
    layer: str, pieces: Sequence[Piece], by: Mapping[str, str], catchment: Catchment | None
) -> Iterator[Measure]:
    """The stations on some lines or parts of them, and the people near their stops."""
    if catchment is None or layer not in SERVED:
        return
    stops = {
        stop
        for piece in pieces
        for stop in catchment.stops_of(f"{layer}/{piece.feature['id']}", None if piece.whole else piece.country)
    }
    sources = sources_of(piece.feature["source"] for piece in pieces)
    if layer == "rail":
        yield Measure("stations", sum(stop.station for stop in stops), "stations", by, METHODS["stations"], sources)
    yield Measure("people_near", catchment.people_near(stops), "people", by, METHODS["people_near"], sources)


def sum_km(kilometres: Iterable[float]) -> float:
    """Kilometres added in whole metres, to a tenth of a kilometre (halves up). ``sumKm`` of the page has this rule."""
    return (sum(metres(km) for km in kilometres) + 50) // 100 / 10


def metres(km: float) -> int:
    """Kilometres in whole metres."""
    return round(km * 1000)


def _values(cell: object) -> list[str]:
    """The values of a cell of several values, or the word for unknown."""
    missing = cell is None or cell is pd.NA or cell != cell  # noqa: PLR0124 - NaN differs from itself
    return [UNKNOWN] if missing else str(cell).split(";")


def _present(value: object) -> bool:
    """Whether a cell has a value."""
    return value is not None and value is not pd.NA


def _whole_km(line: Record) -> Kilometres:
    """Kilometres of a whole line. The length of a flight is its distance."""
    measured = float(line["distance_km"] if "distance_km" in line else line["measured_km"])
    return measured, float(line.get("track_km", measured)), float(line.get("published_km", 0.0))
