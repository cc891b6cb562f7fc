"""Corridors side by side: each as a route over the network, with what it passes and with published figures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TypedDict

import geopandas as gpd
import numpy as np
import pandas as pd

from corridors.data.facts import Facts
from corridors.data.tables import USUAL_MODES, Row
from corridors.errors import UsageError, not_among
from corridors.geo.geodesy import distance_km
from corridors.layers.lengths import usable
from corridors.locales import message
from corridors.measures.catchment import CATCHMENT_KM
from corridors.network.assumptions import Assumptions
from corridors.network.gazetteer import Gazetteer
from corridors.network.graph import Edge, Network
from corridors.network.route import Route
from corridors.network.routing import Request, each_once, find_routes

MISFIT_PERCENT = 12.0
"""A computed length that differs by more from a published one is reported."""


class WeakestLink(TypedDict):
    """The weakest link of a corridor: its line, kilometres, tracks and electrification."""

    line: str
    length_km: float
    tracks: str
    electrified: str


@dataclass(frozen=True, slots=True)
class Published:
    """A published figure of a corridor.

    Attributes
    ----------
    value, value_to
        The figure, or both ends of a range.
    differs_percent
        By how much the computed length differs from the figure (from the nearer end of a range). None for other
        indicators, and for a figure that is not independent.
    note
        What the figure measures, by language.
    independent
        False if a line of the route is scaled by this same figure. The computed length then equals it by construction.
    """

    indicator: str
    value: float
    value_to: float | None
    unit: str
    period: str | None
    sources: Sequence[str]
    differs_percent: float | None
    note: Mapping[str, str] | None = None
    independent: bool = True

    def as_dict(self) -> dict[str, object]:
        """The figure under stable names."""
        return {
            "indicator": self.indicator,
            "value": self.value,
            "value_to": self.value_to,
            "unit": self.unit,
            "period": self.period,
            "differs_percent": self.differs_percent,
            "independent": self.independent,
            "sources": list(self.sources),
            "note": self.note["en"] if self.note else None,
        }


@dataclass(frozen=True, slots=True, repr=False)
class Corridor:
    """A corridor, as the network gives it.

    Attributes
    ----------
    id, name
        The id of its row in corridors.csv, and its name in English.
    route
        The route through its places.
    double_percent, electrified_percent
        Share of its rail kilometres on double track, and with electrification. Only kilometres whose state is known
        count. None if there are none.
    weakest
        Its weakest link: the longest stretch of single track that is not electrified, as line and kilometres, or None.
    cities, people
        Cities of the atlas within 50 km of its stations and waypoints, and their inhabitants.
    published
        The figures that sources publish.
    places
        For a user's own route: the places that it was asked to pass, by feature and English name. Otherwise empty.
    """

    id: str
    name: str
    route: Route
    double_percent: float | None
    electrified_percent: float | None
    weakest: WeakestLink | None
    cities: Sequence[str]
    people: int
    published: Sequence[Published]
    places: Sequence[tuple[str, str]] = ()

    def __repr__(self) -> str:
        """Its id, length and days."""
        return f"<Corridor {self.id}: {self.route.length_km:,.0f} km, about {self.route.days:.1f} days>"

    def as_dict(self) -> dict[str, object]:
        """The corridor under the stable names of ``corridors compare --format json``."""
        route = self.route
        return {
            "id": self.id,
            "name": self.name,
            "from": route.start,
            "to": route.end,
            "length_km": route.length_km,
            "measured_km": route.measured_km,
            "days": round(route.days, 1),
            "countries": dict(route.countries),
            "borders": len(route.borders),
            "gauge_breaks": len(route.gauge_breaks),
            "km_by_mode": dict(route.km_by_mode),
            "km_by_basis": dict(route.km_by_basis),
            "double_percent": self.double_percent,
            "electrified_percent": self.electrified_percent,
            "weakest": dict(self.weakest) if self.weakest else None,
            "cities": list(self.cities),
            "people": self.people,
            "circuity": route.circuity,
            "published": [one.as_dict() for one in self.published],
            "sources": list(route.sources),
            "assumptions": dict(route.assumptions),
        }


@dataclass(frozen=True, slots=True, repr=False)
class Comparison:
    """Several corridors side by side."""

    corridors: Sequence[Corridor]

    def __repr__(self) -> str:
        """Which corridors, by id."""
        return f"<Comparison of {', '.join(corridor.id for corridor in self.corridors)}>"

    def as_dict(self) -> dict[str, object]:
        """All corridors under stable names."""
        return {"corridors": [corridor.as_dict() for corridor in self.corridors]}

    def to_frame(self) -> pd.DataFrame:
        """One row per corridor, with what can be compared as a number."""
        names = ("id", "name", "length_km", "days", "borders", "gauge_breaks", "double_percent", "electrified_percent")
        plain = [one.as_dict() for one in self.corridors]
        return pd.DataFrame([{name: one[name] for name in (*names, "people")} for one in plain])

    def to_geojson(self) -> gpd.GeoDataFrame:
        """The legs of all corridors as lines, EPSG:4326."""
        frames = [
            corridor.route.to_geojson().assign(
                corridor=corridor.id, id=lambda legs, own=corridor.id: own + "-" + legs["id"]
            )
            for corridor in self.corridors
        ]
        return gpd.GeoDataFrame(pd.concat(frames, ignore_index=True), crs="EPSG:4326")

    def _repr_html_(self) -> str:
        """The comparison as notebooks show it; data is escaped."""
        frame = self.to_frame()
        head = "".join(f"<th>{escape(str(name))}</th>" for name in frame.columns)
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(str(value))}</td>" for value in row) + "</tr>" for row in frame.to_numpy()
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


STEP = ">"
"""Separates the places of a user's own route."""


