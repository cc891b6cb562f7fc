"""Every constraint of a layer's schema refuses a broken frame and says where it is broken."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from corridors.data.schema import BASES, check_layer, layer_schema
from corridors.errors import InputError

BOW_TIE = shapely.Polygon([(60, 40), (62, 42), (62, 40), (60, 42), (60, 40)])
COMMON = ("id", "kind", "name_en", "status", "country", "source", "confidence", "geometry_basis", "accuracy_m")
RANGES = {
    "rail": ("gauge_mm", "measured_km", "official_km", "length_ratio", "track_km"),
    "roads": ("measured_km", "official_km", "length_ratio", "track_km"),
    "pipelines": ("measured_km", "official_km", "length_ratio", "track_km"),
    "ferries": ("measured_km", "track_km"),
    "flights": ("distance_km",),
    "cities": ("population",),
    "countries": ("trade_billion_usd",),
}


@pytest.fixture(scope="module")
def layers(loaded):
    """The layers of fact tables; those of declared kinds have a schema of their own."""
    return {name: frame for name, frame in loaded.layers.items() if name not in loaded.catalog.kinds}


def broken(frame, column, value, *, row=1):
    """A copy of a layer with another value in one cell of its second feature."""
    copy = frame.copy()
    if column != "geometry":
        copy[column] = copy[column].astype(object)
    copy.at[row, column] = value  # noqa: PD008 - loc would take a geometry apart
    return copy


def refusal(layer, frame):
    """The message about a refused frame."""
    with pytest.raises(InputError) as caught:
        check_layer(layer, frame)
    assert "Remedy: " in str(caught.value)
    assert "\n" not in str(caught.value)
    return str(caught.value)


# --- good frames ------------------------------------------------------------------------------------------------------


def test_every_layer_of_the_atlas_passes_unchanged(layers):
    for name, frame in layers.items():
        before = frame.copy()
        assert check_layer(name, frame) is frame
        assert frame.equals(before)


def test_a_layer_may_be_empty(layers):
    assert len(check_layer("roads", layers["roads"].iloc[:0])) == 0


def test_a_layer_may_have_columns_besides(layers):
    check_layer("cities", layers["cities"].assign(mayor="unknown"))


@pytest.mark.parametrize("basis", BASES)
def test_every_word_for_a_geometry_is_admitted(layers, basis):
    check_layer("cities", broken(layers["cities"], "geometry_basis", basis))


@pytest.mark.parametrize(
    ("layer", "column"),
    [
        ("cities", "accuracy_m"), ("cities", "population"), ("rail", "official_km"), ("rail", "length_ratio"),
        ("countries", "trade_billion_usd"),
    ],
)  # fmt: skip
def test_what_may_be_missing_may_be_missing(layers, layer, column):
    check_layer(layer, broken(layers[layer], column, pd.NA))


# --- broken frames ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("layer", "column", "value"),
    [
        ("cities", "id", "KZ Almaty"),
        ("cities", "id", "kz/almaty"),
        ("cities", "id", ""),
        ("cities", "kind", None),
        ("cities", "name_en", None),
        ("cities", "status", "open"),
        ("cities", "status", None),
        ("cities", "country", "KZ"),
        ("cities", "country", "KAZ,CHN"),
        ("cities", "country", "KAZ;XXX"),
        ("cities", "country", None),
        ("cities", "source", None),
        ("cities", "confidence", "certain"),
        ("cities", "geometry_basis", "guessed"),
        ("cities", "accuracy_m", 0),
        ("cities", "accuracy_m", -5),
        ("cities", "population", 0),
        ("rail", "gauge_mm", 1000),
        ("rail", "gauge_mm", None),
        ("rail", "measured_km", 0.0),
        ("rail", "official_km", -286.0),
        ("rail", "length_ratio", 0.0),
        ("rail", "track_km", None),
        ("roads", "track_km", -1.0),
        ("pipelines", "measured_km", -1.0),
        ("ferries", "track_km", 0.0),
        ("flights", "distance_km", 0.5),
        ("flights", "distance_km", 20_005.0),
        ("flights", "distance_km", None),
        ("countries", "trade_billion_usd", -0.1),
    ],
)
def test_a_wrong_value_is_refused_with_layer_feature_and_column(layers, layer, column, value):
    frame = broken(layers[layer], column, value)
    message = refusal(layer, frame)
    assert message.startswith(f"layer {layer}: feature {frame.loc[1, 'id'] or '?'}: {column}: ")


@pytest.mark.parametrize(
    ("layer", "shape", "why"),
    [
        ("cities", shapely.Point(), "is empty"),
        ("cities", shapely.LineString([(60, 40), (61, 41)]), "is not one of Point"),
        ("rail", shapely.Point(60, 40), "one of LineString"),
        ("rail", shapely.MultiLineString([[(60, 40), (61, 41)], [(62, 40), (63, 41)]]), "one of LineString"),
        ("rail", shapely.LineString([(60, 40), (60, 40)]), "valid"),
        ("flights", shapely.Point(60, 40), "one of LineString, MultiLineString"),
        ("countries", shapely.Point(60, 40), "one of MultiPolygon, Polygon"),
        ("countries", BOW_TIE, "valid"),
        ("tourism", shapely.box(60, 40, 61, 41), "one of LineString, Point"),
        ("cities", None, ""),
    ],
)
def test_a_wrong_geometry_is_refused_with_layer_feature_and_column(layers, layer, shape, why):
    frame = broken(layers[layer], "geometry", shape)
    message = refusal(layer, frame)
    assert message.startswith(f"layer {layer}: feature {frame.loc[1, 'id']}: geometry: ")
    assert why in message


def test_an_id_that_stands_twice_is_refused(layers):
    frame = broken(layers["cities"], "id", layers["cities"].loc[0, "id"])
    message = refusal("cities", frame)
    assert message.startswith(f"layer cities: feature {frame.loc[0, 'id']}: id: ")


@pytest.mark.parametrize("column", [*COMMON, "geometry"])
def test_a_column_that_every_layer_has_must_be_there(layers, column):
    frame = pd.DataFrame(layers["cities"]).drop(columns=column)
    if column != "geometry":
        frame = gpd.GeoDataFrame(frame, crs="EPSG:4326")
    message = refusal("cities", frame)
    assert message.startswith("layer cities: ")
    assert column in message


@pytest.mark.parametrize(("layer", "column"), [(layer, column) for layer, names in RANGES.items() for column in names])
def test_a_column_of_the_layer_s_own_must_be_there(layers, layer, column):
    assert column in refusal(layer, layers[layer].drop(columns=column))


@pytest.mark.parametrize("system", ["EPSG:3857", None])
def test_another_reference_system_is_refused(layers, system):
    frame = layers["cities"]
    message = refusal("cities", frame.to_crs(system) if system else frame.set_crs(None, allow_override=True))
    assert message.startswith("layer cities: ")
    assert "EPSG:4326" in message


def test_a_schema_is_made_once_and_knows_its_layer():
    assert layer_schema("rail") is layer_schema("rail")
    assert layer_schema("rail").name == "rail"
    assert "gauge_mm" not in layer_schema("roads").columns
