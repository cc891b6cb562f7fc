"""The declared steps of a map's story to page data: the state that each step shows, and its text with sources.

A sentence is left out if the facts do not support it, and a step if no sentence of its text is left.
"""

from collections.abc import Collection, Mapping, Sequence

from corridors.claims.assertions import sayable
from corridors.claims.quotations import claims_of, sentence_sources
from corridors.claims.sayings import said_once
from corridors.content.content import cite
from corridors.content.context import Context
from corridors.content.facet_types import Words
from corridors.content.page_types import AboutMap, Content, Feature
from corridors.content.story_types import Bar, StepState, StoryChart, StorySentence, StoryStep, StoryText
from corridors.data.declared_values import no_such, use_one_of
from corridors.data.facts_in_year import status_in
from corridors.data.maps import MapEntry
from corridors.data.periods import is_later
from corridors.data.sentences import Sentence
from corridors.data.story import PLANNED, SERIES, Chart, Moment
from corridors.data.toml_file import Keys
from corridors.locales import LANGUAGES, message, messages, number, translations
from corridors.locales.wording import day
from corridors.measures.measure import Measure

CHANGES = ("opened", "closed", "pair")
"""The kinds of features of a scenario that are not there before."""

SPOKEN = tuple(f"story.{word}" for word in ("back", "label", "next", "previous", "step"))
"""The messages of the controls of a story."""


def with_story(content: Content, entry: MapEntry, context: Context) -> Content:
    """The content of a map's page with its story added.

    Raises
    ------
    InputError
        If a step names a layer, a value of a filter, a feature, a scenario, a measure or a source that does not exist.
    """
    told = [(step, _text(entry, nth, context), step_state(entry, nth, content)) for nth, step in enumerate(entry.steps)]
    kept = [(step, text, state) for step, text, state in told if text["sentences"]]
    steps: list[StoryStep] = [
        {"bounds": list(step.bounds), "narrow": list(step.narrow or step.bounds), "state": state}
        for step, _, state in kept
    ]
    if not steps:
        return content
    own = {name: cite(context.sources[name]) for _, text, _ in kept for name in text["sources"]}
    about: AboutMap = {**content["map"], "story": steps}
    added: Content = {
        "messages": {
            language: words | {key: text for key, text in messages(language).items() if key in SPOKEN}
            for language, words in content["messages"].items()
        },
        "map": about,
        "story": {"steps": [text for _, text, _ in kept], "sources": own},
    }
    return {**content, **added}


def story_texts(entry: MapEntry, context: Context) -> dict[int, StoryText]:
    """The steps of a story as text by their place, without those that the facts do not support."""
    texts = {nth: _text(entry, nth, context) for nth in range(len(entry.steps))}
    return {nth: text for nth, text in texts.items() if text["sentences"]}


def moments(year: int | None, against: Moment | None) -> list[Moment | None]:
    """The date that a step shows, or both of its dates."""
    return [year] if against is None else [year, against]


def moment_words(moment: Moment | None, as_of: str) -> Words:
    """A date of a step by language."""
    if moment == PLANNED:
        return translations("time.planned")
    return {code: day(str(year_at(moment, as_of) or as_of), code) for code in LANGUAGES}


def year_at(moment: Moment | None, as_of: str) -> int | None:
    """The year of a date, as ``yearAt`` of the page has it. None is the date of the atlas, or what is planned."""
    return moment if isinstance(moment, int) and moment != int(as_of[:4]) else None


def step_features(content: Content, state: StepState, moment: Moment | None) -> list[Feature]:
    """The features that a step shows, with their status on one of its dates.

    Before a scenario, its changes are not there. With what is planned, all that is not suspended is in operation.
    ``statusAt`` of the page has the same rule.
    """
    found: list[Feature] = []
    year = year_at(moment, content["map"]["asOf"])
    for feature in content["features"]:
        scenario = feature.get("scenario")
        before = scenario and state["after"] == 0 and feature["kind"] in CHANGES
        if feature["class"] not in state["layers"] or scenario not in {None, state["scenario"]} or before:
            continue
        dated = {**feature, "opened": feature.get("since") or feature.get("opened")}
        status = status_in(dated, year, content["map"]["asOf"])
        if moment == PLANNED and status != "suspended":
            status = "operational"
        values: Mapping[str, object] = {**feature, "status": status}
        if status and all(_has(values.get(name), wanted) for name, wanted in state["filters"].items()):
            found.append({**feature, "status": status})
    return found


def _has(value: object, wanted: Sequence[str]) -> bool:
    """Whether a property has one of the wanted values. It may have several values itself."""
    return any(one in wanted for one in (value if isinstance(value, list) else [value]))


