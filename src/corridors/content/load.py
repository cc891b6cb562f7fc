"""A geodata folder to a context: facts to layers, measures and network, then scenarios, corridors and maps."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path

from corridors.claims.assertions import Assessor, said_in
from corridors.claims.verdicts import Claim, check_claims_in
from corridors.content.context import Context
from corridors.data.catalog import Catalog, credit_tracks, load_catalog
from corridors.data.facts import Facts, load_facts
from corridors.data.facts_in_year import facts_in
from corridors.data.maps import MapEntry, load_maps
from corridors.layers.build import build_layers
from corridors.layers.countries import read_outlines
from corridors.layers.imported import build_imported
from corridors.layers.winding import estimate_lengths
from corridors.locales import LANGUAGES, Message, message
from corridors.measures.build import build_measures
from corridors.measures.gateways import find_gateways
from corridors.measures.measure import Measures
from corridors.measures.statistics import has_lengths, split_layer
from corridors.network.assumptions import load_assumptions
from corridors.network.build import build_network
from corridors.network.corridor_measures import compare_all, corridor_measures
from corridors.network.corridors import Comparison
from corridors.network.declared_scenarios import DeclaredScenarios, run_declared
from corridors.network.scenario_measures import scenario_measures

Tell = Callable[[Message], None]
Results = tuple[DeclaredScenarios, Comparison]


def load(geodata: Path) -> Context:
    """Read a geodata folder: its layers, measures and network, without maps, scenarios and compared corridors.

    Raises
    ------
    FileError
        If a file cannot be read.
    InputError
        If a file has a fault. The message names file, row, column and remedy.
    """
    return facts_to_context(load_catalog(geodata), load_facts(geodata), geodata)


def facts_to_context(catalog: Catalog, facts: Facts, geodata: Path) -> Context:
    """Facts to layers, measures and network, with the basemap and the assumptions of a geodata folder.

    Raises
    ------
    FileError
        If a file cannot be read.
    InputError
        If no layers can be made from the facts, or the catalogue lacks one.
    """
    catalog = credit_tracks(catalog, facts.alignments)
    assumptions = load_assumptions(geodata / "assumptions.toml", facts)
    own = build_imported(catalog.kinds, facts, geodata, catalog.as_of)
    outlines = read_outlines(geodata / "basemap")
    estimates = estimate_lengths(facts)
    layers = {**build_layers(facts, outlines, estimates.hops), **own}
    splits = {
        name: split_layer(name, frame, outlines, estimates.hops) for name, frame in layers.items() if has_lengths(frame)
    }
    gateways = find_gateways(layers)
    measures = build_measures(
        facts,
        layers,
        splits,
        gateways,
        estimates,
        assumed=assumptions.values,
        as_of=catalog.as_of,
        kinds=catalog.kinds,
    )
    network = build_network(layers, facts, outlines, assumptions, estimates.hops)
    return Context(geodata, catalog, facts, layers, splits, gateways, measures, network, assumptions)


def load_with_maps(
    geodata: Path, declaration: Path, tell: Tell = lambda _: None, *, drawn: Sequence[str] = ()
) -> Context:  # fmt: skip
    """Read a geodata folder and the declaration of the maps (``atlas.toml``), with everything that maps need.

    Parameters
    ----------
    geodata, declaration
        The folder and the file.
    tell
        A function that is called with a message about each step.
    drawn
        The names of what will be drawn, if it is known. If all are maps, only the results that they need are computed.

    Raises
    ------
    FileError
        If a file cannot be read.
    InputError
        If a file has a fault.
    """
    maps = load_maps(declaration, LANGUAGES)
    tell(message("cli.step.facts"))
    chosen = [maps[name] for name in drawn] if drawn and {*drawn} <= maps.keys() else None
    return with_maps(load(geodata), maps, tell, chosen=chosen)


def with_maps(
    context: Context, maps: Mapping[str, MapEntry], tell: Tell = lambda _: None, *,
    chosen: Sequence[MapEntry] | None = None,
) -> Context:  # fmt: skip
    """The context with maps, and with the scenarios and corridors for maps, figures and reports.

    ``chosen`` are the maps that will be drawn, if it is known.

    Raises
    ------
    FileError, InputError
        See :func:`find_results`.
    """
    return with_results(context, maps, find_results(context, needed_results(chosen, tell)))


def needed_results(chosen: Sequence[MapEntry] | None, tell: Tell) -> AbstractSet[str]:
    """The results that maps show or tell of: ``scenarios``, ``corridors``, or both. None stands for all maps."""
    needed = set()
    if chosen is None or any(entry.scenarios or _tells_of(entry, "scenario") for entry in chosen):
        tell(message("cli.step.scenarios"))
        needed.add("scenarios")
    if chosen is None or any(_shows_corridors(entry) or _tells_of(entry, "corridor") for entry in chosen):
        tell(message("cli.step.corridors"))
        needed.add("corridors")
    return needed


def find_results(context: Context, needed: AbstractSet[str]) -> Results:
    """The declared scenarios and the corridors side by side, as far as they are needed (see :func:`needed_results`).

    Raises
    ------
    FileError
        If ``scenarios.toml`` cannot be read.
    InputError
        If its content is not valid, or a corridor has no way through the network.
    """
    layers, facts, network, assumptions = context.layers, context.facts, context.network, context.assumptions
    declared, comparison = DeclaredScenarios(), Comparison(())
    if "scenarios" in needed:
        declared = run_declared(context.geodata / "scenarios.toml", layers, facts, network, assumptions, LANGUAGES)
    if "corridors" in needed:
        comparison = compare_all(layers, facts, network, assumptions)
    return declared, comparison


def with_results(context: Context, maps: Mapping[str, MapEntry], results: Results) -> Context:
    """The context with maps, and with results and their measures."""
    declared, comparison = results
    of_scenarios = scenario_measures(declared.results, context.facts)
    of_corridors = corridor_measures(comparison, context.facts)
    measures = Measures([*context.measures, *of_scenarios, *of_corridors])
    whole = replace(context, maps=maps, measures=measures, declared=declared, comparison=comparison)
    return whole.with_parts_of(context)


def _shows_corridors(entry: MapEntry) -> bool:
    return any(group.layer == "corridors" for group in entry.groups)


def _tells_of(entry: MapEntry, key: str) -> bool:
    """Whether a map's sentences need measures with this key."""
    checks = (text for sentence in (entry.headline, *entry.sentences) for text in sentence.checks)
    return any(key in number.by for number in entry.numbers.values()) or any(key in text for text in checks)


def in_year(context: Context, year: int) -> Context:
    """The context of another year: its layers, network and measures, and the statements of its maps that hold then.

    The caller must refuse a year that no map can show.
    """
    if year not in context.other_years:
        facts = facts_in(context.facts, year, context.as_of)
        context.other_years[year] = context if facts is context.facts else _then(context, facts, year)
    return context.other_years[year]


def _then(context: Context, facts: Facts, year: int) -> Context:
    """The context with the facts of another year, and the statements of its maps that hold in that year."""
    then = with_maps(facts_to_context(context.catalog, facts, context.geodata), context.maps)
    assessor = Assessor(then.measures, then.ways)
    maps = {name: said_in(entry, assessor, year, context.as_of) for name, entry in context.maps.items()}
    return replace(then, maps=maps)


def check_all_claims(context: Context, languages: Sequence[str]) -> Mapping[str, list[Claim]]:
    """Every claim of the facts with its verdict, in each language.

    Raises
    ------
    InputError
        If a check cannot be read. The message names file, claim, column and remedy.
    """
    return check_claims_in(languages, context.assessor.context_of_claims)
