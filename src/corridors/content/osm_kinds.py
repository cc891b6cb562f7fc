"""What can be taken from OpenStreetMap to the declaration of a kind of layer for it, as text for ``catalog.toml``."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from corridors.content.style import BLUE, GREY, ORANGE
from corridors.locales import translations


@dataclass(frozen=True, slots=True)
class OsmColumn:
    """A column.

    Attributes
    ----------
    title
        The message that is its name.
    type, unit
        See :class:`corridors.data.kinds.KindColumn`.
    words
        The message for each allowed value.
    """

    title: str
    type: str = "text"
    unit: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OsmClass:
    """An entry of the legend: the message that is its title, its values (none for all the rest), and its style."""

    name: str
    title: str
    values: Sequence[str | int]
    style: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class OsmKind:
    """A kind of layer: its geometry, its columns, and the column that gives its classes."""

    geometry: str
    style: Mapping[str, object]
    columns: Mapping[str, OsmColumn]
    stats: Sequence[str]
    by: str = "kind"
    classes: Sequence[OsmClass] = ()


OSM_KINDS: Final[Mapping[str, OsmKind]] = {
    "railways": OsmKind(
        "line",
        {"color": GREY, "width": 1.4},
        {
            "gauge_mm": OsmColumn("fact.gauge", "integer", "mm"),
            "electrified": OsmColumn("fact.electrified", words={"yes": "electrified.yes", "no": "electrified.no"}),
            "tracks": OsmColumn("fact.tracks", words={"single": "tracks.single", "double": "tracks.double"}),
            "usage": OsmColumn("osm.usage"),
            "service": OsmColumn("osm.service"),
            "railway": OsmColumn("osm.railway"),
            "gauges": OsmColumn("osm.gauges"),
            "operator": OsmColumn("fact.operator"),
            "maxspeed_kmh": OsmColumn("osm.maxspeed", "integer", "km_h"),
        },
        ("gauge_mm", "electrified", "usage"),
        "gauge_mm",
        (
            OsmClass("1435", "class.rail.1435", (1435,), {"color": BLUE}),
            OsmClass("1520", "class.rail.1520", (1520,), {"color": ORANGE}),
            OsmClass("other", "osm.other_gauge", (), {}),
        ),
    ),
    "stations": OsmKind(
        "point",
        {"symbol": "station", "size": 7},
        {
            "railway": OsmColumn("osm.railway"),
            "operator": OsmColumn("fact.operator"),
            "uic_ref": OsmColumn("osm.uic_ref"),
        },
        ("railway",),
    ),
    "roads": OsmKind(
        "line",
        {"color": GREY, "width": 1.2},
        {
            "road_class": OsmColumn("osm.road_class"),
            "ref": OsmColumn("osm.ref"),
            "lanes": OsmColumn("osm.lanes", "integer"),
            "surface": OsmColumn("osm.surface"),
            "maxspeed_kmh": OsmColumn("osm.maxspeed", "integer", "km_h"),
            "toll": OsmColumn("osm.toll"),
        },
        ("road_class",),
        "road_class",
        (
            OsmClass("main", "osm.main_roads", ("motorway", "trunk"), {"width": 2.2}),
            OsmClass("other", "osm.other_roads", (), {}),
        ),
    ),
}
"""The kinds, by the name of the choice of :func:`corridors.data.osm.read_osm`."""


def osm_declaration(layer: str, choice: str) -> str:
    """The tables of ``catalog.toml`` that declare a layer for a choice, with titles in every language.

    Parameters
    ----------
    layer
        The name of the layer, a slug.
    choice
        One of ``OSM_KINDS``.
    """
    kind = OSM_KINDS[choice]
    lines = [
        f"[kinds.{layer}]",
        f"title = {_title(f'osm.{choice}')}",
        f"geometry = {_text(kind.geometry)}",
        'licence = "ODbL 1.0"',
        'credit = "© OpenStreetMap contributors (ODbL)"',
        'precision = "As mapped in OpenStreetMap"',
        f"style = {_table(kind.style)}",
        f"stats = {_text(list(kind.stats))}",
    ]
    for name, column in kind.columns.items():
        lines.append(f"\n[kinds.{layer}.columns.{name}]\ntitle = {_title(column.title)}")
        lines += [f"type = {_text(column.type)}"] if column.type != "text" else []
        lines += [f"unit = {_text(column.unit)}"] if column.unit else []
        lines += [f"words.{word} = {_title(key)}" for word, key in column.words.items()]
    for each in kind.classes:
        lines.append(f"\n[[kinds.{layer}.classes.{kind.by}]]\nname = {_text(each.name)}\ntitle = {_title(each.title)}")
        lines += [f"values = {_text(list(each.values))}"] if each.values else []
        lines += [f"style = {_table(each.style)}"] if each.style else []
    return "\n".join(lines) + "\n"


def _text(value: object) -> str:
    """A text, a number or a list as TOML has it."""
    return json.dumps(value, ensure_ascii=False)


def _table(values: Mapping[str, object]) -> str:
    """A table on one line."""
    return "{ " + ", ".join(f"{name} = {_text(value)}" for name, value in values.items()) + " }"


def _title(key: str) -> str:
    """A message in every language, as a table on one line."""
    return _table(translations(key))
