"""Vector files to frames in EPSG:4326: formats that GDAL reads safely, checked feature by feature.

The first bytes of a file show its format, not its name. Some formats, such as VRT, make GDAL open other files or the
network. They are refused before GDAL reads them.
"""

import struct
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pyproj
import shapely
from numpy.typing import NDArray

from corridors.data.file_kinds import SIGNATURE_BYTES, format_of
from corridors.data.geojson import CRS
from corridors.data.geojson_members import MAX_LAT, MAX_LON
from corridors.errors import FileError, InputError
from corridors.geo.geodesy import Coordinates
from corridors.locales import Message, message

FORMATS: Final = frozenset(
    {
        "CSV",
        "FlatGeobuf",
        "GML",
        "GPX",
        "GeoPackage",
        "KML",
        "KMZ",
        "OSM PBF",
        "OSM XML",
        "Shapefile",
        "ZIP (Shapefile)",
    }
)
"""Formats that are read besides GeoJSON, by the names of :mod:`corridors.data.file_kinds`."""

MOST_UNPACKED: Final = 4 * 2**30
"""The greatest size of an unpacked archive, in bytes."""

COLUMNS: Final = {
    "X_POSSIBLE_NAMES": "lon,lng,long,longitude,x,longitude_deg",
    "Y_POSSIBLE_NAMES": "lat,latitude,y,latitude_deg",
    "GEOM_POSSIBLE_NAMES": "wkt,geometry,geom,the_geom",
    "AUTODETECT_TYPE": "YES",
    "KEEP_GEOM_COLUMNS": "YES",
}
"""The options of GDAL's driver for finding positions in CSV."""

HARMLESS: Final = ("Several features with id", "Non closed ring detected", "organizePolygons")
"""Prefixes of GDAL's warnings that mean no loss: an id is made unique, a ring is closed, rings are put in order."""

UNRECOGNISED: Final = "not recognized as being in a supported file format"
MOST_DEGREES: Final = np.array([MAX_LON, MAX_LAT])
ENTITY: Final = b"<!ENTITY"


@dataclass(frozen=True, slots=True)
class VectorLayer:
    """A layer of a file.

    Attributes
    ----------
    name
        The file's name without its suffix. If the file has several layers, the layer's name follows after a colon.
    frame
        Its features with all their columns, EPSG:4326, in the order of the file.
    """

    name: str
    frame: gpd.GeoDataFrame


def read_vectors(path: Path) -> list[VectorLayer]:
    """Read every layer with geometry of a file.

    Raises
    ------
    FileError
        If the file cannot be opened.
    InputError
        If it is not a vector file, has no coordinate reference system, is damaged, or has a position that is not on
        Earth. The message names file, layer, feature (counted from 0) and remedy.
    """
    options = _admitted(path)
    try:
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            names = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None or options]
            layers = [
                VectorLayer(path.stem if len(names) == 1 else f"{path.stem}:{name}", _read(path, name, options))
                for name in names
            ]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FeatureError) as error:
        if UNRECOGNISED in str(error):
            raise InputError(message("error.vector.unknown", str(path), sorted({"GeoJSON", *FORMATS}))) from error
        raise InputError(message("error.vector.damaged", str(path), _first_line(error))) from error
    except UnicodeDecodeError as error:
        raise InputError(message("error.vector.encoding", str(path))) from error
    except pyproj.exceptions.CRSError as error:
        raise InputError(message("error.vector.crs", str(path))) from error
    for one in said:
        if issubclass(one.category, RuntimeWarning) and not str(one.message).startswith(HARMLESS):
            raise InputError(message("error.vector.damaged", str(path), _first_line(one.message)))
    if not layers:
        raise InputError(message("error.vector.empty", str(path)))
    return layers


def _admitted(path: Path) -> dict[str, str]:
    """Refuse files that are not safe or not useful to open; otherwise return the options for GDAL."""
    try:
        with path.open("rb") as file:
            start = file.read(SIGNATURE_BYTES)
        kind = format_of(start if not start.startswith(b"PK") else path.read_bytes(), path.name)
        if kind in {"KMZ", "ZIP (Shapefile)"}:
            with zipfile.ZipFile(path) as archive:
                if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                    raise InputError(message("error.vector.bomb", str(path), MOST_UNPACKED // 2**30))
        size = path.stat().st_size
    except OSError as error:
        raise FileError(message("error.file.absent", str(path), error.strerror or type(error).__name__)) from error
    if start.lstrip().startswith(b"<") and ENTITY in start:
        raise InputError(message("error.vector.entities", str(path)))
    if kind is not None and kind not in FORMATS:
        raise InputError(message("error.vector.format", str(path), kind, sorted({"GeoJSON", *FORMATS})))
    if kind == "Shapefile" and 2 * struct.unpack(">i", start[24:28])[0] > size:
        raise InputError(message("error.vector.damaged", str(path), f"{size} bytes"))
    return dict(COLUMNS) if kind == "CSV" else {}


def _read(path: Path, name: str, options: dict[str, str]) -> gpd.GeoDataFrame:
    """One layer as a frame."""
    about, _, codes, columns = pyogrio.raw.read(path, layer=name, **options)
    if codes is None:
        raise InputError(message("error.vector.columns", str(path)))
    crs = about["crs"] or (CRS if options else None)
    if crs is None:
        raise InputError(message("error.vector.crs", str(path)))
    shapes = shapely.from_wkb(codes, on_invalid="ignore")
    data = pd.DataFrame({str(field): values for field, values in zip(about["fields"], columns, strict=True)})
    written = pd.notna(codes) | (_positions_written(data) if options else False)
    for nth in np.flatnonzero(shapely.is_missing(shapes) & written)[:1]:
        raise InputError(message("error.vector.geometry", str(path), name, int(nth)))
    frame = gpd.GeoDataFrame(data, geometry=np.asarray(shapes), crs=crs)
    frame = frame if frame.crs.equals(CRS) else frame.to_crs(CRS)
    for fault in _misplaced(frame):
        raise InputError(message("error.vector.feature", str(path), name, *fault))
    return frame


def _positions_written(rows: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether each row of a table has a value in a column of positions."""
    known = {name for key in COLUMNS if key.endswith("_POSSIBLE_NAMES") for name in COLUMNS[key].split(",")}
    cells = rows[[name for name in rows.columns if name.lower() in known]]
    return np.asarray((cells.notna() & (cells != "")).any(axis="columns"))


def _misplaced(frame: gpd.GeoDataFrame) -> Iterator[tuple[int, Message]]:
    """Features with a position that is not on Earth: their number and the fault."""
    positions, owner = shapely.get_coordinates(frame.geometry.to_numpy(), return_index=True)
    off = ~(np.abs(positions) <= MOST_DEGREES).all(axis=1)
    key = "error.vector.swapped" if _swapped(positions) else "error.vector.off"
    for nth in np.flatnonzero(off)[:1]:
        yield int(owner[nth]), message(key, _told(positions[nth]))


def _swapped(positions: Coordinates) -> bool:
    """Whether all positions are on Earth if longitude and latitude are swapped."""
    return bool((np.abs(positions[:, ::-1]) <= MOST_DEGREES).all())


def _told(position: Coordinates) -> str:
    """A position in the form for messages."""
    return ", ".join(f"{value:g}" for value in position)


def _first_line(what: object) -> str:
    """The first line of a library's message."""
    return str(what).partition("\n")[0]
