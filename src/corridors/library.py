"""The atlas as a library: ``corridors.load()`` opens it, and it answers for routes, corridors and scenarios."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from corridors import atlas
from corridors.analysis.compare import Comparison, compare
from corridors.analysis.gazetteer import Gazetteer
from corridors.analysis.network import MODES, Network
from corridors.analysis.route import Route
from corridors.analysis.routing import SURFACE, By, Request, find_routes
from corridors.analysis.scenario import Scenario, run_scenario
from corridors.analysis.scenario_result import ScenarioResult
from corridors.analysis.shipped import places_between
from corridors.data.iso import ALPHA2, alpha3_like
from corridors.data.scenarios import ScenarioEntry, choose_scenario, load_scenarios
from corridors.data.tables import STATUSES
from corridors.errors import UsageError
from corridors.locales import LANGUAGES

if TYPE_CHECKING:
    import geopandas as gpd

    from corridors.analysis.assumptions import Assumptions
    from corridors.analysis.measure import Measures


class OpenAtlas:
    """An atlas that was read from a geodata folder; what takes time is made when it is first asked for.

    Attributes
    ----------
    layers
        A GeoDataFrame per layer, EPSG:4326.
    measures
        Every number of the atlas.
    network
        All layers joined, to find routes in.
    assumptions
        What routes assume.
    """

    def __init__(self, geodata: Path) -> None:
        self._geodata = geodata
        self._atlas = atlas.load(geodata)
        self.layers: Mapping[str, gpd.GeoDataFrame] = self._atlas.layers
        self.measures: Measures = self._atlas.measures
        self.network: Network = self._atlas.network
        self.assumptions: Assumptions = self._atlas.assumptions

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The names of all places."""
        return Gazetteer(self.layers, self._atlas.facts, self.network)

    def route(
        self,
        origin: str,
        destination: str,
        *,
        via: Sequence[str] = (),
        modes: Sequence[str] = SURFACE,
        by: By = "distance",
        as_of: int | None = None,
        include: Sequence[str] = (),
        avoid: Sequence[str] = (),
        alternatives: int = 1,
        assume: Sequence[str] = (),
    ) -> list[Route]:
        """Find routes, best first.

        Parameters
        ----------
        origin, destination, via
            Names in any language, ids, airport codes, or ``longitude,latitude`` in degrees.
        modes
            Of rail, road, sea and air; transfers are always made.
        by
            ``distance`` or ``time``.
        as_of
            The year whose lines are open; None is the atlas's own date.
        include
            Statuses that may be used beside what is in operation: under_construction, planned, suspended.
        avoid
            Countries not to be entered, by alpha-3 code.
        alternatives
            How many routes to give, at most.
        assume
            Assumptions in place of those of ``assumptions.toml``, each ``group.name=number``.

        Raises
        ------
        UsageError
            Where a place is unknown or ambiguous, an option is, or no route exists; the message says which.
        """
        _among("--mode", modes, MODES)
        _among("--include", include, STATUSES[1:])
        for code in avoid:
            if code not in ALPHA2:
                raise UsageError(f"--avoid: {code!r} is no alpha-3 code. Remedy: write {alpha3_like(code)}, say.")
        if not modes:
            raise UsageError("--mode: no mode is left. Remedy: name one of " + ", ".join(MODES) + ".")
        places = [self.gazetteer.find(name) for name in (origin, *via, destination)]
        for place in places:
            country = self.network.nodes[place.nodes[0]].country
            if country in avoid:
                raise UsageError(f"{place.name} lies in {country}, which --avoid rules out. Remedy: change one.")
        request = Request(
            places=places,
            modes=tuple(modes),
            by=by,
            as_of=as_of,
            include=tuple(include),
            avoid=tuple(avoid),
            alternatives=alternatives,
        )
        return find_routes(self.network, self._atlas.facts, request, self.assumptions.with_overrides(assume))

    def compare(self, *names: str, assume: Sequence[str] = ()) -> Comparison:
        """Put corridors side by side: those named (ids of corridors.csv), or all.

        Raises
        ------
        UsageError
            Where there is no corridor of that name.
        """
        assumptions = self.assumptions.with_overrides(assume)
        return compare(self.network, self.gazetteer, self._atlas.facts, assumptions, names)

    @cached_property
    def scenarios(self) -> Mapping[str, ScenarioEntry]:
        """The scenarios that the folder declares, by name."""
        return load_scenarios(self._geodata / "scenarios.toml", self._atlas.facts, LANGUAGES)

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
    ) -> ScenarioResult:
        """Say what opening or closing lines changes between all places of a group.

        Parameters
        ----------
        name
            A declared scenario; what else is given is added to it or stands in its place.
        opened, closed
            Lines (``rail/…`` or without the layer), railways, or a part of one in a country as ``LINE:ISO``; for
            ``closed`` also ports.
        between
            ``all``, ``china``, ``central-asia``, or names of places, with ``;`` between.
        modes, by
            As of a route.
        assume
            Assumptions in place of those of ``assumptions.toml``, each ``group.name=number``.

        Raises
        ------
        UsageError
            Where something is unknown or ambiguous, or nothing would change; the message lists candidates.
        """
        if name is None and not opened and not closed:
            raise UsageError(
                f"nothing is opened or closed. Remedy: --open LINE, --close LINE, or name one of "
                f"{', '.join(self.scenarios)}.",
            )
        _among("--mode", modes, MODES)
        entry = choose_scenario(self.scenarios, name) if name is not None else None
        scenario = Scenario(
            group=places_between(between or (entry.between if entry else "all"), self._atlas.facts, self.gazetteer),
            opened=frozenset((*(entry.opened if entry else ()), *opened)),
            closed=frozenset((*(entry.closed if entry else ()), *closed)),
            modes=tuple(modes) or (entry.modes if entry else SURFACE),
            by=by or (entry.by if entry else "distance"),
            name=name or "",
        )
        return run_scenario(self.network, self._atlas.facts, self.assumptions.with_overrides(assume), scenario)


def load(geodata: str | Path | None = None) -> OpenAtlas:
    """Open the atlas of a geodata folder, or the one that comes with corridors.

    Raises
    ------
    FileError
        Where a file cannot be read.
    InputError
        Where a file does not say what it should.
    """
    return OpenAtlas(atlas.find_folders(Path(geodata) if geodata is not None else None).geodata)


def _among(option: str, given: Sequence[str], known: Sequence[str]) -> None:
    """Refuse a word that an option does not know."""
    for word in given:
        if word not in known:
            raise UsageError(f"{option}: {word!r} is unknown. Remedy: use {', '.join(known)}.")
