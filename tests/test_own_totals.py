"""What a page of a reader's own data shows, its command measures, and its files contain."""

import base64
import csv
import functools
import io
import json
import random
import shlex
import subprocess

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from corridors.app.vector_map import MapOptions, read_drawn, vector_map
from corridors.data.vector_files import Reading, read_vectors
from corridors.measures.vector_statistics import vector_totals
from tests.conftest import NODE, REPOSITORY

CASES = 30
COUNTRIES = ["KAZ", "KGZ", "UZB", "KAZ;KGZ", None]
OPERATORS = ["Қазақстан темір жолы", "O'zbekiston \"temir\" yo'llari", "a\\b", "$HOME `x`", "", None]


def courses(count, seed):
    """Lines and areas as a survey has them: with columns of every type, odd names and cells, and many gaps."""
    chance = np.random.default_rng(seed)
    starts = chance.uniform((66, 38), (78, 45), (count, 2))
    walks = starts[:, None] + np.cumsum(chance.normal(0, 0.02, (count, 6, 2)), axis=1)
    opened = np.datetime64("1960-01-01T00:00") + chance.integers(0, 24 * 365 * 60, count) * np.timedelta64(1, "h")
    gaps = chance.random((4, count)) < 0.2

    def some(values):
        return [values[nth] for nth in chance.integers(0, len(values), count)]

    return gpd.GeoDataFrame(
        {
            "name": [f"Line {nth}" for nth in range(count)],
            "country": some(COUNTRIES),
            "operator": some(OPERATORS),
            "max speed": np.where(gaps[0], np.nan, np.round(chance.uniform(20, 160, count), 1)),
            "gauge": np.where(gaps[1], np.nan, chance.choice([1435, 1520], count)),
            "class": some(["main", "branch", None]),
            "double": chance.random(count) < 0.3,
            "opened": pd.Series(opened).where(~gaps[2]),
            "works": pd.Series(opened).dt.normalize().where(~gaps[3]),
            "count": chance.integers(0, 30, count),
        },
        geometry=shapely.linestrings(walks),
        crs="EPSG:4326",
    )


@pytest.fixture(scope="module")
def survey(tmp_path_factory):
    """A file of two layers, and one of lines and areas together."""
    folder = tmp_path_factory.mktemp("survey")
    lines = courses(400, 1)
    areas = courses(60, 2)
    areas = areas.set_geometry(shapely.buffer(areas.geometry.to_numpy(), 0.05), crs=areas.crs)
    lines.to_file(folder / "my survey.gpkg", layer="lines", engine="pyogrio")
    areas.to_file(folder / "my survey.gpkg", layer="areas", engine="pyogrio")
    mixed = gpd.GeoDataFrame(pd.concat([courses(50, 3), areas], ignore_index=True), crs="EPSG:4326")
    mixed.to_file(folder / "-mixed.gpkg", layer="mixed", engine="pyogrio")
    return folder


