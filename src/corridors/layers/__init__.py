"""Facts to layers: one GeoDataFrame for each kind of feature, EPSG:4326, with common columns."""
