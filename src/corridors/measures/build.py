"""Layers and facts to all the measures of the atlas, the numbers that every map and table shows."""

from collections.abc import Iterator, Mapping
from typing import Any

import geopandas as gpd

from corridors.analysis.gateways import Gateway, gateway_measures
from corridors.analysis.measure import Measure, Measures, sources_of
from corridors.analysis.statistics import BY_COUNTRY, METHODS, Split, layer_statistics
from corridors.analysis.trade import trade_measures
from corridors.analysis.travel import flight_measures
from corridors.data.facts import Facts

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
"""By what each layer's statistics are split."""


def build_measures(
    facts: Facts,
    layers: Mapping[str, gpd.GeoDataFrame],
    splits: Mapping[str, Split],
    gateways: Mapping[str, Gateway],
) -> Measures:
    """Measure everything that the maps show.

    Parameters
    ----------
    facts
        The checked fact tables.
    layers
        The layers built from them.
    splits
        Kilometres by country, by layer of lines.
    gateways
        What lies at each port.
    """
    found: list[Measure] = []
    for layer, frame in layers.items():
        split = splits.get(layer)
        found += layer_statistics(layer, frame, split)
        for by in BREAKDOWNS[layer]:
            found += layer_statistics(layer, frame, split, by=by)
    for layer in ("rail", "roads", "pipelines", "ferries"):
        found += _line_measures(layer, layers[layer], splits[layer])
    found += _populations(layers["cities"])
    found += gateway_measures(layers["ports"], gateways)
    found += flight_measures(layers["flights"])
    found += trade_measures(facts)
    return Measures(found)


def _line_measures(layer: str, frame: gpd.GeoDataFrame, split: Split) -> Iterator[Measure]:
    """Measures of each line: lengths, their ratio, kilometres by country."""
    for line in frame.to_dict("records"):
        of = {"feature": f"{layer}/{line['id']}"}
        sources = sources_of([line["source"]])
        yield Measure("measured_km", line["measured_km"], "km", of, METHODS["measured_km"], sources)
        yield Measure("track_km", line["track_km"], "km", of, METHODS["track_km"], sources)
        yield from _official(line, of, sources)
        for country, (_, track) in split.of(line).items():
            if not country:
                continue
            by = of | {"country": country}
            yield Measure("track_km", round(track, 1), "km", by, METHODS["track_km"] + BY_COUNTRY, sources)


def _populations(cities: gpd.GeoDataFrame) -> Iterator[Measure]:
    """Inhabitants of each city, where they are known."""
    for city in cities.to_dict("records"):
        if isinstance(city["population"], int):
            of = {"feature": f"cities/{city['id']}"}
            method = "As GeoNames has it; the reference year differs by city and is not stated"
            yield Measure("population", city["population"], "inhabitants", of, method, sources_of([city["source"]]))


def _official(line: Mapping[str, Any], of: Mapping[str, str], sources: tuple[str, ...]) -> Iterator[Measure]:
    """The stated length of a line and how the drawn one compares, where a source states one."""
    if isinstance(line["official_km"], float):
        method = f"As stated, of the section {line['official_section']}"
        yield Measure("official_km", line["official_km"], "km", of, method, sources)
        method = f"Measured over stated length of the section {line['official_section']}"
        yield Measure("length_ratio", line["length_ratio"], "ratio", of, method, sources)
