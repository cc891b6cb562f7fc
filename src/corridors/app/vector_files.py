"""Vector files to their measures. Each part of a file is measured by itself, so that it may be larger than memory."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from corridors.app.engines import Asked, Engine, Result, SingleProcess, Work
from corridors.data.catalog import load_catalog
from corridors.data.vector_features import BadFeature
from corridors.data.vector_files import AS_WRITTEN, Reading, VectorPart, read_part, vector_parts
from corridors.errors import UsageError, not_among
from corridors.layers.countries import read_outlines
from corridors.locales import Message, message
from corridors.measures.measure import Measure
from corridors.measures.vector_statistics import Totals, vector_totals
from corridors.text.measures import wide_rows
from corridors.text.workbook import tables_bytes


@dataclass(frozen=True, slots=True)
class FileStatistics:
    """The measures of some files, and the features that were left out."""

    measures: Sequence[Measure]
    skipped: Sequence[BadFeature]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of each part of the files."""

    outlines: Mapping[str, BaseGeometry]
    names: Sequence[str]
    by: str | None
    where: str | None
    reading: Reading


@dataclass(frozen=True, slots=True)
class _Measured:
    """A layer of a part: its name, its totals if it is asked for, and the features that were left out."""

    name: str
    totals: Totals | None
    skipped: Sequence[BadFeature]


def each_part(
    files: Sequence[Path],
    work: Work[VectorPart, Asked, Result],
    asked: Asked,
    engine: Engine,
    tell: Callable[[Message], None] = lambda _: None,
) -> Iterator[tuple[int, Result]]:
    """Let an engine do the same work on each part of some files.

    Returns
    -------
    Iterator
        The number of the file and the result, for each part in order.
    """
    found = files if isinstance(engine, SingleProcess) else [path.absolute() for path in files]
    parts = [(nth, part) for nth, path in enumerate(found) for part in vector_parts(path)]
    results = engine.map(work, [part for _, part in parts], asked)
    for nth, part in parts:
        tell(message("vector.reading", part.name))
        yield nth, next(results)


def refuse_unknown_layers(names: Sequence[str], known: Sequence[str]) -> None:
    """Refuse names of layers that do not exist.

    Raises
    ------
    UsageError
        If there is no such layer.
    """
    for name in names:
        if name not in known:
            raise UsageError(not_among("error.layer", name, known))


def file_statistics(
    files: Sequence[Path],
    geodata: Path,
    *,
    names: Sequence[str] = (),
    by: str | None = None,
    where: str | None = None,
    reading: Reading = AS_WRITTEN,
    engine: Engine | None = None,
    tell: Callable[[Message], None] = lambda _: None,
) -> FileStatistics:
    """Measure the layers of vector files, all or the named ones.

    The measures are the same for every engine and for every division of a file into parts.

    Parameters
    ----------
    files, reading
        See :func:`corridors.data.vector_files.read_vectors`.
    geodata
        The folder whose basemap gives the countries.
    names
        Names of layers, as the measures have them.
    by, where
        See :func:`corridors.measures.vector_statistics.vector_totals`.
    engine
        What does the work; without it, this process.
    tell
        A function that is called with a message about each part.

    Raises
    ------
    UsageError
        If there is no such layer or column, or the condition cannot be read.
    FileError, InputError
        If a file cannot be used.
    """
    asked = _Asked(read_outlines(geodata / "basemap", world=True), names, by, where, reading)
    layers: dict[tuple[int, str], Totals | None] = {}
    skipped: list[BadFeature] = []
    for nth, measured in each_part(files, _measured, asked, engine or SingleProcess(), tell):
        for layer in measured:
            before = layers.get((nth, layer.name))
            layers[nth, layer.name] = before + layer.totals if before and layer.totals else layer.totals
            skipped += layer.skipped
    refuse_unknown_layers(names, [name for _, name in layers])
    measures = [one for (_, name), totals in layers.items() if totals for one in totals.measures(name)]
    return FileStatistics(measures, skipped)


def _measured(part: VectorPart, asked: _Asked) -> list[_Measured]:
    """The totals of the layers of a part."""
    found = []
    for layer in read_part(part, asked.reading):
        if not asked.names or layer.name in asked.names:
            totals = vector_totals(layer.frame, asked.outlines, by=asked.by, where=asked.where)
            found.append(_Measured(layer.name, totals, layer.skipped))
        else:
            found.append(_Measured(layer.name, None, ()))
    return found


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
