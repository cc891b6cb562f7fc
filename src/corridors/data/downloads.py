"""Declared downloads to files in a cache folder of the user, checked by their checksum or their age."""

import json
import os
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final, Literal

import pooch

from corridors.data.catalog import Download
from corridors.data.findings import printable
from corridors.data.http_file import HttpFile, Patience, Tell, UnchangedError
from corridors.data.part_file import PartFile, Version
from corridors.data.whole_file import write_whole
from corridors.errors import FileError
from corridors.locales import message

FOLDER: Final = "CORRIDORS_CACHE"
"""The environment variable that names the cache folder."""

SUFFIX: Final = re.compile(r"(\.[A-Za-z][A-Za-z0-9]*){1,2}$")

State = Literal["absent", "partial", "stale", "cached"]


@dataclass(frozen=True, slots=True)
class Copy:
    """What the cache has of a download.

    Attributes
    ----------
    path
        The place of the file.
    state
        ``absent``, ``partial`` (the rest can be fetched), ``stale`` (too old, or another is declared) or ``cached``.
    size
        How many bytes are there.
    fetched
        The day on which it was last fetched or found unchanged, UTC (ISO 8601); None if it was not.
    """

    path: Path
    state: State
    size: int = 0
    fetched: str | None = None


@dataclass(frozen=True, slots=True)
class _Record:
    """What is noted beside a file in the cache."""

    version: Version
    fetched: str
    size: int
    sha256: str


def today() -> date:
    """The day, UTC."""
    return datetime.now(UTC).date()


def cache_folder(given: Path | None = None) -> Path:
    """The cache folder: the given one, that of the environment, or the usual one of the system."""
    chosen = given or Path(os.environ.get(FOLDER) or pooch.os_cache("corridors"))
    return chosen.expanduser().absolute()


class Cache:
    """A cache folder.

    Parameters
    ----------
    folder
        The folder; it is made when it is needed.
    patience
        How long to wait for servers.
    day
        Gives the present day.
    """

    def __init__(self, folder: Path, *, patience: Patience | None = None, day: Callable[[], date] = today) -> None:
        self.folder = folder
        self._patience = patience or Patience()
        self._day = day

    def copy(self, download: Download) -> Copy:
        """What there is of a download. The file's content is not read."""
        path, part = self._paths(download)
        record = _noted(path)
        if record is None:
            size = part.size(download.url)
            return Copy(path, "partial" if size else "absent", size)
        return Copy(path, "cached" if self._holds(download, record) else "stale", record.size, record.fetched)

    def fetch(self, download: Download, tell: Tell = lambda *_: None) -> Path:
        """The file of a download, fetched if the cache has no copy of it that is as declared.

        Raises
        ------
        FileError
            If it cannot be fetched or written, or is not as declared.
        """
        path, part = self._paths(download)
        record = _noted(path)
        if record is not None and self._holds(download, record) and _intact(path, record):
            return path
        known = record.version if record and download.sha256 is None and _intact(path, record) else None
        server = HttpFile(
            download.name,
            part,
            most_bytes=download.at_most_mb * 1_000_000,
            known=known if known and known.url == download.url else None,
            patience=self._patience,
            tell=tell,
        )
        try:
            self._retrieve(download, path, server)
        except UnchangedError:
            assert record is not None  # noqa: S101 - only a known version can be unchanged
            self._note(path, record.version)
        except ValueError as error:  # how pooch says that the checksum is another
            raise FileError(message("error.fetch.checksum", download.name, download.url)) from error
        except OSError as error:
            place, why = printable(str(error.filename or path)), error.strerror or type(error).__name__
            raise FileError(message("error.file.unwritable", place, why, message("error.file.no_room"))) from error
        return path

    def _retrieve(self, download: Download, path: Path, server: HttpFile) -> None:
        """Let pooch fetch a file and check it. The file that is there stays until then."""
        pooch.get_logger().setLevel("WARNING")  # the command line tells of its progress itself
        new = path.with_name(f"{path.name}.new")
        new.unlink(missing_ok=True)
        checksum = f"sha256:{download.sha256}" if download.sha256 else None
        pooch.retrieve(download.url, checksum, fname=new.name, path=path.parent, downloader=server)
        assert server.version is not None  # noqa: S101 - the file is whole
        new.replace(path)
        self._note(path, server.version)

    def _paths(self, download: Download) -> tuple[Path, PartFile]:
        """The place of a download's file and of its part. The suffix is that of the address."""
        found = SUFFIX.search(download.url.partition("?")[0].partition("#")[0].rpartition("/")[2])
        path = self.folder / f"{download.name}{found[0].lower() if found else ''}"
        return path, PartFile(path.with_name(f"{path.name}.part"))

    def _holds(self, download: Download, record: _Record) -> bool:
        """Whether a file is still what is declared."""
        if download.sha256:
            return record.sha256 == download.sha256
        age = self._day() - date.fromisoformat(record.fetched)
        return record.version.url == download.url and age.days <= (download.fresh_days or 0)

    def _note(self, path: Path, version: Version) -> None:
        """Write down what a file is."""
        record = _Record(version, self._day().isoformat(), path.stat().st_size, pooch.file_hash(str(path)))
        write_whole(_note_of(path), json.dumps(asdict(record), indent=1).encode())


def _note_of(path: Path) -> Path:
    """Where it is noted what a file is."""
    return path.with_name(f"{path.name}.json")


def _noted(path: Path) -> _Record | None:
    """What is noted of a file; None if there is no such file or no note."""
    try:
        held = json.loads(_note_of(path).read_text(encoding="utf-8"))
        record = _Record(**{**held, "version": Version(**held["version"])})
        date.fromisoformat(record.fetched)
    except (OSError, KeyError, TypeError, ValueError):
        return None
    return record if path.is_file() else None


def _intact(path: Path, record: _Record) -> bool:
    """Whether a file has the bytes that were noted."""
    return path.stat().st_size == record.size and pooch.file_hash(str(path)) == record.sha256
