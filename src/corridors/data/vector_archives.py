"""Archives to the vector files in them. An archive is unpacked only if it is small and keeps inside itself."""

import stat
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from corridors.data.file_kinds import kind_in_archive
from corridors.errors import InputError
from corridors.locales import message

MIB: Final = 2**20
MOST_UNPACKED: Final = 4 * 2**30
"""The greatest size of an unpacked archive, in bytes."""

MOST_GROWTH: Final = 200
"""How many times larger than itself an archive may become. Maps that are packed well become 5 to 30 times larger."""

NEVER_TOO_MUCH: Final = 100 * MIB
"""A size in bytes that is allowed however much the archive grows."""

GEOMETRY_SUFFIXES: Final = frozenset(
    {".fgb", ".geojson", ".geojsonl", ".gml", ".gpkg", ".gpx", ".kml", ".osm", ".parquet", ".pbf", ".shp"}
)
TABLE_SUFFIXES: Final = frozenset({".csv", ".json", ".tsv"})
"""Files of an archive that are read only if it has none with a suffix that says geometry."""

GEODATABASE: Final = ".gdb"
"""The suffix of a folder that is a file geodatabase of Esri."""


def kind_of_archive(path: Path) -> str:
    """The name of an archive's format, by its list of files.

    Raises
    ------
    InputError
        If the list cannot be read.
    OSError
        If the file cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return kind_in_archive(archive.namelist())
    except (zipfile.BadZipFile, ValueError) as error:
        raise InputError(message("error.vector.damaged", str(path), str(error))) from error


def unpack(path: Path, folder: Path) -> list[Path]:
    """Unpack an archive into a folder. Return the vector files in it, and the folders that are a file geodatabase.

    Raises
    ------
    InputError
        If the archive is damaged, has a password, would become too large, or names a file outside itself.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            for member in members:
                if _leads_out(member):
                    raise InputError(message("error.vector.climbs", str(path), member.filename))
            size, packed = sum(member.file_size for member in members), path.stat().st_size
            if size > MOST_UNPACKED or size > max(NEVER_TOO_MUCH, MOST_GROWTH * packed):
                much = (size // MIB, MOST_UNPACKED // 2**30, MOST_GROWTH)
                raise InputError(message("error.vector.bomb", str(path), *much))
            archive.extractall(folder)  # a file that is larger than the archive says is an error there
    except (zipfile.BadZipFile, ValueError, RuntimeError, EOFError, zlib.error) as error:
        raise InputError(message("error.vector.damaged", str(path), str(error))) from error
    return vector_files(folder)


def vector_files(folder: Path) -> list[Path]:
    """The vector files below a folder, in the order of their names."""
    found = sorted(path for path in folder.rglob("*") if not _within_geodatabase(path.relative_to(folder)))
    geometry = [path for path in found if path.suffix.lower() in {GEODATABASE, *GEOMETRY_SUFFIXES}]
    return geometry or [path for path in found if path.suffix.lower() in TABLE_SUFFIXES]


def names_within(files: Sequence[Path], folder: Path) -> list[str]:
    """A name for each file: its stem, or its path without suffix if another has the same stem."""
    stems = [path.stem for path in files]
    return [
        path.stem if stems.count(path.stem) == 1 else path.relative_to(folder).with_suffix("").as_posix()
        for path in files
    ]


def _leads_out(member: zipfile.ZipInfo) -> bool:
    """Whether a member is a link, or its name leads out of the archive."""
    name = PurePosixPath(member.filename.replace("\\", "/"))
    return name.is_absolute() or ".." in name.parts or ":" in name.parts[0] or stat.S_ISLNK(member.external_attr >> 16)


def _within_geodatabase(path: Path) -> bool:
    """Whether a file is a part of a file geodatabase, or of what a Mac adds to archives."""
    return any(part.lower().endswith(GEODATABASE) for part in path.parts[:-1]) or "__MACOSX" in path.parts
