"""Bytes to files, whole or not at all."""

import errno
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from corridors.data.findings import printable
from corridors.errors import FileError


def write_whole(path: Path, content: bytes) -> None:
    """Write a file under a temporary name in the same folder, then rename it: a reader never meets half of it.

    A symbolic link stays one; the file that it points to is replaced.

    Raises
    ------
    FileError
        Where the file cannot be written. What stood there before still stands there, and nothing is left behind.
    """
    write_all({path: content})


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write several files: all are laid down beside their places first, and only then take them.

    Folders that are missing are made.

    Raises
    ------
    FileError
        Where one cannot be laid down; then none of the files has changed, and nothing is left behind.
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
            raise FileError(
                f"{printable(str(path))}: this file cannot be written ({error.strerror}). "
                f"Remedy: {_remedy(error, target)}.",
            ) from error
        raise


def _write_through(path: Path, content: bytes) -> None:
    """Write a new file, down to the disk."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _remedy(error: OSError, target: Path) -> str:
    """Say what to do about a file that cannot be written."""
    if isinstance(error, FileNotFoundError):
        return f"make the folder {printable(str(target.parent))}, or choose another"
    if isinstance(error, IsADirectoryError):
        return "name a file; this is a folder"
    return "choose a folder that you may write to and that has room, or close what else uses the file"
