"""The data of the built pages: every reference exists, every word is known, every number is a measure."""

import re
from dataclasses import replace
from functools import cache
from itertools import chain

import numpy as np
import pytest
import shapely

from corridors.content.basemap import COARSE_STEP
from corridors.content.cards import write_card
from corridors.content.content import NO_SOURCE, cite
from corridors.content.style import CLASSES
from corridors.data.maps import load_maps
from corridors.layers.countries import read_outlines
from corridors.locales import LANGUAGES, messages
from corridors.measures.measure import Measures
from corridors.web.payload import FEATURE_STEP
from tests.declared import MAPS
from tests.page_data import page_data, positions

KINDS = ("point", "line", "area")
every_map = pytest.mark.parametrize("name", MAPS)


@pytest.fixture(scope="module")
def contents(built):
    """The data of every built page, by map."""
    found = {}
    for path in (built / "maps").glob("*.html"):
        text = path.read_text(encoding="utf-8")
        if 'id="corridors-data"' in text:
            found[path.stem] = without_scenarios(page_data(text))
    return found


def without_scenarios(content):
    """The layers on a page; test_scenario.py tests what scenarios add."""
    about = content["map"]
    groups = [group for group in about["groups"] if group["id"] != "scenario"]
    classes = {name: each for name, each in content["classes"].items() if not name.startswith("scenario.")}
    features = [feature for feature in content["features"] if "scenario" not in feature]
    return content | {"map": about | {"groups": groups}, "classes": classes, "features": features}


@pytest.fixture
def content(contents, name):
    return contents[name]


@pytest.fixture(scope="module")
def drawn_on(built, ask_script):
    """Where a page draws its features: by id the paths of each, as longitude and latitude in degrees."""

    @cache
    def read(name):
        found = positions((built / "maps" / f"{name}.html").read_text(encoding="utf-8"), ask_script)
        return {one: [np.array(path)[:, ::-1] for path in paths] for one, paths in found.items()}

    return read


@pytest.fixture
def drawn(drawn_on, name):
    return drawn_on(name)


def entries(content):
    """Every fact and figure of every card."""
    for feature in content["features"]:
        yield from chain(feature["facts"], feature["headline"])


def test_every_declared_map_is_built_and_links_to_the_others(contents, repo):
    declared = load_maps(repo / "maps" / "atlas.toml", LANGUAGES)
    assert set(contents) == set(declared) == set(MAPS)
    for content in contents.values():
        assert [one["href"] for one in content["map"]["maps"]] == [f"{name}.html" for name in declared]


# --- references -------------------------------------------------------------------------------------------------------


@every_map
def test_every_class_resolves_and_draws_what_it_can(content):
    listed = [name for group in content["map"]["groups"] for name in group["classes"]]
    assert sorted(listed) == sorted(content["classes"])
    for feature in content["features"]:
        drawn = content["classes"][feature["class"]]
        assert drawn["geometry"] in KINDS, feature["id"]
        assert feature["id"].split("/")[0] == feature["class"].split(".")[0]
    for each in content["classes"].values():
        if each["geometry"] == "point":
            assert each["style"]["symbol"] in content["symbols"]


@every_map
def test_features_have_an_id_of_their_own_that_is_one_of_the_atlas(content, loaded):
    ids = [feature["id"] for feature in content["features"]]
    assert len(ids) == len(set(ids))
    known = {f"{layer}/{name}" for layer, frame in loaded.layers.items() for name in frame["id"]}
    known |= {f"corridors/{row['id']}" for row in loaded.facts.rows("corridors")}
    assert set(ids) <= known


@every_map
def test_a_feature_that_a_card_names_is_on_the_map_or_named_in_words(content):
    here = {feature["id"]: feature for feature in content["features"]}
    for entry in entries(content):
        if "feature" in entry:
            assert here[entry["feature"]]["name"]["en"]
        elif "km" in entry or entry["label"] in {"fact.line", "fact.counterpart", "fact.nearest_city"}:
            assert entry["name"]["en"]


