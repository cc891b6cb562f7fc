"""Paths to the vector files behind them that are safe to open: archives unpacked, texts in UTF-8, kinds known.

The first bytes of a file show its format, not its name. Some formats, such as VRT, make GDAL open other files or the
network. They are refused before GDAL reads them.
"""

import codecs
import mmap
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Final

from corridors.data.file_kinds import SIGNATURE_BYTES, ZIP, format_of
from corridors.data.findings import printable
from corridors.data.vector_archives import GEODATABASE, GEOMETRY_SUFFIXES, kind_of_archive, names_within, unpack
from corridors.data.vector_parquet import ParquetPiece, parquet_pieces, visible_files
from corridors.data.vector_shapefiles import check_shapefile
from corridors.errors import FileError, InputError
from corridors.locales import message

GEOPARQUET: Final = "GeoParquet"
GEOJSON: Final = "GeoJSON"
ARCHIVES: Final = frozenset({"KMZ", "ZIP (Shapefile)", "ZIP"})
OPTIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "CSV": {"AUTODETECT_TYPE": "YES", "AUTODETECT_SIZE_LIMIT": "0"},
    GEOJSON: {"DATE_AS_STRING": "YES"},
    "GML": {"DOWNLOAD_SCHEMA": "NO"},
}
"""Options of GDAL's drivers, by format. Types of a table are found in all of it. Years of GeoJSON stay years. Nothing
is fetched."""

FORMATS: Final = frozenset(
    {
        "CSV",
        "Esri JSON",
        "FileGDB",
        "FlatGeobuf",
        "GML",
        "GPX",
        GEOJSON,
        GEOPARQUET,
        "GeoPackage",
        "KML",
        "KMZ",
        "OSM PBF",
        "OSM XML",
        "Shapefile",
        "TopoJSON",
        "ZIP",
    }
)
"""Formats that are read, by the names of :mod:`corridors.data.file_kinds`."""

PARQUET: Final = ".parquet"
"""The suffix of the parts of a folder of GeoParquet."""

MARKS_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
BEFORE_TEXT: Final = codecs.BOM_UTF8 + b"\xff\xfe\x00\x1e \t\r\n"
"""Bytes that may stand before a text: marks of its encoding, white space, and the separator of features on lines."""