def asked_page(files, states, **options):
    """What the page of some files says of some states, and its payload."""
    page = vector_map(
        read_drawn(files, MapOptions(**options), reading=Reading(True, "EPSG:4326")), MapOptions(**options)
    )
    payload, _, stream = page.page_data()
    drawn = states(payload)
    given = {"payload": payload, "stream": base64.b64encode(stream).decode(), "states": drawn}
    command = [NODE, REPOSITORY / "tests" / "script" / "row_totals.ts"]
    ran = subprocess.run(command, input=json.dumps(given), capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stderr
    return payload, list(zip(drawn, json.loads(ran.stdout), strict=True))


def wanted(each, chance):
    """What a reader wants of a filter."""
    if "range" not in each:
        values = [*each["values"], ""]
        return chance.sample(values, chance.randint(0, min(4, len(values))))
    ends = sorted(chance.uniform(*each["range"]) for _ in range(2))
    texts = [str(np.datetime64(int(end), "D")) if each.get("unit") == "day" else f"{end:.2f}" for end in ends]
    return "..".join(text if chance.random() < 0.8 else "" for text in texts)


def drawn(seed):
    """States at random: some classes, some values and ranges of some filters."""

    def states(payload):
        chance = random.Random(seed)  # noqa: S311 - it draws the same cases each time
        classes = list(payload["classes"])
        return [
            {
                "layers": classes if chance.random() < 0.5 else [one for one in classes if chance.random() < 0.7],
                "filters": {
                    each["property"]: wanted(each, chance)
                    for each in payload["map"]["filters"]
                    if chance.random() < 0.3
                },
            }
            for _ in range(CASES)
        ]

    return states


@functools.cache
def layers_of(path):
    """The layers of a file by name."""
    return {layer.name: layer.frame for layer in read_vectors(path, Reading(True, "EPSG:4326"))}


def measured(command, folder):
    """The measures that a command prints, by name."""
    words = shlex.split(command)
    assert words[:2] == ["corridors", "stats"]
    assert words.pop(words.index("--skip-bad"))
    options = dict(zip(words[3::2], words[4::2], strict=True))
    assert options.pop("--crs") == "EPSG:4326"
    name, where = options.pop("--layer", None), options.pop("--where", None)
    assert not options
    layers = layers_of(folder / words[2])
    frame = layers[name] if name else next(iter(layers.values()))
    return {one.name: one.value for one in vector_totals(frame, {}, where=where).measures("own")}


@pytest.mark.parametrize("options", [{}, {"by": "operator"}, {"by": "max speed", "where": "gauge == 1520"}])
def test_the_totals_of_a_page_are_those_of_its_command(options, survey):
    _, answers = asked_page([survey / "my survey.gpkg"], drawn(str(options)), precision="web", **options)
    told = 0
    for state, answer in answers:
        on = [one for one in answer["layers"] if one["features"]]
        found = [measured(command, survey) for command in answer["commands"]]
        kept = [one for one in found if one["features"]]
        assert [one["features"] for one in on] == [one["features"] for one in kept], (state, answer["commands"])
        for page, command in zip(on, kept, strict=True):
            assert page["km"] == command.get("measured_km", 0), (state, answer["commands"])
            assert page["km2"] == command.get("area_km2", 0), (state, answer["commands"])
            told += 1
    assert told > CASES / 2


def test_the_kinds_of_geometry_of_one_layer_have_one_command_or_none(survey):
    def states(payload):
        lines, areas = list(payload["classes"])
        return [
            {"layers": [lines, areas], "filters": {"class": ["main"]}},
            {"layers": [areas], "filters": {}},
            {"layers": [], "filters": {}},
        ]

    _, [(_, both), (_, one), (_, none)] = asked_page([survey / "-mixed.gpkg"], states)
    [command] = both["commands"]
    found = measured(command, survey)
    assert found["features"] == sum(each["features"] for each in both["layers"])
    assert [found["measured_km"], found["area_km2"]] == [both["layers"][0]["km"], both["layers"][1]["km2"]]
    assert one["commands"] is None
    assert not any(each["features"] for each in none["layers"])


def test_the_files_have_the_shown_rows_with_all_columns_and_positions(survey):
    def states(payload):
        return [{"layers": list(payload["classes"]), "filters": {"class": ["branch"], "double": ["true"]}}]

    _, [(_, answer)] = asked_page([survey / "my survey.gpkg"], states)
    frames = [gpd.read_file(survey / "my survey.gpkg", layer=layer) for layer in ("lines", "areas")]
    chosen = [frame[(frame["class"] == "branch") & frame["double"]] for frame in frames]
    expected = [row for frame in chosen for row in frame.drop(columns="geometry").to_dict("records")]

    collection = json.loads(answer["files"]["geojson"])
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in collection["features"]]
    assert shapely.equals_exact(shapes, [*chosen[0].geometry, *shapely.normalize(chosen[1].geometry)], 1e-5)[
        : len(chosen[0])
    ].all()
    areas = shapely.symmetric_difference(shapes[len(chosen[0]) :], chosen[1].geometry.to_numpy())
    assert (shapely.area(areas) < 1e-5).all()

    rows = json.loads(answer["files"]["json"])["features"]
    assert [feature["properties"] for feature in collection["features"]] == rows
    assert len(rows) == len(expected) > 20
    for row, record in zip(rows, expected, strict=True):
        for name, value in record.items():
            if pd.isna(value):
                assert row[name] is None
            elif isinstance(value, pd.Timestamp):
                assert value.isoformat().startswith(row[name])
            else:
                assert row[name] == value

    lines = list(csv.DictReader(io.StringIO(answer["files"]["csv"], newline="")))
    assert [line["name"] for line in lines] == [row["name"] for row in rows]
    assert {line["layer"] for line in lines} == {row["layer"] for row in rows}
    assert [float(line["max speed"] or "nan") for line in lines] == pytest.approx(
        [record["max speed"] for record in expected], nan_ok=True
    )
    assert sum(float(line["measured_km"] or 0) for line in lines) == pytest.approx(answer["layers"][0]["km"], abs=0.051)
