"""The functions and values of templates: measures, words, names, figures and tables of an atlas, in one language."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as calendar_date
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeVar

from corridors.claims.evidence import VERDICTS
from corridors.claims.sayings import statement
from corridors.claims.verdicts import Claim
from corridors.content.context import Context
from corridors.content.load import check_all_claims
from corridors.data.findings import printable
from corridors.data.iso import ALPHA2, alpha3_like, country_name
from corridors.data.tables import REGION
from corridors.documents.template import Markdown, markdown_text
from corridors.errors import UsageError, not_among
from corridors.locales import message, messages, number
from corridors.locales.wording import HUNDRED_MILLIONS, amount, bare, day, decimals, say
from corridors.measures.measure import Measure
from corridors.network.gazetteer import Gazetteer
from corridors.network.graph import MODES
from corridors.network.route import Route
from corridors.network.routing import Request, find_routes
from corridors.network.scenario_result import ScenarioResult
from corridors.text.scenarios import totals_text

if TYPE_CHECKING:
    from corridors.data.maps import MapEntry

DIGITS: Mapping[str, int] = {
    "percent": 1, "billion_usd": 1, "trillion_usd": 2, "trillion_cny": 2, "days": 1, "hours": 1, "ratio": 2,
}  # fmt: skip
"""Digits after the decimal sign by unit, as on the cards of maps. Other units have none."""

SHORT: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "rail_km": ("track_km", {"layer": "rail"}),
    "road_km": ("track_km", {"layer": "roads"}),
    "pipeline_km": ("track_km", {"layer": "pipelines"}),
    "ferry_km": ("track_km", {"layer": "ferries"}),
    "gateways": ("features", {"layer": "ports"}),
    "flights": ("features", {"layer": "flights"}),
    "stations": ("features", {"layer": "stations"}),
    "breaks_of_gauge": ("features", {"layer": "stations", "kind": "break_of_gauge", "status": "operational"}),
    "trade_cny": ("trade_billion_cny", {"subject": REGION}),
    "trade_usd": ("trade_billion_usd", {"subject": REGION}),
    "road_share": ("road_share_percent", {"subject": REGION}),
}
"""Short names of measures: the full names, and the default keys."""


SOURCE = "corridors:"
"""The prefix of an atlas source's key in a citation. Its id follows."""

FIRST_PLACE = 0xE000
"""The first character of Unicode's area for private use."""

MOST_DIGITS = 6
_DAY = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
DATE = re.compile(rf"{_DAY}(/{_DAY})?", re.ASCII)

Known = TypeVar("Known")