@every_map
def test_every_source_resolves(content, loaded):
    known = loaded.facts.by_id("sources")
    for name, source in content["sources"].items():
        assert source["title"] == cite(known[name])["title"]
        assert re.match("https?://", source.get("url", "https://"))
    cited = {name for feature in content["features"] for name in feature["sources"]}
    cited |= {name for entry in entries(content) for name in entry.get("sources", ())}
    places = [content["map"]["ground"], *content["map"]["quoted"]["grounds"]]
    cited |= {list(content["sources"])[place] for ground in places for place in ground}
    network = content.get("network", {})
    cited |= {*network.get("sources", ()), *network.get("assumptionSources", ())}
    assert cited == set(content["sources"])


@every_map
def test_every_country_resolves_in_every_language(content):
    named = {code for feature in content["features"] for code in (*feature["country"], *feature.get("km", {}))}
    named |= {code for entry in entries(content) for code in entry.get("country", ())}
    named -= {""}  # the sea belongs to no country
    assert named <= set(content["countries"])
    for code in named:
        names = content["countries"][code]
        assert set(names) == set(LANGUAGES)
        assert code not in names.values()


@every_map
def test_stops_point_at_the_positions_that_are_nearest_to_stations(content, drawn, loaded):
    """A town can lie some kilometres from its tracks."""
    places = np.array([(place.x, place.y) for place in loaded.layers["stations"].geometry])
    for feature in content["features"]:
        if "stops" in feature:
            [path] = drawn[feature["id"]]
            assert len(feature["stops"]) >= 2
            away = [np.abs(places - path[index]).sum(axis=1).min() for index in feature["stops"]]
            assert np.median(away) < 0.08, feature["id"]


# --- words ------------------------------------------------------------------------------------------------------------


def entry_keys(content):
    """Every message that the page's script looks up for facts and figures of cards."""
    for entry in entries(content):
        yield entry["label"]
        yield from entry.get("keys", ())
        if "key" in entry:
            yield entry["key"]
        if entry.get("unit"):
            yield f"unit.{entry['unit']}"
        if entry.get("bearing"):
            yield f"bearing.{entry['bearing']}"


def message_keys(content):
    """Every message that the page's script looks up for the data of a page."""
    yield from entry_keys(content)
    for feature in content["features"]:
        yield f"status.{feature['status']}"
        if feature["kind"] != "provinces":  # a declared kind, which has titles of its own
            yield f"kind.{feature['kind']}"
        yield f"basis.{feature['basis']}"
        yield f"basis.text.{feature['basis']}"
        yield f"confidence.text.{feature['confidence']}"
        for series in feature["series"]:
            yield series["label"]
            yield f"unit.{series['unit']}"
    for group in content["map"]["groups"]:
        for stat in group["stats"]:
            yield stat["label"]
            if stat["unit"]:
                yield f"unit.{stat['unit']}"
    for each in content["map"]["filters"]:
        yield f"filter.{each['property']}"
        if "names" not in each and each["property"] != "country":
            yield from (f"{each['property']}.{value}" for value in each["values"])


@every_map
def test_every_word_that_the_data_asks_for_is_on_the_page_in_every_language(content):
    wanted = set(message_keys(content))
    assert len(wanted) > 20
    for language in LANGUAGES:
        assert wanted <= set(content["messages"][language]), language


def test_every_word_that_the_script_asks_for_is_on_the_page(contents, repo):
    modules = sorted((repo / "src" / "corridors" / "web" / "script").rglob("*.ts"))
    script = "\n".join(module.read_text(encoding="utf-8") for module in modules)
    wanted = set(re.findall(r'\b(?:t|messageParts)\(\s*"([a-z][a-z_.]*)"', script))
    wanted |= {f"month.{month}" for month in range(1, 13)} | {f"month.of.{month}" for month in range(1, 13)}
    assert len(wanted) > 50
    of_scenarios = {key for key in wanted if key.startswith("scenario.")}
    of_corridors = {key for key in wanted if key.startswith("compare.")}
    of_answers = {key for key in wanted if key.startswith("answer.")}
    of_stories = {key for key in wanted if key.startswith("story.")}
    for language in LANGUAGES:
        assert of_stories <= set(contents["xian-west"]["messages"][language])
        assert wanted - of_stories - of_scenarios - of_corridors - of_answers <= set(
            contents["overview"]["messages"][language]
        )
        assert of_answers <= set(messages(language))  # pages of results contain all of these
        assert of_corridors <= set(contents["corridors"]["messages"][language])
        assert of_scenarios <= set(contents["scenarios"]["messages"][language])


