"""A page's data without its repetitions: what most features of a class have in common is written once.

The page's script puts it back (script/payload/features.ts) as :func:`unpack` does; nothing is lost or rounded.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

OWN = ("id", "class", "name", "geometry", "label")
"""What each has for itself, or is told apart by."""


def pack(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out of features and their figures what ``defaults`` says, and outlines that the basemap has.

    Parameters
    ----------
    payload
        All that a page shows; it is not changed.
    """
    features = [_copied(feature) for feature in payload.get("features", ())]
    defaults = {
        "classes": _thin((str(feature.get("class")), feature) for feature in features),
        "labels": _thin((str(entry.get("label")), entry) for entry in _entries(features)),
    }
    land = {json.dumps(polygon): nth for nth, polygon in enumerate(payload.get("basemap", {}).get("land", ()))}
    for feature in features:
        if "geometry" in feature:
            feature["geometry"] = _shared(feature["geometry"], land)
    packed = {**payload, "features": features} if features else dict(payload)
    return packed | ({"defaults": defaults} if any(defaults.values()) else {})


def unpack(packed: Mapping[str, Any]) -> dict[str, Any]:
    """Put everything back."""
    defaults = packed.get("defaults", {"classes": {}, "labels": {}})
    found = packed.get("features", ())
    features = [_copied({**defaults["classes"].get(each.get("class"), {}), **each}) for each in found]
    for entry in _entries(features):
        entry.update({**defaults["labels"].get(entry.get("label"), {}), **entry})
    for feature in features:
        geometry = feature.get("geometry")
        if geometry and "land" in geometry:
            polygons = [packed["basemap"]["land"][nth] for nth in geometry["land"]]
            codes = polygons if geometry["t"] == "MultiPolygon" else polygons[0]
            feature["geometry"] = {"t": geometry["t"], "c": codes, "s": geometry["s"]}
    whole = {key: value for key, value in packed.items() if key != "defaults"}
    return whole | ({"features": features} if features else {})


def _copied(feature: Mapping[str, Any]) -> dict[str, Any]:
    """A feature whose figures and facts can be changed without changing the one given."""
    lists = {key: [dict(entry) for entry in feature[key]] for key in ("headline", "facts") if key in feature}
    return {**feature, **lists}


def _entries(features: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The figures and facts of all cards."""
    for feature in features:
        yield from feature.get("headline", ())
        yield from feature.get("facts", ())


def _thin(things: Iterable[tuple[str, dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    """Take out of the things of each kind the values that are the most frequent ones, and give these by kind.

    Only of keys that all things of the kind have: so what is missing afterwards had that value.
    """
    kinds: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for kind, thing in things:
        kinds[kind].append(thing)
    usual: dict[str, dict[str, Any]] = {}
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


def _shared(geometry: Any, land: Mapping[str, int]) -> Any:  # noqa: ANN401 - a geometry as the page has it, or nothing
    """A geometry; polygons that are all on the basemap by their numbers there."""
    if not isinstance(geometry, dict) or geometry.get("t") not in {"Polygon", "MultiPolygon"}:
        return geometry
    polygons = geometry["c"] if geometry["t"] == "MultiPolygon" else [geometry["c"]]
    places = [land.get(json.dumps(polygon)) for polygon in polygons]
    if None in places:
        return geometry
    return {key: value for key, value in geometry.items() if key != "c"} | {"land": places}
