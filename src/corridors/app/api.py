"""The atlas as a library: ``corridors.load()`` opens it, and it computes routes, corridors and scenarios."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from corridors.app import build
from corridors.app.results import FoundComparison, FoundRoute, FoundScenario
from corridors.content.load import with_maps
from corridors.data.iso import ALPHA2, alpha3_like
from corridors.data.maps import load_maps
from corridors.data.scenarios import ScenarioEntry, choose_scenario, load_scenarios
from corridors.data.tables import STATUSES, USUAL_MODES
from corridors.data.years import check_year
from corridors.errors import UsageError, not_among
from corridors.locales import DEFAULT_LANGUAGE, LANGUAGES, message, messages
from corridors.network.corridors import compare
from corridors.network.costs import By
from corridors.network.declared_scenarios import places_between
from corridors.network.gazetteer import Gazetteer
from corridors.network.graph import MODES, Network
from corridors.network.routing import Request, each_once, find_routes
from corridors.network.scenario import Scenario, run_scenario
from corridors.network.switches import NOTHING, Switchboard

if TYPE_CHECKING:
    import geopandas as gpd

    from corridors.content.context import Context
    from corridors.measures.measure import Measures
    from corridors.network.assumptions import Assumptions
    from corridors.web.map import CorridorMap

MOST_ROUTES = 9


class OpenAtlas:
    """An atlas that was read from a geodata folder. Parts that take time are made at first use.

    Attributes
    ----------
    layers
        A GeoDataFrame per layer, EPSG:4326.
    measures
        All numbers of the atlas.
    network
        All layers joined, for routes.
    assumptions
        The assumptions of routes.
    """

    def __init__(self, geodata: Path) -> None:
        self._context = build.load(geodata)
        self.layers: Mapping[str, gpd.GeoDataFrame] = self._context.layers
        self.measures: Measures = self._context.measures
        self.network: Network = self._context.network
        self.assumptions: Assumptions = self._context.assumptions

    def __repr__(self) -> str:
        """Its date and its size."""
        features = sum(map(len, self.layers.values()))
        return f"<Atlas of {self._context.as_of}: {len(self.layers)} layers, {features:,} features>"

    @cached_property
    def _mapped(self) -> "Context":
        """The context with the declared maps, and with everything that they are made from."""
        declaration = build.find_folders(self._context.geodata).declaration
        return with_maps(self._context, load_maps(declaration, LANGUAGES))

    def map(self, name: str, *, lang: str = DEFAULT_LANGUAGE) -> "CorridorMap":
        """A declared map as a page. Notebooks show it, and ``save`` writes it as one file.

        Parameters
        ----------
        name
            The name in ``maps/atlas.toml`` of this folder, or else of the package.
        lang
            Language of the page if the page does not have the reader's own language.

        Raises
        ------
        UsageError
            If there is no map of that name.
        """
        from corridors.web.map_page import map_page  # noqa: PLC0415 - only a page needs folium

        context = self._mapped
        if name not in context.maps:
            raise UsageError(not_among("error.map", name, context.maps))
        return map_page(context.maps[name], context, language=lang)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The names of all places."""
        return Gazetteer(self.layers, self._context.facts, self.network)

    def route(
        self,
        origin: str,
        destination: str,
        *,
        via: Sequence[str] = (),
        modes: Sequence[str] = USUAL_MODES,
        by: By = "distance",
        as_of: int | None = None,
        include: Sequence[str] = (),
        avoid: Sequence[str] = (),
        opened: Sequence[str] = (),
        closed: Sequence[str] = (),
        alternatives: int = 1,
        assume: Sequence[str] = (),
    ) -> list[FoundRoute]:
        """Find routes, best first. Each can be drawn and saved; the best one is drawn and saved with the others.

        Parameters
        ----------
        origin, destination, via
            Names in any language, ids, airport codes, or ``longitude,latitude`` in degrees.
        modes
            Some of rail, road, sea and air. Transfers are always allowed.
        by
            ``distance`` or ``time``.
        as_of
            The year whose lines are open; None is the atlas's own date.
        include
            Further statuses that may be used: under_construction, planned, suspended.
        avoid
            Countries that the route must not enter, by alpha-3 code.
        opened, closed
            Lines, railways or ``LINE:ISO`` to treat as open or closed, as in a scenario; for ``closed`` also ports.
        alternatives
            The greatest number of routes to return.
        assume
            Assumptions in place of those of ``assumptions.toml``, each ``group.name=number``.

        Raises
        ------
        UsageError
            If a place or an option is unknown or ambiguous, or no route exists. The message gives the reason.
        """
        _among("--mode", modes, MODES)
        if STATUSES[0] in include:
            raise UsageError(message("error.route.include", STATUSES[0], STATUSES[1:]))
        _among("--include", include, STATUSES[1:])
        check_year("--as-of", as_of)
        if not 1 <= alternatives <= MOST_ROUTES:
            raise UsageError(message("error.route.alternatives", str(alternatives), str(MOST_ROUTES)))
        for code in avoid:
            if code not in ALPHA2:
                raise UsageError(message("error.avoid", repr(code), alpha3_like(code)))
        if not modes:
            raise UsageError(message("error.mode.none", MODES))
        places = [self.gazetteer.find(name) for name in (origin, *via, destination)]
        each_once(places)
        for place in places:
            country = self.network.nodes[place.nodes[0]].country
            if country in avoid:
                raise UsageError(message("error.avoid.place", place.name, country))
        request = Request(
            places=places,
            modes=tuple(modes),
            by=by,
            as_of=as_of,
            include=tuple(include),
            avoid=tuple(avoid),
            switches=self._switchboard.read(opened, closed, modes) if opened or closed else NOTHING,
            alternatives=alternatives,
        )
        found = find_routes(self.network, self._context.facts, request, self.assumptions.with_overrides(assume))
        beside = [found[1:], *[()] * (len(found) - 1)]
        return [FoundRoute(route, self._context, request, others) for route, others in zip(found, beside, strict=True)]

    @cached_property
    def _switchboard(self) -> Switchboard:
        """All lines and ports that can be opened and closed."""
        return Switchboard(self.network, self._context.facts)

    def compare(self, *names: str, modes: Sequence[str] = USUAL_MODES, assume: Sequence[str] = ()) -> FoundComparison:
        """Put corridors side by side: the named ones, or all.

        Parameters
        ----------
        names
            Ids of corridors.csv, or own routes as ``Xi'an > Khorgos > Tashkent``.
        modes
            Some of rail, road, sea and air: the modes that own routes may use.
        assume
            Assumptions in place of those of ``assumptions.toml``, each ``group.name=number``.

        Raises
        ------
        UsageError
            If there is no corridor or place of that name, or no route through the places.
        """
        _among("--mode", modes, MODES)
        if not modes:
            raise UsageError(message("error.mode.none", MODES))
        assumptions = self.assumptions.with_overrides(assume)
        found = compare(self.network, self.gazetteer, self._context.facts, assumptions, names, modes=tuple(modes))
        return FoundComparison(found, self._context)

    @cached_property
    def scenarios(self) -> Mapping[str, ScenarioEntry]:
        """The scenarios that the folder declares, by name."""
        return load_scenarios(self._context.geodata / "scenarios.toml", self._context.facts, LANGUAGES)

    def scenario(
        self,
        name: str | None = None,
        *,
        opened: Sequence[str] = (),
        closed: Sequence[str] = (),
        between: str | None = None,
        modes: Sequence[str] = (),
        by: By | None = None,
        assume: Sequence[str] = (),
    ) -> FoundScenario:
        """Compute the effect of opening or closing lines on all pairs of a group of places.

        Parameters
        ----------
        name
            A declared scenario. Other arguments are added to it or replace its values.
        opened, closed
            Lines (``rail/…`` or without the layer), railways, or a part of one in a country as ``LINE:ISO``; for
            ``closed`` also ports.
        between
            ``all``, ``china``, ``central-asia``, or names of places, separated by ``;``.
        modes, by
            See :meth:`route`.
        assume
            Assumptions in place of those of ``assumptions.toml``, each ``group.name=number``.

        Raises
        ------
        UsageError
            If something is unknown or ambiguous, or nothing would change. The message lists candidates.
        """
        if name is None and not opened and not closed:
            raise UsageError(message("error.scenario.nothing", list(self.scenarios)))
        _among("--mode", modes, MODES)
        entry = choose_scenario(self.scenarios, name) if name is not None else None
        scenario = Scenario(
            group=places_between(between or (entry.between if entry else "all"), self._context.facts, self.gazetteer),
            opened=frozenset((*(entry.opened if entry else ()), *opened)),
            closed=frozenset((*(entry.closed if entry else ()), *closed)),
            modes=tuple(modes) or (entry.modes if entry else USUAL_MODES),
            by=by or (entry.by if entry else "distance"),
            name=name or "",
        )
        found = run_scenario(self.network, self._context.facts, self.assumptions.with_overrides(assume), scenario)
        title = entry.title if entry and not opened and not closed else self._title(found.opened, found.closed)
        return FoundScenario(found, self._context, title)

    def _title(self, opened: Sequence[str], closed: Sequence[str]) -> dict[str, str]:
        """The title of a scenario without a title: the lines that it opens and closes."""
        titles = {}
        for language in LANGUAGES:
            parts = [
                messages(language)[key].replace("{0}", ", ".join(self._name(one, language) for one in names))
                for key, names in (("answer.opened", opened), ("answer.closed", closed))
                if names
            ]
            titles[language] = "; ".join(parts)
        return titles

    def _name(self, line: str, language: str) -> str:
        """The name of a line or port in a language. For a part in one country, the code of the country follows."""
        feature, _, country = line.partition(":")
        names = self._context.names.get(feature, {})
        return (names.get(language) or names.get("en") or feature) + (f" ({country})" if country else "")


def load(geodata: str | Path | None = None) -> OpenAtlas:
    """Open the atlas of a geodata folder, or the atlas of the package.

    Raises
    ------
    FileError
        If a file cannot be read.
    InputError
        If a file has a fault.
    """
    return OpenAtlas(build.find_folders(Path(geodata) if geodata is not None else None).geodata)


def _among(option: str, given: Sequence[str], known: Sequence[str]) -> None:
    """Refuse an unknown word of an option."""
    for word in given:
        if word not in known:
            raise UsageError(message("error.option", option, repr(word), known))