TOPOLOGY: Final = re.compile(rb'"type"\s*:\s*"Topology"')
OF_ESRI: Final = re.compile(rb'"geometryType"\s*:\s*"esriGeometry')
ENTITIES: Final = tuple("<!ENTITY".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
PIECE: Final = 2**20


@dataclass(frozen=True, slots=True)
class Source:
    """A vector file to open.

    Attributes
    ----------
    path
        What is opened.
    label
        How messages name it: as the user did, with the file inside an archive.
    name
        The beginning of its layers' names.
    kind
        Its format.
    encoding
        The encoding of its texts, if the file does not say it itself.
    options
        Options of GDAL's driver.
    piece
        The rows of GeoParquet, which pyarrow reads.
    """

    path: Path
    label: str
    name: str
    kind: str
    encoding: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    piece: ParquetPiece | None = None


def parquet_sources(path: Path) -> list[Source]:
    """The pieces of GeoParquet, each a source by itself; none if the path is something else.

    Raises
    ------
    FileError
        If the path cannot be opened.
    InputError
        If a part is damaged, or a folder is no folder of GeoParquet.
    UsageError
        If pyarrow is missing.
    """
    with _told_as_absent(path):
        label = printable(str(path))
        kind = _kind_of_folder(path, label) if path.is_dir() else format_of(_start(path), path.name)
        return list(_pieces(path, label, path.stem)) if kind == GEOPARQUET else []


@contextmanager
def sources(path: Path) -> Iterator[list[Source]]:
    """The vector files behind a path. What is unpacked for them is deleted at the end.

    Raises
    ------
    FileError
        If the path cannot be opened.
    InputError
        If it is not safe or not useful to open.
    """
    with _told_as_absent(path), tempfile.TemporaryDirectory(prefix="corridors-") as folder:
        yield list(_sources(path, Path(folder)))


@contextmanager
def _told_as_absent(path: Path) -> Iterator[None]:
    """Turn errors of the system into one that names the path."""
    try:
        yield
    except OSError as error:
        raise FileError(message("error.file.absent", str(path), error.strerror or type(error).__name__)) from error


def _sources(path: Path, folder: Path) -> Iterator[Source]:
    """The sources of a path, with a folder for what is unpacked."""
    if path.is_dir() or not _start(path).startswith(ZIP):
        yield from _source(path, printable(str(path)), path.stem, folder)
        return
    kind = kind_of_archive(path)
    if kind not in ARCHIVES:
        raise InputError(message("error.vector.format", str(path), kind, sorted(FORMATS)))
    inside = folder / "unpacked"
    found = unpack(path, inside)
    if not found:
        raise InputError(message("error.vector.archive", str(path), sorted(FORMATS)))
    for file, name in zip(found, names_within(found, inside), strict=True):
        label = printable(f"{path}/{file.relative_to(inside).as_posix()}")
        yield from _source(file, label, path.stem if len(found) == 1 else f"{path.stem}:{name}", folder)


def _pieces(path: Path, label: str, name: str) -> Iterator[Source]:
    """The pieces of GeoParquet."""
    for piece in parquet_pieces(path, label):
        yield Source(path, piece.label, name, GEOPARQUET, piece=piece)


def _source(path: Path, label: str, name: str, folder: Path) -> Iterator[Source]:
    """A file or folder, checked; of GeoParquet, its pieces."""
    if path.is_dir():
        in_folder = _kind_of_folder(path, label)
        yield from _pieces(path, label, name) if in_folder == GEOPARQUET else [Source(path, label, name, in_folder)]
        return
    start = _start(path)
    if not start:
        raise InputError(message("error.vector.damaged", label, "0 bytes"))
    if start.startswith(MARKS_16) and not start.decode("utf-16", errors="replace").lstrip().startswith("<"):
        path = _in_utf8(path, label, folder)
        start = _start(path)
    if start.lstrip(BEFORE_TEXT).startswith(b"<") and _has_entities(path):
        raise InputError(message("error.vector.entities", label))
    kind = _kind_of_file(path, label, start)
    if kind == GEOPARQUET:
        yield from _pieces(path, label, name)
        return
    encoding = check_shapefile(path, label) if kind == "Shapefile" else None
    if kind == "GML":
        path = _alone(path, folder)
    options = dict(OPTIONS.get(kind, {}))
    if kind.startswith("OSM"):
        options["CONFIG_FILE"] = str(files("corridors.data") / "osm.ini")
    yield Source(path, label, name, kind, encoding, options)


def _kind_of_file(path: Path, label: str, start: bytes) -> str:
    """The format of a file that begins so."""
    kind = format_of(start, path.name) or _kind_of_json(start.lstrip(BEFORE_TEXT))
    if kind is None and path.suffix.lower() in GEOMETRY_SUFFIXES:
        raise InputError(message("error.vector.content", label, path.suffix))
    if kind is None:
        raise InputError(message("error.vector.unknown", label, sorted(FORMATS)))
    if kind not in FORMATS:
        raise InputError(message("error.vector.format", label, kind, sorted(FORMATS)))
    return kind


def _kind_of_json(text: bytes) -> str | None:
    """GeoJSON, TopoJSON or the JSON of Esri, if a text begins like JSON."""
    if not text.startswith((b"{", b"[")):
        return None
    if TOPOLOGY.search(text):
        return "TopoJSON"
    return "Esri JSON" if OF_ESRI.search(text) else GEOJSON


def _start(path: Path) -> bytes:
    """The first bytes of a file."""
    with path.open("rb") as file:
        return file.read(SIGNATURE_BYTES)


def _kind_of_folder(path: Path, label: str) -> str:
    """The format of a folder: a file geodatabase, or GeoParquet in parts."""
    if path.suffix.lower() == GEODATABASE:
        return "FileGDB"
    visible = visible_files(path)
    if visible and all(file.suffix.lower() == PARQUET for file in visible):
        return GEOPARQUET
    raise InputError(message("error.vector.folder", label))


def _in_utf8(path: Path, label: str, folder: Path) -> Path:
    """A copy of a text in UTF-16, in UTF-8."""
    copy = folder / path.name
    try:
        with path.open(encoding="utf-16", newline="") as text, copy.open("w", encoding="utf-8", newline="") as file:
            while piece := text.read(PIECE):
                file.write(piece)
    except UnicodeError as error:
        raise InputError(message("error.vector.damaged", label, str(error))) from error
    return copy


def _alone(path: Path, folder: Path) -> Path:
    """A copy of a GML file and its schema. GDAL writes a file beside what it opens."""
    for file in (path, path.with_suffix(".xsd")):
        if file.exists():
            shutil.copyfile(file, folder / file.name)
    return folder / path.name


def _has_entities(path: Path) -> bool:
    """Whether XML declares entities of its own, anywhere and in any encoding that XML readers must know."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return any(content.find(entity) >= 0 for entity in ENTITIES)
