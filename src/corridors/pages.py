"""An atlas to its pages: one for each map, the claims, and the index."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from corridors.analysis.claims import check_claims
from corridors.analysis.compare import Comparison
from corridors.analysis.shipped import Shipped
from corridors.data.maps import MapEntry
from corridors.locales import LANGUAGES
from corridors.opened import Atlas
from corridors.web.cards import Desk
from corridors.web.claims_page import claims_html
from corridors.web.content import Studio, map_content
from corridors.web.corridor_features import Ribbons
from corridors.web.index import index_html
from corridors.web.map import CorridorMap
from corridors.web.scenarios_page import Staging, with_scenarios

Tell = Callable[[str], None]


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
    names = {
        f"{layer}/{feature['id']}": {
            key: feature[f"name_{key}"] for key in ("en", "nl", "zh", "ru", "local") if feature[f"name_{key}"]
        }
        for layer, frame in atlas.layers.items()
        for feature in frame.drop(columns="geometry").to_dict("records")
    }
    desk = Desk(atlas.facts, atlas.measures, atlas.gateways, names)
    studio = Studio(
        catalog=atlas.catalog,
        maps=declared,
        layers=atlas.layers,
        splits=atlas.splits,
        measures=atlas.measures,
        desk=desk,
        sources=atlas.facts.by_id("sources"),
        basemap_folder=basemap,
        network=atlas.network,
        assumptions=atlas.assumptions,
        ribbons=Ribbons(comparison, atlas.layers, desk) if comparison else None,
    )
    contents = []
    for entry in chosen:
        tell(f"map {entry.name}")
        page = CorridorMap(title=entry.title[language], lang=language, tiles=tiles, attribution=attribution)
        page.content = map_content(entry, studio)
        if entry.scenarios and shipped:
            page.content = with_scenarios(page.content, Staging(atlas.network, names, shipped))
        contents.append(page.content)
        yield maps / f"{entry.name}.html", page.get_root().render()
    if len(chosen) == len(declared):
        tell("claims and index")
        told = {code: check_claims(atlas.facts, atlas.layers, atlas.measures, code) for code in LANGUAGES}
        yield maps / "claims.html", claims_html(told, studio.sources, contents, language=language)
        yield maps / "index.html", index_html(contents, language=language, claims=len(told[language]))
