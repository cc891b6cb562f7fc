"""The part of a file that has arrived: its bytes, and the version on the server that they belong to.

The bytes are kept beside the file as ``NAME.part``, and the version as ``NAME.part.json``, so that a later run can
continue. Only one run at a time adds to them.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path

from corridors.errors import FileError
from corridors.locales import message


@dataclass(frozen=True, slots=True)
class Version:
    """What identifies one version of a file on a server.

    Attributes
    ----------
    url
        The declared address.
    etag, modified
        The entity tag and the date of the last change; empty if the server gives none.
    lasting
        The one of them that is the same only for the same bytes; empty if none is.
    """

    url: str
    etag: str = ""
    modified: str = ""
    lasting: str = ""

    @classmethod
    def of(cls, url: str, headers: Mapping[str, str]) -> "Version":
        """The version that an answer is about."""
        etag, modified = headers.get("ETag", ""), headers.get("Last-Modified", "")
        strong = etag if etag.startswith('"') else ""
        dated = modified if not etag and _older(modified, headers.get("Date", "")) else ""
        return cls(url, etag, modified, strong or dated)


def _older(modified: str, answered: str) -> bool:
    """Whether a file had not changed for a second when the server answered.

    Only then is its date different for other bytes (RFC 9110, 8.8.2.2).
    """
    try:
        return (parsedate_to_datetime(answered) - parsedate_to_datetime(modified)).total_seconds() >= 1
    except (TypeError, ValueError):
        return False


class PartFile:
    """A file that has not arrived completely.

    Attributes
    ----------
    path
        Where its bytes are.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._note = path.with_name(f"{path.name}.json")

    @contextmanager
    def alone(self, name: str) -> Iterator[None]:
        """Keep other runs from adding to it. Windows has no such lock; there, two runs at once are not noticed.

        Raises
        ------
        FileError
            If another run is at it.
        """
        if sys.platform == "win32":
            yield
            return
        import fcntl  # noqa: PLC0415 - Windows lacks it

        with self.path.with_suffix(".lock").open("ab") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise FileError(message("error.fetch.busy", name)) from error
            yield

    def version(self) -> Version | None:
        """The version that it belongs to; None if there is no part."""
        try:
            return Version(**json.loads(self._note.read_text(encoding="utf-8")))
        except (FileNotFoundError, TypeError, ValueError):
            return None

    def size(self, url: str) -> int:
        """How many of its bytes can be continued from an address."""
        found = self.version()
        usable = found is not None and found.url == url and found.lasting and self.path.exists()
        return self.path.stat().st_size if usable else 0

    def start(self, found: Version) -> None:
        """Begin with no bytes of a version."""
        self.path.write_bytes(b"")
        self._note.write_text(json.dumps(asdict(found)), encoding="utf-8")

    def finish(self, target: str) -> None:
        """Give the whole file its place."""
        self._note.unlink()
        self.path.replace(target)

    def forget(self) -> None:
        """Remove it."""
        self.path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)
