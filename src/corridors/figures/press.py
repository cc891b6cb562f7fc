"""The press: all that the figures, charts and reports of one atlas are made from, read and computed once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from corridors.analysis.compare import Comparison
from corridors.analysis.shipped import Shipped
from corridors.data.maps import MapEntry, load_maps
from corridors.locales import LANGUAGES, Message, message
from corridors.opened import Atlas, load
from corridors.studio import compare_corridors, make_studio, play_scenarios
from corridors.web.content import Studio

if TYPE_CHECKING:
    from corridors.paper.ground import Ground


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
        atlas = load(geodata)
        tell(message("cli.step.scenarios"))
        atlas, shipped = play_scenarios(atlas, geodata)
        tell(message("cli.step.corridors"))
        atlas, comparison = compare_corridors(atlas)
        studio = make_studio(atlas, list(maps.values()), geodata / "basemap", comparison)
        return cls(atlas, studio, maps, shipped, comparison)

    @cached_property
    def ground(self) -> "Ground":
        """The basemap, decoded for paper; the same for every figure."""
        from corridors.paper.ground import Ground  # noqa: PLC0415 - only figures need it

        return Ground.of(self.studio.basemap, self.studio.basemap_folder)