@every_map
def test_titles_stand_in_every_language(content):
    titled = [content["map"], *content["map"]["groups"], *content["classes"].values(), *content["map"]["maps"]]
    for one in titled:
        assert set(one["title"]) == set(LANGUAGES)
        assert all(one["title"].values())
    for group in content["map"]["groups"]:
        for stat in group["stats"]:
            by, value = stat.get("by", ("", ""))
            assert by != "country" or value in content["countries"]
            for language in LANGUAGES:
                assert by in {"", "country", "gauge"} or f"{by}.{value}" in content["messages"][language]


@every_map
def test_a_statement_has_its_numbers_and_is_written_in_each_language(content):
    told = content["map"]["statement"]
    assert set(told) == set(LANGUAGES)
    assert len(set(told.values())) == len(LANGUAGES)
    for text in told.values():
        assert not re.search(r"[{}]", text), text
        assert len(text) > 20


def test_numbers_in_statements_are_written_as_the_language_does(contents, loaded):
    km = loaded.measures.get("track_km", layer="rail").value
    whole = f"{km:,.0f}"
    told = contents["rail"]["map"]["statement"]
    assert whole in told["en"]
    assert whole in told["zh"]
    assert whole.replace(",", ".") in told["nl"]
    assert whole.replace(",", "\u00a0") in told["ru"]
    trade = contents["trade"]["map"]["statement"]
    assert "674" in trade["en"]
    assert "+116" in trade["en"]
    assert re.search(r"6,74[12]亿元", trade["zh"])  # hundreds of millions, not thousands


# --- numbers ----------------------------------------------------------------------------------------------------------


@every_map
def test_what_a_line_s_card_says_is_measured(content, loaded):
    for feature in content["features"]:
        figures = {figure["label"]: figure["value"] for figure in feature["headline"]}
        for label in ("track_km", "distance_km", "hours_estimated"):
            if f"fact.{label}" in figures:
                measure = loaded.measures.get(label, feature=feature["id"])
                assert figures[f"fact.{label}"] == measure.value
        assert len(feature["headline"]) <= 3
        for figure in feature["headline"]:
            assert isinstance(figure["value"], int | float)
            assert set(figure) >= {"label", "value", "unit", "digits", "about"}


@every_map
def test_kilometres_by_country_add_up_to_the_line(content, loaded):
    for feature in content["features"]:
        if "km" in feature and feature["kind"] != "corridor":
            expected = loaded.measures.get("track_km", feature=feature["id"]).value
            assert sum(feature["km"].values()) == pytest.approx(expected, abs=0.06 * len(feature["km"]) + 0.01)
            assert feature["whole"] == expected


@every_map
def test_the_statistics_of_a_group_are_those_of_its_layer(content, loaded):
    for group in content["map"]["groups"]:
        if group["layer"] == "corridors":  # routes over the layers, not layers themselves
            continue
        first = group["stats"][0]
        assert first["label"] == "stat.features"
        assert first["value"] == len(loaded.layers[group["layer"]])
        values = {measure.value for measure in loaded.measures if measure.by.get("layer") == group["layer"]}
        assert {stat["value"] for stat in group["stats"]} <= values


@every_map
def test_series_run_in_the_order_of_time(content):
    for feature in content["features"]:
        for series in feature["series"]:
            years = [point[0][:4] for point in series["points"]]
            assert years == sorted(years)
            assert {point[2] for point in series["points"]} <= {"high", "medium", "low"}
            assert all(feature["sources"][place] for point in series["points"] for place in point[3])
            assert all("/" not in point[0] or "part" in point[4] for point in series["points"])


# --- geometry and state -----------------------------------------------------------------------------------------------


