"""Atlases in memory for all tests: what is loaded from the same bytes, in any folder, is made once."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pytest

from corridors.app import api, stats
from corridors.content import context as contexts
from corridors.content import load as loading
from corridors.content.context import Context
from corridors.data import facts as reading
from corridors.data.catalog import Catalog, load_catalog
from corridors.data.facts import Facts
from corridors.data.findings import Finding
from corridors.data.maps import load_maps
from corridors.data.tables import LAYERS
from corridors.documents import placeholders
from corridors.locales import LANGUAGES
from corridors.network import corridor_measures, declared_scenarios

MOST_KEPT = {"layer_text": 50, "_read_table": 100}
"""So many results of a function are kept if they are not the committed atlas's; 4 of other functions."""


@dataclass(frozen=True, eq=False)
class This:
    """An object as a key: equal to itself alone. It lives as long as the key."""

    held: object

    def __eq__(self, other: object) -> bool:
        return isinstance(other, This) and self.held is other.held

    def __hash__(self) -> int:
        return id(self.held)


def bytes_in(*places: Path) -> Hashable:
    """What files and folders hold, by the files' paths in them."""
    found = [(nth, place, path) for nth, place in enumerate(places) for path in (place, *sorted(place.rglob("*")))]
    return tuple(
        (nth, path.relative_to(place).as_posix(), path.read_bytes()) for nth, place, path in found if path.is_file()
    )


def frames(layers: Mapping[str, Any]) -> Hashable:
    """The layers of the atlas themselves. Those that a catalogue adds are in no network."""
    return tuple(This(layers[name]) for name in LAYERS)


BESIDE_FACTS = ("catalog.toml", "assumptions.toml", "basemap", "imported")

KEYS: Mapping[str, Callable[..., Hashable]] = {
    "_read_table": lambda path, table: (path.name, bytes_in(path), This(table)),
    "read_alignments": lambda geodata: bytes_in(geodata / "alignments"),
    "read_outlines": bytes_in,
    "read_facts": lambda geodata: bytes_in(geodata / "facts", geodata / "alignments"),
    "facts_to_context": lambda _, facts, geodata: (This(facts), bytes_in(*(geodata / name for name in BESIDE_FACTS))),
    "build_layers": lambda facts, outlines, _: (This(facts), *((code, area.wkb) for code, area in outlines.items())),
    "build_network": lambda layers, facts, _outlines, assumptions, _hops: (
        frames(layers), This(facts), repr(assumptions),
    ),
    "compare_all": lambda layers, facts, network, assumptions: (
        frames(layers), This(facts), This(network), repr(assumptions),
    ),
    "run_declared": lambda path, layers, facts, network, assumptions, languages: (
        bytes_in(path), frames(layers), This(facts), This(network), repr(assumptions), tuple(languages),
    ),
    "Gazetteer": lambda layers, facts, network: (frames(layers), This(facts), This(network)),
    "find_catchment": lambda facts, cities: (This(facts), This(cities)),
    "layer_text": lambda frame, entry: (This(frame), repr(entry)),
}  # fmt: skip
"""What takes its time when a geodata folder is loaded, and what the result depends on."""
CALLERS = (api, contexts, corridor_measures, declared_scenarios, loading, placeholders, reading, stats)
"""The modules that call these functions."""

MAKE = {name: next(getattr(module, name) for module in CALLERS if hasattr(module, name)) for name in KEYS}


class OneAtlas:
    """The committed atlas, and the last ones beside it; none is to be changed."""

    def __init__(self, repository: Path) -> None:
        self.geodata = repository / "geodata"
        self.declaration = repository / "maps" / "atlas.toml"
        self._of_committed: dict[Hashable, Any] = {}
        self._of_others: dict[str, dict[Hashable, Any]] = {name: {} for name in KEYS}

    @cached_property
    def _bytes(self) -> Hashable:
        """The bytes of the committed facts."""
        return KEYS["read_facts"](self.geodata)

    @cached_property
    def _facts(self) -> Facts:
        """The committed facts."""
        facts, findings = MAKE["read_facts"](self.geodata)
        assert findings == []
        return facts

    @cached_property
    def loaded(self) -> Context:
        """Without maps, scenarios and compared corridors."""
        return self._context(load_catalog(self.geodata), self._facts, self.geodata)

    @cached_property
    def context(self) -> Context:
        """With its maps, scenarios and corridors."""
        return loading.with_maps(self.loaded, load_maps(self.declaration, LANGUAGES))

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Give out what is made already to all that load the same bytes."""
        ours = {name: partial(self._give, name) for name in KEYS}
        ours |= {"read_facts": self._read, "facts_to_context": self._context}
        with pytest.MonkeyPatch.context() as patch:
            for name in KEYS:
                for module in CALLERS:
                    if hasattr(module, name):
                        patch.setattr(module, name, ours[name])
            yield

    def _read(self, geodata: Path) -> tuple[Facts, list[Finding]]:
        """The facts of a folder, and the faults in them."""
        if KEYS["read_facts"](geodata) == self._bytes:
            return self._facts, []
        facts, findings = self._give("read_facts", geodata)
        return facts, [*findings]

    def _context(self, catalog: Catalog, facts: Facts, geodata: Path) -> Context:
        """The context of a folder. Its scenarios are read from there."""
        made: Context = self._give("facts_to_context", catalog, facts, geodata)
        return made if made.geodata == geodata else replace(made, geodata=geodata)

    def _give(self, name: str, *asked: Any) -> Any:
        """The result of a function for this input. It is made if the input is new."""
        committed = any(isinstance(one, Facts) and one is self._facts for one in asked)
        kept, key = self._of_committed if committed else self._of_others[name], (name, KEYS[name](*asked))
        made = kept.pop(key) if key in kept else MAKE[name](*asked)
        kept[key] = made  # what was used last is last
        if not committed:
            for old in list(kept)[: -MOST_KEPT.get(name, 4)]:
                del kept[old]
        return made