def compare(
    network: Network,
    gazetteer: Gazetteer,
    facts: Facts,
    assumptions: Assumptions,
    names: Sequence[str] = (),
    *,
    modes: Sequence[str] = USUAL_MODES,
) -> Comparison:
    """Compute corridors of ``corridors.csv`` (the named ones or all), and users' own routes.

    Parameters
    ----------
    names
        Ids of corridors, and own routes as ``Xi'an > Khorgos > Tashkent``. Each is computed once, in this order.
    modes
        The modes that own routes may use; transfers are always allowed.

    Raises
    ------
    UsageError
        If a name or a place is unknown, an own route has fewer than two places or the same place twice, or a corridor
        has no route through the network.
    """
    known = facts.by_id("corridors")
    for name in names:
        if STEP not in name and name not in known:
            raise UsageError(not_among("error.corridor", name, known))
    rows = [known.get(name) or _own_row(name, modes) for name in dict.fromkeys(names)] if names else known.values()
    found = {one.id: one for one in (_corridor(row, network, gazetteer, facts, assumptions) for row in rows)}
    return Comparison(list(found.values()))


def _own_row(text: str, modes: Sequence[str]) -> Row:
    """A user's own route as a row of ``corridors.csv``, without an id."""
    origin, *via = (part.strip() for part in text.split(STEP))
    if not via or not all((origin, *via)):
        raise UsageError(message("error.compare.way", repr(text)))
    ends = {"origin": origin, "via": via[:-1], "destination": via[-1]}
    return {"id": "", **ends, "modes": modes, "avoid": (), "include": ()}


