"""Input files, read and checked: catalogue, fact tables, schemas of the layers, GeoJSON."""
