"""Ports to their statistics: the lines that meet there, the change of gauge, the nearest city."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from corridors.data.tables import LINE_LAYERS
from corridors.geo.geodesy import direction, distance_km
from corridors.measures.measure import Measure, sources_of

REACH_KM = 10.0
"""A line belongs to a port if it passes within this distance, or within the port's accuracy if that is larger."""

AT_HAND_KM = 0.1
"""Two positions nearer than this are the same place, and have no direction between them."""

DEGREE_KM = 111.2


@dataclass(frozen=True, slots=True)
class Gateway:
    """The surroundings of a port.

    Attributes
    ----------
    lines
        Ids (``layer/id``) of the lines that pass within reach.
    city
        Id of the nearest city of the atlas.
    city_km, city_direction
        Distance from that city in kilometres, and the compass direction from the city to the port. The direction is
        empty if both are the same place.
    """

    lines: tuple[str, ...]
    city: str
    city_km: float
    city_direction: str


def find_gateways(layers: Mapping[str, gpd.GeoDataFrame]) -> dict[str, Gateway]:
    """Find for each port the lines within reach and the nearest city. The keys are port ids."""
    ports, cities = layers["ports"], layers["cities"]
    city_lon, city_lat = cities.geometry.x.to_numpy(), cities.geometry.y.to_numpy()
    lines = [
        (f"{layer}/{name}", shape)
        for layer in LINE_LAYERS
        for name, shape in zip(layers[layer]["id"], layers[layer].geometry, strict=True)
    ]
    shapes = np.array([shape for _, shape in lines], dtype=object)
    tree = shapely.STRtree(shapes)
    gateways = {}
    for port in ports.itertuples():
        lon, lat = port.geometry.x, port.geometry.y
        to_city = distance_km(np.full(len(cities), lon), np.full(len(cities), lat), city_lon, city_lat)
        nearest = int(np.argmin(to_city))
        reach_km = max(REACH_KM, port.accuracy_m / 1000)
        near = tree.query(port.geometry, predicate="dwithin", distance=3 * reach_km / DEGREE_KM)
        within = sorted(lines[index][0] for index in near if _gap_km(port.geometry, shapes[index]) <= reach_km)
        gateways[port.id] = Gateway(
            lines=tuple(within),
            city=str(cities["id"].iloc[nearest]),
            city_km=round(float(to_city[nearest]), 1),
            city_direction=direction((city_lon[nearest], city_lat[nearest]), (lon, lat))
            if to_city[nearest] >= AT_HAND_KM
            else "",
        )
    return gateways


def _gap_km(point: shapely.Point, line: shapely.LineString) -> float:
    """Geodesic distance from a point to a line. Degrees, scaled to the point's latitude, give the nearest point."""
    squeeze = float(np.cos(np.radians(point.y)))
    flat = shapely.transform(line, lambda lonlat: lonlat * [squeeze, 1.0])
    foot = flat.interpolate(flat.project(shapely.Point(point.x * squeeze, point.y)))
    return float(distance_km(*(np.array([value]) for value in (point.x, point.y, foot.x / squeeze, foot.y)))[0])


def gateway_measures(ports: gpd.GeoDataFrame, gateways: Mapping[str, Gateway]) -> Iterator[Measure]:
    """Measures of each port."""
    for port in ports.to_dict("records"):
        gateway = gateways[port["id"]]
        sources = sources_of([port["source"]])
        of = {"feature": f"ports/{port['id']}"}
        method = (
            f"Lines of the atlas that pass within {REACH_KM:.0f} km, or within the port's accuracy where that is more"
        )
        yield Measure("lines", len(gateway.lines), "lines", of, method, sources)
        yield Measure(
            "nearest_city_km",
            gateway.city_km,
            "km",
            of | {"city": gateway.city} | ({"direction": gateway.city_direction} if gateway.city_direction else {}),
            "Geodesic distance (WGS84) to the nearest city of the atlas, and the direction seen from there",
            sources,
        )
