"""Numbers from layers: every one a measure with unit, method and sources."""
