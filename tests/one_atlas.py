"""One atlas in memory for all tests: what is loaded from the committed bytes, in any folder, is made once."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import pytest

from corridors.content import load as loading
from corridors.content.context import Context
from corridors.data.catalog import Catalog, load_catalog
from corridors.data.facts import Facts
from corridors.data.maps import load_maps
from corridors.locales import LANGUAGES
from corridors.network.corridors import Comparison
from corridors.network.declared_scenarios import DeclaredScenarios

MAKE = {name: getattr(loading, name) for name in ("load_facts", "facts_to_context", "run_declared", "compare_all")}
"""What takes its time when a geodata folder is loaded."""


def bytes_in(geodata: Path, *names: str) -> dict[str, bytes]:
    """What files and folders of a geodata folder hold, by the files' paths."""
    found = [path for name in names for path in (geodata / name, *(geodata / name).rglob("*"))]
    return {path.relative_to(geodata).as_posix(): path.read_bytes() for path in found if path.is_file()}


class OneAtlas:
    """The committed atlas; not to be changed."""

    def __init__(self, repository: Path) -> None:
        self.geodata = repository / "geodata"
        self.declaration = repository / "maps" / "atlas.toml"

    @cached_property
    def loaded(self) -> Context:
        """Without maps, scenarios and compared corridors."""
        facts = MAKE["load_facts"](self.geodata)
        made: Context = MAKE["facts_to_context"](load_catalog(self.geodata), facts, self.geodata)
        return made

    @cached_property
    def context(self) -> Context:
        """With its maps, scenarios and corridors."""
        return loading.with_maps(self.loaded, load_maps(self.declaration, LANGUAGES))

    def same(self, geodata: Path, *names: str) -> bool:
        """Whether files and folders of a geodata folder hold what is committed."""
        return geodata == self.geodata or bytes_in(geodata, *names) == bytes_in(self.geodata, *names)

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Give out what is made already to all that load the same bytes."""
        with pytest.MonkeyPatch.context() as patch:
            for name in MAKE:
                patch.setattr(loading, name, getattr(self, name))
            yield

    def load_facts(self, geodata: Path) -> Facts:
        found: Facts = self.loaded.facts if self.same(geodata, "facts") else MAKE["load_facts"](geodata)
        return found

    def facts_to_context(self, catalog: Catalog, facts: Facts, geodata: Path) -> Context:
        if facts is not self.loaded.facts or not self.same(geodata, "catalog.toml", "assumptions.toml", "basemap"):
            made: Context = MAKE["facts_to_context"](catalog, facts, geodata)
            return made
        return self.loaded if self.same(geodata, "scenarios.toml") else replace(self.loaded, geodata=geodata)

    def run_declared(self, path: Path, *asked: object) -> DeclaredScenarios:
        if not self._of_this(asked) or not self.same(path.parent, path.name):
            made: DeclaredScenarios = MAKE["run_declared"](path, *asked)
            return made
        return self._declared

    def compare_all(self, *asked: object) -> Comparison:
        if not self._of_this(asked):
            made: Comparison = MAKE["compare_all"](*asked)
            return made
        return self._compared

    def _of_this(self, asked: Iterable[object]) -> bool:
        """Whether layers, facts, network and assumptions are those of this atlas."""
        one = self.loaded
        return {id(one.layers), id(one.facts), id(one.network), id(one.assumptions)} <= {id(given) for given in asked}

    @cached_property
    def _declared(self) -> DeclaredScenarios:
        one, path = self.loaded, self.geodata / "scenarios.toml"
        made: DeclaredScenarios = MAKE["run_declared"](
            path, one.layers, one.facts, one.network, one.assumptions, LANGUAGES
        )
        return made

    @cached_property
    def _compared(self) -> Comparison:
        one = self.loaded
        made: Comparison = MAKE["compare_all"](one.layers, one.facts, one.network, one.assumptions)
        return made