@dataclass(slots=True)
class Writer:
    """Writes an atlas in one language, and remembers the sources that it has used.

    Attributes
    ----------
    cited
        Ids of the sources of the written text.
    numbered
        Whether the text names sources by numbers.
    listed
        Ids of the sources in a list, whether the text names them or not.
    """

    context: Context
    lang: str
    cited: set[str] = field(default_factory=set)
    numbered: bool = False
    listed: set[str] = field(default_factory=set)
    _claims: list[Claim] = field(default_factory=list)

    def words(self) -> dict[str, object]:
        """The names that a template may use, without figures and tables."""
        functions: Sequence[Callable[..., object]] = (
            self.measure, self.text, self.number, self.date, self.country, self.name, self.title, self.statement,
            self.scenario, self.route, self.verdicts, self.assumption,
        )  # fmt: skip
        return {function.__name__: function for function in functions} | {
            "as_of": self.date(self.context.as_of),
            "language": self.lang,
        }

    def find(self, name: str, by: Mapping[str, str]) -> Measure:
        """The measure of a name or short name.

        Raises
        ------
        UsageError
            If there is none. The message lists the nearest names.
        """
        measures = self.context.measures
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

    def measure(
        self, name: str, *, unit: bool = False, digits: int | None = None, caveats: bool = True, cite: bool = False,
        **by: str | int,
    ) -> str:  # fmt: skip
        """A number of the atlas as the language writes it, with unit, caveats and sources as requested."""
        found = self.find(name, {key: str(value) for key, value in by.items()})
        written = self.amount(found.value, found.unit, digits) if unit else self.bare(found.value, found.unit, digits)
        return self.sourced(self.qualified(written, found) if caveats else written, found.sources, cite=cite)

    def qualified(self, words: str, measure: Measure) -> str:
        """Words, followed by the caveats of a measure in brackets."""
        for caveat in measure.caveats:
            words = say(self.lang, "caveat.in_text", words, caveat.get(self.lang) or caveat["en"])
        return words

    def sourced(self, text: str, sources: Iterable[str], *, cite: bool) -> str:
        """A text with sources, which it names if requested."""
        ids = sorted(sources)
        self.cited |= set(ids)
        if not (cite and ids):
            return text
        self.numbered = True
        return Markdown(f"{markdown_text(text)} [{'; '.join(f'@{{{SOURCE}{name}}}' for name in ids)}]")

    def amount(self, value: float, unit: str, digits: int | None = None) -> str:
        """A value with its unit."""
        return amount(value, unit, self.lang, digits=_digits(unit, digits))

    def bare(self, value: float, unit: str, digits: int | None = None) -> str:
        """A value without its unit, in the unit that :meth:`unit` names."""
        return bare(value, unit, self.lang, digits=_digits(unit, digits))

    def unit(self, unit: str) -> str:
        """A unit in words; Chinese counts billions in hundreds of millions."""
        named = HUNDRED_MILLIONS.get(unit, unit) if self.lang == "zh" else unit
        return messages(self.lang)[f"unit.{named}"]

    def number(self, value: float, digits: int = 0) -> str:
        """Any number as the language writes it."""
        return number(value, _digits("", digits), self.lang)

    def text(self, key: str, *parts: str) -> str:
        """A message of the catalogues with its placeholders filled. It is Markdown if a value is."""
        known = messages(self.lang)
        if key not in known:
            raise UsageError(not_among("error.report.message", key, known))
        if (wanted := known[key].count("{")) != len(parts):
            raise UsageError(message("error.report.message.places", repr(key), wanted, len(parts)))
        if not any(isinstance(part, Markdown) for part in parts):
            return say(self.lang, key, *map(str, parts))
        places = [chr(FIRST_PLACE + at) for at in range(len(parts))]  # no text of a catalogue contains this character
        said = markdown_text(say(self.lang, key, *places))
        for place, part in zip(places, parts, strict=True):
            said = Markdown(said.replace(place, markdown_text(part)))
        return said

    def date(self, iso: str) -> str:
        """A date or period (ISO 8601) in words."""
        if not all(map(_is_date, iso.split("/"))) or not DATE.fullmatch(iso):
            raise UsageError(message("error.report.date", repr(printable(iso))))
        return day(iso, self.lang)

    def country(self, code: str) -> str:
        """A country's name, by its code (ISO 3166-1 alpha-3)."""
        if code not in ALPHA2:
            ours = [str(row["iso_a3"]) for row in self.context.facts.rows("countries")]
            near = next(iter(get_close_matches(code.upper(), ours, n=1)), alpha3_like(code))
            raise UsageError(message("error.report.country", repr(printable(code)), near))
        return country_name(code, self.lang)

    def name(self, feature: str) -> str:
        """The name of a feature (``layer/id``) in the language, or in English if it has no other."""
        names = self.context.names
        if feature not in names:
            raise UsageError(not_among("error.report.feature", feature, names))
        return names[feature].get(self.lang) or names[feature]["en"]

    def title(self, name: str) -> str:
        """The title of a map."""
        return self.map(name).title[self.lang]

    def statement(self, name: str, *, cite: bool = False) -> str:
        """The statement of a map, with its numbers."""
        entry = self.map(name)
        quoted = {name for sentence in entry.sentences for name in sentence.quoted}
        numbers = [entry.numbers[name] for name in sorted(quoted)]
        sources = {source for wanted in numbers for source in self.find(wanted.name, wanted.by).sources}
        said = statement(entry, self.context.measures, self.context.as_of)[self.lang]
        return self.sourced(said, sources, cite=cite)

    def map(self, name: str) -> "MapEntry":
        """A declared map."""
        return _among(self.context.maps, name, "error.map")

    def result(self, name: str) -> ScenarioResult:
        """The result of a declared scenario."""
        results = {result.name: result for result in self.context.declared.results}
        found = _among(results, name, "error.report.scenario")
        self.find(*_pairs(name))
        return found

    def scenario(self, name: str, *, cite: bool = False) -> str:
        """The totals of a declared scenario, in a sentence."""
        sentence = totals_text(self.result(name), self.lang)
        return self.sourced(sentence, self.find(*_pairs(name)).sources, cite=cite)

    def claims(self) -> list[Claim]:
        """All claims with their verdicts."""
        if not self._claims:
            self._claims = check_all_claims(self.context, [self.lang])[self.lang]
        return self._claims

    def verdicts(self, verdict: str = "") -> str:
        """The number of claims, or of claims with a verdict."""
        if verdict:
            _among(dict.fromkeys(VERDICTS), verdict, "error.report.verdict")
        return self.number(sum(verdict in {"", claim.verdict} for claim in self.claims()))

    def assumption(self, name: str) -> str:
        """A value of ``assumptions.toml``, such as ``speeds_kmh.air``, without its unit."""
        value = _among(self.context.assumptions.values, name, "error.report.assumption")
        return number(value, decimals(value), self.lang)

    def request(self, start: str, end: str, modes: str = "rail,sea") -> Request:
        """The request for a route between two places, named in any language."""
        context = self.context
        words = tuple(word.strip() for word in modes.split(","))
        for word in words:
            _among(dict.fromkeys(MODES), word, "error.report.mode")
        gazetteer = Gazetteer(context.layers, context.facts, context.network)
        return Request(places=[gazetteer.find(start), gazetteer.find(end)], modes=words)

    def way(self, request: Request) -> Route:
        """The shortest route for a request."""
        context = self.context
        found = find_routes(context.network, context.facts, request, context.assumptions)[0]
        self.cited |= set(found.sources)
        return found

    def place(self, feature: str, english: str) -> str:
        """The name of an end of a route. A waypoint has only its English name."""
        return self.name(feature) if feature in self.context.names else english

    def route(self, start: str, end: str, modes: str = "rail,sea", *, cite: bool = False) -> str:
        """The shortest route between two places, in a sentence."""
        found = self.way(self.request(start, end, modes))
        sentence = self.text(
            "report.route",
            self.place(found.start_id, found.start),
            self.place(found.end_id, found.end),
            self.amount(found.length_km, "km"),
            self.amount(found.days, "days"),
            self.number(len(found.borders)),
            self.number(len(found.gauge_breaks)),
        )
        return self.sourced(sentence, found.sources, cite=cite)


def _pairs(scenario: str) -> tuple[str, Mapping[str, str]]:
    """The measure whose sources are those of a scenario."""
    return "scenario_pairs", {"scenario": scenario, "effect": "better"}


def _is_date(iso: str) -> bool:
    """Whether a date's day exists in its month. A date without a day is always valid."""
    try:
        calendar_date.fromisoformat(iso if len(iso) == len("2025-06-17") else "2025-06-17")
    except ValueError:
        return False
    return True


def _digits(unit: str, digits: int | None) -> int:
    """Digits after the decimal sign: the requested number, or that of the unit."""
    if digits is None:
        return DIGITS.get(unit, 0)
    if digits not in range(MOST_DIGITS + 1):
        raise UsageError(message("error.report.digits", repr(digits), MOST_DIGITS))
    return digits


def _among(known: Mapping[str, Known], name: str, key: str) -> Known:
    """The value of a name. ``key`` is that of the message if the name is unknown.

    Raises
    ------
    UsageError
        If the name is unknown. The message lists the nearest names and all names.
    """
    if name not in known:
        raise UsageError(not_among(key, name, known))
    return known[name]
