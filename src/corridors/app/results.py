"""The results of an open atlas: routes, comparisons and scenarios that can be printed, drawn and saved."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import pandas as pd

from corridors.app.result import Result, Rows
from corridors.content.page_types import Content
from corridors.data.geojson import geojson_text
from corridors.layers.lengths import Basis
from corridors.locales import DEFAULT_LANGUAGE, LANGUAGES
from corridors.network.assumptions import Assumed
from corridors.network.corridors import Comparison, Corridor
from corridors.network.missing_link import MissingLink
from corridors.network.profile import Profile
from corridors.network.route import GaugeBreak, Leg, Route
from corridors.network.routing import Request
from corridors.network.scenario_result import PAIR_COLUMNS, GatewayShare, PairChange, ScenarioResult
from corridors.text.output import rows_text
from corridors.text.routes import comparison_text, routes_text
from corridors.text.scenarios import scenario_text, totals_text

SIGNATURE = {"generator": "corridors"}


@dataclass(frozen=True, slots=True, repr=False)
class FoundRoute(Result[Route]):
    """A route of an open atlas.

    Attributes
    ----------
    request
        The request.
    others
        If it is the best of several routes: the others, best first. They are drawn and saved with it.
    """

    request: Request
    others: Sequence[Route] = ()

    @property
    def route(self) -> Route:
        """The route with all its values."""
        return self.found

    @property
    def length_km(self) -> float:
        """Its length: estimated track and road, transfers included."""
        return self.found.length_km

    @property
    def measured_km(self) -> float:
        """The length of its drawing."""
        return self.found.measured_km

    @property
    def geodesic_km(self) -> float:
        """The distance of its ends over the ellipsoid."""
        return self.found.geodesic_km

    @property
    def km_by_mode(self) -> Mapping[str, float]:
        """Kilometres by mode."""
        return self.found.km_by_mode

    @property
    def km_by_basis(self) -> Mapping[Basis, float]:
        """Kilometres by the basis of their length: published, scaled, unscaled."""
        return self.found.km_by_basis

    @property
    def missing_link(self) -> MissingLink | None:
        """Of a way that goes far around: the line that would shorten it best."""
        return self.found.missing_link

    @property
    def hours(self) -> float:
        """Estimated hours, with borders, changes of gauge and transfers."""
        return self.found.hours

    @property
    def days(self) -> float:
        """The same in days."""
        return self.found.days

    @property
    def legs(self) -> Sequence[Leg]:
        """Its parts, each on one line, and the transfers between them."""
        return self.found.legs

    @property
    def countries(self) -> Mapping[str, float]:
        """Kilometres by country (alpha-3), in the order of travel."""
        return self.found.countries

    @property
    def borders(self) -> Sequence[Mapping[str, str]]:
        """Where the route passes from one country to another."""
        return self.found.borders

    @property
    def gauge_breaks(self) -> Sequence[GaugeBreak]:
        """Where the gauge changes."""
        return self.found.gauge_breaks

    @property
    def profile(self) -> Profile:
        """What it runs on, kilometre by kilometre, and what lies along it."""
        return self.found.profile

    @property
    def circuity(self) -> float | None:
        """Length over the geodesic distance of its ends."""
        return self.found.circuity

    @property
    def sources(self) -> Sequence[str]:
        """Ids of its sources in ``sources.csv``."""
        return self.found.sources

    @property
    def assumptions(self) -> Assumed:
        """The assumptions behind its hours, and the names of those that the user has changed."""
        return self.found.assumptions

    def text(self, form: str, *, lang: str = DEFAULT_LANGUAGE) -> str:
        """The route, with the others, as ``table``, ``md``, ``csv``, ``json`` or ``geojson``."""
        routes = [self.found, *self.others]
        if form == "geojson":
            return _geojson(_legs(routes), "route")
        if form == "json":
            return json.dumps({"routes": [route.as_dict() for route in routes]}, ensure_ascii=False, indent=2)
        if form == "csv":
            legs = self.tables()["legs"]
            return rows_text(legs, "csv", name="legs", language=lang, columns=list(legs[0]) if legs else ["route"])
        return routes_text(routes, "md" if form == "md" else "table", language=lang, named=self._naming(lang))

    def tables(self) -> dict[str, Rows]:
        """The routes, their legs, borders and breaks of gauge. ``route`` is the number of a route, the best first."""
        routes = list(enumerate([self.found, *self.others], start=1))
        parts: dict[str, Rows] = {
            "legs": [{"route": nth, **leg.as_dict()} for nth, route in routes for leg in route.legs],
            "borders": [{"route": nth, **border} for nth, route in routes for border in route.borders],
            "gauge_breaks": [{"route": nth, **place} for nth, route in routes for place in route.gauge_breaks],
        }
        apart = {*parts, "sources", "assumptions"}
        whole: Rows = [
            {"route": nth, **{key: value for key, value in route.as_dict().items() if key not in apart}}
            for nth, route in routes
        ]
        sources = sorted({source for _, route in routes for source in route.sources})
        return {"routes": whole, **parts, **self._basis(self.found.assumptions, sources)}

    def frames(self) -> dict[str, gpd.GeoDataFrame]:
        """The legs of the routes as lines."""
        return {"legs": _legs([self.found, *self.others])}

    def _content(self) -> Content:
        from corridors.content.route_features import route_content  # noqa: PLC0415 - only a page needs it

        return route_content([self.found, *self.others], self.request, self.context)


@dataclass(frozen=True, slots=True, repr=False)
class FoundComparison(Result[Comparison]):
    """Corridors of an open atlas side by side."""

    @property
    def comparison(self) -> Comparison:
        """The comparison."""
        return self.found

    @property
    def corridors(self) -> Sequence[Corridor]:
        """The corridors, in the requested order."""
        return self.found.corridors

    def text(self, form: str, *, lang: str = DEFAULT_LANGUAGE) -> str:
        """The corridors as ``table``, ``md``, ``csv``, ``json`` or ``geojson``."""
        if form == "geojson":
            return _geojson(self.to_geojson(), "corridors")
        if form in {"json", "csv"}:
            rows = [one.as_dict() for one in self.corridors]
            plain = [name for name in rows[0] if name not in {"published", "weakest", "assumptions"}]
            return rows_text(rows, "json" if form == "json" else "csv", name="corridors", language=lang, columns=plain)
        return comparison_text(self.found, "md" if form == "md" else "table", language=lang, named=self._naming(lang))

    def tables(self) -> dict[str, Rows]:
        """The corridors, their legs, and their published figures."""
        nested = {"published", "weakest", "assumptions", "sources"}
        rows = [one.as_dict() for one in self.corridors]
        whole = [{key: value for key, value in one.items() if key not in nested} for one in rows]
        legs = [{"corridor": one.id, **leg.as_dict()} for one in self.corridors for leg in one.route.legs]
        published = [{"corridor": one.id, **row.as_dict()} for one in self.corridors for row in one.published]
        named = {source for one in self.corridors for source in one.route.sources}
        named |= {source for one in self.corridors for row in one.published for source in row.sources}
        assumed = self.corridors[0].route.assumptions
        return {"corridors": whole, "legs": legs, "published": published, **self._basis(assumed, sorted(named))}

    def frames(self) -> dict[str, gpd.GeoDataFrame]:
        """The legs of the corridors as lines."""
        return {"legs": self.to_geojson()}

    def _content(self) -> Content:
        from corridors.content.result_maps import comparison_content  # noqa: PLC0415 - only a page needs it

        return comparison_content(self.found, self.context)


@dataclass(frozen=True, slots=True, repr=False)
class FoundScenario(Result[ScenarioResult]):
    """A scenario of an open atlas. ``title`` is its title, by language."""

    title: Mapping[str, str]

    @property
    def result(self) -> ScenarioResult:
        """The whole result of the scenario."""
        return self.found

    @property
    def pairs(self) -> Sequence[PairChange]:
        """The effect on each pair of places."""
        return self.found.pairs

    @property
    def gateways(self) -> Sequence[GatewayShare]:
        """The border crossings of China with their shares before and after."""
        return self.found.gateways

    @property
    def totals(self) -> dict[str, float]:
        """The number of pairs by effect, and the sums of kilometres and hours that are saved."""
        return self.found.totals

    @property
    def assumptions(self) -> Assumed:
        """The assumptions behind the hours, and the names of those that the user has changed."""
        return self.found.assumptions

    def text(self, form: str, *, lang: str = DEFAULT_LANGUAGE) -> str:
        """The effect of the scenario as ``table``, ``md``, ``csv``, ``json`` or ``geojson``."""
        if form == "geojson":
            return _geojson(self.to_geojson(), "scenario")
        if form == "json":
            return json.dumps(self.as_dict(), ensure_ascii=False, indent=2)
        if form == "csv":
            rows = [pair.as_dict() for pair in self.pairs]
            columns = [*PAIR_COLUMNS, "effect", "from_id", "to_id"]
            return rows_text(rows, "csv", name="pairs", language=lang, columns=columns)
        return scenario_text(self.found, self.context.layers, "md" if form == "md" else "table", language=lang)

    def tables(self) -> dict[str, Rows]:
        """The pairs, places, gateways and lines, before and after."""
        of: dict[str, Rows] = {
            "pairs": [one.as_dict() for one in self.pairs],
            "places": [one.as_dict() for one in self.found.nodes],
            "gateways": [one.as_dict() for one in self.gateways],
            "lines": [one.as_dict() for one in self.found.lines],
        }
        return of | self._basis(self.found.assumptions, self.context.assumptions.cited)

    def frames(self) -> dict[str, gpd.GeoDataFrame]:
        """The lines and the places, each with its change."""
        frame = self.to_geojson()
        return {
            f"{item}s": frame[frame["item"] == item].drop(columns="item").dropna(axis="columns", how="all")
            for item in ("line", "place")
        }

    def _content(self) -> Content:
        from corridors.content.result_maps import scenario_content  # noqa: PLC0415 - only a page needs it

        words = {language: totals_text(self.found, language) for language in LANGUAGES}
        result = replace(self.found, name=self.found.name or "asked")
        return scenario_content(result, self.title, words, self.context)


def _geojson(frame: gpd.GeoDataFrame, name: str) -> str:
    """A frame as the text of a collection."""
    return geojson_text(frame, name=name, members=SIGNATURE).rstrip("\n")


def _legs(routes: Sequence[Route]) -> gpd.GeoDataFrame:
    """The legs of routes as lines. If there are several routes, ``route`` is their number, and ids begin with it."""
    frames = [route.to_geojson() for route in routes]
    if len(frames) == 1:
        return frames[0]
    counted = [
        frame.assign(id=[f"{nth}-{leg}" for leg in frame["id"]], route=nth) for nth, frame in enumerate(frames, start=1)
    ]
    return gpd.GeoDataFrame(pd.concat(counted, ignore_index=True), crs="EPSG:4326")
