"""GeoDataFrames to GeoJSON files and back (RFC 7946). The strict reader accepts every file that is written.

All frames are in EPSG:4326; positions are longitude, latitude in degrees. ``geojson_rules`` lists the rules for files.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from corridors.data.findings import Finding, printable, quoted
from corridors.data.geojson_check import Checked, as_features, check_document, check_geojson, read_checked
from corridors.data.geojson_rules import ADVICE, REMEDIES, RULES
from corridors.data.whole_file import write_whole
from corridors.errors import FileError, InputError
from corridors.locales import Message, message

__all__ = ["ADVICE", "CRS", "DECIMALS", "RULES", "check_geojson", "geojson_text", "read_geojson", "write_geojson"]

CRS: Final = "EPSG:4326"
DECIMALS: Final = 6
"""Decimals of a degree in written positions: about 10 cm."""

RESERVED: Final = frozenset(
    {"type", "features", "crs", "bbox", "id", "geometry", "properties", "coordinates", "geometries"},
)
# JSON allows these characters in text, but line readers take them for the end of a line.
LINE_ENDS: Final = {"\u0085": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in a frame: the file to write, the feature, the column or member."""

    name: str
    where: Message | str = ""
    column: str | None = None

    def fault(self, rule: str, what: Message, remedy: Message) -> InputError:
        """The error that something there is wrong."""
        return InputError(Finding(rule, self.name, self.where, self.column, what, remedy))


def write_geojson(frame: gpd.GeoDataFrame, path: Path, *, members: Mapping[str, object] | None = None) -> None:
    """Write a frame as a FeatureCollection, completely or not at all. The same frame always gives the same bytes.

    Parameters
    ----------
    frame
        Features in EPSG:4326 with a column ``id``: see ``geojson_text``.
    path
        The file, which is replaced.
    members
        Members of the collection besides its features, such as its title, licence and credits.

    Raises
    ------
    InputError
        If the frame cannot be written as GeoJSON that the strict reader would accept.
    FileError
        If the file cannot be written. An existing file is then unchanged.
    """
    write_whole(path, geojson_text(frame, name=path.name, members=members).encode("utf-8"))


def geojson_text(
    frame: gpd.GeoDataFrame,
    *,
    name: str = "",
    members: Mapping[str, object] | None = None,
) -> str:
    """Write a frame as the text of a FeatureCollection, one feature on each line, sorted by ``id``.

    Positions have at most six decimals, rings follow the right-hand rule, missing values are ``null``, and properties
    keep the order of the columns. Each id is the id of the feature and also a property. Measures (M) of positions are
    left out, because GeoJSON has none. A geometry across 180 degrees is not cut here: cut it before.

    Parameters
    ----------
    frame
        Features in EPSG:4326 with a column ``id`` of text or whole numbers, without repetition.
    name
        The file that the frame is for, in errors.
    members
        Members of the collection besides its features.

    Raises
    ------
    InputError
        If the frame cannot be written as GeoJSON that the strict reader would accept; the message names feature,
        property and remedy.
    """
    _check_frame(frame, name)
    columns = [column for column in frame.columns if column != frame.geometry.name]
    head = {"type": "FeatureCollection", **_foreign(members or {}, name)}
    geometries = _drawn(frame.geometry.to_numpy())
    features: list[dict[str, object]] = []
    for values, geometry in zip(zip(*(frame[column] for column in columns), strict=True), geometries, strict=True):
        place = _Place(name, message("finding.feature", quoted(values[columns.index("id")]), ""))
        properties = {
            column: _json(value, replace(place, column=column)) for column, value in zip(columns, values, strict=True)
        }
        features.append(
            {"type": "Feature", "id": properties["id"], "properties": properties, "geometry": _geometry(geometry)},
        )
    features.sort(key=lambda feature: (isinstance(feature["id"], str), feature["id"]))
    _refuse(check_document({**head, "features": features}, name))
    lines = [f"{_dumps(key)}: {_dumps(value)},\n" for key, value in head.items()]
    body = ",\n".join(_dumps(feature) for feature in features)
    return "".join(["{\n", *lines, '"features": [\n', body, "\n]\n}\n" if body else "]\n}\n"])


