"""An atlas to its pages: one for each map, the claims, and the index."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from corridors.analysis.compare import Comparison
from corridors.analysis.shipped import Shipped
from corridors.data.maps import MapEntry
from corridors.locales import LANGUAGES, Message, message
from corridors.opened import Atlas, tell_claims
from corridors.studio import make_studio
from corridors.web.claims_page import claims_html
from corridors.web.content import Studio, map_content
from corridors.web.index import index_html
from corridors.web.map import CorridorMap
from corridors.web.scenarios_page import Staging, with_scenarios

Tell = Callable[[Message], None]


def map_page(
    entry: MapEntry,
    studio: Studio,
    shipped: Shipped | None,
    *,
    language: str,
    tiles: str | None = None,
    attribution: str | None = None,
) -> CorridorMap:
    """The page of one declared map; parameters are those of :func:`corridors.atlas.render`."""
    page = CorridorMap(title=entry.title[language], lang=language, tiles=tiles, attribution=attribution)
    page.content = map_content(entry, studio)
    if entry.scenarios and shipped:
        page.content = with_scenarios(page.content, Staging(studio.network, studio.desk.names, shipped))
    return page


def render_pages(
    maps: Path,
    basemap: Path,
    atlas: Atlas,
    declared: Sequence[MapEntry],
    chosen: Sequence[MapEntry],
    shipped: Shipped | None,
    comparison: Comparison | None,
    *,
    language: str,
    tiles: str | None,
    attribution: str | None,
    tell: Tell,
) -> Iterator[tuple[Path, str]]:
    """The page of each chosen map, and the claims and the index where all are made."""
    studio = make_studio(atlas, declared, basemap, comparison)
    contents = []
    for entry in chosen:
        tell(message("cli.step.map", entry.name))
        page = map_page(entry, studio, shipped, language=language, tiles=tiles, attribution=attribution)
        contents.append(page.content or {})
        yield maps / f"{entry.name}.html", page.get_root().render()
    if len(chosen) == len(declared):
        tell(message("cli.step.index"))
        told = tell_claims(atlas, LANGUAGES, comparison)
        yield maps / "claims.html", claims_html(told, studio.sources, contents, language=language)
        yield maps / "index.html", index_html(contents, language=language, claims=len(told[language]))
