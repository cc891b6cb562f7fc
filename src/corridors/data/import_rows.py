"""Features of any file to rows of an atlas: the mapping of columns, constants, ids, and the text of cells."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from corridors.data.geojson import DECIMALS
from corridors.data.imported import cell_text
from corridors.data.vector_features import IDS
from corridors.errors import UsageError, not_among

NAME_COLUMNS: Final = ("name_en", "name:en", "name")
"""Columns of other files that are taken for the English name, if there is no mapping."""

FOUND: Final = ("source", "country")
"""Columns that are filled in otherwise. Those of the same name in other files have other words."""

CODE_DIGITS: Final = 8


@dataclass(frozen=True, slots=True)
class Mapped:
    """A feature as a row of an atlas.

    Attributes
    ----------
    cells
        The text of each column; an empty text is missing.
    geometry
        EPSG:4326, two dimensions, six decimals.
    """

    cells: Mapping[str, str]
    geometry: BaseGeometry | None


def mapped_rows(
    frame: gpd.GeoDataFrame,
    wanted: Sequence[str],
    *,
    columns: Mapping[str, str],
    constants: Mapping[str, str],
    source: str,
) -> Iterator[Mapped]:
    """Turn features into rows.

    Parameters
    ----------
    frame
        The features, EPSG:4326.
    wanted
        The columns of the atlas.
    columns
        The column of the file for a column of the atlas. Without it, a column of the same name is taken, in capital or
        small letters; for the name and the id, those that other programs use.
    constants
        The text of all cells of a column.
    source
        The id of the source, for ids that are numbers only.

    Raises
    ------
    UsageError
        If there is no such column in the file, or in the atlas.
    """
    theirs = [str(name) for name in frame.columns if name != frame.geometry.name]
    for ours in (*columns, *constants):
        if ours not in wanted:
            raise UsageError(not_among("error.import.ours", ours, wanted))
    for name in columns.values():
        if name not in theirs:
            raise UsageError(not_among("error.vector.column", name, theirs))
    taken = {name: found for name in wanted if (found := columns.get(name) or _alike(name, theirs)) is not None}
    for record in frame.to_dict("records"):
        geometry = _drawn(record[frame.geometry.name])
        cells = dict.fromkeys(wanted, "")
        cells |= {name: _text(record[found]) for name, found in taken.items()}
        cells |= constants
        if "id" in wanted:
            cells["id"] = _id(cells["id"], geometry, source)
        yield Mapped(cells, geometry)


def _alike(ours: str, theirs: Sequence[str]) -> str | None:
    """The column of a file that is taken for a column of the atlas without a mapping."""
    if ours in FOUND:
        return None
    by_lower = {name.lower(): name for name in reversed(theirs)}
    names = {"id": IDS, "name_en": NAME_COLUMNS}.get(ours, (ours,))
    return next((by_lower[name] for name in names if name in by_lower), None)


def _text(value: object) -> str:
    """A value as the text of a cell: dates in ISO 8601, and on one line."""
    text = value.isoformat() if isinstance(value, date) else cell_text(value)
    return " ".join(text.removesuffix("T00:00:00").split())


def _id(text: str, geometry: BaseGeometry | None, source: str) -> str:
    """An id of lower-case letters, digits and hyphens, with the source before a number.

    If the file has no id, the geometry gives one, so that the same feature has the same id the next time.
    """
    slug = re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")
    if not slug:
        code = hashlib.sha256(shapely.to_wkb(geometry) if geometry is not None else b"").hexdigest()
        return f"{source}-{code[:CODE_DIGITS]}"
    return f"{source}-{slug}" if slug.isdigit() else slug


def _drawn(shape: BaseGeometry | None) -> BaseGeometry | None:
    """A geometry as layers have it: two dimensions, rounded, and a single part without a collection around it."""
    if shape is None or shape.is_empty:
        return shape
    flat = shapely.force_2d(shape)
    parts = shapely.get_parts(flat)
    if len(parts) == 1 and flat.geom_type.startswith("Multi"):
        flat = parts[0]
    return shapely.transform(flat, lambda positions: np.round(positions, DECIMALS))
