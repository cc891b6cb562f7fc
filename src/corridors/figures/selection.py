"""The part of a map's content that a figure shows: the wanted layers."""

from collections.abc import Sequence

from corridors.content.page_types import Content, Feature
from corridors.errors import UsageError, not_among

PAIR_RANK = 2
"""The ends of a pair in a scenario get their names about as early as large cities."""


def chosen_classes(content: Content, layers: Sequence[str]) -> set[str]:
    """Ids of the classes to draw: those of the named layers or classes, or else those that are on at first on the page.

    Raises
    ------
    UsageError
        If a name is neither a layer nor a class of the map.
    """
    classes = content["classes"]
    if not layers:
        return {name for name, entry in classes.items() if entry["on"]}
    groups = {group["id"]: group["classes"] for group in content["map"]["groups"]}
    found: set[str] = set()
    for name in layers:
        if name not in groups and name not in classes:
            raise UsageError(not_among("error.figure.layer", name, [*groups, *classes]))
        found |= set(groups.get(name, [name]))
    return found


def shown_features(content: Content, layers: Sequence[str]) -> list[Feature]:
    """The features that a figure draws, each with its status."""
    classes = chosen_classes(content, layers)
    first = next(iter(content["map"].get("scenarios", ())), {"id": None})["id"]
    shown: list[Feature] = []
    for feature in content["features"]:
        if feature["class"] not in classes or feature.get("scenario", first) != first:
            continue
        shown.append({"basis": "", "confidence": "", "status": "operational", **feature})
    ends = {f"cities/{end}" for one in shown if one["kind"] == "pair" for end in one["id"].split("/")[-1].split("~")}
    return [one | {"rank": min(one["rank"], PAIR_RANK)} if one["id"] in ends else one for one in shown]
