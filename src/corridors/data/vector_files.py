"""Vector files to frames in EPSG:4326: formats that GDAL or pyarrow read, checked feature by feature."""

import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pyproj
import shapely
from numpy.typing import NDArray

from corridors.data.findings import printable
from corridors.data.geojson import CRS
from corridors.data.vector_dates import with_dates
from corridors.data.vector_features import MOST_DEGREES, BadFeature, geometry_faults, identities, position_faults
from corridors.data.vector_json import SUSPECT_BYTES, JsonFeature, json_features
from corridors.data.vector_parquet import ParquetPiece, read_piece
from corridors.data.vector_rows import row_faults
from corridors.data.vector_sources import FORMATS, GEOJSON, Source, parquet_sources, sources
from corridors.data.vector_tables import table_shapes
from corridors.data.vector_whole import refuse_passed_over
from corridors.errors import InputError, UsageError
from corridors.geo.antimeridian import split_at_antimeridian
from corridors.locales import Message, message

TABLES: Final = frozenset({"CSV"})
WITHOUT_CRS: Final = frozenset({*TABLES, "TopoJSON"})
"""Formats that do not say their coordinate reference system."""

FIXED_LAYERS: Final = frozenset({"GPX", "OSM PBF", "OSM XML"})
"""Formats that always have the same layers. Those without a feature are left out."""

VERTICES: Final = frozenset({"route_points", "track_points"})
"""Layers of a GPX file with the vertices of the lines of other layers."""

HARMLESS: Final = ("Several features with id", "Non closed ring detected", "organizePolygons")
"""Prefixes of GDAL's warnings that mean no loss: an id is made unique, a ring is closed, rings are put in order."""

DROPPED: Final = "Invalid value type found"
"""The beginning of GDAL's warning that it drops a cell of a table."""

UNRECOGNISED: Final = "not recognized as being in a supported file format"
NEAR_ORIGIN: Final = 1.0
"""Metres from the origin of a projected system, within which positions may stand without being degrees."""