@every_map
def test_a_feature_is_drawn_where_it_lies(content, drawn, loaded, context):
    outlines = read_outlines(context.basemap.fine.folder)
    shapes = {f"{layer}/{one.id}": one.geometry for layer, frame in loaded.layers.items() for one in frame.itertuples()}
    for feature in content["features"]:
        if feature["kind"] == "corridor":
            continue
        area = content["classes"][feature["class"]]["geometry"] == "area"
        country = feature["id"].startswith("countries/")
        step = context.basemap.fine.step if country else COARSE_STEP if area else FEATURE_STEP
        seen = np.vstack(drawn[feature["id"]])
        true = shapely.get_coordinates(outlines[feature["country"][0]] if country else shapes[feature["id"]])
        expected, found = ({tuple(place) for place in np.rint(places / step).astype(int)} for places in (true, seen))
        assert found == expected, feature["id"]
        if feature["class"].startswith("rail."):
            assert len(seen) == len(true), "the indices of stops count vertices"


@every_map
def test_later_is_what_opens_after_the_date_of_the_map(content):
    as_of = content["map"]["asOf"]
    assert as_of == "2025-06-17"
    for feature in content["features"]:
        opened = feature.get("opened", "")
        assert feature.get("later") == (opened if opened > as_of else None), feature["id"]
        if "later" in feature:
            assert feature["status"] != "operational", feature["id"]


def test_shymkent_s_flight_shows_as_planned_and_later(contents):
    flights = {feature["id"]: feature for feature in contents["flights"]["features"]}
    assert flights["flights/zlxy-uaii"]["status"] == "planned"
    assert flights["flights/zlxy-uaii"]["later"] == "2025-07-03"


def test_every_feature_of_a_drawn_layer_has_a_class(contents, loaded):
    """Only maps that select countries leave some of them out."""
    for content in contents.values():
        for group in content["map"]["groups"]:
            if group["layer"] not in {"countries", "tourism", "corridors"}:
                drawn = [one for one in content["features"] if one["id"].startswith(f"{group['layer']}/")]
                assert len(drawn) == len(loaded.layers[group["layer"]]), (content["map"]["id"], group["layer"])


def test_all_pages_draw_the_same_ground(contents):
    grounds = [
        {part: shapes["count"] for part, shapes in content["basemap"].items() if part not in {"labels", "disputes"}}
        for content in contents.values()
    ]
    assert all(ground == grounds[0] for ground in grounds)
    assert {"land", "lakes", "rivers", "borders", "disputed"} == set(grounds[0])


def test_every_class_of_the_style_table_says_how_it_is_drawn():
    for layer, ways in CLASSES.items():
        for classes in ways.values():
            for each in classes:
                assert each.id.startswith(f"{layer}.")
                wanted = {"line": {"color", "width"}, "point": {"symbol", "color", "size"}, "area": {"fill", "hatch"}}
                assert wanted[each.geometry] <= set(each.style)


@pytest.mark.parametrize(("name", "period"), [
    ("trade_billion_usd", "2024"), ("trade_share_percent", "2024"), ("trade_growth_percent", "2023/2024"),
])  # fmt: skip
def test_the_card_of_a_country_tells_the_measures_of_its_trade(context, name, period):
    [country] = [one for one in context.layers["countries"].to_dict("records") if one["country"] == "KAZ"]
    other = Measures(
        replace(one, value=7.7) if (one.name, one.by) == (name, {"subject": "KAZ", "period": period}) else one
        for one in context.measures
    )
    card = write_card("countries", country, replace(context, measures=other))
    assert [figure["value"] for figure in card.headline].count(7.7) == 1
    measured = context.measures.get(name, subject="KAZ", period=period).value
    assert country[name] == measured, "the layer says the same"


def test_what_is_no_publication_is_told_in_each_language(loaded):
    for name, key in NO_SOURCE.items():
        assert cite(loaded.facts.by_id("sources")[name])["title"] == {code: messages(code)[key] for code in LANGUAGES}
    assert cite(loaded.facts.by_id("sources")["geonames"])["title"] == "GeoNames geographical database"
