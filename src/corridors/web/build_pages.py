"""An atlas to its pages: one for each map, the claims, and the index."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from corridors.content.content import Studio, map_content
from corridors.content.context import make_studio
from corridors.content.load import Atlas, tell_claims
from corridors.content.scenario_features import Staging, with_scenarios
from corridors.data.maps import MapEntry
from corridors.locales import LANGUAGES, Message, message
from corridors.network.corridors import Comparison
from corridors.network.declared_scenarios import Shipped
from corridors.web.claims_page import claims_html
from corridors.web.index import index_html
from corridors.web.map import CorridorMap

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
    """The page of one declared map; parameters are those of :func:`corridors.app.build.render`."""
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
