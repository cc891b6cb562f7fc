"""A page's data without repetitions: values that most features of a class share are written once.

The page's script restores them (script/payload/features.ts), as :func:`unpack` does. Nothing is lost or rounded.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias, TypedDict, cast

from corridors.web.payload import Codes

OWN = ("id", "class", "name", "geometry", "label")
"""Keys that are never shared, because they identify a feature or differ for each."""

CARD = ("headline", "facts")
"""Keys of the figures and the facts of a card."""

Plain: TypeAlias = dict[str, object]
"""A feature, or a figure of its card, as JSON has it."""


class Defaults(TypedDict):
    """The values that most features of a class, or most figures of a label, share."""

    classes: dict[str, Plain]
    labels: dict[str, Plain]


class _Basemap(TypedDict, total=False):
    land: list[Codes]


class _Geometry(TypedDict, total=False):
    t: str
    s: float
    land: list[int]


class _Packed(TypedDict, total=False):
    features: list[Plain]
    basemap: _Basemap
    defaults: Defaults


def pack(payload: Mapping[str, object]) -> dict[str, object]:
    """Remove the values that ``defaults`` has from features and their figures, and outlines that the basemap has.

    Parameters
    ----------
    payload
        The whole content of a page. It is not changed.
    """
    page = cast("_Packed", payload)
    features = [_copied(feature) for feature in page.get("features", ())]
    defaults: Defaults = {
        "classes": _thin((str(feature.get("class")), feature) for feature in features),
        "labels": _thin((str(entry.get("label")), entry) for entry in _entries(features)),
    }
    land = {json.dumps(polygon): nth for nth, polygon in enumerate(page.get("basemap", {}).get("land", ()))}
    for feature in features:
        if "geometry" in feature:
            feature["geometry"] = _shared(feature["geometry"], land)
    packed: dict[str, object] = {**payload, "features": features} if features else dict(payload)
    return packed | ({"defaults": defaults} if any(defaults.values()) else {})


def unpack(packed: Mapping[str, object]) -> dict[str, object]:
    """Restore everything."""
    page = cast("_Packed", packed)
    defaults: Defaults = page.get("defaults") or {"classes": {}, "labels": {}}
    found = page.get("features", ())
    features = [_copied({**defaults["classes"].get(str(each.get("class")), {}), **each}) for each in found]
    for entry in _entries(features):
        entry.update({**defaults["labels"].get(str(entry.get("label")), {}), **entry})
    for feature in features:
        geometry = cast("_Geometry | None", feature.get("geometry"))
        if geometry and "land" in geometry:
            polygons = [page["basemap"]["land"][nth] for nth in geometry["land"]]
            codes = polygons if geometry["t"] == "MultiPolygon" else polygons[0]
            feature["geometry"] = {"t": geometry["t"], "c": codes, "s": geometry["s"]}
    whole = {key: value for key, value in packed.items() if key != "defaults"}
    return whole | ({"features": features} if features else {})


def _copied(feature: Plain) -> Plain:
    """A copy of a feature whose figures and facts can be changed without changing the original."""
    copied = dict(feature)
    for key in CARD:
        if key in feature:
            copied[key] = [dict(entry) for entry in cast("list[Plain]", feature[key])]
    return copied


def _entries(features: Iterable[Plain]) -> Iterator[Plain]:
    """The figures and facts of all cards."""
    for feature in features:
        for key in CARD:
            yield from cast("list[Plain]", feature.get(key, []))


def _thin(things: Iterable[tuple[str, Plain]]) -> dict[str, Plain]:
    """Remove the most frequent values from the things of each kind, and return these values by kind.

    Only keys that all things of the kind have are used. So a missing key afterwards had that value.
    """
    kinds: dict[str, list[Plain]] = defaultdict(list)
    for kind, thing in things:
        kinds[kind].append(thing)
    usual: dict[str, Plain] = {}
    for kind, members in kinds.items():
        shared = [key for key in members[0] if key not in OWN and all(key in member for member in members)]
        for key in shared if len(members) > 1 else ():
            [(text, count)] = Counter(json.dumps(member[key]) for member in members).most_common(1)
            if count == 1:
                continue
            usual.setdefault(kind, {})[key] = json.loads(text)
            for member in members:
                if json.dumps(member[key]) == text:
                    del member[key]
    return usual


def _shared(geometry: object, land: Mapping[str, int]) -> object:
    """A geometry; if all its polygons are on the basemap, their numbers there replace them."""
    if not isinstance(geometry, dict) or geometry.get("t") not in {"Polygon", "MultiPolygon"}:
        return geometry
    polygons = geometry["c"] if geometry["t"] == "MultiPolygon" else [geometry["c"]]
    places = [land.get(json.dumps(polygon)) for polygon in polygons]
    if None in places:
        return geometry
    return {key: value for key, value in geometry.items() if key != "c"} | {"land": places}
