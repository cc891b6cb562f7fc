"""All facts to all layers."""

from collections.abc import Mapping, Sequence

import geopandas as gpd
from shapely.geometry.base import BaseGeometry

from corridors.data.facts import Facts
from corridors.data.schema import check_layer
from corridors.data.tables import IDENTIFIERS
from corridors.layers import lines, points
from corridors.layers.columns import EXTRA, NOTES, identifiers, layer_frame, remarks
from corridors.layers.countries import country_rows
from corridors.layers.flights import flight_rows
from corridors.layers.lengths import Hop
from corridors.layers.tourism import tourism_rows


def build_layers(
    facts: Facts, outlines: Mapping[str, BaseGeometry], hops: Mapping[str, Sequence[Hop]]
) -> Mapping[str, gpd.GeoDataFrame]:
    """Turn checked facts into layers.

    Parameters
    ----------
    facts
        The checked fact tables.
    outlines
        Country polygons by alpha-3 code, EPSG:4326.
    hops
        The estimated hops of each line, by ``layer/id`` (see winding.estimate_lengths).

    Returns
    -------
    Mapping
        A frame per layer, EPSG:4326, longitude first, sorted by id, each checked against its schema.

    Raises
    ------
    InputError
        If a layer does not match its schema.
    """
    rows = {
        "countries": country_rows(facts, outlines),
        "cities": points.city_rows(facts),
        "stations": points.station_rows(facts),
        "ports": points.port_rows(facts),
        "airports": points.airport_rows(facts),
        "rail": lines.rail_rows(facts, hops),
        "roads": lines.route_rows(facts, "roads", hops),
        "pipelines": lines.route_rows(facts, "pipelines", hops),
        "ferries": lines.route_rows(facts, "ferries", hops),
        "flights": flight_rows(facts),
        "tourism": tourism_rows(facts, hops),
        "places": points.place_rows(facts),
    }
    said, coded = remarks(facts), identifiers(facts)
    about = {feature: {**said.get(feature, {}), **coded.get(feature, {})} for feature in said.keys() | coded.keys()}
    return {
        name: check_layer(
            name,
            layer_frame(
                [*EXTRA[name], *NOTES, *IDENTIFIERS],
                [row | about.get(f"{name}/{row['id']}", {}) for row in found],
            ),
        )
        for name, found in rows.items()
    }
