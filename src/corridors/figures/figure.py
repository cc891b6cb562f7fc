"""Maps, routes, comparisons and scenarios as figures for print, from the same content as their pages.

Each is the content of a page (see ``content``), and one function draws it.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from corridors.content.basemap import Basemap
from corridors.content.content import map_content
from corridors.content.context import Context
from corridors.content.load import in_year
from corridors.content.page_types import Content
from corridors.content.result_maps import comparison_content, scenario_content
from corridors.content.route_features import route_content
from corridors.content.scenario_features import with_scenarios
from corridors.content.story import step_features, step_state, year_at
from corridors.data.maps import MapEntry, choose_maps
from corridors.data.story import Moment
from corridors.data.years import check_year
from corridors.figures.projection import check_extent, inside
from corridors.figures.selection import shown_features
from corridors.figures.sheet import Drawing, Sheet, styled
from corridors.locales import LANGUAGES
from corridors.network.corridors import Comparison
from corridors.network.gazetteer import Place
from corridors.network.route import Route
from corridors.network.routing import Request
from corridors.network.scenario_result import ScenarioResult
from corridors.text.scenarios import totals_text

if TYPE_CHECKING:
    from corridors.figures.page_layout import Printed

NARROW_MM = 100.0
"""A narrower sheet, such as a column, shows the view that pages show in a narrow window."""


def map_figure(
    entry: MapEntry | str, context: Context, sheet: Sheet, *, extent: Sequence[float] | None = None,
    layers: Sequence[str] = (), year: int | None = None,
) -> Drawing:  # fmt: skip
    """A declared map as a figure, with the same title, statement, features, classes and names as its page.

    Parameters
    ----------
    entry
        The map, or its name.
    context
        The context of the figure.
    sheet
        The sheet.
    extent
        West, south, east, north in degrees, EPSG:4326. If it is not given, the first view of the page is used: on a
        narrow sheet, that of a narrow window.
    layers
        Layers or classes to draw, instead of those that are on at first on the page.
    year
        The year of the facts that are drawn and stated.

    Raises
    ------
    UsageError
        If a name, the extent, the year or the size of the sheet is not possible, or matplotlib is missing.
    """
    found = choose_maps(context.maps, [entry])[0] if isinstance(entry, str) else entry
    check_year("--year", year)
    if year is not None:
        context = in_year(context, year)
        found = context.maps[found.name]
    content = map_content(dataclasses.replace(found, planner=False), context)
    if found.scenarios:
        content = with_scenarios(content, context, context.declared)
    return print_figure(content, context.basemap, sheet, extent=extent, layers=layers, year=year).drawing


def step_figure(entry: MapEntry, nth: int, context: Context, sheet: Sheet, moment: Moment | None) -> Drawing:
    """A step of a map's story as a figure: what the page shows on one of its dates, with the step's title.

    Parameters
    ----------
    entry, nth
        The map, and the place of the step in its story, from 0.
    context, sheet
        The context of the figure, and the sheet.
    moment
        The date.

    Raises
    ------
    InputError
        If the step names something that is not on the map.
    """
    step, year = entry.steps[nth], year_at(moment, context.as_of)
    if year is not None:
        context = in_year(context, year)
    titled = dataclasses.replace(entry, headline=step.headline, sentences=(), planner=False)
    content = map_content(titled, context)
    if entry.scenarios:
        content = with_scenarios(content, context, context.declared)
    state = step_state(entry, nth, content)
    about, classes = content["map"], content["classes"]
    content = content | {
        "map": about | {"scenarios": [one for one in about.get("scenarios", ()) if one["id"] == state["scenario"]]},
        "classes": {name: one | {"on": name in state["layers"]} for name, one in classes.items()},
        "features": step_features(content, state, moment),
    }
    return print_figure(content, context.basemap, sheet, extent=step.bounds, year=year).drawing


def route_figure(
    route: Route, context: Context, sheet: Sheet, *, request: Request | None = None, others: Sequence[Route] = ()
) -> Drawing:
    """A route as a figure: its legs, borders, breaks of gauge and places, kilometres and days.

    Parameters
    ----------
    route, others
        The route, and alternatives that are drawn lighter.
    context, sheet
        As of a map.
    request
        The request; without it, the figure names only the ends.
    """
    ends = ((route.start_id, route.start), (route.end_id, route.end))
    asked = request or Request([Place(key, name, tuple(context.network.nodes_of[key])) for key, name in ends])
    return print_figure(route_content([route, *others], asked, context), context.basemap, sheet).drawing


def comparison_figure(comparison: Comparison, context: Context, sheet: Sheet) -> Drawing:
    """Corridors side by side as a figure, with a table. ``context`` and ``sheet`` as for a map."""
    return print_figure(comparison_content(comparison, context), context.basemap, sheet).drawing


def scenario_figure(
    result: ScenarioResult, context: Context, sheet: Sheet, *, title: Mapping[str, str] | None = None
) -> Drawing:
    """The effect of a scenario as a figure, before and after.

    Parameters
    ----------
    result
        The result of the scenario.
    context, sheet
        As of a map.
    title
        The title, by language. If it is not given, that of the declaration is used.

    Raises
    ------
    KeyError
        If no title is given and the scenario is not declared.
    """
    said = {language: totals_text(result, language) for language in LANGUAGES}
    called = title or context.declared.entries[result.name].title
    content = scenario_content(dataclasses.replace(result, name=result.name or "asked"), called, said, context)
    return print_figure(content, context.basemap, sheet).drawing


def print_figure(
    content: Content, basemap: Basemap, sheet: Sheet, *, extent: Sequence[float] | None = None,
    layers: Sequence[str] = (), year: int | None = None,
) -> "Printed":  # fmt: skip
    """The content of a page as a figure, with its legend, and the positions of all names and symbols.

    See :func:`map_figure` for the parameters.
    """
    year = content["map"].get("year") if year is None else year
    view = content["map"]["view"]
    usual = inside(view["narrow"] if sheet.width_mm < NARROW_MM else view["bounds"])
    bounds = check_extent(usual if extent is None else extent, usual)
    features = shown_features(content, layers)
    with styled(sheet):
        from corridors.figures.composition import print_content  # noqa: PLC0415 - styled() asks for matplotlib first

        printed = print_content(content, features, basemap, sheet, bounds, year, whole=extent is not None)
    sources = {source for feature in features for source in feature["sources"]}
    return dataclasses.replace(printed, drawing=dataclasses.replace(printed.drawing, sources=sources))
