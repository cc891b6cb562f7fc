"""Where imported features come from, as a row of ``sources.csv`` and as a data set of ``catalog.toml``."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corridors.data.catalog import Catalog
from corridors.data.tables import SLUG
from corridors.data.toml_file import TomlFile
from corridors.errors import UsageError
from corridors.locales import DEFAULT_LANGUAGE, message


@dataclass(frozen=True, slots=True)
class Provenance:
    """A source of imported features.

    Attributes
    ----------
    id
        Its id in ``sources.csv`` and in the catalogue.
    title, producer, url, licence
        What it is, who made it, its address, and its licence.
    credit
        Its short credit line on maps.
    accessed
        The day on which it was fetched or read (ISO 8601).
    """

    id: str
    title: str
    producer: str
    url: str
    licence: str
    credit: str
    accessed: str


def find_provenance(
    name: str,
    catalog: Catalog,
    rows: Mapping[str, Mapping[str, object]],
    *,
    licence: str | None,
    producer: str | None,
    title: str,
    day: str,
    fetched: Mapping[str, str | None],
) -> Provenance:
    """What is known of a source: what is given, what ``sources.csv`` has, what a download declares.

    Parameters
    ----------
    name
        Its id.
    catalog, rows
        The catalogue, and the rows of ``sources.csv`` by id.
    licence, producer
        What the user says of it.
    title
        Its title, if nothing else is known.
    day
        The present day (ISO 8601).
    fetched
        The days on which downloads were fetched.

    Raises
    ------
    UsageError
        If its id cannot be one, its licence or its producer is not known, or another licence is known.
    """
    if not SLUG.fullmatch(name):
        raise UsageError(message("error.import.source_name", repr(name)))
    row, download = rows.get(name, {}), catalog.downloads.get(name)
    known = str(row.get("licence") or (download.licence if download else ""))
    if licence and known and licence != known:
        raise UsageError(message("error.import.other_licence", repr(name), known))
    held, made = licence or known, str(row.get("producer") or (download.producer if download else "") or producer or "")
    if not held:
        raise UsageError(message("error.import.licence", repr(name)))
    if not made:
        raise UsageError(message("error.import.producer", repr(name)))
    return Provenance(
        name,
        str(row.get("title") or (download.title if download else title)),
        made,
        str(row.get("url") or (download.url if download else "")),
        held,
        download.credit if download else f"{made} ({held})",
        str(row.get("date_accessed") or fetched.get(name) or day),
    )


def sources_text(text: str, source: Provenance) -> str:
    """The text of ``sources.csv`` with a source. A row that has it gets its licence, if it lacks one."""
    header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    own = {
        "id": source.id, "title": source.title, "producer": source.producer, "url": source.url,
        "date_accessed": source.accessed, "licence": source.licence,
    }  # fmt: skip
    place = header.index("licence")
    for row in rows:
        if row[0] == source.id:
            row[place] = row[place] or source.licence
            break
    else:
        rows.append([own.get(name, "") for name in header])
    return table_text(header, rows)


def table_text(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A fact table as the text of its file, sorted as it is."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue()


def catalog_text(path: Path, catalog: Catalog, source: Provenance, layer: str, more: str = "") -> str:
    """The text of ``catalog.toml`` and more, with the data set of a source and the layer that was imported from it."""
    file = TomlFile.read(path, more)
    entry, known = catalog.layers[layer], catalog.datasets.get(source.id)
    if known is None:
        keys = {
            "credit": source.credit, "title": source.title, "producer": source.producer, "licence": source.licence,
            "url": source.url, "accessed": source.accessed, "precision": entry.precision[DEFAULT_LANGUAGE],
            "layers": [layer],
        }  # fmt: skip
        lines = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in keys.items())
        return f"{file.text.rstrip()}\n\n[datasets.{source.id}]\n{lines}"
    if source.id in entry.datasets:
        return file.text
    listed = json.dumps([*known.layers, layer])
    if place := file.written.get(("datasets", source.id, "layers")):
        return file.text[: place.start] + listed + file.text[place.end :]
    head = file.written["datasets", source.id]
    return f"{file.text[: head.end]}\nlayers = {listed}{file.text[head.end :]}"
