"""Layers to measures: numbers with unit, method and sources."""
