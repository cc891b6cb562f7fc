"""The content of a map, independent of the medium: features, cards, legend, style, words."""
