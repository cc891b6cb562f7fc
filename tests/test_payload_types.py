"""What pages carry is what the page's script declares: the compiler checks the data of real pages against its types."""

import json
import os
import re
import subprocess

import folium
import geopandas as gpd
import pandas as pd
import shapely
from folium import plugins

from corridors.web.map import CorridorMap
from tests.conftest import NODE, REPOSITORY
from tests.page_data import coded, decoded

COMPILER = REPOSITORY / "node_modules" / "typescript" / "bin" / "tsc"
TYPES = REPOSITORY / "src" / "corridors" / "web" / "script" / "types" / "payload.ts"
ALMATY = (43.25, 76.95)

DECLARATIONS = [*TYPES.parent.glob("*.ts"), *(REPOSITORY / "node_modules" / "@types").glob("*/index.d.ts")]
LITERALS = {
    text for path in DECLARATIONS for _, text in re.findall(r"([\"'])(.*?)\1", path.read_text(encoding="utf-8"))
}
"""The texts that a type may name."""

ANY_TEXT, ANY_NUMBER = "any other text", 0.5
LONGEST_TUPLE = 12
SMALL = range(-1, 11)
"""The numbers that a type may name."""


def typical(value):
    """A value of the same type that takes the compiler less time: other texts and numbers alike, and no item again.

    A list that is longer than any tuple stays longer.
    """
    if isinstance(value, str):
        return value if value in LITERALS else ANY_TEXT
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return value if value in SMALL else ANY_NUMBER
    if isinstance(value, dict):
        return {key: typical(one) for key, one in value.items()}
    items = [typical(one) for one in value]
    if len(items) <= LONGEST_TUPLE:
        return items
    kept = list({json.dumps(one, sort_keys=True): one for one in items}.values())
    return kept + items[: max(0, LONGEST_TUPLE + 1 - len(kept))]


def complaints(folder, *payloads):
    """What the compiler says about payloads."""
    page, config = folder / "pages.ts", folder / "tsconfig.json"
    pages = [json.dumps(typical(payload)) for payload in payloads]
    statements = [f"export const page{nth}: Payload = {told};" for nth, told in enumerate(pages)]
    named = os.path.relpath(TYPES, folder)
    page.write_text("\n".join([f'import type {{ Payload }} from "{named}";', *statements]), encoding="utf-8")
    options = {"typeRoots": [str(REPOSITORY / "node_modules" / "@types")], "preserveSymlinks": True}
    about = {"extends": str(REPOSITORY / "tsconfig.json"), "compilerOptions": options, "include": [str(page)]}
    config.write_text(json.dumps(about), encoding="utf-8")
    ran = subprocess.run([NODE, COMPILER, "--project", config], capture_output=True, encoding="utf-8", check=False)
    return ran.stdout + ran.stderr


def with_elements():
    """A page with folium's elements, and with layers of columns of each kind."""
    page = CorridorMap(ALMATY, zoom_start=6, min_zoom=3, title="Elements")
    group = folium.FeatureGroup(name="group").add_to(page)
    folium.Marker(ALMATY, popup="<b>Almaty</b>", tooltip="here", icon=folium.Icon(color="red")).add_to(group)
    folium.Marker(ALMATY, icon=folium.DivIcon(html="<b>A</b>")).add_to(group)
    folium.Circle(ALMATY, radius=1000).add_to(group)
    folium.CircleMarker(ALMATY, radius=5).add_to(page)
    folium.PolyLine([ALMATY, (44, 78)], weight=2, dash_array="4").add_to(page)
    folium.Polygon([ALMATY, (44, 78), (45, 76)]).add_to(page)
    folium.Rectangle([ALMATY, (44, 78)]).add_to(page)
    shapes = gpd.GeoDataFrame({"name": ["a", None]}, geometry=[shapely.Point(76, 43), None], crs="EPSG:4326")
    folium.GeoJson(shapes, name="shapes", tooltip=folium.GeoJsonTooltip(["name"])).add_to(page)
    squares = gpd.GeoDataFrame({"id": ["a"], "n": [1]}, geometry=[shapely.box(76, 43, 77, 44)], crs="EPSG:4326")
    folium.Choropleth(squares, data=squares, columns=["id", "n"], key_on="feature.properties.id").add_to(page)
    plugins.MarkerCluster([ALMATY, (43, 76)], popups=["one", "two"]).add_to(page)
    plugins.HeatMap([[43, 77, 1]]).add_to(page)
    for part in (plugins.MousePosition(), plugins.Fullscreen(), plugins.MiniMap(), plugins.MeasureControl()):
        part.add_to(page)
    folium.LayerControl().add_to(page)
    many = gpd.GeoDataFrame(
        {"kind": ["rail", "road", None] * 200},
        geometry=[shapely.LineString([(70, 43), (71 + nth / 600, 44)]) for nth in range(600)],
        crs="EPSG:4326",
    )
    popup = folium.GeoJsonPopup(["kind"], aliases=["Kind"])
    folium.GeoJson(many, style_function=lambda _: {"color": "red"}, popup=popup).add_to(page)
    return page


def with_columns():
    """A page of a reader's own data with a column of each type."""
    columns = {
        "text": [f"place {nth}" for nth in range(6)],
        "category": ["a", "b", "a", "b", "a", None],
        "number": [1.5, 2.25, 3, 4, 5, None],
        "float": [1 / 3, 2 / 3, 4 / 3, 5 / 3, 7 / 3, 8 / 3],
        "bool": [True, False, True, False, True, False],
        "day": pd.to_datetime(["2024-01-01"] * 5 + [None]),
        "time": pd.to_datetime(["2024-01-01T12:30:01"] * 6),
    }
    page = CorridorMap(title="Own")
    for shape in (shapely.Point(76, 43), shapely.LineString([(76, 43), (77, 44)]), shapely.box(76, 43, 77, 44)):
        frame = gpd.GeoDataFrame(columns, geometry=[shape] * 6, crs="EPSG:4326")
        page.add_layer(frame, shape.geom_type, column="category", label="text")
    return page


def test_the_data_of_every_page_has_the_declared_types(built, tmp_path):
    maps = [path.read_text(encoding="utf-8") for path in sorted((built / "maps").glob("*.html"))]
    described = [decoded(coded(text)) for text in maps if 'id="corridors-data"' in text]
    own = [decoded(coded(page.get_root().render())) for page in (with_elements(), with_columns())]
    assert len(described) > 5
    assert complaints(tmp_path, *described, *own) == ""


def test_another_name_or_type_is_noticed(tmp_path):
    changes = (
        {"langs": "en"},
        {"languages": ["en"]},
        {"features": {"name_en": ["Almaty"]}},
        {"features": {"status": [*["planned"] * 40, "odd"]}},
        {"features": {"rank": [*range(40), "1"]}},
        {"features": {"name": [*[{"en": "Almaty"}] * 40, {"en": 7}]}},
    )
    found = complaints(tmp_path, *(CorridorMap().payload() | change for change in changes))
    assert [line.partition("(")[2][0] for line in found.splitlines() if "error" in line] == [*"234567"]
