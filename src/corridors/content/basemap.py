"""The basemap's files to what a page draws below everything else."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from corridors.data.iso import country_name
from corridors.errors import FileError
from corridors.locales import LANGUAGES
from corridors.web.payload import BASEMAP_STEP, deltas, encode_geometry


def country_labels(countries: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Where the names of countries stand on the basemap, by language."""
    return [
        {
            "name": {
                language: country.get(f"name_{language}") or country_name(country["country"], language)
                for language in LANGUAGES
            },
            "lon": float(country["label_lon"]),
            "lat": float(country["label_lat"]),
            "rank": 1 if country["group"] != "corridor" else 2,
            "iso": country["country"],
        }
        for country in countries.to_dict("records")
    ]


def read_basemap(folder: Path) -> dict[str, Any]:
    """The basemap of a page: land, lakes, rivers and borders, delta-coded, and no names yet.

    Raises
    ------
    FileError
        Where one of its files cannot be read.
    """

    def shapes(name: str) -> list[tuple[Mapping[str, Any], Any]]:
        path = folder / f"{name}.geojson"
        try:
            collection = json.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise FileError(
                f"{path}: cannot be read ({error.strerror}). Remedy: restore it, or run make basemap.",
            ) from error
        return [
            (one["properties"], shapely.from_geojson(json.dumps(one["geometry"]))) for one in collection["features"]
        ]

    def rings(name: str) -> list[list[list[int]]]:
        polygons = [polygon for _, shape in shapes(name) for polygon in shapely.get_parts(shape)]
        return [encode_geometry(polygon, BASEMAP_STEP)["c"] for polygon in polygons]

    def lines(name: str, *, disputed: bool | None = None) -> list[list[int]]:
        found = [shape for about, shape in shapes(name) if disputed is None or about["disputed"] == disputed]
        parts = [part for shape in found for part in shapely.get_parts(shape)]
        return [deltas(np.asarray(part.coords), BASEMAP_STEP) for part in parts]

    return {
        "land": rings("countries"),
        "lakes": rings("lakes"),
        "rivers": lines("rivers"),
        "borders": lines("borders", disputed=False),
        "disputed": lines("borders", disputed=True),
        "labels": [],
    }
