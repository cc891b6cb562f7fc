"""Layers of a reader's own data to the columns of a page, and to the stream that holds their blocks."""

from collections.abc import Sequence
from typing import TypedDict

import numpy as np

from corridors.content.vector_layers import PageLayer, bounds_of
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


def encode_layers(layers: Sequence[PageLayer]) -> tuple[list[ColumnLayer], bytes]:
    """Encode layers: their description, and the blocks that it names, as one stream that is not compressed yet."""
    blocks = Blocks()
    return [_encode(layer, blocks) for layer in layers], blocks.data()


def _encode(layer: PageLayer, blocks: Blocks) -> ColumnLayer:
    """Encode one layer."""
    shapes = np.asarray(layer.frame.geometry.to_numpy())
    coded: ColumnLayer = {
        "id": layer.id,
        "count": len(layer.frame),
        "bounds": [round(edge, 5) for edge in bounds_of([layer]) or WORLD],
        "geometry": encode_shapes(shapes, layer.kind, layer.step, blocks),
        "classes": list(layer.classes),
        "columns": [encode_column(name, layer.frame[name], blocks) for name in layer.columns],
    }
    if len(layer.classes) > 1:
        coded["codes"] = blocks.unsigned(layer.codes)
    if layer.label is not None:
        coded["label"] = layer.label
    if layer.sizes is not None:
        coded["size"] = encode_sizes("length" if layer.kind == "line" else "area", layer.sizes, blocks)
    return coded
