"""The compared corridors on a map: a ribbon and a card for each, and the rows of the table beside the map."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np
from shapely import LineString, MultiPoint

from corridors.content.card_series import finish, throughput
from corridors.content.context import Context
from corridors.content.entries import figure as _figure
from corridors.content.page_types import ComparisonRow, ComparisonTable, Entry, Feature, Tag
from corridors.content.profiles import page_profile
from corridors.content.route_facts import basis_facts
from corridors.content.style import UNDECLARED, StyleClass, corridor_class
from corridors.data.catalog import Catalog, LayerEntry
from corridors.data.iso import country_name
from corridors.data.tables import CONFIDENCES, Record, Row
from corridors.geo.geodesy import distance_km
from corridors.layers.lengths import Position, basis_percent
from corridors.locales import LANGUAGES, messages, translations
from corridors.locales.wording import sentences
from corridors.network.corridors import MISFIT_PERCENT, Comparison, Corridor
from corridors.network.route import Route

LAYER = "corridors"
DRAWN_ALONG = ("rail", "roads", "ferries")
"""Layers that corridors run along. Corridors share their positions and credits."""

RANK = 4
FIRST_SHOWN = ("length_km", "days", "length_section_km", "days_section", "length_related_km", "days_related")
"""The order of published figures; others follow."""

PEOPLE_STEP = -5
"""People are given in hundreds of thousands, as decimal places."""

TAG_PLACES = (0.5, 0.35, 0.65, 0.2, 0.8)
"""The possible positions of a corridor's name along its stretch, as shares of its length, the best first."""


