"""Answers of an open atlas: routes, comparisons and scenarios that print, draw and save themselves."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import geopandas as gpd
import pandas as pd

from corridors.app.answer import Answer
from corridors.content.content import Studio
from corridors.data.geojson import geojson_text
from corridors.locales import DEFAULT_LANGUAGE, LANGUAGES
from corridors.network.corridors import Comparison
from corridors.network.route import Route
from corridors.network.routing import Request
from corridors.network.scenario_result import ScenarioResult
from corridors.text.output import rows_text
from corridors.text.routes import comparison_text, routes_text
from corridors.text.scenarios import PAIR_COLUMNS, scenario_text, totals_text

SIGNATURE = {"generator": "corridors"}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class FoundRoute(Answer, Route):
    """A route of an open atlas.

    Attributes
    ----------
    request
        What was asked.
    studio
        Makes what its map is made from, once it is asked for.
    others
        Where it is the best of several: the others, best first. They are drawn and saved with it.
    """

    request: Request = field(repr=False)
    studio: Callable[[], Studio] = field(repr=False, compare=False)
    others: Sequence[Route] = field(default=(), repr=False)

    def text(self, form: str, *, lang: str = DEFAULT_LANGUAGE) -> str:
        """The route, and others beside it, as ``table``, ``md``, ``csv``, ``json`` or ``geojson``."""
        routes = [self, *self.others]
        if form == "geojson":
            return _geojson(_legs(routes), "route")
        if form == "json":
            return json.dumps({"routes": [route.as_dict() for route in routes]}, ensure_ascii=False, indent=2)
        if form == "csv":
            legs = self.tables()["legs"]
            return rows_text(legs, "csv", name="legs", language=lang, columns=list(legs[0]) if legs else ["route"])
        return routes_text(routes, "md" if form == "md" else "table", language=lang, named=self._naming(lang))

    def tables(self) -> dict[str, list[dict[str, Any]]]:
        """The routes, their legs, borders and breaks of gauge; ``route`` counts them, the best first."""
        routes = list(enumerate([self, *self.others], start=1))
        lists = ("legs", "borders", "gauge_breaks")
        told = {nth: route.as_dict() for nth, route in routes}
        whole = [
            {"route": nth} | {key: value for key, value in one.items() if key not in {*lists, "sources", "assumptions"}}
            for nth, one in told.items()
        ]
        parts = {name: [{"route": nth, **row} for nth, one in told.items() for row in one[name]] for name in lists}
        sources = sorted({source for _, route in routes for source in route.sources})
        return {"routes": whole, **parts, **self._grounds(self.assumptions, sources)}

    def frames(self) -> dict[str, gpd.GeoDataFrame]:
        """The legs of the routes as lines."""
        return {"legs": _legs([self, *self.others])}

    def _content(self) -> dict[str, Any]:
        from corridors.content.route_features import route_content  # noqa: PLC0415 - only a page needs it

        return route_content([self, *self.others], self.request, self.studio())


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class FoundComparison(Answer, Comparison):
    """Corridors of an open atlas side by side; ``studio`` makes what their map is made from."""

    studio: Callable[[], Studio] = field(repr=False, compare=False)

    def text(self, form: str, *, lang: str = DEFAULT_LANGUAGE) -> str:
        """The corridors as ``table``, ``md``, ``csv``, ``json`` or ``geojson``."""
        if form == "geojson":
            return _geojson(self.to_geojson(), "corridors")
        if form in {"json", "csv"}:
            rows = self.as_dict()["corridors"]
            plain = [name for name in rows[0] if name not in {"published", "weakest", "assumptions"}]
            return rows_text(rows, "json" if form == "json" else "csv", name="corridors", language=lang, columns=plain)
        return comparison_text(self, "md" if form == "md" else "table", language=lang, named=self._naming(lang))

    def tables(self) -> dict[str, list[dict[str, Any]]]:
        """The corridors, their legs, and what is published of them."""
        told = self.as_dict()["corridors"]
        nested = {"published", "weakest", "assumptions", "sources"}
        whole = [{key: value for key, value in one.items() if key not in nested} for one in told]
        legs = [{"corridor": one.id, **leg.as_dict()} for one in self.corridors for leg in one.route.legs]
        published = [{"corridor": one["id"], **row} for one in told for row in one["published"]]
        named = {source for one in told for part in (one, *one["published"]) for source in part["sources"]}
        assumed = self.corridors[0].route.assumptions
        return {"corridors": whole, "legs": legs, "published": published, **self._grounds(assumed, sorted(named))}

    def frames(self) -> dict[str, gpd.GeoDataFrame]:
        """The legs of the corridors as lines."""
        return {"legs": self.to_geojson()}

    def _content(self) -> dict[str, Any]:
        from corridors.content.answer_maps import comparison_content  # noqa: PLC0415 - only a page needs it

        return comparison_content(self, self.studio())


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class FoundScenario(Answer, ScenarioResult):
    """A scenario of an open atlas.

    Attributes
    ----------
    title
        What it is called, by language.
    studio
        Makes what its map is made from, once it is asked for.
    """

    title: Mapping[str, str] = field(repr=False)
    studio: Callable[[], Studio] = field(repr=False, compare=False)

    def text(self, form: str, *, lang: str = DEFAULT_LANGUAGE) -> str:
        """What the scenario changes as ``table``, ``md``, ``csv``, ``json`` or ``geojson``."""
        if form == "geojson":
            return _geojson(self.to_geojson(), "scenario")
        if form == "json":
            return json.dumps(self.as_dict(), ensure_ascii=False, indent=2)
        if form == "csv":
            rows = [pair.as_dict() for pair in self.pairs]
            columns = [*PAIR_COLUMNS, "effect", "from_id", "to_id"]
            return rows_text(rows, "csv", name="pairs", language=lang, columns=columns)
        return scenario_text(self, self.studio().layers, "md" if form == "md" else "table", language=lang)

    def tables(self) -> dict[str, list[dict[str, Any]]]:
        """The pairs, places, gateways and lines, before and after."""
        told = self.as_dict()
        of = {"pairs": told["pairs"], "places": told["nodes"], "gateways": told["gateways"], "lines": told["lines"]}
        return of | self._grounds(self.assumptions, self.studio().assumptions.cited)

    def frames(self) -> dict[str, gpd.GeoDataFrame]:
        """The lines and the places, each with its change."""
        frame = self.to_geojson()
        return {
            f"{item}s": frame[frame["item"] == item].drop(columns="item").dropna(axis="columns", how="all")
            for item in ("line", "place")
        }

    def _content(self) -> dict[str, Any]:
        from corridors.content.answer_maps import scenario_content  # noqa: PLC0415 - only a page needs it

        said = {language: totals_text(self, language) for language in LANGUAGES}
        result = replace(self, name=self.name or "asked")
        return scenario_content(result, self.title, said, self.studio())


def _geojson(frame: gpd.GeoDataFrame, name: str) -> str:
    """A frame as the text of a collection."""
    return geojson_text(frame, name=name, members=SIGNATURE).rstrip("\n")


def _legs(routes: Sequence[Route]) -> gpd.GeoDataFrame:
    """The legs of routes as lines; where there are several, ``route`` counts them, and ids begin with its number."""
    frames = [route.to_geojson() for route in routes]
    if len(frames) == 1:
        return frames[0]
    counted = [
        frame.assign(id=[f"{nth}-{leg}" for leg in frame["id"]], route=nth) for nth, frame in enumerate(frames, start=1)
    ]
    return gpd.GeoDataFrame(pd.concat(counted, ignore_index=True), crs="EPSG:4326")
