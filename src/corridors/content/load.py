"""A geodata folder to an atlas in memory: layers, measures and the network, ready to be asked or drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd

from corridors.analysis.assumptions import Assumptions, load_assumptions
from corridors.analysis.claims import Claim, check_claims
from corridors.analysis.compare import Comparison
from corridors.analysis.gateways import Gateway, find_gateways
from corridors.analysis.measure import Measures
from corridors.analysis.measures import build_measures
from corridors.analysis.network import Network
from corridors.analysis.network_build import build_network
from corridors.analysis.statistics import LENGTH_LAYERS, Split, split_layer
from corridors.analysis.wayfinder import Wayfinder
from corridors.data.catalog import Catalog, load_catalog
from corridors.data.facts import Facts, load_facts
from corridors.errors import InputError
from corridors.layers import build_layers
from corridors.layers.countries import read_outlines


@dataclass(frozen=True, slots=True)
class Atlas:
    """An atlas in memory: what a geodata folder says, as layers and measures.

    Attributes
    ----------
    layers
        A frame per layer, EPSG:4326.
    splits
        Kilometres by country, by layer of lines.
    gateways
        What lies at each port.
    measures
        Every number of the atlas.
    network
        All layers joined, to find routes in.
    assumptions
        What routes assume.
    """

    catalog: Catalog
    facts: Facts
    layers: Mapping[str, gpd.GeoDataFrame]
    splits: Mapping[str, Split]
    gateways: Mapping[str, Gateway]
    measures: Measures
    network: Network
    assumptions: Assumptions


def load(geodata: Path) -> Atlas:
    """Read a geodata folder into an atlas.

    Raises
    ------
    FileError
        Where a file cannot be read.
    InputError
        Where a file does not say what it should; the message names file, row, column and remedy.
    """
    catalog = load_catalog(geodata)
    facts = load_facts(geodata)
    layers = build_layers(facts, geodata / "basemap")
    for name in layers:
        if name not in catalog.layers:
            raise InputError(
                f"{geodata / 'catalog.toml'}: the layer {name!r} is not told of. Remedy: add a table [layers.{name}].",
            )
    outlines = read_outlines(geodata / "basemap")
    splits = {name: split_layer(name, layers[name], outlines) for name in LENGTH_LAYERS}
    gateways = find_gateways(layers)
    measures = build_measures(facts, layers, splits, gateways)
    assumptions = load_assumptions(geodata / "assumptions.toml")
    network = build_network(layers, facts, outlines, assumptions)
    return Atlas(catalog, facts, layers, splits, gateways, measures, network, assumptions)


def tell_claims(
    atlas: Atlas, languages: Sequence[str], comparison: Comparison | None = None
) -> Mapping[str, list[Claim]]:
    """Every claim of the facts with its verdict, told in each language; corridors compared already are not again.

    Raises
    ------
    InputError
        Where a check cannot be read; the message names file, claim, column and remedy.
    """
    ways = Wayfinder(atlas.facts, atlas.layers, atlas.network, atlas.assumptions, comparison)
    return {code: check_claims(atlas.facts, atlas.layers, atlas.measures, ways, code) for code in languages}
