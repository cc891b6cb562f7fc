"""The schema of each layer, with pandera: columns, types, vocabularies, ranges, geometry."""

from collections.abc import Sequence
from functools import cache

import geopandas as gpd
import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaError

from corridors.data.findings import printable, quoted
from corridors.data.geojson import frame_fault
from corridors.data.iso import ALPHA2
from corridors.data.tables import BASES, CONFIDENCES, GAUGES_MM, STATUSES
from corridors.errors import InputError
from corridors.locales import Message, message

GEOMETRIES = {
    "countries": {"Polygon", "MultiPolygon"},
    "tourism": {"Point", "LineString"},
    "flights": {"LineString", "MultiLineString"},
    "rail": {"LineString"},
    "roads": {"LineString"},
    "pipelines": {"LineString"},
    "ferries": {"LineString"},
}
"""Geometry types of the layers that have not only points."""

POINTS = {"Point"}
UNSAID = "?"
"""Replaces a place or a value that the check does not name."""


def _countries(cell: str) -> bool:
    """Whether a cell has alpha-3 codes separated by ``;``."""
    return all(code in ALPHA2 for code in cell.split(";"))


def _column(*checks: pa.Check, required: bool = False) -> pa.Column:
    """A column whose present values must pass the checks."""
    return pa.Column(checks=list(checks), nullable=not required)


@cache
def layer_schema(layer: str) -> pa.DataFrameSchema:
    """The schema of a layer: the columns of every layer, and the ranges of its own columns."""
    kinds = GEOMETRIES.get(layer, POINTS)
    columns = {
        "id": pa.Column(checks=pa.Check.str_matches(r"^[a-z0-9-]+$"), unique=True),
        "kind": _column(required=True),
        "name_en": _column(required=True),
        "status": _column(pa.Check.isin(STATUSES), required=True),
        "country": _column(pa.Check(lambda cells: cells.map(_countries), error="country"), required=True),
        "source": _column(required=True),
        "confidence": _column(pa.Check.isin(CONFIDENCES), required=True),
        "geometry_basis": _column(pa.Check.isin(BASES), required=True),
        "accuracy_m": _column(pa.Check.gt(0)),
        "geometry": pa.Column(
            checks=[
                pa.Check(lambda shapes: ~pd.Series(shapes.is_empty), error="empty"),
                pa.Check(lambda shapes: shapes.geom_type.isin(kinds), error="kind"),
                pa.Check(lambda shapes: pd.Series(shapes.is_valid), error="valid"),
            ],
        ),
    }
    optional = {
        "gauge_mm": _column(pa.Check.isin(GAUGES_MM), required=True),
        "measured_km": _column(pa.Check.gt(0)),
        "track_km": _column(pa.Check.gt(0), required=True),
        "official_km": _column(pa.Check.gt(0)),
        "length_ratio": _column(pa.Check.gt(0)),
        "distance_km": _column(pa.Check.in_range(1, 20_004), required=True),
        "population": _column(pa.Check.gt(0)),
        "trade_billion_usd": _column(pa.Check.ge(0)),
    }
    wanted = {name: column for name, column in optional.items() if name in _own_columns(layer)}
    return pa.DataFrameSchema(columns | wanted, strict=False, name=layer)


def _own_columns(layer: str) -> Sequence[str]:
    """A layer's own columns with known ranges."""
    lines = ("measured_km", "track_km", "official_km", "length_ratio")
    return {
        "rail": (*lines, "gauge_mm"),
        "roads": lines,
        "pipelines": lines,
        "ferries": lines,
        "flights": ("distance_km",),
        "cities": ("population",),
        "countries": ("trade_billion_usd",),
    }.get(layer, ())


def check_layer(layer: str, frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Check a layer against its schema and return it.

    Raises
    ------
    InputError
        If a value is not allowed. The message gives the layer, the feature's id, the column and the value.
    """
    missing = [name for name in layer_schema(layer).columns if name not in frame.columns]
    if missing:
        raise _fault(layer, message("finding.column.missing"), message("remedy.layer.column"), missing[0])
    if wrong := frame_fault(frame):
        raise _fault(layer, *wrong, "geometry")
    try:
        layer_schema(layer).validate(frame)
    except SchemaError as error:
        raise _refusal(layer, frame, error) from error
    return frame


def _fault(layer: str, what: Message, remedy: Message, *places: Message | str) -> InputError:
    """The error of a layer, with the place in it: the feature and the column."""
    for place in (*reversed(places), message("finding.layer", layer)):
        what = message("finding.place", place, what)
    return InputError(message("finding.line", what, remedy))


def _refusal(layer: str, frame: gpd.GeoDataFrame, error: SchemaError) -> InputError:
    """A schema error as ours: layer, feature, column, value, remedy."""
    cases = error.failure_cases
    feature: object = UNSAID
    value: Message | str = UNSAID
    if isinstance(cases, pd.DataFrame) and len(cases):
        index, case = cases["index"].iloc[0], cases["failure_case"].iloc[0]
        value = quoted(case)
        if index is not None and index in frame.index:
            feature = frame.loc[index, "id"]
    check = getattr(error.check, "error", None) or str(error.check)
    what = {
        "not_nullable": message("finding.cell.empty"),
        "country": message("finding.cell.country", value),
        "empty": message("finding.layer.empty"),
        "kind": message("finding.layer.kind", value, sorted(GEOMETRIES.get(layer, POINTS))),
        "valid": message("finding.layer.invalid"),
    }.get(check, message("finding.layer.value", value, check))
    column = getattr(error.schema, "name", None) or UNSAID
    of = message("finding.feature", printable(str(feature)) or UNSAID, "")
    return _fault(layer, what, message("remedy.layer.row"), of, column)
