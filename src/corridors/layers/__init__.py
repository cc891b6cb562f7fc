"""Facts to layers: one GeoDataFrame for each kind of feature, EPSG:4326, with common columns."""

from corridors.layers.build import build_layers

__all__ = ["build_layers"]
