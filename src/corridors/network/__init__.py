"""The network of all layers: places, ways, routes, corridors and scenarios."""
