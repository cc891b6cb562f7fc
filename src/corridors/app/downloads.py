"""The downloads that the catalogue declares: what there is of them, and how to get them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from corridors.data.catalog import Download, load_catalog
from corridors.data.downloads import Cache, cache_folder
from corridors.errors import FileError, UsageError, not_among
from corridors.locales import Message, message, messages

Tell = Callable[[Message], None]
KILOBYTE = 1000


class Downloads:
    """The downloads of a geodata folder, with the cache that holds them.

    Parameters
    ----------
    geodata
        The geodata folder.
    cache
        The cache folder; without it, that of the environment variable ``CORRIDORS_CACHE`` or of the system.
    """

    def __init__(self, geodata: Path, cache: Path | None = None) -> None:
        self.declared = load_catalog(geodata).downloads
        self.cache = Cache(cache_folder(cache))

    def rows(self, language: str | None) -> list[dict[str, object]]:
        """One row for each download: what it is, and what the cache has of it.

        With a language, states are words, and so is whether there is a checksum. Without one, they are codes, and the
        checksum itself or None.
        """
        words = messages(language) if language else {}
        rows = []
        for name, download in self.declared.items():
            copy = self.cache.copy(download)
            rows.append(
                {
                    "source": name,
                    "title": download.title,
                    "licence": download.licence,
                    "at_most_mb": download.at_most_mb,
                    "state": words.get(f"fetch.{copy.state}", copy.state),
                    "size_mb": round(copy.size / KILOBYTE**2, 1) if copy.size else None,
                    "fetched": copy.fetched,
                    "checksum": words["yes" if download.sha256 else "no"] if words else download.sha256,
                    "url": download.url,
                    "path": str(copy.path),
                }
            )
        return rows

    def chosen(self, names: Sequence[str]) -> list[Download]:
        """The downloads with these names, each once.

        Raises
        ------
        UsageError
            If the catalogue does not declare one of them.
        """
        for name in names:
            if name not in self.declared:
                raise UsageError(not_among("error.fetch.source", name, self.declared))
        return [self.declared[name] for name in dict.fromkeys(names)]

    def fetch(self, downloads: Sequence[Download], done: Callable[[Path], None], tell: Tell) -> list[FileError]:
        """Fetch downloads one after the other. A failure does not stop the next.

        Parameters
        ----------
        downloads
            What to fetch.
        done
            Gets the path of each file that is in the cache now.
        tell
            Gets the progress.

        Returns
        -------
        list of FileError
            The failures.
        """
        failures = []
        for download in downloads:
            try:
                done(self.cache.fetch(download, _told(download.name, tell)))
            except FileError as error:
                failures.append(error)
        return failures


def _told(name: str, tell: Tell) -> Callable[[int, int | None], None]:
    """Tell of a download's bytes, in kB."""
    return lambda received, total: tell(
        message("cli.step.fetch", name, received // KILOBYTE, "?" if total is None else total // KILOBYTE)
    )
