"""Vector files to their measures."""

from collections.abc import Callable, Sequence
from pathlib import Path

from corridors.app.stats import wide_rows
from corridors.data.catalog import load_catalog
from corridors.data.vector_files import VectorLayer, read_vectors
from corridors.errors import UsageError, not_among
from corridors.layers.countries import read_outlines
from corridors.locales import Message, message
from corridors.measures.measure import Measure
from corridors.measures.vector_statistics import vector_statistics
from corridors.text.workbook import tables_bytes


def read_files(
    files: Sequence[Path],
    *,
    names: Sequence[str] = (),
    skip_bad: bool = False,
    tell: Callable[[Message], None] = lambda _: None,
) -> list[VectorLayer]:
    """Read the layers of vector files, all or the named ones.

    Parameters
    ----------
    files, skip_bad
        See :func:`corridors.data.vector_files.read_vectors`.
    names
        Names of layers, as the measures have them.
    tell
        A function that is called with a message about each file.

    Raises
    ------
    UsageError
        If there is no such layer.
    InputError
        If a file cannot be used.
    """
    found: list[VectorLayer] = []
    for path in files:
        tell(message("vector.reading", path.name))
        found += read_vectors(path, skip_bad=skip_bad)
    known = [layer.name for layer in found]
    for name in names:
        if name not in known:
            raise UsageError(not_among("error.layer", name, known))
    return [layer for layer in found if not names or layer.name in names]


def file_statistics(
    layers: Sequence[VectorLayer], geodata: Path, *, by: str | None = None, where: str | None = None
) -> list[Measure]:
    """Measure the layers of vector files.

    Parameters
    ----------
    layers
        Layers of files, as :func:`read_files` gives them.
    geodata
        The folder whose basemap gives the countries.
    by, where
        See :func:`corridors.measures.vector_statistics.vector_statistics`.

    Raises
    ------
    UsageError
        If there is no such column, or the condition cannot be read.
    """
    outlines = read_outlines(geodata / "basemap", world=True)
    return [
        measure
        for layer in layers
        for measure in vector_statistics(layer.name, layer.frame, outlines, by=by, where=where)
    ]


def file_statistics_book(measures: Sequence[Measure], geodata: Path, *, language: str) -> bytes:
    """A workbook (XLSX) of measures, with a row for each thing that is measured.

    Raises
    ------
    UsageError
        If XlsxWriter is missing.
    """
    rows = wide_rows(measures, language=language)
    columns = list(dict.fromkeys(name for row in rows for name in row))
    table = [{name: row.get(name) for name in columns} for row in rows]
    return tables_bytes({"measures": table}, title="corridors", as_of=load_catalog(geodata).as_of, language=language)
