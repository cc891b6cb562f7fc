"""The content of a map to plain data for its page: geometry and network become compact integers."""

from functools import lru_cache

import shapely
from shapely.geometry.base import BaseGeometry

from corridors.content.basemap import Basemap
from corridors.content.page_types import ClassEntry, Content, Feature
from corridors.content.palette import themed
from corridors.content.planner import Planner
from corridors.web.network_payload import encode_network
from corridors.web.payload import BASEMAP_STEP, deltas, encode_geometry, encode_positions


def encode_content(content: Content) -> dict[str, object]:
    """Encode what is not plain data yet: geometries of features, places of tags, the basemap, the network.

    Parameters
    ----------
    content
        The result of ``content``, with shapely geometries (EPSG:4326, lon/lat). It is not changed.
    """
    coded: dict[str, object] = {**content, "features": [_feature(feature) for feature in content.get("features", ())]}
    coded["classes"] = {name: _class(entry) for name, entry in content.get("classes", {}).items()}
    if isinstance(basemap := content.get("basemap"), Basemap):
        coded["basemap"] = encode_basemap(basemap)
    if isinstance(planner := content.get("network"), Planner):
        coded["network"] = encode_network(planner)
    if "nodes" in (about := content.get("map", {})):
        coded["map"] = {**about, "nodes": encode_positions(about["nodes"])}
    return coded


def _class(entry: ClassEntry) -> dict[str, object]:
    """A class with the colour that it has in the dark theme."""
    area = entry["geometry"] == "area"
    style = entry["style"]
    color = style.get("fill") if area else style.get("color")
    return {**entry, "dark": color and themed(color, "dark", area=area)}


def _feature(feature: Feature) -> dict[str, object]:
    """A feature with its geometry encoded. Areas are encoded as coarsely as the basemap."""
    coded: dict[str, object] = {**feature}
    shape = feature.get("geometry")
    if isinstance(shape, BaseGeometry):
        if shape.geom_type in {"Polygon", "MultiPolygon"}:
            coded["geometry"] = {**encode_geometry(shape, BASEMAP_STEP), "s": BASEMAP_STEP}
        else:
            coded["geometry"] = encode_geometry(shape)
    if "tag" in feature:
        coded["tag"] = {**feature["tag"], "at": encode_positions(feature["tag"]["at"])}
    return coded


@lru_cache(maxsize=4)
def encode_basemap(basemap: Basemap) -> dict[str, object]:
    """The encoded basemap. All maps of an atlas share one."""
    polygons = {name: getattr(basemap, name) for name in ("land", "lakes")}
    lines = {name: getattr(basemap, name) for name in ("rivers", "borders", "disputed")}
    return {
        **{name: [encode_geometry(shape, BASEMAP_STEP)["c"] for shape in shapes] for name, shapes in polygons.items()},
        **{
            name: [deltas(shapely.get_coordinates(shape), BASEMAP_STEP) for shape in shapes]
            for name, shapes in lines.items()
        },
        "labels": list(basemap.labels),
        "step": BASEMAP_STEP,
    }