@dataclass(frozen=True)
class Ribbons:
    """The compared corridors of a context as features of a map: wide, soft lines along other lines."""

    context: Context

    def classes(self) -> list[StyleClass]:
        """A class for each corridor, in the order of the comparison."""
        ids = [corridor.id for corridor in self.context.comparison.corridors]
        looks = {name: (look.color, look.lane) for name, look in self.context.catalog.ribbons.items()}
        free = (look for name, look in looks.items() if name not in ids)
        return [corridor_class(name, looks.get(name) or next(free, UNDECLARED)) for name in ids]

    def _row(self, corridor: Corridor) -> Row:
        """A corridor's row of corridors.csv. A user's own route has no sources."""
        return self.context.facts.by_id("corridors").get(corridor.id, {"source": ()})

    def names(self, corridor: str) -> dict[str, str]:
        """A corridor's name in every language. The name of a user's own route is the names of its places."""
        own = next((one.places for one in self.context.comparison.corridors if one.id == corridor), ())
        if own:
            named = [self.context.names.get(feature, {"en": name}) for feature, name in own]
            return {language: " – ".join(one.get(language) or one["en"] for one in named) for language in LANGUAGES}
        row = self.context.facts.by_id("corridors")[corridor]
        return {language: row.get(f"name_{language}") or row["name_en"] for language in LANGUAGES}

    def features(self) -> Iterator[Feature]:
        """Each corridor as a feature of the page."""
        tags = _tags(self.context.comparison)
        for corridor in self.context.comparison.corridors:
            yield self._feature(corridor) | {"tag": tags[corridor.id]}

    def table(self) -> ComparisonTable:
        """The table beside the map: a row for each corridor, and the least difference of a length that is reported."""
        return {"limit": MISFIT_PERCENT, "rows": self._rows()}

    def _rows(self) -> list[ComparisonRow]:
        """Each corridor as plain numbers, countries as alpha-3 codes."""
        return [
            {
                "id": f"{LAYER}/{corridor.id}",
                "from": self._place(corridor.route.start_id, corridor.route.start)["name"],
                "to": self._place(corridor.route.end_id, corridor.route.end)["name"],
                "km": corridor.route.length_km,
                "basis": basis_percent(corridor.route.km_by_basis).get("published", 0),
                "days": round(corridor.route.days, 1),
                "countries": list(corridor.route.countries),
                "borders": len(corridor.route.borders),
                "breaks": len(corridor.route.gauge_breaks),
                "double": corridor.double_percent,
                "electrified": corridor.electrified_percent,
                "cities": len(corridor.cities),
                "people": corridor.people,
                "published": [
                    [one.value, one.value_to, one.differs_percent]
                    for one in corridor.published
                    if one.indicator == "length_km"
                ],
            }
            for corridor in self.context.comparison.corridors
        ]

    def _feature(self, corridor: Corridor) -> Feature:
        """A corridor with its card."""
        route, row = corridor.route, self._row(corridor)
        lines = self._lines(corridor)
        passing = throughput(self.context.facts, corridor.id, self.context.as_of)
        km = dict(route.countries)
        if (nobody := round(route.length_km - sum(km.values()), 1)) >= 1:  # the sea belongs to no country
            km[""] = nobody
        entry: Feature = {
            "id": f"{LAYER}/{corridor.id}",
            "class": corridor_class(corridor.id).id,
            "kind": "corridor",
            "status": next((leg.status for leg in route.legs if leg.status != "operational"), "operational"),
            "basis": _basis(route),
            "confidence": max((leg.confidence for leg in route.legs), key=CONFIDENCES.index),
            "name": self.names(corridor.id),
            "country": list(route.countries),
            "rank": RANK,
            "headline": [
                _figure("compare.length", route.length_km, "km", about=True),
                _figure("compare.time", round(route.days, 1), "days", digits=1, about=True),
                _figure("compare.borders", len(route.borders)),
            ],
            "facts": [*self._facts(corridor, km), *_published(corridor), *passing.quoted, *_assumed(corridor)],
            "series": passing.series,
            "sources": _sources(corridor, row, passing.sources),
            "km": km,
            "geometry": LineString(_course(corridor)),
            "profile": page_profile(route.profile, self.context.name_of),
        }
        accuracies = [int(line["accuracy_m"]) for line in lines if line["accuracy_m"]]
        if accuracies:
            entry["accuracy_m"] = max(accuracies)
        if remark := self.context.remarks.get(entry["id"]):
            entry["note"] = remark
        finish(entry)
        return entry

    def _lines(self, corridor: Corridor) -> list[Record]:
        """The features that a corridor runs along."""
        lines = dict.fromkeys(leg.line.partition("/") for leg in corridor.route.legs if leg.line)
        return [self.context.features[layer][name] for layer, _, name in lines]

    def _facts(self, corridor: Corridor, km: Mapping[str, float]) -> Iterator[Entry]:
        """The course of a corridor: countries and places on it."""
        route = corridor.route
        yield {"label": "compare.from", **self._place(route.start_id, route.start)}
        yield {"label": "compare.to", **self._place(route.end_id, route.end)}
        for code, part in km.items():
            of = {each: country_name(code, each) for each in LANGUAGES} if code else translations("compare.at_sea")
            yield _figure("compare.by_country", part, "km") | {"of": of}
        if not route.gauge_breaks:
            yield _figure("compare.breaks", 0)
        for place in route.gauge_breaks:
            yield {"label": "compare.breaks", **self._place(place["feature"], place["station"])}
        for label, share in (("double", corridor.double_percent), ("electrified", corridor.electrified_percent)):
            if share is not None:
                yield _figure(f"compare.{label}", share, "percent", digits=1)
        if corridor.weakest:
            yield {"label": "compare.weakest", **self._place(corridor.weakest["line"], "")}
            yield _figure("compare.weakest_km", corridor.weakest["length_km"], "km")
        yield from basis_facts(route.km_by_basis)
        yield _figure("compare.cities", len(corridor.cities))
        yield _figure("compare.people", round(corridor.people, PEOPLE_STEP), about=True)
        if route.circuity is not None:
            yield _figure("compare.circuity", route.circuity, digits=2)

    def _place(self, feature: str, name: str) -> Entry:
        """A place in the form for facts. A waypoint has no card; a city of the same name replaces it, if any."""
        known = self.context.names
        if feature in known:
            return {"name": dict(known[feature]), "feature": feature}
        like = (each for each, names in known.items() if each.startswith("cities/") and names["en"] == name)
        city = next(like, None)
        if city:
            return {"name": dict(known[city]), "feature": city}
        point = self.context.facts.by_id("route_waypoints").get(feature.partition("/")[2], {"name_en": name})
        return {"name": {each: point[f"name_{each}"] for each in LANGUAGES if point.get(f"name_{each}")}}


def about_corridors(catalog: Catalog) -> LayerEntry:
    """The catalogue entry of the corridors, as if they were a layer. They share the licences of the layers below."""
    drawn = [catalog.layers[name] for name in DRAWN_ALONG]
    rail = drawn[0]
    return LayerEntry(
        name=LAYER,
        title=messages("en")["compare.caption"],
        tables=("corridors", "corridor_figures"),
        datasets=tuple(dict.fromkeys(name for entry in drawn for name in entry.datasets)),
        licence=rail.licence,
        credit=f"Drawn along the railways, roads and ferries: {rail.credit}. Facts: corridors, CC BY 4.0",
        precision={language: _precision(drawn, language) for language in LANGUAGES},
    )


