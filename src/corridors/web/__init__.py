"""Layers and measures to web pages: each is one file that opens from disk without a network."""
