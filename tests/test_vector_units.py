"""Units of columns: read from the ends of their names, and shown in legend, filters, table and card."""

import geopandas as gpd
import numpy as np
import pytest

from corridors import CorridorMap
from corridors.content.vector_units import unit_of


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("speed_kmh", "km/h"),
        ("gauge_mm", "mm"),
        ("LENGTH_KM", "km"),
        ("max speed kmh", "km/h"),
        ("Length (km)", "km"),
        ("Height [m]", "m"),
        ("share (%)", "%"),
        ("elevation_ft", "ft"),
        ("Amount (Constant USD2017)", None),
        ("pop_m", None),
        ("km", None),
        ("gauge", None),
        ("_km", None),
        ("", None),
        ("()", None),
        ("x" * 100_000 + " (", None),
    ],
)
def test_the_end_of_a_name_is_a_unit_if_it_can_mean_nothing_else(name, unit):
    assert unit_of(name) == unit


def test_legend_filter_and_column_have_the_unit_and_the_legend_its_column():
    frame = gpd.GeoDataFrame(
        {"speed_kmh": np.arange(30) * 7.5, "route_id": np.arange(30)},
        geometry=gpd.points_from_xy(np.arange(30), np.arange(30)),
        crs=4326,
    )
    payload = CorridorMap().add_layer(frame, "stops", column="speed_kmh").payload()
    [group] = payload["map"]["groups"]
    assert group["by"] == "speed_kmh"
    titles = [one["title"]["nl"] for one in payload["classes"].values()]
    assert titles[0] == "0 – 44\N{NO-BREAK SPACE}km/h"
    assert [(one["property"], one["unit"]) for one in payload["map"]["filters"]] == [("speed_kmh", "km/h")]
    [layer] = payload["columns"]
    assert [column.get("unit") for column in layer["columns"]] == ["km/h", None]
    assert "by" not in CorridorMap().add_layer(frame, "stops").payload()["map"]["groups"][0]
