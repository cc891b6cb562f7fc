"""Layers and facts to all measures of the atlas: the numbers that every map and table shows."""

from collections.abc import Iterator, Mapping
from math import fsum
from types import MappingProxyType

import geopandas as gpd

from corridors.data.facts import Facts
from corridors.data.kinds import Kind
from corridors.data.tables import LINE_LAYERS, Record
from corridors.layers.lengths import BASES
from corridors.layers.winding import Estimates
from corridors.measures.gateways import Gateway, gateway_measures
from corridors.measures.measure import Measure, Measures, sources_of
from corridors.measures.statistics import BY_COUNTRY, METHODS, Split, layer_statistics
from corridors.measures.throughput import throughput_measures
from corridors.measures.trade import trade_measures
from corridors.measures.travel import flight_measures

BREAKDOWNS: Mapping[str, tuple[str, ...]] = {
    "rail": ("country", "gauge", "status", "electrified", "corridor"),
    "roads": ("country", "status"),
    "pipelines": ("country", "status", "commodity"),
    "ferries": ("status",),
    "flights": ("country", "status", "origin"),
    "ports": ("country", "kind", "mode", "status"),
    "stations": ("country", "kind"),
    "cities": ("country",),
    "tourism": ("kind",),
    "places": ("kind",),
    "airports": ("country",),
    "countries": ("group",),
}
"""The columns that divide each layer's statistics into groups."""


SHARES = {
    "published": METHODS["published_share_percent"],
    "tracks": "Kilometres (track_km) that are the length of tracks, of all kilometres",
    "scaled": "Kilometres (track_km) that are straight legs times the layer's winding factor, of all kilometres",
    "unscaled": "Kilometres (track_km) of straight legs, of all kilometres",
}


def build_measures(
    facts: Facts,
    layers: Mapping[str, gpd.GeoDataFrame],
    splits: Mapping[str, Split],
    gateways: Mapping[str, Gateway],
    estimates: Estimates,
    *,
    assumed: Mapping[str, float],
    as_of: str,
    kinds: Mapping[str, Kind] = MappingProxyType({}),
) -> Measures:
    """Compute all measures that the maps show.

    Parameters
    ----------
    facts
        The checked fact tables.
    layers
        The layers built from them.
    splits
        Kilometres by country, by layer of lines.
    gateways
        The gateway of each port.
    estimates
        How the lengths of the lines were estimated.
    assumed
        The assumptions for flight times, by their names in assumptions.toml.
    as_of
        The atlas's date, ISO 8601. If the period of a figure ends later, its method says so.
    kinds
        The declared kinds of layers, by name.
    """
    found: list[Measure] = []
    stated = {row["line"]: sources_of(row["source"]) for row in facts.rows("lengths") if row["preferred"]}
    for layer, frame in layers.items():
        split, features = splits.get(layer), frame.to_dict("records")
        found += layer_statistics(layer, frame, split, features=features)
        for by in ("country", "status", *kinds[layer].stats) if layer in kinds else BREAKDOWNS[layer]:
            found += layer_statistics(layer, frame, split, by=by, features=features)
    for layer in LINE_LAYERS:
        found += _line_measures(layer, layers[layer], splits[layer], estimates, stated)
    found += _windings(estimates)
    found += _populations(layers["cities"])
    found += gateway_measures(layers["ports"], gateways)
    found += flight_measures(layers["flights"], assumed)
    found += trade_measures(facts, as_of)
    found += throughput_measures(facts, as_of)
    found += _breaks(layers["stations"])
    return Measures(found)


def _line_measures(
    layer: str, frame: gpd.GeoDataFrame, split: Split, estimates: Estimates, stated: Mapping[str, tuple[str, ...]]
) -> Iterator[Measure]:
    """Measures of each line: lengths, basis of the lengths, their ratio, kilometres by country.

    ``stated`` has the sources of a line's stated length, by the id of the line or its railway.
    """
    for line in frame.to_dict("records"):
        feature = f"{layer}/{line['id']}"
        of = {"feature": feature}
        own = sources_of([line["source"]])
        hops = estimates.hops[feature]
        sources = tuple(sorted({*own, *(source for hop in hops for source in hop.sources)}))
        yield Measure("measured_km", line["measured_km"], "km", of, METHODS["measured_km"], own)
        yield Measure("track_km", line["track_km"], "km", of, METHODS["track_km"], sources)
        whole = fsum(hop.track_km for hop in hops)
        for basis in BASES:
            km = fsum(hop.track_km for hop in hops if hop.basis == basis)
            if km:
                share = round(100 * km / whole, 1)
                yield Measure(f"{basis}_share_percent", share, "percent", of, SHARES[basis], sources)
        yield from _official(line, of, stated.get(line["id"]) or stated.get(str(line.get("railway"))) or own)
        for country, (_, track, _) in split.of(line).items():
            if not country:
                continue
            by = of | {"country": country}
            yield Measure("track_km", round(track, 1), "km", by, METHODS["track_km"] + BY_COUNTRY, sources)


def _breaks(stations: gpd.GeoDataFrame) -> Iterator[Measure]:
    """How many breaks of gauge there are in each status. One under construction changes no gauge yet."""
    breaks = stations[stations["kind"] == "break_of_gauge"]
    for status, held in breaks.groupby("status"):
        of = {"layer": "stations", "kind": "break_of_gauge", "status": str(status)}
        method = "Stations where lines of both gauges meet, counted"
        yield Measure("features", len(held), "features", of, method, sources_of(held["source"]))


def _windings(estimates: Estimates) -> Iterator[Measure]:
    """The winding factors and their errors."""
    for layer, found in estimates.windings.items():
        of = {"layer": layer}
        method = f"Published over straight kilometres of the layer's {found.lines} lines with published lengths"
        yield Measure("winding_factor", found.factor, "ratio", of, method, found.sources)
        method = (
            f"Root mean square of the relative differences when each of the {found.lines} lines is left out in turn "
            "and foretold by the factor of the others"
        )
        yield Measure("winding_error_percent", found.error_percent, "percent", of, method, found.sources)


def _populations(cities: gpd.GeoDataFrame) -> Iterator[Measure]:
    """Inhabitants of each city, if they are known."""
    for city in cities.to_dict("records"):
        if isinstance(city["population"], int):
            of = {"feature": f"cities/{city['id']}"}
            method = "As GeoNames has it; the reference year differs by city and is not stated"
            yield Measure("population", city["population"], "inhabitants", of, method, sources_of([city["source"]]))


def _official(line: Record, of: Mapping[str, str], sources: tuple[str, ...]) -> Iterator[Measure]:
    """The published length of a line's own sections, and its ratio to the length as drawn."""
    if isinstance(line["official_km"], float):
        method = f"As published, of the section {line['official_section']}"
        yield Measure("official_km", line["official_km"], "km", of, method, sources)
        method = f"Drawn over published length of the section {line['official_section']}"
        yield Measure("length_ratio", line["length_ratio"], "ratio", of, method, sources)
