"""Layers and measures to web pages: one file each, that opens from disk with the network unplugged."""
