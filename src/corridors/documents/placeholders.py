"""What a template may name: measures, words, names, figures and tables of an atlas, in one language."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeVar

from corridors.analysis.claim_evidence import VERDICTS
from corridors.analysis.claims import Claim
from corridors.analysis.gazetteer import Gazetteer
from corridors.analysis.measure import Measure
from corridors.analysis.network import MODES
from corridors.analysis.route import Route
from corridors.analysis.routing import Request, find_routes
from corridors.analysis.scenario_result import ScenarioResult
from corridors.analysis.wording import HUNDRED_MILLIONS, amount, day, say
from corridors.data.iso import country_name
from corridors.errors import UsageError, not_among
from corridors.locales import message, messages, number
from corridors.opened import tell_claims
from corridors.paper.press import Press
from corridors.scenario_text import totals_text
from corridors.web.content import statement

if TYPE_CHECKING:
    from corridors.data.maps import MapEntry

DIGITS: Mapping[str, int] = {
    "percent": 1, "billion_usd": 1, "trillion_usd": 2, "trillion_cny": 2, "days": 1, "hours": 1, "ratio": 2,
}  # fmt: skip
"""Digits behind the decimal sign by unit, those of the cards on the maps; units that are not here have none."""

SHORT: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "rail_km": ("track_km", {"layer": "rail"}),
    "road_km": ("track_km", {"layer": "roads"}),
    "pipeline_km": ("track_km", {"layer": "pipelines"}),
    "ferry_km": ("track_km", {"layer": "ferries"}),
    "gateways": ("features", {"layer": "ports"}),
    "flights": ("features", {"layer": "flights"}),
    "stations": ("features", {"layer": "stations"}),
    "breaks_of_gauge": ("features", {"layer": "stations", "kind": "break_of_gauge"}),
    "trade_cny": ("trade_billion_cny", {"subject": "central-asia"}),
    "trade_usd": ("trade_billion_usd", {"subject": "central-asia"}),
    "road_share": ("road_share_percent", {"subject": "central-asia"}),
}
"""Short names of measures: what they stand for, and what they are of where nothing else is said."""


MOST_DIGITS = 6
_DAY = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
DATE = re.compile(rf"{_DAY}(/{_DAY})?", re.ASCII)

Known = TypeVar("Known")


@dataclass(slots=True)
class Writer:
    """Writes an atlas in one language, and remembers which sources it has used.

    Attributes
    ----------
    cited
        Ids of the sources that what was written rests on.
    """

    press: Press
    lang: str
    cited: set[str] = field(default_factory=set)
    _claims: list[Claim] = field(default_factory=list)

    def words(self) -> dict[str, Any]:
        """The names that a template may use, without figures and tables."""
        told: Sequence[Callable[..., object]] = (
            self.measure, self.text, self.number, self.date, self.country, self.name, self.title, self.statement,
            self.scenario, self.route, self.verdicts,
        )  # fmt: skip
        return {function.__name__: function for function in told} | {
            "as_of": self.date(self.press.atlas.catalog.as_of),
            "language": self.lang,
        }

    def find(self, name: str, by: Mapping[str, str]) -> Measure:
        """The measure of a name or short name.

        Raises
        ------
        UsageError
            Where there is none; the message lists the nearest.
        """
        measures = self.press.atlas.measures
        full, of = SHORT.get(name, (name, {}))
        wanted = {**of, **{key: str(value) for key, value in by.items()}}
        found = measures.find(full, **wanted)
        if found is None:
            known = [dict(each.by) for each in measures if each.name == full]
            if not known:
                names = dict.fromkeys([*SHORT, *(each.name for each in measures)])
                raise UsageError(not_among("error.report.measure", name, names))
            said = [", ".join(f"{key}={value!r}" for key, value in of.items()) for of in known]
            asked = ", ".join(f"{key}={value!r}" for key, value in wanted.items())
            close = next(iter(get_close_matches(asked, said, n=1)), said[0])
            of_what = asked or message("error.report.measure.whole")
            raise UsageError(message("error.report.measure.of", repr(name), of_what, f"measure({full!r}, {close})"))
        self.cited |= set(found.sources)
        return found

    def measure(self, name: str, *, unit: bool = False, digits: int | None = None, **by: str) -> str:
        """A number of the atlas as the language writes it, with its unit where asked."""
        found = self.find(name, by)
        return self.amount(found.value, found.unit, digits) if unit else self.bare(found.value, found.unit, digits)

    def amount(self, value: float, unit: str, digits: int | None = None) -> str:
        """A value with its unit."""
        return amount(value, unit, self.lang, digits=_digits(unit, digits))

    def bare(self, value: float, unit: str, digits: int | None = None) -> str:
        """A value without its unit, in the unit that :meth:`unit` names."""
        places = _digits(unit, digits)
        if self.lang == "zh" and unit in HUNDRED_MILLIONS:
            value, places = round(value * 10, 6), max(0, places - 1)
        return number(value, places, self.lang)

    def unit(self, unit: str) -> str:
        """A unit in words; Chinese counts billions in hundreds of millions."""
        named = HUNDRED_MILLIONS.get(unit, unit) if self.lang == "zh" else unit
        return messages(self.lang)[f"unit.{named}"]

    def number(self, value: float, digits: int = 0) -> str:
        """Any number as the language writes it."""
        return number(value, _digits("", digits), self.lang)

    def text(self, key: str, *parts: str) -> str:
        """A message of the catalogues, its places filled."""
        known = messages(self.lang)
        if key not in known:
            raise UsageError(not_among("error.report.message", key, known))
        if (wanted := known[key].count("{")) != len(parts):
            raise UsageError(message("error.report.message.places", repr(key), wanted, len(parts)))
        return say(self.lang, key, *map(str, parts))

    def date(self, iso: str) -> str:
        """A date or period (ISO 8601) in words."""
        if not DATE.fullmatch(str(iso)):
            raise UsageError(message("error.report.date", repr(iso)))
        return day(iso, self.lang)

    def country(self, code: str) -> str:
        """A country's name."""
        return country_name(code, self.lang)

    def name(self, feature: str) -> str:
        """The name of a feature (``layer/id``) in the language, or in English where it has none."""
        names = self.press.studio.desk.names
        if feature not in names:
            raise UsageError(not_among("error.report.feature", feature, names))
        return names[feature].get(self.lang) or names[feature]["en"]

    def title(self, name: str) -> str:
        """What a map says, as its title."""
        return self.map(name).title[self.lang]

    def statement(self, name: str) -> str:
        """What a map says, in a sentence with its numbers."""
        entry = self.map(name)
        for wanted in entry.numbers.values():
            self.find(wanted["name"], wanted["by"])
        return statement(entry, self.press.atlas.measures)[self.lang]

    def map(self, name: str) -> "MapEntry":
        """A declared map."""
        return _among(self.press.maps, name, "error.map")

    def result(self, name: str) -> ScenarioResult:
        """What a declared scenario changes."""
        results = {result.name: result for result in self.press.shipped.results}
        found = _among(results, name, "error.report.scenario")
        self.find("scenario_pairs", {"scenario": name, "effect": "better"})
        return found

    def scenario(self, name: str) -> str:
        """What a declared scenario adds up to, in a sentence."""
        return totals_text(self.result(name), self.lang)

    def claims(self) -> list[Claim]:
        """All claims with their verdicts."""
        atlas = self.press.atlas
        if not self._claims:
            self._claims = tell_claims(atlas, [self.lang], self.press.comparison)[self.lang]
        return self._claims

    def verdicts(self, verdict: str = "") -> str:
        """How many claims there are, or have a verdict."""
        if verdict:
            _among(dict.fromkeys(VERDICTS), verdict, "error.report.verdict")
        return self.number(sum(verdict in {"", claim.verdict} for claim in self.claims()))

    def request(self, start: str, end: str, modes: str = "rail,sea") -> Request:
        """The question for a way between two places, named in any language."""
        atlas = self.press.atlas
        words = tuple(word.strip() for word in modes.split(","))
        for word in words:
            _among(dict.fromkeys(MODES), word, "error.report.mode")
        gazetteer = Gazetteer(atlas.layers, atlas.facts, atlas.network)
        return Request(places=[gazetteer.find(start), gazetteer.find(end)], modes=words)

    def way(self, request: Request) -> Route:
        """The shortest way that answers a request."""
        atlas = self.press.atlas
        found = find_routes(atlas.network, atlas.facts, request, atlas.assumptions)[0]
        self.cited |= set(found.sources)
        return found

    def place(self, feature: str, english: str) -> str:
        """The name of an end of a route; a waypoint has none but its English one."""
        return self.name(feature) if feature in self.press.studio.desk.names else english

    def route(self, start: str, end: str, modes: str = "rail,sea") -> str:
        """The shortest way between two places, in a sentence."""
        found = self.way(self.request(start, end, modes))
        return self.text(
            "report.route",
            self.place(found.start_id, found.start),
            self.place(found.end_id, found.end),
            self.amount(found.length_km, "km"),
            self.amount(found.days, "days"),
            self.number(len(found.borders)),
            self.number(len(found.gauge_breaks)),
        )


def _digits(unit: str, digits: int | None) -> int:
    """Digits behind the decimal sign: those that are asked for, or those of the unit."""
    if digits is None:
        return DIGITS.get(unit, 0)
    if digits not in range(MOST_DIGITS + 1):
        raise UsageError(message("error.report.digits", repr(digits), MOST_DIGITS))
    return digits


def _among(known: Mapping[str, Known], name: str, key: str) -> Known:
    """What has a name; ``key`` is that of the message where nothing has.

    Raises
    ------
    UsageError
        Where nothing has; the message lists the nearest and all.
    """
    if name not in known:
        raise UsageError(not_among(key, name, known))
    return known[name]