def _corridor(row: Row, network: Network, gazetteer: Gazetteer, facts: Facts, assumptions: Assumptions) -> Corridor:
    """One corridor."""
    places = [gazetteer.find(name) for name in (row["origin"], *row["via"], row["destination"])]
    own = [] if row["id"] else [(place.feature, place.name) for place in places]
    if own:
        each_once(places)
    request = Request(
        places=places,
        modes=row["modes"],
        avoid=row["avoid"],
        include=row["include"],
    )
    route = find_routes(network, facts, request, assumptions)[0]
    edges = [network.by_id[name] for name in route.edges]
    rail = [edge for edge in edges if edge.mode == "rail" and edge.kind == "leg"]
    cities = _cities(network, edges)
    lines = {edge.line.partition("/")[2] for edge in edges}
    scaling = [stated for stated in usable(facts.rows("lengths")) if stated["line"] in lines]
    people = {f"cities/{city['id']}": city["population"] or 0 for city in facts.rows("cities")}
    said = facts.remarks()
    return Corridor(
        id=row["id"] or "--".join(feature.partition("/")[2] for feature, _ in own),
        name=" – ".join(name for _, name in own) or row["name_en"],
        route=route,
        double_percent=_share(rail, lambda edge: edge.tracks, "double"),
        electrified_percent=_share(rail, lambda edge: edge.electrified, "yes"),
        weakest=_weakest(rail),
        cities=cities,
        people=sum(people[city] for city in cities),
        published=[
            _published(figure, route, scaling, said.get(f"corridor_figures/{figure['id']}"))
            for figure in facts.rows("corridor_figures")
            if figure["corridor"] == row["id"]
        ],
        places=own,
    )


def _share(edges: Sequence[Edge], state: Callable[[Edge], str | None], wanted: str) -> float | None:
    """Percent of kilometres in the wanted state, among the kilometres whose state is known."""
    known = [edge for edge in edges if state(edge) is not None]
    whole = sum(edge.track_km for edge in known)
    return round(100 * sum(edge.track_km for edge in known if state(edge) == wanted) / whole, 1) if whole else None


def _weakest(edges: Sequence[Edge]) -> WeakestLink | None:
    """The line with the longest single-track, unelectrified stretch of the route."""
    lengths: dict[str, float] = {}
    for edge in edges:
        if edge.tracks == "single" and edge.electrified == "no":
            lengths[edge.line] = lengths.get(edge.line, 0.0) + edge.track_km
    if not lengths:
        return None
    line = max(lengths, key=lambda name: (lengths[name], name))
    return {"line": line, "length_km": round(lengths[line], 1), "tracks": "single", "electrified": "no"}


def _cities(network: Network, edges: Sequence[Edge]) -> list[str]:
    """Cities within reach of the stations and waypoints of a route, sorted."""
    ends = {name for edge in edges for name in (edge.a, edge.b)}
    passed = [node for node in (network.nodes[name] for name in ends) if node.kind in {"station", "waypoint", "shape"}]
    cities = [node for node in network.nodes.values() if node.kind == "city"]
    if not passed:
        return []
    lon, lat = np.array([(node.lon, node.lat) for node in passed]).T
    return sorted(
        city.feature
        for city in cities
        if distance_km(np.full(len(lon), city.lon), np.full(len(lat), city.lat), lon, lat).min() <= CATCHMENT_KM
    )


def _published(row: Row, route: Route, scaling: Sequence[Row], note: Mapping[str, str] | None) -> Published:
    """A published figure, and by how much the computed length differs from it.

    If a line of the route is scaled by the same figure of the same source, both agree by construction. Then nothing is
    compared.
    """
    differs = None
    independent = not any(
        row["value"] == stated["length_km"] and {*row["source"]} & {*stated["source"]} for stated in scaling
    )
    if row["indicator"] == "length_km" and independent:
        ends = [row["value"], row["value_to"] or row["value"]]
        nearest = min(max(route.length_km, min(ends)), max(ends))
        differs = round(100 * (route.length_km / nearest - 1), 1)
    return Published(
        indicator=row["indicator"],
        value=row["value"],
        value_to=row["value_to"],
        unit=row["unit"],
        period=row["period"],
        sources=row["source"],
        differs_percent=differs,
        note=note,
        independent=independent,
    )
