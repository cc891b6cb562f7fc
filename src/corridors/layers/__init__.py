"""Facts to layers: one GeoDataFrame of one kind each, EPSG:4326, with the columns that all layers share."""

from corridors.layers.build import build_layers

__all__ = ["build_layers"]
