"""Bytes to files, completely or not at all. Files that corridors did not make are never replaced."""

import errno
import io
import os
import re
import secrets
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from corridors.data.findings import printable
from corridors.errors import FileError
from corridors.locales import Message, message

SIGNED = re.compile(rb'generator"?[:=\s]+(content=)?"corridors"')
HEAD_BYTES = 2000
"""A file made by corridors says so within this many bytes from its start."""

MARKS: Mapping[bytes, Sequence[bytes]] = {
    b"\x89PNG\r\n": [b"Software\0corridors"],
    b"%PDF-": [b"/Creator (corridors)", b"<pdf:Keywords>corridors</pdf:Keywords>"],
    b"SQLite format 3\0": [b"generator: corridors"],
    b"PK\x03\x04": [b"<cp:keywords>corridors</cp:keywords>"],
}
"""How binary files begin, and the marks in ours. Office files have the mark in their properties."""

OPENING = re.compile(rb"\W*\w[^\n]*")
"""A text up to the end of its first line with a word: a heading, a header, or the name of the first member."""


def keep_foreign(path: Path, data: bytes = b"") -> None:
    """Refuse to replace a file that corridors did not make.

    Parameters
    ----------
    path
        The path to write to.
    data
        The new content. A format without a mark (CSV, plain text) counts as ours if it begins with the same line.

    Raises
    ------
    FileError
        If the file exists and is not ours, or cannot be read.
    """
    if not path.exists():
        return
    try:
        start = path.read_bytes()
    except OSError as error:
        raise FileError(message("error.file.unreadable", str(path), error.strerror)) from error
    text = not _signed(data) and not data.startswith(tuple(MARKS))
    opening = OPENING.match(data) if text else None
    alike = bool(data) and (start == data or (opening is not None and start.startswith(opening[0] + b"\n")))
    if not alike and not _signed(start):
        raise FileError(message("error.file.foreign", str(path)))


def _signed(data: bytes) -> bool:
    """Whether a file has the mark of corridors."""
    for opening, marks in MARKS.items():
        if data.startswith(opening):
            said = _properties(data) if opening.startswith(b"PK") else data
            return any(mark in said for mark in marks)
    return SIGNED.search(data[:HEAD_BYTES]) is not None


def _properties(data: bytes) -> bytes:
    """The properties of an office file (DOCX, XLSX); empty for another archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.read("docProps/core.xml")
    except (zipfile.BadZipFile, KeyError):
        return b""


def write_whole(path: Path, content: bytes) -> None:
    """Write a file under a temporary name in the same folder, then rename it, so that readers never see a part of it.

    A symbolic link is kept; the file that it points to is replaced.

    Raises
    ------
    FileError
        If the file cannot be written. An existing file is then unchanged, and no temporary file is left.
    """
    write_all({path: content})


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write several files: first all under temporary names beside their places, then rename them.

    Missing folders are created.

    Raises
    ------
    FileError
        If one cannot be written. Then no file has changed, and no temporary file is left.
    """
    partials: dict[Path, Path] = {}
    path = target = Path()
    try:
        for path, content in files.items():
            target = Path(os.path.realpath(path))
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))  # noqa: TRY301 - told of below
            partial = target.with_name(f".{secrets.token_hex(4)}.partial")
            partials[partial] = target
            _write_through(partial, content)
        for partial, target in partials.items():
            partial.replace(target)
    except BaseException as error:
        for partial in partials:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
        if isinstance(error, OSError):
            remedy = _remedy(error, target)
            raise FileError(message("error.file.unwritable", printable(str(path)), error.strerror, remedy)) from error
        raise


def _write_through(path: Path, content: bytes) -> None:
    """Write a new file and flush it to the disk."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _remedy(error: OSError, target: Path) -> Message:
    """The remedy for a file that cannot be written."""
    if isinstance(error, FileNotFoundError):
        return message("error.file.no_folder", printable(str(target.parent)))
    if isinstance(error, IsADirectoryError):
        return message("error.file.is_folder")
    return message("error.file.no_room")


def write_own(files: Mapping[Path, bytes], *, force: bool = False) -> None:
    """Write several files as :func:`write_all` does, in place of files that corridors made; with ``force``, of any.

    Raises
    ------
    FileError
        If one cannot be written, or a file that corridors did not make is in its place. Then no file has changed.
    """
    if not force:
        for path, data in files.items():
            keep_foreign(path, data)
    write_all(files)


def write_output(path: Path, data: bytes) -> None:
    """Write a file as :func:`write_whole` does, or to a pipe or device, which a rename would replace.

    Raises
    ------
    FileError
        If it cannot be written.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        path.write_bytes(data)
    else:
        write_whole(path, data)
