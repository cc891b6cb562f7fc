"""GeoParquet, one file or a folder of parts, to pieces that can be read apart: their columns, geometries and CRS."""

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from corridors.data.findings import printable
from corridors.errors import FileError, InputError, UsageError
from corridors.locales import message

if TYPE_CHECKING:
    from pyarrow import ChunkedArray, Schema, Table
    from pyarrow.dataset import ParquetFileFragment

ABOUT: Final = b"geo"
"""The key of the metadata that describes the geometries (GeoParquet 1.1)."""

DEFAULT_CRS: Final = "OGC:CRS84"
"""The system of a file that does not name one, after GeoParquet 1.1: WGS 84, longitude first."""

ROWS: Final = 100_000
"""Row groups of a file are read together up to so many rows. A larger row group is a piece by itself."""


class ParquetRows(NamedTuple):
    """The content of GeoParquet: columns, geometries with None where unreadable, where one is written, and the CRS."""

    columns: pd.DataFrame
    shapes: NDArray[np.object_] | None
    written: NDArray[np.bool_]
    crs: object | None


@dataclass(frozen=True, slots=True)
class ParquetPiece:
    """Some rows of GeoParquet. They can be read in any process that sees the file.

    Attributes
    ----------
    label
        The name of the file in messages.
    fragment
        Where the rows are.
    schema
        The columns of all pieces.
    first
        The number of the first row in its file.
    """

    label: str
    fragment: "ParquetFileFragment"
    schema: "Schema"
    first: int


def visible_files(folder: Path) -> list[Path]:
    """The files in a folder and its folders, in the order of their names, without those that begin with . or _."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if not any(part[0] in "._" for part in path.relative_to(folder).parts))


def parquet_pieces(path: Path, label: str) -> list[ParquetPiece]:
    """The pieces of GeoParquet, in the order of the files' names and of their rows.

    Parameters
    ----------
    path
        A file, or a folder of parts. Folders named ``column=value`` give a column. A column that has different types
        in the parts gets a type for all their values.
    label
        The name of the file or folder in messages.

    Raises
    ------
    UsageError
        If pyarrow is missing.
    InputError
        If a part is damaged. The message names it.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - an optional extra
        from pyarrow import dataset  # noqa: PLC0415
    except ImportError as error:
        raise UsageError(message("error.vector.pyarrow", label)) from error
    root = path.absolute()
    files = visible_files(root) if root.is_dir() else [root]
    within = [file.relative_to(root).as_posix() for file in files]
    labels = [printable(f"{label}/{name}") if root.is_dir() else label for name in within]
    with _told_as_damaged(labels[0]):
        every = dataset.dataset([*map(str, files)], format="parquet", partitioning="hive", partition_base_dir=str(root))
    fragments = list(every.get_fragments())
    schemas = []
    for fragment, name in zip(fragments, labels, strict=True):
        with _told_as_damaged(name):
            schemas.append(fragment.physical_schema)
    with _told_as_damaged(label):
        schema = pa.unify_schemas([*schemas, every.schema], promote_options="permissive")
    return [
        ParquetPiece(name, fragment.subset(row_group_ids=groups), schema, first)
        for fragment, name in zip(fragments, labels, strict=True)
        for groups, first in _groups([group.num_rows for group in fragment.row_groups])
    ]


def _groups(rows: list[int]) -> Iterator[tuple[list[int], int]]:
    """The row groups of a file that are read together, and the number of their first row."""
    together: list[int] = []
    first = length = 0
    for nth, count in enumerate(rows):
        if together and length + count > ROWS:
            yield together, first
            together, first, length = [], first + length, 0
        together.append(nth)
        length += count
    yield together, first


@contextmanager
def _told_as_damaged(label: str) -> Iterator[None]:
    """Turn pyarrow's errors into one that names the file. A worker may not see a file that the user sees."""
    import pyarrow as pa  # noqa: PLC0415 - an optional extra

    try:
        yield
    except FileNotFoundError as error:
        raise FileError(message("error.file.absent", label, os.strerror(errno.ENOENT))) from error
    except (pa.ArrowException, OSError, ValueError) as error:
        raise InputError(message("error.vector.damaged", label, str(error).partition("\n")[0])) from error


def read_piece(piece: ParquetPiece) -> ParquetRows:
    """Read a piece of GeoParquet.

    Returns
    -------
    ParquetRows
        Its ``shapes`` are None if the file says nothing about geometries.

    Raises
    ------
    FileError, InputError
        If the file is not there, or is damaged. The message names it.
    """
    with _told_as_damaged(piece.label):
        about = json.loads((piece.fragment.physical_schema.metadata or {}).get(ABOUT, b"null"))
        table = piece.fragment.to_table(schema=piece.schema)
    return _rows(table, about)


def _rows(table: "Table", about: object) -> ParquetRows:
    """The columns of a table, and its geometries as the metadata describe them."""
    if not isinstance(about, dict):
        return ParquetRows(_frame(table), None, np.zeros(len(table), dtype=bool), DEFAULT_CRS)
    name = about["primary_column"]
    column = about["columns"][name]
    covering = column.get("covering", {}).get("bbox", {}).get("xmin", [None])[0]
    rows = _frame(table.drop_columns([each for each in (name, covering) if each in table.column_names]))
    crs = column.get("crs", DEFAULT_CRS)
    if column["encoding"] != "WKB":
        shapes = gpd.GeoDataFrame.from_arrow(table).geometry.to_numpy()
        return ParquetRows(rows, shapes, ~shapely.is_missing(shapes), crs)
    return ParquetRows(rows, _shapes(codes := table.column(name)), codes.is_valid().to_numpy(), crs)


def _shapes(codes: "ChunkedArray") -> NDArray[np.object_]:
    """The geometries of a column of WKB. It is read in portions, since Python's copy of each takes memory too."""
    portions = (codes[at : at + ROWS].to_numpy() for at in range(0, len(codes), ROWS))
    read = [shapely.from_wkb(np.asarray(some, dtype=object), on_invalid="ignore") for some in portions]
    return np.concatenate([np.empty(0, dtype=object), *read])


def _frame(table: "Table") -> pd.DataFrame:
    """The columns of a table, with rows numbered from 0. An index that pandas has written is left out."""
    rows: pd.DataFrame = table.to_pandas()
    return rows.reset_index(drop=True)
