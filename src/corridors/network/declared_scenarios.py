"""Groups of places by their name, and the scenarios that the atlas declares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd

from corridors.data.facts import Facts
from corridors.data.scenarios import ScenarioEntry, load_scenarios
from corridors.data.tables import COUNTRY_GROUPS, REGION
from corridors.errors import UsageError
from corridors.locales import message
from corridors.network.assumptions import Assumptions
from corridors.network.gazetteer import Gazetteer, Place
from corridors.network.graph import Network
from corridors.network.scenario import Scenario, State, run_scenario
from corridors.network.scenario_result import ScenarioResult

GROUPS: Mapping[str, tuple[str, ...]] = {
    "all": COUNTRY_GROUPS,
    "china": ("china",),
    REGION: ("central_asia",),
}
"""Names of groups, and the groups of countries.csv whose cities belong to them."""


def places_between(text: str, facts: Facts, gazetteer: Gazetteer) -> list[Place]:
    """The places of a group, each once.

    Parameters
    ----------
    text
        Names of groups (all, china, central-asia) or of places in any language, separated by ``;``.

    Raises
    ------
    UsageError
        If a name is unknown or ambiguous, or the text names fewer than two different places.
    """
    found: dict[str, Place] = {}
    for name in filter(None, (part.strip() for part in text.split(";"))):
        if name.casefold() in GROUPS:
            held = GROUPS[name.casefold()]
            countries = {row["iso_a3"] for row in facts.rows("countries") if row["group"] in held}
            cities = [row["id"] for row in facts.rows("cities") if row["country"] in countries]
            places = [gazetteer.find(f"cities/{city}") for city in cities]
        else:
            try:
                places = [gazetteer.find(name)]
            except UsageError as error:
                raise UsageError(message("error.between", error.message, list(GROUPS))) from error
        found |= {place.feature: place for place in places if place.feature not in found}
    if len(found) < 2:  # noqa: PLR2004 - a pair
        raise UsageError(message("error.between.few", repr(text), list(GROUPS)))
    return list(found.values())


@dataclass(frozen=True, slots=True)
class DeclaredScenarios:
    """The declared scenarios by name, and their results in the same order."""

    entries: Mapping[str, ScenarioEntry] = field(default_factory=dict)
    results: Sequence[ScenarioResult] = ()


def run_declared(
    path: Path,
    layers: Mapping[str, gpd.GeoDataFrame],
    facts: Facts,
    network: Network,
    assumptions: Assumptions,
    languages: Sequence[str],
) -> DeclaredScenarios:
    """Run the scenarios that a file declares.

    Raises
    ------
    FileError
        If the file cannot be read.
    InputError
        If its content is not valid, it names an unknown place, or a scenario would change nothing.
    """
    entries = load_scenarios(path, facts, languages)
    gazetteer = Gazetteer(layers, facts, network)
    known: dict[object, State] = {}
    results = []
    for entry in entries.values():
        keys: tuple[str, ...] = ("between",)
        try:
            group = places_between(entry.between, facts, gazetteer)
            keys = ()
            scenario = Scenario(
                group=group,
                opened=frozenset(entry.opened),
                closed=frozenset(entry.closed),
                modes=entry.modes,
                by=entry.by,
                name=entry.name,
            )
            results.append(run_scenario(network, facts, assumptions, scenario, known))
        except UsageError as error:
            if facts.year is not None:  # A scenario that is impossible in another year is left out.
                continue
            raise entry.location.refuse(keys, error) if entry.location else error from error
    played = {result.name for result in results}
    return DeclaredScenarios({name: entry for name, entry in entries.items() if name in played}, results)
