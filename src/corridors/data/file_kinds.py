"""Files that are not GeoJSON to their kind, found by content or name, with advice."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from corridors.data.tables import TABLES
from corridors.locales import Message, message

SUFFIXES: Final = {
    ".shx": "Shapefile (.shx)",
    ".dbf": "Shapefile (.dbf)",
    ".prj": "Shapefile (.prj)",
    ".csv": "CSV",
    ".tsv": "CSV",
}
"""Kinds that only the name of the file shows."""

MAGIC: Final[Mapping[bytes, tuple[str, str]]] = {
    b"\x00\x00\x27\x0a": ("Shapefile", "convert"),
    b"fgb\x03": ("FlatGeobuf", "convert"),
    b"PAR1": ("GeoParquet", "convert"),
    b"ARROW1": ("Arrow", "convert"),
    b"\x89PNG": ("PNG", "picture"),
    b"\xff\xd8\xff": ("JPEG", "picture"),
    b"GIF8": ("GIF", "picture"),
    b"II*\x00": ("TIFF", "picture"),
    b"MM\x00*": ("TIFF", "picture"),
    b"RIFF": ("WebP", "picture"),
    b"%PDF": ("PDF", "picture"),
    b"\x1f\x8b": ("gzip", "unpack"),
    b"7z\xbc\xaf": ("7z", "unpack"),
    b"Rar!": ("RAR", "unpack"),
    b"\xd0\xcf\x11\xe0": ("XLS", "table"),
}
"""How files begin, their kind, and the advice."""

GEOPACKAGE_AT, GEOPACKAGE = 68, (b"GPKG", b"GP10", b"GP11")
SQLITE, ZIP = b"SQLite format 3\x00", b"PK\x03\x04"
IN_ZIP: Final = {
    "doc.kml": ("KMZ", "convert"),
    "xl/": ("XLSX", "table"),
    "word/": ("DOCX", "picture"),
    ".shp": ("ZIP (Shapefile)", "unpack"),
}
"""Kinds of archive by their members: the end or the beginning of a member's name."""

MARKUP: Final = {
    "kml": ("KML", "convert"),
    "gpx": ("GPX", "convert"),
    "osm": ("OSM XML", "convert"),
    "featurecollection": ("GML", "convert"),
    "svg": ("SVG", "picture"),
    "html": ("HTML", "page"),
    "!doctype": ("HTML", "page"),
}
"""Kinds of XML and HTML, by their first element."""

WKT = re.compile(
    r"(SRID=\d+;)?\s*(MULTI)?(POINT|LINESTRING|POLYGON|GEOMETRYCOLLECTION)\b[ ZM]*(\(|EMPTY)", re.IGNORECASE
)
CONVERT = "ogr2ogr -f GeoJSON -lco RFC7946=YES out.geojson"
"""GDAL's command. It writes this standard and converts positions by itself."""

SIGNATURE_BYTES: Final = 4096
"""How many bytes of a file are read to find its kind. An archive is known by its list of files."""


class FileKind(NamedTuple):
    """The kind of a file, and the advice for it."""

    name: str
    remedy: Message

    @property
    def description(self) -> Message:
        """The kind, in words."""
        return message("finding.file.kind", self.name)


def kind_of_file(content: bytes, name: str) -> FileKind | None:
    """The kind of a file that is certainly not GeoJSON; None if it may be GeoJSON, or its kind is unknown."""
    found = _found(content, name)
    if found is None:
        return None
    kind, treatment = found
    description = {
        "convert": message("remedy.kind.convert", f"{CONVERT} {name}"),
        "unpack": message("remedy.kind.unpack"),
        "picture": message("remedy.kind.picture"),
        "page": message("remedy.kind.page"),
        "table": message("remedy.kind.table", [f"{table}.csv" for table in TABLES]),
    }
    return FileKind(kind, description[treatment])


def kind_of_object(document: Mapping[str, object], name: str) -> FileKind | None:
    """The kind of a JSON object that is certainly not GeoJSON."""
    if document.get("type") == "Topology":
        return FileKind("TopoJSON", message("remedy.kind.convert", f"{CONVERT} {name}"))
    if "type" not in document and {"geometryType", "spatialReference"} & {*document}:
        return FileKind("Esri JSON", message("remedy.kind.convert", f"{CONVERT} {name}"))
    return None


def format_of(content: bytes, name: str) -> str | None:
    """The name of a file's format; None if it may be GeoJSON, or the format is unknown."""
    found = _found(content, name)
    return found[0] if found else None


def _found(content: bytes, name: str) -> tuple[str, str] | None:
    """The kind of a file, with its advice."""
    magic = next((found for start, found in MAGIC.items() if content.startswith(start)), None)
    if magic is None and content.startswith(SQLITE):
        magic = ("GeoPackage" if content[GEOPACKAGE_AT : GEOPACKAGE_AT + 4] in GEOPACKAGE else "SQLite"), "convert"
    if magic is None and b"OSMHeader" in content[:64]:
        magic = "OSM PBF", "convert"
    if magic is None and content.startswith(ZIP):
        magic = _in_archive(_names(content))
    return magic or _text(content[:SIGNATURE_BYTES].decode("utf-8", errors="replace").lstrip("\ufeff \t\r\n"), name)


def _text(text: str, name: str) -> tuple[str, str] | None:
    """The kind of a text, by how it begins or by its name."""
    suffix = f".{name.rpartition('.')[2].lower()}"
    if text.startswith(("{", "[")):
        return None
    if suffix in SUFFIXES:
        return SUFFIXES[suffix], "table" if SUFFIXES[suffix] == "CSV" else "convert"
    if text.startswith("<"):
        return _markup(text)
    return ("WKT", "convert") if WKT.match(text) else None


def kind_in_archive(names: Sequence[str]) -> str:
    """The name of an archive's format, by the names of its members."""
    return _in_archive(names)[0]


def _names(content: bytes) -> list[str]:
    """The names of the members of an archive, none if it is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return []


def _in_archive(names: Sequence[str]) -> tuple[str, str]:
    """The kind of an archive, by its members."""
    for part, found in IN_ZIP.items():
        if any(name.startswith(part) or name.lower().endswith(part) for name in names):
            return found
    return "ZIP", "unpack"


def _markup(text: str) -> tuple[str, str]:
    """The kind of an XML or HTML text, by its first element."""
    for element in re.findall(r"<(?:\w+:)?([!\w]+)", text):
        if element.lower() in MARKUP:
            return MARKUP[element.lower()]
    return "XML", "convert"
