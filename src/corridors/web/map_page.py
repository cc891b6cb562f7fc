"""A declared map of a context to its page."""

from corridors.content.citation import citation
from corridors.content.content import map_content
from corridors.content.context import Context
from corridors.content.scenario_features import with_scenarios
from corridors.content.story import with_story
from corridors.data.maps import MapEntry
from corridors.geo.frame import FRAME
from corridors.web.iframe import embed_code
from corridors.web.map import CorridorMap


def map_page(
    entry: MapEntry, context: Context, *, language: str, tiles: str | None = None, attribution: str | None = None
) -> CorridorMap:
    """The page of one declared map.

    Parameters
    ----------
    entry
        The map.
    context
        The context of the page. A map that shows scenarios needs their results.
    language
        Language of the page if the page does not have the reader's own language.
    tiles, attribution
        See :class:`corridors.web.map.CorridorMap`.
    """
    page = CorridorMap(title=entry.title[language], lang=language, tiles=tiles, attribution=attribution)
    page.content = map_content(entry, context)
    titles = {code: " ".join(title.split()) for code, title in entry.title.items()}
    page.content["map"] |= {
        "cited": citation(entry, context),
        "frame": list(FRAME),
        "embed": {code: embed_code(title, code) for code, title in titles.items()},
    }
    if entry.scenarios and context.declared.results:
        page.content = with_scenarios(page.content, context, context.declared)
    if entry.steps:
        page.content = with_story(page.content, entry, context)
    return page
