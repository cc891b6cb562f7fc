"""An address to a file on disk over HTTP: tried again after a failure, continued where an earlier try or run ended.

A server that still has the version of the part that is here sends the rest (RFC 9110, 13.1.5 and 14.2). Every other
answer starts the file anew.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final
from urllib.parse import urljoin, urlsplit

import requests
import urllib3

from corridors.data.findings import printable
from corridors.data.part_file import PartFile, Version
from corridors.errors import FileError
from corridors.locales import Message, message

MOST_REDIRECTS: Final = 5
CHUNK_BYTES: Final = 2**18
WORTH_ANOTHER_TRY: Final = frozenset({408, 429, 500, 502, 503, 504})
"""Statuses of a server that may answer better a moment later."""

LONGEST_WAIT_S: Final = 60.0
RANGE: Final = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")

Tell = Callable[[int, int | None], None]
"""Gets how many bytes have arrived, and how many there are, if the server says so."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for a server, and how often to try.

    Attributes
    ----------
    tries
        How many times, the first included.
    first_wait_s
        Seconds before the second try. Each further wait is twice as long.
    connect_s, read_s
        The longest silence of a server, in seconds.
    wait
        Waits so many seconds.
    """

    tries: int = 5
    first_wait_s: float = 1.0
    connect_s: float = 10.0
    read_s: float = 30.0
    wait: Callable[[float], None] = time.sleep


class UnchangedError(Exception):
    """The server still has the version that is known."""


class _TryAgainError(Exception):
    """A try that failed, in words; after how many seconds the server asks for the next."""

    def __init__(self, what: Message | str, after_s: float = 0.0) -> None:
        super().__init__(what)
        self.what = what
        self.after_s = after_s


class HttpFile:
    """A downloader for pooch: called with an address and a path, it puts the file there.

    Parameters
    ----------
    name
        The name for messages.
    part
        Where the bytes are kept until the file is whole.
    most_bytes
        A larger file is refused.
    known
        The version that is in the cache already; not fetched again.
    patience
        How long to wait, and how often to try.
    tell
        Told about each piece that arrives.
    """

    def __init__(
        self, name: str, part: PartFile, *, most_bytes: int, known: Version | None, patience: Patience, tell: Tell
    ) -> None:
        self._name = name
        self._part = part
        self._most_bytes = most_bytes
        self._known = known
        self._patience = patience
        self._tell = tell
        self.version: Version | None = None
        """The version that arrived."""

    def __call__(self, url: str, output_file: str, pooch: object) -> None:
        """Fetch a file.

        Raises
        ------
        FileError
            If it cannot be fetched. What has arrived is kept if the next run can continue it.
        UnchangedError
            If the server still has the known version.
        """
        del pooch  # part of the signature that pooch expects
        with self._part.alone(self._name), requests.Session() as session:
            self._fetch(session, url)
            self.version = self._part.version()
            self._part.finish(output_file)

    def _fetch(self, session: requests.Session, url: str) -> None:
        """Try until the file is whole."""
        wait_s = self._patience.first_wait_s
        for left in reversed(range(self._patience.tries)):
            try:
                self._try(session, url)
            except _TryAgainError as error:
                if not left:
                    raise FileError(message("error.fetch.failed", self._name, url, error.what)) from error
                self._patience.wait(min(max(wait_s, error.after_s), LONGEST_WAIT_S))
                wait_s *= 2
            else:
                return

    def _try(self, session: requests.Session, url: str) -> None:
        """Ask once, for the rest if a part is here."""
        size = self._part.size(url)
        try:
            with self._answer(session, url, self._headers(size)) as answer:
                if answer.status_code == requests.codes.not_modified:
                    raise UnchangedError
                start, total = self._extent(answer, size)
                if not start:
                    self._part.start(Version.of(url, answer.headers))
                self._receive(answer.raw, start, total)
        except (requests.ConnectionError, requests.Timeout, urllib3.exceptions.HTTPError) as error:
            raise _TryAgainError(_cause(error)) from error
        except requests.RequestException as error:
            raise FileError(message("error.fetch.failed", self._name, url, _cause(error))) from error

    def _headers(self, size: int) -> dict[str, str]:
        """The header of a request. Bytes are asked for as they are, so that they can be counted and continued."""
        asked = {"Accept-Encoding": "identity", "User-Agent": f"corridors/{version('corridors')}"}
        held = self._part.version()
        if size and held:
            return asked | {"Range": f"bytes={size}-", "If-Range": held.lasting}
        if self._known and self._known.etag:
            return asked | {"If-None-Match": self._known.etag}
        if self._known and self._known.modified:
            return asked | {"If-Modified-Since": self._known.modified}
        return asked

    def _answer(self, session: requests.Session, url: str, headers: dict[str, str]) -> requests.Response:
        """The answer at the end of all redirections, with its body not read yet."""
        limits = self._patience.connect_s, self._patience.read_s
        for _ in range(MOST_REDIRECTS + 1):
            answer = session.get(url, headers=headers, stream=True, allow_redirects=False, timeout=limits)
            if not answer.is_redirect:
                return answer
            answer.close()
            url = onward(self._name, url, answer.headers["Location"])
        raise FileError(message("error.fetch.redirects", self._name, url, str(MOST_REDIRECTS)))

    def _extent(self, answer: requests.Response, size: int) -> tuple[int, int | None]:
        """The byte that an answer starts with, and the size of the whole file, if it is known."""
        status, headers = answer.status_code, answer.headers
        if status in WORTH_ANOTHER_TRY:
            after = headers.get("Retry-After", "")
            raise _TryAgainError(_status(answer), float(after) if after.isascii() and after.isdigit() else 0.0)
        found = RANGE.fullmatch(headers.get("Content-Range", "")) if status == requests.codes.partial_content else None
        if status in {requests.codes.partial_content, requests.codes.requested_range_not_satisfiable} and (
            found is None or not size or int(found[1]) != size
        ):
            self._part.forget()
            raise _TryAgainError(_status(answer))
        if found is None and status != requests.codes.ok:
            raise FileError(message("error.fetch.status", self._name, answer.url, _status(answer)))
        if headers.get("Content-Encoding", "identity") != "identity":
            raise FileError(message("error.fetch.encoding", self._name, answer.url, headers["Content-Encoding"]))
        length = headers.get("Content-Length", "")
        if found is not None:
            return size, int(found[2]) if found[2].isdigit() else None
        return 0, int(length) if length.isascii() and length.isdigit() else None

    def _receive(self, body: urllib3.BaseHTTPResponse, received: int, total: int | None) -> None:
        """Append what arrives to the part. A file without a size is whole when the server closes."""
        with self._part.path.open("ab") as file:
            self._hold_size(total or received)
            self._tell(received, total)
            while piece := body.read1(CHUNK_BYTES):
                file.write(piece)
                received += len(piece)
                self._hold_size(received)
                self._tell(received, total)
        if total is not None and received != total:
            raise _TryAgainError(message("error.fetch.cut", str(received), str(total)))

    def _hold_size(self, size: int) -> None:
        """Refuse a file that is larger than declared, and keep nothing of it."""
        if size > self._most_bytes:
            self._part.forget()
            raise FileError(message("error.fetch.large", self._name, f"{self._most_bytes / 1e6:g}"))


def onward(name: str, url: str, location: str) -> str:
    """The address that a redirection leads to.

    Raises
    ------
    FileError
        If it is neither http nor https, or leads from https to http.
    """
    target = urljoin(url, location)
    scheme = urlsplit(target).scheme
    if scheme not in {"http", "https"} or (urlsplit(url).scheme == "https" and scheme == "http"):
        raise FileError(message("error.fetch.scheme", name, url, printable(target)))
    return target


def _status(answer: requests.Response) -> str:
    """The status of an answer, as the server writes it."""
    return printable(f"{answer.status_code} {answer.reason or ''}".strip())


def _cause(error: BaseException) -> str:
    """The innermost reason of a failed request, in the words of the system or of the library."""
    found: object = error
    while isinstance(found, BaseException):
        inner = getattr(found, "reason", None) or (found.args[-1] if found.args else None) or found.__cause__
        if not isinstance(inner, BaseException):
            break
        found = inner
    text = (found.strerror if isinstance(found, OSError) else None) or str(found) or type(found).__name__
    return printable(text.splitlines()[0])
