"""An atlas to the studio that its pages and its figures are made in: one way, so that both say the same."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from corridors.content.cards import Desk
from corridors.content.content import Studio
from corridors.content.corridor_features import Ribbons
from corridors.content.load import Atlas
from corridors.data.maps import MapEntry
from corridors.data.tables import NAMED
from corridors.locales import LANGUAGES
from corridors.measures.measure import Measures
from corridors.network.corridor_measures import compare_all, corridor_measures
from corridors.network.corridors import Comparison
from corridors.network.declared_scenarios import Shipped, run_shipped
from corridors.network.scenario_measures import scenario_measures


def play_scenarios(atlas: Atlas, geodata: Path) -> tuple[Atlas, Shipped]:
    """Run the declared scenarios: the atlas with their measures, and what they change."""
    shipped = run_shipped(
        geodata / "scenarios.toml", atlas.layers, atlas.facts, atlas.network, atlas.assumptions, LANGUAGES
    )
    measures = Measures([*atlas.measures, *scenario_measures(shipped.results, atlas.facts)])
    return dataclasses.replace(atlas, measures=measures), shipped


def compare_corridors(atlas: Atlas) -> tuple[Atlas, Comparison]:
    """Put the corridors side by side: the atlas with their measures, and what they come to."""
    comparison = compare_all(atlas.layers, atlas.facts, atlas.network, atlas.assumptions)
    measures = Measures([*atlas.measures, *corridor_measures(comparison, atlas.facts)])
    return dataclasses.replace(atlas, measures=measures), comparison


def make_studio(atlas: Atlas, maps: Sequence[MapEntry], basemap: Path, comparison: Comparison | None) -> Studio:
    """All that maps are made from.

    Parameters
    ----------
    atlas
        With the measures of scenarios and corridors, where maps quote them.
    maps
        The declared maps.
    basemap
        Folder of the basemap.
    comparison
        The corridors, for maps that show them.
    """
    names = {
        f"{layer}/{feature['id']}": {key: feature[f"name_{key}"] for key in NAMED if feature[f"name_{key}"]}
        for layer, frame in atlas.layers.items()
        for feature in frame.drop(columns="geometry").to_dict("records")
    }
    desk = Desk(atlas.facts, atlas.measures, atlas.gateways, names, atlas.catalog.as_of)
    return Studio(
        catalog=atlas.catalog,
        maps=maps,
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
