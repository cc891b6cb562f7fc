"""What is known, read from files and checked: catalogue, fact tables, layers' schemas, GeoJSON."""
