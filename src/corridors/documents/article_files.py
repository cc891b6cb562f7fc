"""Files that an article names: only files in its own folder or below, complete and not too large."""

from pathlib import Path

from corridors.data.findings import printable
from corridors.documents.template import PartError
from corridors.locales import message


def read_article_file(folder: Path | None, target: str, most: int) -> bytes:
    """Read a file in the folder of an article.

    Parameters
    ----------
    folder
        The article's folder, or None.
    target
        The file as the article names it.
    most
        The greatest number of bytes.

    Raises
    ------
    PartError
        If it is elsewhere, remote, not a file, too large or not readable.
    """
    shown = repr(printable(target))
    if folder is None or not target or ":" in target or target.startswith(("/", "\\", "#", "?")):
        raise PartError(message("error.report.file.far", shown), target)
    try:
        path = (folder / target).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise PartError(message("error.report.file.outside", shown), target)
        if path.exists() and not path.is_file():  # reading a pipe would never end
            raise PartError(message("error.report.file.none", shown), target)
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "ValueError"
        raise PartError(message("error.report.file.absent", shown, why), target) from error
    if len(data) > most:
        raise PartError(message("error.report.file.large", shown, most), target)
    return data
