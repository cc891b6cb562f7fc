"""The content of a map to the data of its page: a description, and blocks of numbers for geometry and network.

Objects of one kind are written as columns, which is shorter. The page's script puts them together again
(script/payload/rows.ts).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NotRequired, cast

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from corridors.content.basemap import COARSE_STEP, Basemap
from corridors.content.dispute_notes import dispute_notes
from corridors.content.page_types import ClassEntry, Content, Feature, Geometry
from corridors.content.palette import themed
from corridors.content.planner import Planner
from corridors.web.blocks import Blocks
from corridors.web.geometry_columns import GeometryColumns, encode_shapes
from corridors.web.network_payload import encode_network
from corridors.web.payload import FEATURE_STEP

KINDS: Mapping[Geometry, float] = {"area": COARSE_STEP, "line": FEATURE_STEP, "point": FEATURE_STEP}
"""The kinds of features, and the step of their positions in degrees. Areas are as coarse as borders at 1:50 million."""

BASEMAP: Mapping[str, Geometry] = {
    "rivers": "line",
    "lakes": "area",
    "disputed": "line",
    "borders": "line",
    "land": "area",
}
"""The parts of the basemap."""


class Shapes(GeometryColumns):
    """Geometry of one kind, and the number of its features.

    Attributes
    ----------
    land
        For each feature, the rows of the basemap's land that it consists of: a country has no geometry of its own.
    """

    count: int
    land: NotRequired[list[list[int]]]


def encode_content(content: Content, blocks: Blocks) -> dict[str, object]:
    """Encode what is not plain data yet: geometries of features, the basemap, the network; and make columns.

    Parameters
    ----------
    content
        The result of ``content``, with shapely geometries (EPSG:4326, lon/lat). It is not changed.
    blocks
        The blocks to which the numbers are added.
    """
    features = content.get("features", ())
    classes = content.get("classes", {})
    coded: dict[str, object] = {**content, "classes": {name: _class(entry) for name, entry in classes.items()}}
    coded.pop("story", None)  # the page has it as an article, which is read without a script too
    given = content.get("basemap")
    basemap = given if isinstance(given, Basemap) else None
    if basemap:
        coded["basemap"] = _basemap(basemap, blocks)
    land = _land_of(features, basemap)
    kinds = [classes[feature["class"]]["geometry"] for feature in features]
    every: list[Shapes] = []
    for kind, step in KINDS.items():
        if own := [one for one, held in zip(features, kinds, strict=True) if held == kind]:
            found = (None if one["id"] in land else one["geometry"] for one in own)
            shapes = shapes_of(found, kind, step, blocks)
            if kind == "area" and land:
                shapes["land"] = [land.get(one["id"], []) for one in own]
            every.append(shapes)
    coded["shapes"] = every
    coded["features"] = columns([_facts(feature) for feature in features])
    if "messages" in content:
        coded["messages"] = messages_of(content["messages"])
    if isinstance(planner := content.get("network"), Planner):
        coded["network"] = encode_network(planner, blocks)
    if "nodes" in (about := content.get("map", {})):
        nodes = shapes_of(shapely.get_parts(about["nodes"]), "point", FEATURE_STEP, blocks)
        coded["map"] = {**about, "nodes": nodes}
    return coded


def columns(rows: Sequence[Mapping[str, object]]) -> dict[str, list[object]]:
    """Rows as columns, each with a value for every row: None where a row has none."""
    keys = dict.fromkeys(key for row in rows for key in row)
    return {key: [row.get(key) for row in rows] for key in keys}


def shapes_of(shapes: Iterable[BaseGeometry | None], kind: Geometry, step: float, blocks: Blocks) -> Shapes:
    """Encode geometry of one kind (EPSG:4326), with steps of so many degrees."""
    found = np.array([*shapes], dtype=np.object_)
    return cast("Shapes", {**encode_shapes(found, kind, step, blocks), "count": len(found)})


def _basemap(basemap: Basemap, blocks: Blocks) -> dict[str, object]:
    """A basemap, part by part."""
    parts = {name: shapes_of(getattr(basemap, name), kind, basemap.step, blocks) for name, kind in BASEMAP.items()}
    return {**parts, "labels": list(basemap.labels), "disputes": dispute_notes(basemap.disputes)}


def _land_of(features: Sequence[Feature], basemap: Basemap | None) -> dict[str, list[int]]:
    """The rows of the basemap's land that the countries among some features consist of, by their ids."""
    rows: dict[str | None, list[int]] = defaultdict(list)
    for row, code in enumerate(basemap.owners if basemap else ()):
        rows[code].append(row)
    countries = [one for one in features if one["id"].startswith("countries/")]
    return {one["id"]: rows[one["country"][0]] for one in countries if one["country"][0] in rows}


def messages_of(messages: Mapping[str, Mapping[str, str]]) -> dict[str, list[object]]:
    """Messages by language as columns: their keys, and their texts in each language."""
    keys = sorted(set().union(*messages.values()))
    return columns([{"key": key, **{code: texts.get(key) for code, texts in messages.items()}} for key in keys])


def _class(entry: ClassEntry) -> dict[str, object]:
    """A class with the colour that it has in the dark theme."""
    area = entry["geometry"] == "area"
    style = entry["style"]
    color = style.get("fill") if area else style.get("color")
    return {"dark": color and themed(color, "dark", area=area), **entry}


def _facts(feature: Feature) -> dict[str, object]:
    """What a page says about a feature: all but its geometry. Of a ribbon, that it has a name."""
    facts: dict[str, object] = {key: value for key, value in feature.items() if key != "geometry"}
    return facts | {"tag": True} if "tag" in feature else facts
