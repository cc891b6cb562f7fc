"""A route: the legs from one place to another, and their sums."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TypedDict

import geopandas as gpd
import pandas as pd
from shapely import LineString

from corridors.layers.lengths import Basis
from corridors.network.assumptions import Assumed
from corridors.network.missing_link import MissingLink
from corridors.network.profile import Profile

DRAWN = {"rail": "stations", "road": "waypoints", "sea": "waypoints", "air": "great_circle"}
"""The basis of geometry of a leg without tracks, by its mode."""


class GaugeBreak(TypedDict):
    """A station where the gauge changes: its name and its feature, both gauges in millimetres, and the country."""

    station: str
    feature: str
    from_mm: int
    to_mm: int
    country: str


@dataclass(frozen=True, slots=True)
class Leg:
    """A part of a route on one line, or a transfer.

    Attributes
    ----------
    mode
        rail, road, sea, air, or transfer.
    line, line_name
        The feature that it runs on, and its English name; "" for a transfer.
    start, end
        English names of its ends; ``start_id`` and ``end_id`` are the features or waypoints.
    length_km, measured_km
        The best estimate of the length of the track, and the length of the line as drawn.
    countries
        Kilometres by country (alpha-3), in the order of travel; empty at sea and in the air.
    km_by_basis
        Kilometres by the basis of their length: published, scaled, unscaled (see layers.lengths).
    hours
        Estimated hours of travel, without borders and changes of gauge.
    sources
        Ids of the line's sources in ``sources.csv``, sorted; empty for a transfer.
    tracks_km
        The part of ``measured_km`` that is drawn along tracks or roads.
    """

    mode: str
    line: str
    line_name: str
    start: str
    end: str
    length_km: float
    measured_km: float
    countries: Mapping[str, float]
    gauge_mm: int | None
    status: str
    hours: float
    confidence: str
    coordinates: Sequence[tuple[float, float]]
    start_id: str = ""
    end_id: str = ""
    km_by_basis: Mapping[Basis, float] = field(default_factory=dict)
    sources: Sequence[str] = ()
    tracks_km: float = 0.0

    @property
    def basis(self) -> str:
        """How most of it is drawn: ``tracks``, or the basis of geometry of its mode; empty for a transfer."""
        return "tracks" if 2 * self.tracks_km > self.measured_km else DRAWN.get(self.mode, "")

    def as_dict(self) -> dict[str, object]:
        """The leg under the stable names of ``corridors route --format json``."""
        return {
            "mode": self.mode,
            "line": self.line or None,
            "line_name": self.line_name or None,
            "from": self.start,
            "to": self.end,
            "length_km": self.length_km,
            "measured_km": self.measured_km,
            "country": ";".join(self.countries) or None,
            "gauge_mm": self.gauge_mm,
            "status": self.status,
            "hours": self.hours,
            "confidence": self.confidence,
            "km_by_basis": dict(self.km_by_basis),
            "sources": list(self.sources),
        }

    def as_row(self) -> dict[str, object]:
        """The same; the sources are one cell, separated by ``;``."""
        return self.as_dict() | {"sources": ";".join(self.sources)}


@dataclass(frozen=True, slots=True, repr=False)
class Route:
    """The route from one place to another.

    Attributes
    ----------
    start, end
        English names; ``start_id`` and ``end_id`` are the features.
    length_km
        Sum of the legs' estimated lengths, with transfers.
    measured_km
        Sum of the legs' lengths as drawn.
    km_by_basis
        Kilometres by the basis of their length: published, scaled, unscaled (see layers.lengths).
    hours
        Estimated hours, including borders, changes of gauge and transfers.
    countries
        Kilometres by country (alpha-3), in the order of travel.
    borders
        Where the route passes from one country to another.
    gauge_breaks
        Where the gauge changes.
    circuity
        Length divided by the geodesic distance between its ends.
    profile
        What it runs on, kilometre by kilometre, and what lies along it.
    missing_link
        For a route with a long detour: two stations whose connection would shorten it best, or None.
    """

    start: str
    end: str
    start_id: str
    end_id: str
    legs: Sequence[Leg]
    length_km: float
    measured_km: float
    hours: float
    km_by_mode: Mapping[str, float]
    km_by_basis: Mapping[Basis, float]
    countries: Mapping[str, float]
    borders: Sequence[Mapping[str, str]]
    gauge_breaks: Sequence[GaugeBreak]
    geodesic_km: float
    circuity: float | None
    sources: Sequence[str]
    assumptions: Assumed
    edges: Sequence[str]
    profile: Profile
    missing_link: MissingLink | None = None

    def __repr__(self) -> str:
        """Its ends, length and days."""
        return f"<Route {self.start} – {self.end}: {self.length_km:,.0f} km, about {self.days:.1f} days>"

    @property
    def days(self) -> float:
        """Estimated days of travel."""
        return self.hours / 24

    def as_dict(self) -> dict[str, object]:
        """The route under the stable names of ``corridors route --format json``."""
        return {
            "from": self.start,
            "to": self.end,
            "from_id": self.start_id,
            "to_id": self.end_id,
            "length_km": self.length_km,
            "measured_km": self.measured_km,
            "hours": self.hours,
            "legs": [leg.as_dict() for leg in self.legs],
            "km_by_mode": dict(self.km_by_mode),
            "km_by_basis": dict(self.km_by_basis),
            "countries": dict(self.countries),
            "borders": [dict(border) for border in self.borders],
            "gauge_breaks": [dict(place) for place in self.gauge_breaks],
            "geodesic_km": self.geodesic_km,
            "circuity": self.circuity,
            "missing_link": self.missing_link.as_dict() if self.missing_link else None,
            "sources": list(self.sources),
            "assumptions": dict(self.assumptions),
        }

    def to_frame(self) -> pd.DataFrame:
        """The legs as a table, one row each."""
        return pd.DataFrame([leg.as_row() for leg in self.legs])

    def to_geojson(self) -> gpd.GeoDataFrame:
        """The legs as lines, EPSG:4326, with an ``id`` for each."""
        rows = [leg.as_row() | {"id": f"leg-{nth:02}"} for nth, leg in enumerate(self.legs, start=1)]
        lines = [LineString(leg.coordinates) for leg in self.legs]
        return gpd.GeoDataFrame(rows, geometry=lines, crs="EPSG:4326")

    def _repr_html_(self) -> str:
        """The route as notebooks show it: a heading and a table; data is escaped."""
        head = f"{escape(self.start)} – {escape(self.end)}: {self.length_km:,.0f} km, about {self.days:.1f} days"
        cells = [
            (leg.mode, leg.line_name, leg.start, leg.end, f"{leg.length_km:,.0f}", ", ".join(leg.countries))
            for leg in self.legs
        ]
        body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in cells)
        names = "".join(f"<th>{name}</th>" for name in ("mode", "line", "from", "to", "km", "countries"))
        return f"<table><caption>{head}</caption><thead><tr>{names}</tr></thead><tbody>{body}</tbody></table>"
