"""The catalogue to the credits of the guides: the data sets of the atlas, and the licence of each layer.

    python -m tools.credits geodata docs/credits.md

replaces the text between the two marks in the file.
"""

import sys
from pathlib import Path

from corridors.data.catalog import Catalog, load_catalog
from corridors.data.whole_file import write_whole
from corridors.errors import CorridorsError, InputError
from tools.english import English

START, END = "<!-- credits: made from geodata/catalog.toml -->", "<!-- end of credits -->"


def credits_markdown(catalog: Catalog) -> str:
    """Two Markdown tables: data sets and layers, in the order of the catalogue."""
    lines = ["| data set | producer | licence | precision |", "| --- | --- | --- | --- |"]
    for dataset in catalog.datasets.values():
        title = f"[{dataset.title}]({dataset.url})" if dataset.url else dataset.title
        lines.append(f"| {title} | {dataset.producer} | {dataset.licence} | {dataset.precision} |")
    lines += ["", "| layer | what it holds | licence | credit |", "| --- | --- | --- | --- |"]
    for layer in catalog.layers.values():
        lines.append(f"| {layer.name} | {layer.title} | {layer.licence} | {layer.credit} |")
    return "\n".join(lines)


def with_credits(text: str, catalog: Catalog) -> str:
    """A text with new credits between its two marks.

    Raises
    ------
    InputError
        If the marks are missing.
    """
    before, start, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise InputError(
            English(f"the text has no place for the credits. Remedy: put {START} and {END} into it, a line each.")
        )
    return f"{before}{START}\n\n{credits_markdown(catalog)}\n\n{END}{after}"


if __name__ == "__main__":
    try:
        page = Path(sys.argv[2])
        write_whole(page, with_credits(page.read_text(encoding="utf-8"), load_catalog(Path(sys.argv[1]))).encode())
    except CorridorsError as error:
        sys.exit(str(error))
