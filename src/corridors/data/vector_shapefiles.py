"""A shapefile and the files beside it to the encoding of its texts."""

import codecs
import struct
from pathlib import Path
from typing import Final

from corridors.errors import InputError
from corridors.locales import message

LENGTH_AT: Final = slice(24, 28)
"""Where the header of a .shp or .shx gives the length of the file, in words of 16 bits (ESRI, 1998)."""

CODE_PAGE_AT: Final = 29
"""Where the header of a .dbf gives the code page of its texts."""

HEADER: Final = 32
"""The least length of a header, in bytes."""

UNSAID: Final = (0x00, 0x57)
"""Code pages that mean: that of the machine that wrote the file."""

PIECE: Final = 2**20


def check_shapefile(path: Path, label: str) -> str | None:
    """Check that a shapefile is whole. Return the encoding of its texts if GDAL would take them for another.

    Raises
    ------
    InputError
        If a part is missing or cut short, or its texts are in an encoding that no file says.
    """
    index = _beside(path, ".shx")
    if index is None:
        raise InputError(message("error.vector.beside", label, path.with_suffix(".shx").name))
    for part in (path, index):
        size = part.stat().st_size
        with part.open("rb") as file:
            length = file.read(HEADER)[LENGTH_AT]
        if len(length) < struct.calcsize(">i") or 2 * struct.unpack(">i", length)[0] > size:
            raise InputError(message("error.vector.damaged", label, f"{part.name}: {size} bytes"))
    table = _beside(path, ".dbf")
    return None if table is None else _encoding(table, label, said=_beside(path, ".cpg") is not None)


def _beside(path: Path, suffix: str) -> Path | None:
    """The file of the same name with another suffix, in small letters or capitals."""
    names = (path.with_suffix(suffix), path.with_suffix(suffix.upper()))
    return next((name for name in names if name.exists()), None)


def _encoding(table: Path, label: str, *, said: bool) -> str | None:
    """The encoding of the texts of a .dbf, None if GDAL finds it."""
    with table.open("rb") as file:
        header = file.read(HEADER)
        if len(header) < HEADER:
            raise InputError(message("error.vector.damaged", label, f"{table.name}: {len(header)} bytes"))
        rows, records, row = struct.unpack("<IHH", header[4:12])
        size = table.stat().st_size
        if records + rows * row > size:
            raise InputError(message("error.vector.damaged", label, f"{table.name}: {size} bytes"))
        if said or header[CODE_PAGE_AT] not in UNSAID:
            return None
        file.seek(records)
        decoder, plain = codecs.getincrementaldecoder("utf-8")(), True
        try:
            while piece := file.read(PIECE):
                plain = plain and piece.isascii()
                decoder.decode(piece)
        except UnicodeDecodeError as error:
            raise InputError(message("error.vector.code_page", label, table.with_suffix(".cpg").name)) from error
    return None if plain else "UTF-8"
