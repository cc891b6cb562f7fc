"""Geometry on the ellipsoid: lengths, arcs, directions, and which country a line runs through."""
