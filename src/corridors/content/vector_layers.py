"""A frame of features to the layers of a page: one for each kind of geometry, with classes, filters and sizes."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiLineString, MultiPoint, MultiPolygon
from shapely.geometry.base import BaseGeometry

from corridors.content.facet_types import Filter, Words
from corridors.content.isolated import isolated
from corridors.content.page_types import ClassEntry, Entry, Geometry, Group, Style
from corridors.content.vector_classes import DARK_STEPS, HUES, classify
from corridors.content.vector_conditions import Origin
from corridors.content.vector_filters import column_filters
from corridors.geo.geodesy import METRES_PER_KM, areas_km2, lengths_km
from corridors.locales import DEFAULT_LANGUAGE, LANGUAGES, translations

KINDS: tuple[Geometry, ...] = ("point", "line", "area")
"""Kinds of geometry by dimension."""

NAMES = ("name", "title", "label", "naam", "naziv", "nom", "название", "наименование", "имя", "名称", "名字", "名稱")
"""Usual names of the column that names a feature, without case."""

CASED = 3000
"""Lines have casings if there are at most so many. More would hide each other."""

FEW, MANY = 2_000, 50_000
"""Up to so many features lines are wide and points large; from so many on they are narrow and small."""

DRAWN: dict[Geometry, float] = {"area": 1, "line": 3, "point": 6}
"""The order of drawing."""


@dataclass(frozen=True, slots=True, eq=False)
class PageLayer:
    """Features of one kind, as a page has them.

    Attributes
    ----------
    id
        The layer's id on its page.
    kind
        The kind of its geometry.
    frame
        Its features, EPSG:4326. Geometry of other kinds is missing.
    classes
        The entries of the legend, by id.
    codes
        The class of each feature, as index.
    group, filters
        The layer in the legend, and the filters by its columns.
    label
        The column that names a feature, or None.
    sizes
        Metres of each line or square metres of each area; None for points.
    step
        Degrees of one step of its coordinates.
    pointer
        What a page shows of a feature on hovering and on a click, as plain data; None for its name and its card.
    origin
        The file that has the features, if commands can measure it.
    """

    id: str
    kind: Geometry
    frame: gpd.GeoDataFrame
    classes: dict[str, ClassEntry]
    codes: NDArray[np.int64]
    group: Group
    filters: list[Filter]
    label: str | None
    sizes: NDArray[np.float64] | None
    step: float
    pointer: Mapping[str, object] | None = None
    origin: Origin | None = None

    @property
    def columns(self) -> list[str]:
        """The names of its columns besides geometry."""
        return [name for name in self.frame.columns if name != self.frame.geometry.name]


@dataclass(frozen=True, slots=True)
class Wanted:
    """How layers are made from a frame.

    Attributes
    ----------
    by
        The column that gives the classes. Without one, all features have one class.
    scheme, steps
        See :func:`corridors.content.vector_classes.classify`.
    label
        The column that names a feature; None for a column with a usual name.
    step
        Degrees of one step of the coordinates.
    color
        The colour of features without classes (``#rrggbb``); None for the next of the usual colours.
    language
        The language of the page, for names that stand in several languages.
    """

    by: str | None = None
    scheme: str | None = None
    steps: int = 5
    label: str | None = None
    step: float = 1e-5
    color: str | None = None
    language: str = DEFAULT_LANGUAGE


def vector_layers(
    name: str, frame: gpd.GeoDataFrame, wanted: Wanted, taken: Collection[str] = (), licence: str = ""
) -> Iterator[PageLayer]:
    """The layers of a frame: one for each kind of geometry that it has.

    Parameters
    ----------
    name
        The name for readers.
    frame
        The features, EPSG:4326.
    wanted
        How they are made.
    taken
        Ids that other layers of the page have.
    licence
        The licence of the data, if it is known.
    """
    shapes = frame.geometry.to_numpy()
    kinds = _kinds(shapes)
    used = [kind for kind in range(len(KINDS)) if (kinds & 1 << kind).any()] or [0]
    ids = set(taken)
    for kind in used:
        here = (kinds & 1 << kind).astype(bool)
        if kind == used[0]:
            here |= kinds == 0  # features without geometry are rows of the first layer
        part = frame if here.all() else frame[here]
        if (kinds[here] != 1 << kind).any():
            part = part.set_geometry(_only(part.geometry.to_numpy(), kind), crs=frame.crs)
        title: Words = dict.fromkeys(LANGUAGES, name)
        if len(used) > 1:
            said = translations(f"vector.kind.{KINDS[kind]}")
            title = {language: f"{isolated(name)} · {said[language]}" for language in LANGUAGES}
        layer_id = _free_id(name, KINDS[kind] if len(used) > 1 else "", ids)
        ids.add(layer_id)
        yield _layer(layer_id, KINDS[kind], part, title, wanted, licence, nth=len(ids) - 1)


def _kinds(shapes: NDArray[np.object_]) -> NDArray[np.int64]:
    """The kinds of each geometry, as bits: point 1, line 2, area 4. A collection may have several."""
    dimensions = shapely.get_dimensions(shapes)
    bits = np.where(dimensions < 0, 0, 1 << np.maximum(dimensions, 0))
    for nth in np.flatnonzero(shapely.get_type_id(shapes) == shapely.GeometryType.GEOMETRYCOLLECTION):
        bits[nth] = np.bitwise_or.reduce([1 << each for each in shapely.get_dimensions(_simple(shapes[nth]))] or [0])
    bits[shapely.is_empty(shapes)] = 0
    return bits


def _simple(shape: BaseGeometry) -> list[BaseGeometry]:
    """The single geometries of a geometry, also of nested collections."""
    if shapely.get_type_id(shape) < shapely.GeometryType.MULTIPOINT:
        return [shape]
    return [one for part in shapely.get_parts(shape) for one in _simple(part)]


def _only(shapes: NDArray[np.object_], kind: int) -> list[BaseGeometry | None]:
    """Geometries with only their parts of one kind."""
    held = _kinds(shapes)
    return [
        shape if bits == 1 << kind else _parts_of(shape, kind) if bits & 1 << kind else None
        for shape, bits in zip(shapes, held, strict=True)
    ]


def _parts_of(shape: BaseGeometry, kind: int) -> BaseGeometry:
    """The parts of one kind of a collection."""
    parts: list[Any] = [part for part in _simple(shape) if shapely.get_dimensions(part) == kind and not part.is_empty]
    if kind == 0:
        return MultiPoint(parts)
    return MultiLineString(parts) if kind == 1 else MultiPolygon(parts)


def _free_id(name: str, kind: str, taken: Collection[str]) -> str:
    """An id that no other layer has: the words of the name, and a number if it is taken."""
    base = "-".join(re.findall(r"\w+", f"{name} {kind}".casefold())) or "layer"
    return next(one for nth in range(1, len(taken) + 2) if (one := base if nth == 1 else f"{base}-{nth}") not in taken)


def _layer(
    layer_id: str, kind: Geometry, frame: gpd.GeoDataFrame, title: Words, wanted: Wanted, licence: str, *, nth: int
) -> PageLayer:
    """A layer of features of one kind."""
    shapes = frame.geometry.to_numpy()
    count = len(frame)
    if wanted.by is not None:
        found = classify(frame[wanted.by], scheme=wanted.scheme, steps=wanted.steps)
        titles, colours, codes = found.titles, found.colours, found.codes
    else:
        titles, colours, codes = (
            [translations(f"vector.kind.{kind}")],
            [wanted.color or HUES[nth % len(HUES)]],
            np.zeros(count, dtype=np.int64),
        )
    classes: dict[str, ClassEntry] = {
        f"{layer_id}.{place}": {
            "title": said,
            "geometry": kind,
            "z": DRAWN[kind],
            "style": _style(kind, colour, count),
            **({"dark": DARK_STEPS[colour]} if colour in DARK_STEPS else {}),
            "on": True,
        }
        for place, (said, colour) in enumerate(zip(titles, colours, strict=True))
    }
    sizes = None
    if kind == "line":
        sizes = lengths_km(shapes) * METRES_PER_KM
    elif kind == "area":
        sizes = areas_km2(shapes) * METRES_PER_KM**2
    group: Group = {
        "id": layer_id,
        "layer": layer_id,
        "title": title,
        "open": True,
        "classes": list(classes),
        "stats": _statistics(kind, count, sizes),
        "licence": licence,
    }
    if wanted.by is not None:
        group["by"] = wanted.by
    label = wanted.label or _label(frame, wanted.language)
    told = {frame.geometry.name, *_positions(frame)}
    filters = [found for name in frame.columns if name not in told for found in column_filters(name, frame[name])]
    return PageLayer(layer_id, kind, frame, classes, codes, group, filters, label, sizes, wanted.step)


def _style(kind: Geometry, colour: str, count: int) -> Style:
    """The style of a class: the more features, the finer."""
    share = min(1.0, max(0.0, np.log(max(count, 1) / FEW) / np.log(MANY / FEW)))
    if kind == "line":
        return {"color": colour, "width": round(2.2 - 1.2 * share, 1), "casing": count <= CASED, "opacity": 1.0}
    if kind == "point":
        return {"color": colour, "symbol": "city", "size": round(10 - 5 * share, 1)}
    return {"color": colour, "fill": colour, "width": round(1.2 - 0.6 * share, 1), "opacity": 0.45}


def _statistics(kind: Geometry, count: int, sizes: NDArray[np.float64] | None) -> list[Entry]:
    """The statistics of a layer's card."""
    found: list[Entry] = [{"label": "stat.features", "value": count, "unit": "", "digits": 0}]
    if sizes is not None and kind == "line":
        km = round(float(sizes.sum()) / METRES_PER_KM, 1)
        found.append({"label": "stat.measured_km", "value": km, "unit": "km", "digits": 1})
    elif sizes is not None:
        km2 = round(float(sizes.sum()) / METRES_PER_KM**2, 1)
        found.append({"label": "stat.area_km2", "value": km2, "unit": "km2", "digits": 1})
    return found


def _label(frame: gpd.GeoDataFrame, language: str) -> str | None:
    """The column with a usual name that names a feature: in the language, as it is, or in another language."""
    folded = {str(name).casefold(): str(name) for name in reversed(frame.columns) if name != frame.geometry.name}
    forms = [f"{sign}{one}" for one in LANGUAGES for sign in "_:"]
    own = [form for form in forms if form.endswith(language)]
    wanted = (usual + form for usual in NAMES for form in (*own, "", *forms))
    return next((folded[name] for name in wanted if name in folded), None)


def _positions(frame: gpd.GeoDataFrame) -> list[str]:
    """The columns of points that repeat their longitude or latitude."""
    shapes = frame.geometry.to_numpy()
    if not (shapely.get_type_id(shapes) == shapely.GeometryType.POINT).all():
        return []
    axes = shapely.get_x(shapes), shapely.get_y(shapes)
    numbers = frame.select_dtypes("number")
    return [str(name) for name in numbers if any(np.array_equal(numbers[name], axis) for axis in axes)]


def bounds_of(layers: Sequence[PageLayer]) -> tuple[float, float, float, float] | None:
    """West, south, east, north of all features in degrees; None without any."""
    shapes = [bounds for layer in layers if np.isfinite(bounds := layer.frame.total_bounds).all()]
    if not shapes:
        return None
    every = np.array(shapes)
    west, south = every[:, :2].min(axis=0)
    east, north = every[:, 2:].max(axis=0)
    return float(west), float(south), float(east), float(north)
