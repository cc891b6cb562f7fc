"""Comparisons and scenarios on their own maps, in the same form as the declared ones on the maps of the atlas."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from corridors.content.content import map_content
from corridors.content.context import Context
from corridors.content.page_types import Content
from corridors.content.scenario_features import with_scenarios
from corridors.data.maps import Group, MapEntry
from corridors.data.scenarios import ScenarioEntry
from corridors.data.sentences import Sentence
from corridors.locales import translations
from corridors.network.corridors import Comparison
from corridors.network.declared_scenarios import DeclaredScenarios
from corridors.network.scenario_result import ScenarioResult

CITIES = Group("cities", "kind")
WORLD = (24.0, 33.0, 133.0, 60.0)
"""West, south, east, north in degrees of a first view, which the scenario's own view replaces."""

MARGIN_DEGREES = 2.0


def comparison_content(comparison: Comparison, context: Context) -> Content:
    """The content of a page (see web.map.CorridorMap) with corridors side by side, on the map and in a table."""
    courses = [leg.coordinates for corridor in comparison.corridors for leg in corridor.route.legs]
    places = np.array([place for course in courses for place in course])
    west, south = places.min(axis=0) - MARGIN_DEGREES
    east, north = places.max(axis=0) + MARGIN_DEGREES
    bounds = (round(float(west), 2), round(float(south), 2), round(float(east), 2), round(float(north), 2))
    entry = MapEntry(
        name="comparison",
        headline=Sentence(translations("compare.caption")),
        sentences=(Sentence(translations("compare.note")),),
        bounds=bounds,
        groups=(
            Group("corridors", "id", open=True),
            Group("rail", "gauge", off=("rail.1435", "rail.1520")),
            Group("stations", "kind", off=("stations.station",)),
            CITIES,
        ),
    )
    return map_content(entry, replace(context, comparison=comparison))


def scenario_content(
    result: ScenarioResult, title: Mapping[str, str], statement: Mapping[str, str], context: Context
) -> Content:
    """The content of a page (see web.map.CorridorMap) with the effect of a scenario, before and after.

    Parameters
    ----------
    result
        The result of the scenario, which must have a name.
    title, statement
        The title and the statement, by language.
    context
        The context of the map.
    """
    entry = MapEntry(
        name="scenario",
        headline=Sentence(title),
        sentences=(Sentence(statement),),
        bounds=WORLD,
        groups=(Group("rail", "gauge"), Group("ferries", "kind"), CITIES),
        filters=("status",),
    )
    declared = DeclaredScenarios({result.name: ScenarioEntry(name=result.name, title=title)}, [result])
    return with_scenarios(map_content(entry, context), context, declared)