def read_geojson(path: Path, *, lenient: bool = False) -> gpd.GeoDataFrame:
    """Read a GeoJSON file into a frame in EPSG:4326. A file with any fault is refused.

    Columns have the order in which properties first appear. Whole numbers stay whole (``Int64`` if some are missing),
    missing values stay missing, and text stays text, also dates. The id of a feature becomes the column ``id``, unless
    some feature has a property of that name.

    Parameters
    ----------
    path
        The file.
    lenient
        Accept what RFC 7946 advises against but does not forbid (``ADVICE``).

    Raises
    ------
    FileError
        If the file cannot be read.
    InputError
        If it breaks a rule. The message is the first finding and the number of others.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FileError(message("error.file.unread", printable(str(path)), error.strerror)) from error
    document, findings = read_checked(content, path.name)
    _refuse(
        [finding for finding in findings if finding.level == "fault" and not (lenient and finding.rule in ADVICE)],
        listed=True,
    )
    return _frame(as_features(document), path.name)


def _refuse(findings: list[Finding], *, listed: bool = False) -> None:
    """Raise the first finding, if there is one, with the number of others."""
    if findings:
        first, others = findings[0], len(findings) - 1
        key = "error.findings.listed" if listed else "error.findings"
        raise InputError(message(key, first, str(others)) if others else first)


def _frame(features: list[Checked], name: str) -> gpd.GeoDataFrame:
    """Collect features into a frame."""
    rows = [feature["properties"] or {} for feature in features]
    columns = list(dict.fromkeys(column for row in rows for column in row))
    if "geometry" in columns:
        raise _Place(name, column="geometry").fault("G03", message("finding.frame.named"), message("remedy.rename"))
    data = {column: _series([row.get(column) for row in rows]) for column in columns}
    if "id" not in columns and any("id" in feature for feature in features):
        data = {"id": _series([feature.get("id") for feature in features]), **data}
    geometries = [shape(feature["geometry"]) if feature.get("geometry") else None for feature in features]
    return gpd.GeoDataFrame(data, geometry=gpd.GeoSeries(geometries, crs=CRS), crs=CRS)


def _series(values: list[Any]) -> "pd.Series[Any]":
    """Put values of JSON into a column without changing any of them."""
    kinds = {type(value) for value in values} - {type(None)}
    missing = any(value is None for value in values)
    if kinds == {bool}:
        return pd.Series(values, dtype="boolean" if missing else "bool")
    if kinds == {int} and all(value is None or abs(value) < 2**63 for value in values):
        return pd.Series(values, dtype="Int64" if missing else "int64")
    if kinds == {float} or (kinds == {int, float} and all(value is None or abs(value) <= 2**53 for value in values)):
        return pd.Series(values, dtype="float64")
    return pd.Series(values, dtype="object")


def _check_frame(frame: gpd.GeoDataFrame, name: str) -> None:
    """Refuse a frame whose coordinate reference system, columns or ids are not those of a layer."""
    if wrong := frame_fault(frame):
        raise _Place(name, column="geometry").fault("G04", *wrong)
    for column in frame.columns:
        if not isinstance(column, str) or not _is_unicode(column) or list(frame.columns).count(column) > 1:
            what = message("finding.frame.column", quoted(column))
            raise _Place(name).fault("G03", what, message("remedy.rename"))
        if column == "geometry" != frame.geometry.name:
            raise _Place(name, column="geometry").fault("G03", message("finding.frame.named"), message("remedy.rename"))
    if "id" not in frame.columns:
        raise _Place(name, column="id").fault("G14", message("finding.column.missing"), REMEDIES["G14"])
    for index, known in enumerate(frame["id"]):
        if isinstance(known, bool | np.bool_) or not isinstance(known, str | int | np.integer):
            missing = _is_missing(known)
            what = message("finding.cell.empty") if missing else message("finding.frame.id", quoted(known))
            place = _Place(name, message("finding.feature", str(index), ""), "id")
            raise place.fault("G14", what, REMEDIES["G14"])


def frame_fault(frame: pd.DataFrame) -> tuple[Message, Message] | None:
    """The fault of a frame without geometries in EPSG:4326, and the remedy; None if it has no fault."""
    if not isinstance(frame, gpd.GeoDataFrame) or frame.active_geometry_name is None:
        return message("finding.frame.geometry"), message("remedy.check", "frame.set_geometry(…)")
    if frame.crs is None:
        return message("finding.frame.unsaid", CRS), message("remedy.check", f"frame.set_crs({CRS!r})")
    if not frame.crs.equals(CRS, ignore_axis_order=True):
        what = message("finding.frame.system", quoted(frame.crs.name), CRS)
        return what, message("remedy.check", f"frame.to_crs({CRS!r})")
    return None


def _foreign(members: Mapping[str, object], name: str) -> dict[str, object]:
    """Convert foreign members (RFC 7946, section 6.1) to JSON values."""
    for member in members:
        if member in RESERVED:
            raise _Place(name, column=member).fault("G20", message("finding.frame.member"), message("remedy.rename"))
    return {member: _json(value, _Place(name, column=member)) for member, value in members.items()}


def _drawn(geometries: NDArray[np.object_]) -> list[BaseGeometry | None]:
    """Round positions, then turn rings. In this order, since rounding may reverse the direction of a thin ring."""
    has_z = shapely.has_z(geometries)
    drawn = np.empty(len(geometries), dtype=object)
    for include_z in (False, True):
        of_kind = np.flatnonzero(has_z == include_z)
        # 0.0 is added so that -0.0 becomes 0.0.
        drawn[of_kind] = shapely.transform(
            geometries[of_kind], lambda pairs: np.round(pairs, DECIMALS) + 0.0, include_z=include_z
        )
    return list(shapely.orient_polygons(drawn))


def _geometry(geometry: BaseGeometry | None) -> dict[str, object] | None:
    """Convert a geometry to a GeoJSON object."""
    if geometry is None:
        return None
    if geometry.geom_type == "GeometryCollection":
        return {"type": "GeometryCollection", "geometries": [_geometry(part) for part in shapely.get_parts(geometry)]}
    kind = "LineString" if geometry.geom_type == "LinearRing" else geometry.geom_type
    return {"type": kind, "coordinates": _coordinates(geometry)}


def _coordinates(geometry: BaseGeometry) -> object:
    """The positions of a geometry that is not a collection, nested as its type requires."""
    if isinstance(geometry, shapely.Polygon):
        return [] if geometry.is_empty else [_coordinates(ring) for ring in (geometry.exterior, *geometry.interiors)]
    if geometry.geom_type.startswith("Multi"):
        return [_coordinates(part) for part in shapely.get_parts(geometry)]
    positions: list[object] = shapely.get_coordinates(geometry, include_z=geometry.has_z).tolist()
    return (positions[0] if positions else []) if geometry.geom_type == "Point" else positions


def _json(value: object, place: _Place) -> object:
    """Convert a value of a frame to a JSON value; missing values become null."""
    value = _plain(value)
    if _is_missing(value):
        return None
    if isinstance(value, str):
        if not _is_unicode(value):
            raise place.fault("G21", message("finding.half_pair", quoted(value)), REMEDIES["G21"])
        return str(value)
    if isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    if isinstance(value, date):  # this includes every datetime and pandas.Timestamp
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_json(item, place) for item in value]
    if isinstance(value, Mapping) and all(isinstance(key, str) and _is_unicode(key) for key in value):
        return {key: _json(item, place) for key, item in value.items()}
    raise place.fault("G01", message("finding.frame.json", quoted(value)), message("remedy.frame.json"))


def _is_missing(value: object) -> bool:
    """Whether pandas treats a value as missing."""
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value))


def _plain(value: object) -> object:
    """Convert a numpy value to a Python value."""
    if isinstance(value, np.datetime64):
        return pd.Timestamp(value)
    if isinstance(value, np.ndarray) and value.ndim:
        return list(value)
    return value.item() if isinstance(value, np.generic) and not isinstance(value, np.timedelta64) else value


def _is_unicode(text: str) -> bool:
    """Whether text can be written in UTF-8."""
    return text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text)


def _dumps(value: object) -> str:
    """Write JSON on one line, without spaces where positions would multiply them."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for char, escape in LINE_ENDS.items():
        text = text.replace(char, escape)
    return text
