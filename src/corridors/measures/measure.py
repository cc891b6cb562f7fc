"""A measure: a value with its unit, key, method and sources."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from corridors.errors import MOST_NAMED, InputError, not_among
from corridors.locales import message


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of the atlas.

    Attributes
    ----------
    name
        The measured quantity: ``track_km``, ``features``, ``trade_billion_usd`` …
    value
        The number; whole numbers are ``int``.
    unit
        Its unit: ``km``, ``features``, ``percent``, ``hours`` …
    by
        The key of the value: ``{"layer": "rail", "country": "KAZ"}``. Empty for the whole atlas.
    method
        How the value was found, in one sentence.
    sources
        Ids of its sources in ``sources.csv``, sorted.
    caveats
        Its caveats, each by language. Every place that shows the number shows them beside it.
    """

    name: str
    value: float
    unit: str
    by: Mapping[str, str] = field(default_factory=dict)
    method: str = ""
    sources: tuple[str, ...] = ()
    caveats: tuple[Mapping[str, str], ...] = ()

    def as_dict(self) -> dict[str, object]:
        """The measure under the stable names of ``measures.json`` and ``corridors stats --format json``.

        Its caveats in English are under ``caveats``, if there are any.
        """
        qualified = {"caveats": [caveat["en"] for caveat in self.caveats]} if self.caveats else {}
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "by": dict(self.by),
            "method": self.method,
            "sources": list(self.sources),
            **qualified,
        }


class Measures:
    """Measures, to be looked up by name and key."""

    def __init__(self, measures: Iterable[Measure]) -> None:
        found = {(measure.name, _key(measure.by)): measure for measure in measures}
        self._found = {key: found[key] for key in sorted(found)}

    def __repr__(self) -> str:
        """The number of measures."""
        return f"<Measures: {len(self):,}>"

    def __iter__(self) -> Iterator[Measure]:
        """All measures, sorted by name and key."""
        return iter(self._found.values())

    def __len__(self) -> int:
        """The number of measures."""
        return len(self._found)

    def find(self, name: str, **by: str) -> Measure | None:
        """The measure with that name and exactly that key, or None."""
        return self._found.get((name, _key(by)))

    def get(self, name: str, **by: str) -> Measure:
        """The measure with that name and exactly that key.

        Raises
        ------
        InputError
            If there is none. The message lists the keys under that name.
        """
        found = self.find(name, **by)
        if found is None:
            known = sorted(_told(of) for known, of in self._found if known == name)
            if not known:
                raise InputError(not_among("error.report.measure", name, {name for name, _ in self._found}))
            what = message("finding.measure.of", name, _told(_key(by)))
            raise InputError(message("finding.line", what, message("remedy.use", "; ".join(known[:MOST_NAMED]))))
        return found


def _told(of: tuple[tuple[str, str], ...]) -> str:
    """The key of a measure, as a list of names and values."""
    return ", ".join(f"{key}={value}" for key, value in of)


def _key(by: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The key of a measure, in a form for look-ups."""
    return tuple(sorted(by.items()))


def sources_of(cells: Iterable[str]) -> tuple[str, ...]:
    """The ids in cells with several ids, separated by ``;``: each once, sorted."""
    return tuple(sorted({source for cell in cells if cell for source in cell.split(";")}))
