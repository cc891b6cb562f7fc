"""A geodata folder to an atlas in memory: layers, measures and the network, ready to be asked or drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd

from corridors.claims.verdicts import Claim, check_claims_in
from corridors.claims.wayfinder import Wayfinder
from corridors.data.catalog import Catalog, load_catalog
from corridors.data.facts import Facts, load_facts
from corridors.layers import build_layers
from corridors.layers.countries import read_outlines
from corridors.layers.winding import estimate_lengths
from corridors.measures.build import build_measures
from corridors.measures.gateways import Gateway, find_gateways
from corridors.measures.measure import Measures
from corridors.measures.statistics import LENGTH_LAYERS, Split, split_layer
from corridors.network.assumptions import Assumptions, load_assumptions
from corridors.network.build import build_network
from corridors.network.corridors import Comparison
from corridors.network.graph import Network


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
    return make_atlas(load_catalog(geodata), load_facts(geodata), geodata)


def make_atlas(catalog: Catalog, facts: Facts, geodata: Path) -> Atlas:
    """Facts to an atlas, with the basemap and the assumptions of a geodata folder.

    Raises
    ------
    FileError
        Where a file cannot be read.
    InputError
        Where the facts make no layers, or the catalogue lacks one.
    """
    assumptions = load_assumptions(geodata / "assumptions.toml", facts)
    layers = build_layers(facts, geodata / "basemap")
    outlines = read_outlines(geodata / "basemap")
    estimates = estimate_lengths(facts)
    splits = {name: split_layer(name, layers[name], outlines, estimates.hops) for name in LENGTH_LAYERS}
    gateways = find_gateways(layers)
    measures = build_measures(
        facts, layers, splits, gateways, estimates, assumed=assumptions.values, as_of=catalog.as_of
    )
    network = build_network(layers, facts, outlines, assumptions)
    return Atlas(catalog, facts, layers, splits, gateways, measures, network, assumptions)


def wayfinder(atlas: Atlas, comparison: Comparison | None = None) -> Wayfinder:
    """The network as checks ask it; corridors that are compared already are not compared again."""
    return Wayfinder(atlas.facts, atlas.layers, atlas.network, atlas.assumptions, comparison)


def tell_claims(
    atlas: Atlas, languages: Sequence[str], comparison: Comparison | None = None
) -> Mapping[str, list[Claim]]:
    """Every claim of the facts with its verdict, told in each language; corridors compared already are not again.

    Raises
    ------
    InputError
        Where a check cannot be read; the message names file, claim, column and remedy.
    """
    ways = wayfinder(atlas, comparison)
    return check_claims_in(languages, atlas.facts, atlas.layers, atlas.measures, ways)
