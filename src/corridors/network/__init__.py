"""The network of all layers: places, routes, corridors and scenarios."""