@dataclass(frozen=True, slots=True)
class VectorLayer:
    """A layer of a file.

    Attributes
    ----------
    name
        The file's name without its suffix. If the file has several layers, the layer's name follows after a colon.
    frame
        Its features with all their columns, EPSG:4326, in the order of the file. What crosses the antimeridian is cut
        there.
    skipped
        The features that cannot be used and are left out, in the order of the file.
    """

    name: str
    frame: gpd.GeoDataFrame
    skipped: tuple[BadFeature, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read.

    Attributes
    ----------
    skip_bad
        Leave out features that cannot be used, and list them in the layer. Without it, the first one is an error.
    crs
        The coordinate reference system of files that do not say theirs, such as ``EPSG:32643``. Without it, such tables
        and TopoJSON are read as EPSG:4326, and other such files are an error.

    Raises
    ------
    UsageError
        If there is no such coordinate reference system.
    """

    skip_bad: bool = False
    crs: str | None = None

    def __post_init__(self) -> None:
        """Refuse a coordinate reference system that does not exist."""
        try:
            pyproj.CRS.from_user_input(self.crs or CRS)
        except pyproj.exceptions.CRSError as error:
            raise UsageError(message("error.vector.crs_option", repr(self.crs))) from error


AS_WRITTEN: Final = Reading()
"""Every feature must be of use, and every file must say its coordinate reference system, if its format can."""


class _Rows(NamedTuple):
    """A layer as the file has it: columns, geometries (None where unreadable), where one is written, CRS, faults."""

    columns: pd.DataFrame
    shapes: NDArray[np.object_] | None
    written: NDArray[np.bool_]
    crs: object | None
    faults: Mapping[int, Message] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class VectorPart:
    """A part of what a path names, that can be read by itself, also in another process.

    Attributes
    ----------
    path
        The file or folder, as the user named it.
    source
        The piece of GeoParquet; None for all of the path.
    """

    path: Path
    source: Source | None = None

    @property
    def name(self) -> str:
        """The name of the file or of the part, without its folders."""
        return self.path.name if self.source is None else self.source.label.rpartition("/")[2]


def vector_parts(path: Path) -> list[VectorPart]:
    """The parts of a path: the pieces of GeoParquet, or all of any other file.

    Raises
    ------
    FileError, InputError, UsageError
        As :func:`read_vectors`.
    """
    return [VectorPart(path, source) for source in parquet_sources(path)] or [VectorPart(path)]


def read_part(part: VectorPart, reading: Reading = AS_WRITTEN) -> list[VectorLayer]:
    """Read the layers of a part, as :func:`read_vectors` reads those of a path."""
    if part.source is not None:
        return _layers(part.source, reading)
    with sources(part.path) as found:
        read = [(source, layer) for source in found for layer in _layers(source, reading)]
    if not read:
        raise InputError(message("error.vector.empty", str(part.path)))
    pieces = groupby(read, key=lambda one: one[0].path if one[0].piece else id(one[1]))
    return [joined([layer for _, layer in together]) for _, together in pieces]


def joined(layers: Sequence[VectorLayer]) -> VectorLayer:
    """The layers of some parts as one layer, with the name of the first."""
    if len(layers) == 1:
        return layers[0]
    frame = pd.concat([layer.frame for layer in layers], ignore_index=True)
    return VectorLayer(layers[0].name, frame, tuple(bad for layer in layers for bad in layer.skipped))


def read_vectors(path: Path, reading: Reading = AS_WRITTEN) -> list[VectorLayer]:
    """Read every layer with geometry of a file, an archive of files, or a folder of GeoParquet.

    Parameters
    ----------
    path
        The file or folder.
    reading
        How it is read.

    Raises
    ------
    FileError
        If the file cannot be opened.
    InputError
        If it is not a vector file, has no coordinate reference system or a wrong one, or is damaged; or if a feature
        cannot be used. The message names file, layer, feature (counted from 0) and remedy.
    UsageError
        If a library that the format needs is missing.
    """
    return read_part(VectorPart(path), reading)


def _layers(source: Source, reading: Reading) -> list[VectorLayer]:
    """The layers of one file."""
    try:
        with warnings.catch_warnings(record=True) as said, _folder_for_work():
            warnings.simplefilter("always")
            found = list(_gdal_rows(source, reading)) if source.piece is None else [("", _parquet_rows(source.piece))]
            complaints = [str(one.message) for one in said if issubclass(one.category, RuntimeWarning)]
            whole = reading.skip_bad or bool(complaints)
            told = _from_text(source, whole=whole) if source.kind == GEOJSON else []
            layers = [_layer(source, name, rows, told, alone=len(found) == 1) for name, rows in found]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FeatureError) as error:
        if UNRECOGNISED not in str(error):
            raise InputError(message("error.vector.damaged", source.label, _first_line(error))) from error
        if source.kind == GEOJSON:
            raise InputError(message("error.vector.json", source.label, sorted(FORMATS))) from error
        raise InputError(message("error.vector.damaged", source.label, source.kind)) from error
    except UnicodeDecodeError as error:
        raise InputError(message("error.vector.encoding", source.label)) from error
    except pyproj.exceptions.CRSError as error:
        raise InputError(message("error.vector.crs", source.label)) from error
    bad = [feature for layer in layers for feature in layer.skipped]
    if bad and not reading.skip_bad:
        raise InputError(message("error.vector.stop", bad[0].message))
    losses = [complaint for complaint in complaints if not complaint.startswith(HARMLESS)]
    if losses and not bad:
        raise InputError(message("error.vector.damaged", source.label, _first_line(losses[0])))
    return layers


def _gdal_rows(source: Source, reading: Reading) -> Iterator[tuple[str, _Rows]]:
    """The layers of a file that GDAL reads, with their names."""
    table = source.kind in TABLES
    for name, kind in pyogrio.list_layers(source.path):
        if name in VERTICES or (kind is None and not table):
            continue
        about, codes, columns = _read(source, str(name), geometry=not table)
        refuse_passed_over(source, str(name), len(columns[0]) if codes is None else len(codes))
        if source.kind in FIXED_LAYERS and not len(codes):
            continue
        fields = [str(each) for each in about["fields"]]
        for each in fields:
            if fields.count(each) > 1:
                raise InputError(message("error.vector.column_twice", source.label, printable(each)))
        data = pd.DataFrame(dict(zip(fields, columns, strict=True)))
        crs = about["crs"] or reading.crs or (CRS if source.kind in WITHOUT_CRS else None)
        if table:
            yield str(name), _table_rows(data, crs)._replace(faults=row_faults(source.path, source.label, len(data)))
        else:
            shapes = np.asarray(shapely.from_wkb(codes, on_invalid="ignore"))
            data = with_dates(data) if source.kind == GEOJSON else data
            yield str(name), _Rows(data, shapes, np.asarray(pd.notna(codes), dtype=bool), crs)


def _read(source: Source, name: str, *, geometry: bool) -> tuple[Any, Any, Any]:
    """A layer as GDAL reads it: what it says of itself, its geometries in WKB, its columns.

    GDAL drops a number with a space behind it. If it does so, the columns are read as texts.
    """
    options = source.options
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        read = pyogrio.raw.read(source.path, layer=name, encoding=source.encoding, read_geometry=geometry, **options)
    if not geometry and any(str(one.message).startswith(DROPPED) for one in said):
        options = {**options, "AUTODETECT_TYPE": "NO"}
        read = pyogrio.raw.read(source.path, layer=name, encoding=source.encoding, read_geometry=False, **options)
    else:
        for one in said:
            warnings.warn_explicit(one.message, one.category, one.filename, one.lineno)
    about, _, codes, columns = read
    return about, codes, columns


def _parquet_rows(piece: ParquetPiece) -> _Rows:
    """GeoParquet; without geometries, positions in its columns."""
    found = read_piece(piece)
    return _table_rows(found.columns, found.crs) if found.shapes is None else _Rows(*found)


def _table_rows(data: pd.DataFrame, crs: object | None) -> _Rows:
    """A table with the geometries that its columns hold."""
    shapes, written = table_shapes(data) or (None, np.zeros(len(data), dtype=bool))
    return _Rows(data, shapes, written, crs)


def _layer(source: Source, name: str, rows: _Rows, told: list[JsonFeature], *, alone: bool) -> VectorLayer:
    """The features of a layer that can be used, and the others."""
    if rows.shapes is None:
        raise InputError(message("error.vector.columns", source.label, [printable(str(each)) for each in rows.columns]))
    if rows.crs is None:
        raise InputError(message("error.vector.crs", source.label))
    repaired = {number: one.fault for number, one in enumerate(told) if one.fault} | {**rows.faults}
    told_there = np.fromiter((one.has_geometry for one in told[: len(rows.written)]), dtype=bool)
    written = rows.written | np.pad(told_there, (0, len(rows.written) - len(told_there)))
    faults = geometry_faults(rows.shapes, written, repaired)
    frame = gpd.GeoDataFrame(rows.columns, geometry=rows.shapes, crs=rows.crs)
    if not frame.crs.equals(CRS):
        if frame.crs.is_projected and _look_like_degrees(rows.shapes):
            raise InputError(message("error.vector.degrees", source.label, frame.crs.name))
        frame = frame.to_crs(CRS)
    faults |= {number: fault for number, fault in position_faults(frame).items() if number not in faults}
    ids = identities(frame, list(faults)) | {nth: one.id for nth, one in enumerate(told) if one.id and nth in faults}
    kept = frame.drop(index=list(faults)).reset_index(drop=True) if faults else frame
    kept = kept.set_geometry(split_at_antimeridian(kept.geometry.to_numpy()), crs=CRS)
    first = source.piece.first if source.piece else 0
    skipped = [BadFeature(source.label, name, first + nth, ids.get(nth), faults[nth]) for nth in sorted(faults)]
    return VectorLayer(source.name if alone else f"{source.name}:{name}", kept, tuple(skipped))


def _from_text(source: Source, *, whole: bool) -> list[JsonFeature]:
    """What the text of a GeoJSON file says of its features: of all, or of the first."""
    return list(json_features(source.path, None if whole else SUSPECT_BYTES))


def _look_like_degrees(shapes: NDArray[np.object_]) -> bool:
    """Whether positions that should be metres are all degrees."""
    low, high = np.abs(shapely.total_bounds(shapes)).reshape(2, 2)
    furthest = np.maximum(low, high)
    return bool((furthest <= MOST_DEGREES).all() and furthest.max() > NEAR_ORIGIN)


@contextmanager
def _folder_for_work() -> Iterator[None]:
    """Let GDAL keep what does not fit into memory in the system's folder, and not where the command runs."""
    before: Mapping[str, str | None] = {"CPL_TMPDIR": pyogrio.get_gdal_config_option("CPL_TMPDIR")}
    pyogrio.set_gdal_config_options({"CPL_TMPDIR": tempfile.gettempdir()})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(before)


def _first_line(what: object) -> str:
    """The first line of a library's message."""
    return str(what).partition("\n")[0]
