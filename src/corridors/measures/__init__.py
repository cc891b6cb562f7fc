"""Numbers from layers: each one a measure with unit, method and sources."""
