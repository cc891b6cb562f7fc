"""The press: all that the figures, charts and reports of one atlas are made from, read and computed once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from corridors.claims.assertions import Assessor, said_in
from corridors.content.content import Studio
from corridors.content.context import compare_corridors, make_studio, play_scenarios
from corridors.content.load import Atlas, load, make_atlas, wayfinder
from corridors.data.facts_in_year import facts_in
from corridors.data.maps import MapEntry, load_maps
from corridors.locales import LANGUAGES, Message, message
from corridors.network.corridors import Comparison
from corridors.network.declared_scenarios import Shipped

if TYPE_CHECKING:
    from corridors.figures.basemap import Ground


@dataclass(frozen=True)
class Press:
    """What is drawn and written from.

    Attributes
    ----------
    atlas
        Layers and measures, those of the scenarios and the corridors among them.
    studio
        What maps are made from, the same as for the pages.
    maps
        The declared maps, by name.
    shipped
        The declared scenarios, and what they change.
    comparison
        The corridors side by side.
    """

    atlas: Atlas
    studio: Studio
    maps: Mapping[str, MapEntry]
    shipped: Shipped
    comparison: Comparison
    _years: dict[int, "Press"] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, geodata: Path, declaration: Path, tell: Callable[[Message], None] = lambda _: None) -> "Press":
        """Read a geodata folder and the declaration of the maps (``atlas.toml``); ``tell`` hears of each step.

        Raises
        ------
        FileError
            Where a file cannot be read.
        InputError
            Where a file does not say what it should.
        """
        maps = load_maps(declaration, LANGUAGES)
        tell(message("cli.step.facts"))
        return cls._made(load(geodata), geodata, maps, tell)

    @classmethod
    def _made(
        cls, atlas: Atlas, geodata: Path, maps: Mapping[str, MapEntry], tell: Callable[[Message], None]
    ) -> "Press":
        """All that is made of an atlas."""
        tell(message("cli.step.scenarios"))
        atlas, shipped = play_scenarios(atlas, geodata)
        tell(message("cli.step.corridors"))
        atlas, comparison = compare_corridors(atlas)
        studio = make_studio(atlas, list(maps.values()), geodata / "basemap", comparison)
        return cls(atlas, studio, maps, shipped, comparison)

    def in_year(self, year: int) -> "Press":
        """The same of another year: its layers, network and measures, and maps that say what is so in it.

        A year that no map can be of is for the caller to refuse.
        """
        if year not in self._years:
            atlas, geodata = self.atlas, self.studio.basemap_folder.parent
            as_of = atlas.catalog.as_of
            facts = facts_in(atlas.facts, year, as_of)
            then = self if facts is atlas.facts else self._then(make_atlas(atlas.catalog, facts, geodata), year, as_of)
            self._years[year] = then
        return self._years[year]

    def _then(self, atlas: Atlas, year: int, as_of: str) -> "Press":
        """The press of an atlas of another year, with what its maps can say of it."""
        geodata = self.studio.basemap_folder.parent
        then = self._made(atlas, geodata, self.maps, lambda _: None)
        assessor = Assessor(then.atlas.measures, wayfinder(then.atlas, then.comparison))
        maps = {name: said_in(entry, assessor, year, as_of) for name, entry in self.maps.items()}
        return replace(then, maps=maps, studio=replace(then.studio, maps=list(maps.values())))

    @cached_property
    def ground(self) -> "Ground":
        """The basemap, decoded for paper; the same for every figure."""
        from corridors.figures.basemap import Ground  # noqa: PLC0415 - only figures need it

        return Ground.of(self.studio.basemap, self.studio.basemap_folder)
