"""Layers of a reader's own data to the columns of a page, and to the stream that holds their blocks."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TypedDict

import numpy as np

from corridors.content.vector_conditions import class_conditions
from corridors.content.vector_layers import PageLayer, bounds_of
from corridors.measures.where import column_words
from corridors.web.blocks import Block, Blocks
from corridors.web.geometry_columns import GeometryColumns, encode_shapes
from corridors.web.value_columns import Column, encode_column, encode_sizes

WORLD = (-180.0, -85.0, 180.0, 85.0)


class ColumnLayer(TypedDict, total=False):
    """A layer as script/types/columns.ts has it."""

    id: str
    count: int
    bounds: list[float]
    geometry: GeometryColumns
    classes: list[str]
    codes: Block
    label: str
    columns: list[Column]
    size: Column
    pointer: Mapping[str, object]
    origin: Mapping[str, str]
    where: list[str | None]


def encode_layers(layers: Sequence[PageLayer]) -> tuple[list[ColumnLayer], bytes]:
    """Encode layers: their description, and the blocks that it names, as one stream that is not compressed yet."""
    blocks = Blocks()
    coded = [_shapes(layer, blocks) for layer in layers]  # the worker needs these of all layers first
    for layer, each in zip(layers, coded, strict=True):
        _columns(layer, each, blocks)
    return coded, blocks.data()


def _shapes(layer: PageLayer, blocks: Blocks) -> ColumnLayer:
    """Encode geometry and classes of a layer."""
    shapes = np.asarray(layer.frame.geometry.to_numpy())
    coded: ColumnLayer = {
        "id": layer.id,
        "count": len(layer.frame),
        "bounds": [round(edge, 5) for edge in bounds_of([layer]) or WORLD],
        "geometry": encode_shapes(shapes, layer.kind, layer.step, blocks),
        "classes": list(layer.classes),
    }
    if len(layer.classes) > 1:
        coded["codes"] = blocks.unsigned(layer.codes)
    return coded


def _columns(layer: PageLayer, coded: ColumnLayer, blocks: Blocks) -> None:
    """Add the columns and the sizes of a layer."""
    if layer.label is not None:
        coded["label"] = layer.label
    coded["columns"] = [encode_column(name, layer.frame[name], blocks) for name in layer.columns]
    if layer.origin is not None:
        coded |= {"origin": asdict(layer.origin), "where": _conditions(layer)}
        for column in coded["columns"]:
            if (words := column_words(str(column["name"]))) != column["name"]:
                column["words"] = words
    if layer.pointer is not None:
        coded["pointer"] = layer.pointer
    if layer.sizes is not None:
        coded["size"] = encode_sizes("length" if layer.kind == "line" else "area", layer.sizes, blocks)


def _conditions(layer: PageLayer) -> list[str | None]:
    """The conditions of the classes of a layer; none are needed if there is one class."""
    by = layer.group.get("by")
    return [] if by is None else class_conditions(layer.frame[by], layer.codes, len(layer.classes))
