"""The columns that every layer has, and the conversion of rows to a layer's frame."""

from collections.abc import Iterable, Mapping, Sequence

import geopandas as gpd
import pandas as pd

from corridors.data.facts import Facts
from corridors.data.geojson import CRS
from corridors.data.tables import AIRPORT_CODES, COMMON, NAMED, WRITTEN, Record

NAMES = tuple(f"name_{language}" for language in NAMED)
EXTRA: Mapping[str, tuple[str, ...]] = {
    "countries": (
        "group", "label_lon", "label_lat", "trade_billion_usd", "trade_year", "trade_share_percent",
        "trade_growth_percent", "visa_terms", "visa_since",
    ),
    "cities": ("population", "population_year", "population_confidence", "role", "geonames_id"),
    "stations": ("lines", "gauges", "position_basis", "geonames_id"),
    "ports": (
        "mode", "gauge_from_mm", "gauge_to_mm", "border_with", "counterpart", "elevation_m", "capacity", "green_lane",
    ),
    "airports": (*AIRPORT_CODES, "city"),
    "rail": (
        "gauge_mm", "tracks", "electrified", "operator", "measured_km", "official_km", "official_section",
        "length_ratio", "track_km", "published_km", "tracks_km", "corridor", "railway", "stations",
        "works_started",
    ),
    "roads": (
        "measured_km", "official_km", "official_section", "length_ratio", "track_km", "published_km", "tracks_km",
        "capacity",
    ),
    "pipelines": (
        "measured_km", "official_km", "official_section", "length_ratio", "track_km", "published_km", "capacity",
        "commodity", "parallel_lines", "works_started",
    ),
    "ferries": (
        "measured_km", "official_km", "official_section", "length_ratio", "track_km", "published_km", "operator",
    ),
    "flights": (
        "origin", "destination", "origin_iata", "destination_iata", "airline", "since", "stop", "distance_km",
        "xian_seven",
    ),
    "tourism": ("measured_km", "duration_hours", "place", "heritage_since"),
    "places": ("date",),
}  # fmt: skip
"""Columns of a layer in addition to the common ones."""

WHOLE_NUMBERS = (
    "accuracy_m", "gauge_mm", "gauge_from_mm", "gauge_to_mm", "elevation_m", "population", "geonames_id",
    "parallel_lines", "trade_year",
)  # fmt: skip


NOTES = tuple(f"note_{language}" for language in WRITTEN if language != "en")
"""The remarks about the features of a layer in other languages. The column ``note`` has the English ones."""


def joined(values: Iterable[str]) -> str | None:
    """Several values as one cell; no values give a missing cell."""
    return ";".join(values) or None


def layer_frame(extra: Sequence[str], rows: Sequence[Record]) -> gpd.GeoDataFrame:
    """Rows of one layer (with ``geometry``, EPSG:4326) as its frame: sorted by id, missing values as null.

    ``extra`` has the columns in addition to the common ones.
    Whole numbers use pandas' nullable integers, so that a missing value does not turn the others into decimals.
    """
    columns = [*COMMON, *extra]
    ordered = sorted(rows, key=lambda row: row["id"])
    data = {name: [row.get(name) for row in ordered] for name in columns}
    frame = pd.DataFrame(data, columns=columns, dtype=object)
    for name in columns:
        if name in WHOLE_NUMBERS:
            frame[name] = frame[name].astype("Int64")
        elif name.endswith(("_km", "_percent", "_ratio", "_usd", "_hours", "label_lon", "label_lat")):
            frame[name] = frame[name].astype("Float64")
    return gpd.GeoDataFrame(frame, geometry=[row["geometry"] for row in ordered], crs=CRS)


def named(row: Record) -> dict[str, object]:
    """The id, names, source and confidence of a fact, as columns of a layer."""
    columns = {key: row.get(key) for key in ("id", *NAMES, "confidence")}
    return columns | {"source": joined(row["source"])}


def identifiers(facts: Facts) -> dict[str, dict[str, str]]:
    """The identifiers of each feature (``layer/id``) that has some, as columns of its layer."""
    found: dict[str, dict[str, str]] = {}
    for row in facts.rows("identifiers"):
        own = found.setdefault(row["feature"], {})
        own[row["scheme"]] = joined([*filter(None, [own.get(row["scheme"])]), row["value"]]) or ""
    return found


def remarks(facts: Facts) -> dict[str, dict[str, object]]:
    """The remark about each feature (``layer/id``) that has one, as columns of its layer."""
    return {
        feature: {"note" if language == "en" else f"note_{language}": text for language, text in said.items()}
        for feature, said in facts.remarks().items()
    }
