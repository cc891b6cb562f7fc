"""Lines, places and tables to a GeoPackage (OGC 12-128r19), the same bytes for the same data."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio

from corridors.text.output import plain

DESCRIPTION = "generator: corridors"
"""The description of each layer. ``data.whole_file`` recognises our files by it."""


def geopackage_bytes(
    frames: Mapping[str, gpd.GeoDataFrame], tables: Mapping[str, Sequence[Mapping[str, object]]], *, as_of: str
) -> bytes:
    """Write a GeoPackage.

    Parameters
    ----------
    frames
        The features, EPSG:4326, by the name of their layer.
    tables
        Tables without geometry, by name. Tables with a frame's name and empty tables are left out.
    as_of
        The atlas's date, ISO 8601. It is the file's date too, so that the same data gives the same bytes.
    """
    bare = {name: rows for name, rows in tables.items() if rows and name not in frames}
    layers = {**frames, **{name: pd.DataFrame([dict(row) for row in rows]) for name, rows in bare.items()}}
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{as_of}T00:00:00.000Z"})
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "answer.gpkg"
            for nth, (name, layer) in enumerate(layers.items()):
                flat = layer.map(plain) if not isinstance(layer, gpd.GeoDataFrame) else layer
                pyogrio.write_dataframe(
                    flat, path, layer=name, driver="GPKG", append=nth > 0, layer_options={"DESCRIPTION": DESCRIPTION}
                )
            return path.read_bytes()
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