def step_state(entry: MapEntry, nth: int, content: Content) -> StepState:
    """The state of the page that a step shows.

    Raises
    ------
    InputError
        If it names something that is not on the page.
    """
    step, about = entry.steps[nth], content["map"]
    known: dict[str, Sequence[str]] = {name: [name] for name in content["classes"]}
    known |= {group["id"]: group["classes"] for group in about["groups"]}
    scenarios = [one["id"] for one in about.get("scenarios", ())]
    _check(entry, ("steps", nth, "layers"), step.layers, known)
    offered = {one["property"]: one["values"] for one in about["filters"]}
    for name, values in step.filters.items():
        _check(entry, ("steps", nth, "filters", name), name, offered)
        _check(entry, ("steps", nth, "filters", name), values, offered[name])
    _check(entry, ("steps", nth, "selected"), step.selected, [one["id"] for one in content["features"]])
    _check(entry, ("steps", nth, "scenario"), step.scenario, scenarios)
    wanted = {name for layer in step.layers for name in known[layer]}
    return {
        "layers": [name for name, one in content["classes"].items() if (name in wanted if step.layers else one["on"])],
        "filters": {name: list(values) for name, values in step.filters.items()},
        "year": step.year,
        "against": step.against,
        "split": step.split,
        "selected": step.selected,
        "scenario": step.scenario or next(iter(scenarios), None),
        "after": step.after,
    }


def _check(entry: MapEntry, keys: Keys, named: str | Sequence[str] | None, known: Collection[str]) -> None:
    """Refuse an unknown name at a place of the declaration, or in the list there."""
    names = [(keys, named)] if isinstance(named, str) else [((*keys, at), name) for at, name in enumerate(named or ())]
    for place, name in names:
        if name not in known:
            raise entry.fault(place, no_such(name), use_one_of(name, known))


def _text(entry: MapEntry, nth: int, context: Context) -> StoryText:
    """A step as text."""
    step = entry.steps[nth]
    _check(entry, ("steps", nth, "sources"), step.sources, context.sources)
    sentences = [
        _sentence(entry, sentence, context) for sentence in step.sentences if sayable(entry, sentence, context.assessor)
    ]
    chart = _chart(entry, nth, step.figure, context) if step.figure else None
    used = [
        *(one for said in sentences for one in said["sources"]),
        *(chart["sources"] if chart else ()),
        *step.sources,
    ]
    return {
        "title": dict(step.headline.words),
        "sentences": sentences,
        "chart": chart,
        "sources": sorted(used),
    }


def _sentence(entry: MapEntry, sentence: Sentence, context: Context) -> StorySentence:
    """A sentence with its numbers, its sources, and the verdicts of its claims."""
    found = {name: context.assessor.claim(name) for name in claims_of(sentence)}
    return {
        "words": {
            language: "".join(text for text, _ in said_once(entry, sentence, context.measures, context.as_of, language))
            for language in LANGUAGES
        },
        "sources": sentence_sources(entry, sentence, context.assessor),
        "claims": {name: claim.verdict for name, claim in found.items() if claim},
    }


def _chart(entry: MapEntry, nth: int, chart: Chart, context: Context) -> StoryChart:
    """A chart: a bar for each whole year up to the atlas's date, or for before and after."""
    series = [(key, one) for key in SERIES for one in _along(chart, key, context)]
    if not series:
        what = message("finding.step.series", chart.number.name)
        keys = ("steps", nth, "figure", "number")
        raise entry.fault(keys, what, message("remedy.step.series", list(SERIES)))
    most = max(one.value for _, one in series)
    return {
        "title": dict(chart.words),
        "bars": [_bar(chart, key, one, most) for key, one in series],
        "sources": sorted({source for _, one in series for source in one.sources}),
    }


def _along(chart: Chart, key: str, context: Context) -> list[Measure]:
    """The measures of a chart that differ only by one key, in its order."""
    wanted = chart.number
    found = [
        one
        for one in context.measures
        if one.name == wanted.name and key in one.by and {**wanted.by, key: one.by[key]} == one.by
    ]
    if key == "period":
        whole = [one for one in found if one.by[key].isdigit() and not is_later(one.by[key], context.as_of)]
        return sorted(whole, key=lambda one: one.by[key])
    return sorted(found, key=lambda one: one.by[key], reverse=True)  # before, after


def _bar(chart: Chart, key: str, one: Measure, most: float) -> Bar:
    """A bar with its name and its number in every language."""
    at = one.by[key]
    return {
        "label": {
            language: day(at, language) if key == "period" else messages(language)[f"scenario.{at}"]
            for language in LANGUAGES
        },
        "words": {language: number(*chart.number.written(one.value, language), language) for language in LANGUAGES},
        "share": round(one.value / most, 4) if most else 0.0,
    }