def _precision(drawn: Sequence[LayerEntry], language: str) -> str:
    """How exact the lines are that corridors run along, and how corridors are drawn."""
    parts = [*(entry.precision[language] for entry in drawn), messages(language)["compare.precision"]]
    return sentences(parts, language)


def _published(corridor: Corridor) -> Iterator[Entry]:
    """Published figures, the whole corridor first, then parts. A length has its difference from the computed one."""
    order = list(dict.fromkeys([*FIRST_SHOWN, *(one.indicator for one in corridor.published)]))
    for one in sorted(corridor.published, key=lambda one: order.index(one.indicator)):
        label = f"compare.published.{one.indicator}"
        if label not in messages("en"):
            label = "compare.published.other"
        digits = 0 if float(one.value).is_integer() else 2 if one.unit == "km" else 1
        figure = _figure(label, one.value, one.unit, digits=digits)
        if one.value_to is not None:
            figure["to"] = one.value_to
        if one.period:
            figure["date"] = one.period
        if one.indicator == "length_km":  # null if the line is scaled by it
            figure["differs"] = one.differs_percent
            if abs(one.differs_percent or 0.0) > MISFIT_PERCENT:
                figure["misfit"] = MISFIT_PERCENT
        yield figure | ({"said": one.note} if one.note else {}) | {"sources": list(one.sources)}


def _assumed(corridor: Corridor) -> Iterator[Entry]:
    """The assumptions behind the days: speeds and hours of the modes that the corridor uses."""
    route = corridor.route
    values = route.assumptions["values"]
    modes = [mode for mode in route.km_by_mode if mode != "transfer"]
    wanted = [(f"speeds_kmh.{mode}", "km_h") for mode in modes]
    wanted += [(f"border_hours.{mode}", "hours") for mode in dict.fromkeys(border["mode"] for border in route.borders)]
    wanted += [("fixed_hours.gauge_change", "hours")] if route.gauge_breaks else []
    wanted += [("fixed_hours.transfer", "hours")] if any(leg.mode == "transfer" for leg in route.legs) else []
    for name, unit in wanted:
        digits = 0 if float(values[name]).is_integer() else 1
        yield _figure("compare.assumed", values[name], unit, digits=digits) | {"of": translations(f"compare.{name}")}


def _sources(corridor: Corridor, row: Row, passing: Sequence[str]) -> list[str]:
    """All sources of a corridor's card, with those of its traffic, each once."""
    published = (source for one in corridor.published for source in one.sources)
    return list(dict.fromkeys([*row["source"], *corridor.route.sources, *published, *passing]))


def _basis(route: Route) -> str:
    """The basis of geometry that most kilometres of a route have."""
    km: Counter[str] = Counter()
    for leg in route.legs:
        if leg.line:
            km[leg.basis] += round(leg.measured_km)
    return max(km, key=km.__getitem__)


def _course(corridor: Corridor) -> list[Position]:
    """The positions along a corridor in the order of travel, each once."""
    positions = (place for leg in corridor.route.legs for place in leg.coordinates)
    return [place for place, _ in groupby(positions)]


def _tags(comparison: Comparison) -> Mapping[str, Tag]:
    """The position of each corridor's name: along its longest stretch that it shares with the fewest others."""
    hops = {corridor.id: list(pairwise(_course(corridor))) for corridor in comparison.corridors}
    users = Counter(frozenset(hop) for own in hops.values() for hop in set(own))
    return {name: _stretch(own, [users[frozenset(hop)] for hop in own]) for name, own in hops.items()}


def _stretch(hops: Sequence[tuple[Position, Position]], users: Sequence[int]) -> Tag:
    """The longest series of hops with the fewest users: its kilometres, and positions along it, the best first."""
    runs = [list(run) for count, run in groupby(range(len(hops)), key=users.__getitem__) if count == min(users)]
    ends = np.array(hops)
    km = distance_km(ends[:, 0, 0], ends[:, 0, 1], ends[:, 1, 0], ends[:, 1, 1])
    longest = max(runs, key=lambda run: km[run].sum())
    walked = np.r_[0.0, np.cumsum(km[longest])]
    course = np.vstack([ends[longest[0], 0], ends[longest, 1]])
    at = np.array(TAG_PLACES) * walked[-1]
    places = np.column_stack([np.interp(at, walked, course[:, 0]), np.interp(at, walked, course[:, 1])])
    return {"km": round(float(walked[-1])), "at": MultiPoint(places)}
