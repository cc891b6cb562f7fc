"""Geometry on the ellipsoid: lengths, arcs, directions, and the countries that a line crosses."""
