"""The numbers of the atlas, computed again from the published layers and tables."""

import csv
import json
from collections import defaultdict
from itertools import pairwise

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic

from corridors.app import build
from corridors.errors import InputError, UsageError
from corridors.geo.geodesy import densify, direction, distance_km
from corridors.layers.lengths import BASES
from corridors.measures.gateways import REACH_KM, _gap_km
from corridors.measures.measure import Measure, Measures, sources_of
from corridors.measures.statistics import choose_parts, layer_statistics
from corridors.measures.travel import flight_hours, legs_of

LINES = ("rail", "roads", "pipelines", "ferries")


@pytest.fixture(scope="module")
def measures(loaded):
    return loaded.measures


@pytest.fixture(scope="module")
def airports(repo):
    """Position of each airport by its ICAO code."""
    with (repo / "geodata" / "facts" / "airports.csv").open(encoding="utf-8", newline="") as file:
        return {row["icao"]: (float(row["lon"]), float(row["lat"])) for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def flights(repo):
    with (repo / "geodata" / "facts" / "flights.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def km(one, other):
    """Distance of two positions (longitude, latitude) after GeographicLib."""
    return Geodesic.WGS84.Inverse(one[1], one[0], other[1], other[0])["s12"] / 1000


def calls_of(flight, airports):
    """Positions of the airports that a flight calls at."""
    stops = [code for code in flight["stop"].split(";") if code]
    return [airports[code] for code in (flight["origin"], *stops, flight["destination"])]


def value(measures, name, **by):
    return measures.get(name, **by).value


# --- flights ----------------------------------------------------------------------------------------------------------


def test_a_flight_is_as_long_as_its_legs(measures, flights, airports):
    for flight in flights:
        expected = sum(km(*leg) for leg in pairwise(calls_of(flight, airports)))
        assert value(measures, "distance_km", feature=f"flights/{flight['id']}") == pytest.approx(expected, abs=0.06)


def test_arcs_keep_to_the_geodesic(loaded, flights, airports):
    """Every vertex is within 2 m of it, and the vertices are so dense that the line deviates at most 400 m."""
    arcs = loaded.layers["flights"].set_index("id").geometry
    for flight in flights:
        vertices = iter(arcs[flight["id"]].coords)
        here = next(vertices)
        for start, end in pairwise(calls_of(flight, airports)):
            leg = Geodesic.WGS84.InverseLine(start[1], start[0], end[1], end[0])
            while km(here, end) > 0.001:
                there = next(vertices)
                middle = ((here[0] + there[0]) / 2, (here[1] + there[1]) / 2)
                for place, limit_km in ((there, 0.002), (middle, 0.4)):
                    on_leg = leg.Position(1000 * km(start, place))
                    assert km(place, (on_leg["lon2"], on_leg["lat2"])) < limit_km, flight["id"]
                here = there
        assert next(vertices, None) is None


def test_the_estimated_time_is_distance_at_800_km_an_hour_and_half_an_hour_a_leg(measures, flights, airports, loaded):
    for flight in flights:
        legs = list(pairwise(calls_of(flight, airports)))
        expected = sum(km(*leg) for leg in legs) / 800 + 0.5 * len(legs)
        found = measures.get("hours_estimated", feature=f"flights/{flight['id']}")
        assert found.value == pytest.approx(expected, abs=0.051)
        assert found.unit == "hours"
        assert found.method.startswith("Distance at 800 km/h plus 0.5 h a leg (an assumption")
    assert flight_hours(1600, 2, loaded.assumptions.values) == 3
    slower = loaded.assumptions.with_overrides(["speeds_kmh.air=400", "fixed_hours.flight=1"])
    assert flight_hours(1600, 2, slower.values) == 6
    assert [legs_of({"stop": stop}) for stop in (None, "", "ZWWW", "ZWWW;UAAA")] == [1, 1, 2, 3]


def test_xian_flies_to_seven_cities_in_five_countries(loaded, flights):
    airports = {row["icao"]: row for row in loaded.facts.rows("airports")}
    seven = [flight for flight in flights if flight["xian_seven"] == "yes"]
    assert all(flight["origin"] == "ZLXY" and flight["status"] == "operational" for flight in seven)
    assert all(flight["since"] <= "2025-06-17" for flight in seven)
    ends = [airports[flight["destination"]] for flight in seven]
    assert sorted(end["name_en"] for end in ends) == [
        "Almaty", "Ashgabat", "Astana", "Bishkek", "Dushanbe", "Samarkand", "Tashkent",
    ]  # fmt: skip
    assert {end["country"] for end in ends} == {"KAZ", "KGZ", "TJK", "TKM", "UZB"}
    assert [flight["id"] for flight in seven if flight["stop"]] == ["zlxy-utaa", "zlxy-utdd"]
    running = {one["destination"] for one in flights if one["origin"] == "ZLXY" and one["status"] == "operational"}
    assert running == {end["icao"] for end in ends}


@pytest.mark.parametrize(("flight", "opened"), [("zlxy-uaii", "2025-07-03"), ("zwww-uaii", "2025-07")])
def test_shymkent_was_still_to_come(loaded, flight, opened):
    row = loaded.layers["flights"].set_index("id").loc[flight]
    assert (row["status"], row["opened"]) == ("planned", opened)
    assert "after the date of this map" in row["note"]


# --- kilometres -------------------------------------------------------------------------------------------------------


def test_the_sea_is_no_country_s(loaded, measures):
    assert all(set(parts) == {""} for parts in loaded.splits["ferries"].parts.values())
    assert not [one for one in measures if "country" in one.by and one.by.get("feature", "").startswith("ferries/")]


@pytest.mark.parametrize("layer", [layer for layer in LINES if layer != "ferries"])
def test_kilometres_of_a_line_by_country_add_up(loaded, measures, layer):
    for line in loaded.layers[layer].itertuples():
        parts = [
            one.value
            for one in measures
            if set(one.by) == {"feature", "country"} and one.by["feature"] == f"{layer}/{line.id}"
        ]
        rounded = 0.05 * (len(parts) + 1)  # each part, and the whole
        assert sum(parts) == pytest.approx(line.track_km, abs=rounded + 1e-6), line.id
        assert value(measures, "track_km", feature=f"{layer}/{line.id}") == line.track_km
        assert value(measures, "measured_km", feature=f"{layer}/{line.id}") == line.measured_km


@pytest.mark.parametrize("layer", ["rail", "roads", "pipelines"])
@pytest.mark.parametrize("name", ["measured_km", "track_km"])
def test_kilometres_by_country_add_up_to_the_layer(measures, layer, name):
    parts = [
        one.value
        for one in measures
        if one.name == name and set(one.by) == {"layer", "country"} and one.by["layer"] == layer
    ]
    assert len(parts) > 1
    assert sum(parts) == pytest.approx(value(measures, name, layer=layer), abs=0.1 * len(parts))


@pytest.mark.parametrize(
    ("layer", "by"),
    [
        ("rail", "gauge"), ("rail", "status"), ("rail", "electrified"), ("roads", "status"), ("pipelines", "status"),
        ("pipelines", "commodity"), ("ferries", "status"), ("flights", "status"), ("flights", "origin"),
        ("ports", "kind"), ("ports", "status"), ("stations", "kind"), ("tourism", "kind"), ("places", "kind"),
        ("countries", "group"), ("airports", "country"), ("cities", "country"),
    ],
)  # fmt: skip
def test_parts_add_up_to_the_layer(measures, layer, by):
    parts = defaultdict(list)
    for one in measures:
        if set(one.by) == {"layer", by} and one.by["layer"] == layer:
            parts[one.name].append(one.value)
    assert sum(parts["features"]) == value(measures, "features", layer=layer)
    for name in {"measured_km", "track_km"} & set(parts):
        assert sum(parts[name]) == pytest.approx(value(measures, name, layer=layer), abs=0.1 * len(parts[name]))


def test_totals_of_the_railways_are_those_of_the_published_file(measures, repo):
    document = json.loads((repo / "geodata" / "layers" / "rail.geojson").read_text(encoding="utf-8"))
    lines = [feature["properties"] for feature in document["features"]]
    assert value(measures, "features", layer="rail") == len(lines)
    assert value(measures, "track_km", layer="rail") == pytest.approx(sum(line["track_km"] for line in lines), abs=0.1)
    for gauge in (1435, 1520):
        expected = sum(line["track_km"] for line in lines if line["gauge_mm"] == gauge)
        assert value(measures, "track_km", layer="rail", gauge=str(gauge)) == pytest.approx(expected, abs=0.1)
    running = [line for line in lines if line["status"] == "operational"]
    electric = sum(line["track_km"] for line in running if line["electrified"] == "yes")
    share = 100 * electric / sum(line["track_km"] for line in running)
    assert value(measures, "electrified_share_percent", layer="rail") == pytest.approx(share, abs=0.051)


def test_published_lengths_are_summed_over_the_lines(loaded, measures):
    rail = loaded.layers["rail"].dropna(subset="official_km")
    assert value(measures, "official_km", layer="rail") == pytest.approx(rail["official_km"].sum(), abs=0.051)
    ratio = (rail["official_km"] * rail["length_ratio"]).sum() / rail["official_km"].sum()
    assert value(measures, "length_ratio", layer="rail") == pytest.approx(ratio, abs=0.001)


def test_what_a_length_rests_on_adds_up(loaded, measures):
    for layer in LINES:
        for line in loaded.layers[layer].itertuples():
            shares = [
                one.value
                for one in measures
                if one.by == {"feature": f"{layer}/{line.id}"}
                and one.name in {f"{basis}_share_percent" for basis in BASES}
            ]
            assert sum(shares) == pytest.approx(100, abs=0.11), line.id
            published = measures.find("published_share_percent", feature=f"{layer}/{line.id}")
            known = published.value if published else 0
            assert known == pytest.approx(100 * line.published_km / line.track_km, abs=0.11), line.id


def test_winding_factors_tell_of_their_error_method_and_sources(measures):
    for layer in ("rail", "roads", "pipelines"):
        factor, error = (measures.get(f"winding_{name}", layer=layer) for name in ("factor", "error_percent"))
        assert 1 < factor.value < 1.3
        assert 0 < error.value < 25
        assert "left out in turn" in error.method
        assert len(factor.sources) > 3
    assert measures.find("winding_factor", layer="ferries") is None


@pytest.mark.parametrize("layer", ["rail", "roads", "pipelines", "flights", "tourism", "ports", "stations"])
@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("country == 'KAZ'", lambda code: code == "KAZ"),
        ("'KAZ' in country", lambda code: code == "KAZ"),
        ("not country == 'KAZ'", lambda code: code != "KAZ"),
        ("country in ('KAZ', 'UZB') and country != 'UZB'", lambda code: code == "KAZ"),
        ("country == 'KAZ' or country == 'CHN'", lambda code: code in {"KAZ", "CHN"}),
        ("country not in ('KAZ', 'CHN')", lambda code: code not in {"KAZ", "CHN"}),
    ],
)
def test_a_condition_on_country_means_the_part_inside(loaded, layer, condition, holds):
    """A country's row is the same with the condition as without it, and the total is the sum of the rows."""
    frame, split = loaded.layers[layer], loaded.splits.get(layer)

    def rows(where=None):
        found = layer_statistics(layer, frame, split, by="country", where=where)
        return {(one.by["country"], one.name): one.value for one in found}

    everywhere = rows()
    assert rows(condition) == {key: value for key, value in everywhere.items() if holds(key[0])}
    whole = {one.name: one.value for one in layer_statistics(layer, frame, split, where=condition)}
    for name in {"measured_km", "track_km"} & {*whole}:
        parts = [value for (code, of), value in everywhere.items() if of == name and holds(code)]
        assert whole[name] == pytest.approx(sum(parts), abs=0.06 * len(parts))


def test_the_method_says_that_the_part_inside_counts(loaded):
    [track] = [
        one
        for one in layer_statistics("rail", loaded.layers["rail"], loaded.splits["rail"], where="country == 'KAZ'")
        if one.name == "track_km"
    ]
    assert track.method.endswith("of each feature the part for which the condition holds")


def test_chosen_lines_have_the_kilometres_of_the_part_that_was_chosen(loaded):
    """The sheets of a workbook add up to its measures."""
    frame, split = loaded.layers["rail"], loaded.splits["rail"]
    chosen = choose_parts(frame, split, "country == 'KAZ'")
    assert {*chosen["country"]} == {"KAZ"}
    found = {one.name: one.value for one in layer_statistics("rail", frame, split, where="country == 'KAZ'")}
    for name in ("measured_km", "track_km"):
        assert chosen[name].sum() == pytest.approx(found[name], abs=0.06 * len(chosen))
    assert len(chosen) == found["features"]
    assert frame["country"].equals(loaded.layers["rail"]["country"])
    assert choose_parts(frame, split, "gauge_mm == 1520")["track_km"].equals(
        frame.loc[frame["gauge_mm"] == 1520, "track_km"]
    )


def test_a_feature_of_several_countries_counts_in_each(loaded, measures):
    frame = loaded.layers["rail"]
    for country in ("CHN", "KAZ", "UZB"):
        expected = sum(country in cell.split(";") for cell in frame["country"])
        assert value(measures, "features", layer="rail", country=country) == expected


def test_statistics_can_be_split_by_any_property(loaded):
    found = Measures(layer_statistics("rail", loaded.layers["rail"], by="tracks"))
    assert {one.by["tracks"] for one in found} == {"single", "double", "partly_double", "unknown"}
    total = sum(one.value for one in found if one.name == "features")
    assert total == len(loaded.layers["rail"])


def test_an_unknown_property_is_refused_with_those_that_there_are(loaded):
    with pytest.raises(UsageError, match=r"layer rail has no property 'colour'\. Remedy: use one of .*gauge"):
        list(layer_statistics("rail", loaded.layers["rail"], by="colour"))
    with pytest.raises(UsageError, match="geometry"):
        list(layer_statistics("rail", loaded.layers["rail"], by="geometry"))


# --- trade ------------------------------------------------------------------------------------------------------------


def test_growth_of_the_region_s_trade(measures):
    of = {"subject": "central-asia", "period": "2013/2024"}
    assert value(measures, "trade_billion_cny", subject="central-asia", period="2013") == 312.04
    assert value(measures, "trade_billion_cny", subject="central-asia", period="2024") == 674.15
    assert value(measures, "trade_growth_percent", **of) == 116.0
    assert value(measures, "trade_growth_yearly_percent", **of) == 7.25
    grown = 312.04 * 1.0725**11
    assert grown == pytest.approx(674.15, rel=1e-3)


def test_shares_of_the_five_add_up_to_the_whole(measures):
    shares = [
        value(measures, "trade_share_percent", subject=code, period="2024")
        for code in ("KAZ", "KGZ", "TJK", "TKM", "UZB")
    ]
    assert sum(shares) == pytest.approx(100, abs=0.5)
    assert shares[0] == max(shares)


def test_the_share_of_roads_is_as_published(measures, repo):
    with (repo / "geodata" / "facts" / "trade.csv").open(encoding="utf-8", newline="") as file:
        shares = {row["period"]: row for row in csv.DictReader(file) if row["indicator"] == "road_share"}
    for period in ("2020", "2024"):
        found = measures.get("road_share_percent", subject="central-asia", period=period)
        assert found.value == float(shares[period]["value"])
        assert list(found.sources) == sorted(shares[period]["source"].split(";"))


# --- ports ------------------------------------------------------------------------------------------------------------


def test_the_nearest_city_is_the_nearest(loaded):
    cities = {city.id: (city.geometry.x, city.geometry.y) for city in loaded.layers["cities"].itertuples()}
    for port in loaded.layers["ports"].itertuples():
        here = (port.geometry.x, port.geometry.y)
        away = {name: km(here, place) for name, place in cities.items()}
        found = loaded.gateways[port.id]
        assert found.city == min(away, key=away.get), port.id
        assert found.city_km == pytest.approx(away[found.city], abs=0.051)
        if found.city_km > 0.1:
            assert found.city_direction == direction(cities[found.city], here)


def test_a_port_s_lines_are_those_that_pass_within_reach(loaded):
    """Each line in pieces of 1 km against each port. Pieces within half a piece of the limit may count or not."""
    vertices = {
        f"{layer}/{line.id}": densify(np.array(line.geometry.coords), step_km=1)
        for layer in LINES
        for line in loaded.layers[layer].itertuples()
    }
    for port in loaded.layers["ports"].itertuples():
        reach = max(REACH_KM, port.accuracy_m / 1000)
        found = set(loaded.gateways[port.id].lines)
        for name, path in vertices.items():
            near = path[np.abs(path - (port.geometry.x, port.geometry.y)).max(axis=1) < 1]
            here = np.full(len(near), port.geometry.x), np.full(len(near), port.geometry.y)
            gap = distance_km(*here, near[:, 0], near[:, 1]).min(initial=1000)
            assert name not in found or gap <= reach + 0.5, (port.id, name)
            assert name in found or gap > reach - 0.1, (port.id, name)


@pytest.mark.parametrize("port", ["cn-khorgos-rail", "kz-altynkol", "kz-khorgos-gateway", "cn-alashankou", "kz-dostyk"])
def test_railways_meet_at_the_two_crossings(loaded, port):
    assert sum(line.startswith("rail/") for line in loaded.gateways[port].lines) >= 2


def test_both_gauges_and_both_countries_meet_at_khorgos(loaded):
    rail = loaded.layers["rail"].set_index("id")
    met = [line.removeprefix("rail/") for line in loaded.gateways["kz-altynkol"].lines if line.startswith("rail/")]
    assert set(rail.loc[met, "gauge_mm"]) == {1435, 1520}
    assert {code for cell in rail.loc[met, "country"] for code in cell.split(";")} == {"CHN", "KAZ"}


def test_every_port_has_its_measures(loaded, measures):
    for port in loaded.layers["ports"].itertuples():
        gateway = loaded.gateways[port.id]
        assert value(measures, "lines", feature=f"ports/{port.id}") == len(gateway.lines)
        of = {"city": gateway.city} | ({"direction": gateway.city_direction} if gateway.city_km >= 0.1 else {})
        assert value(measures, "nearest_city_km", feature=f"ports/{port.id}", **of) == gateway.city_km


# --- what a measure is ------------------------------------------------------------------------------------------------


def test_the_published_measures_are_those_of_the_layers(repo, measures):
    published = (repo / "maps" / "measures.json").read_text(encoding="utf-8").splitlines()
    ours = build.measures_text(measures).splitlines()
    told = {line.rstrip(",") for line in published}
    assert {line.rstrip(",") for line in ours} <= told
    others = [json.loads(line) for line in told - {line.rstrip(",") for line in ours}]
    assert all({"corridor", "scenario"} & set(one["by"]) for one in others)  # made when pages are


def test_every_measure_says_its_unit_method_and_sources(measures, loaded):
    known = set(loaded.facts.by_id("sources"))
    assert len(measures) > 500
    for one in measures:
        assert one.name
        assert one.unit, one
        assert one.method, one
        assert not one.method[0].islower(), one
        assert one.sources, one
        assert set(one.sources) <= known, one
        assert list(one.sources) == sorted(set(one.sources)), one
        assert np.isfinite(one.value), one
        assert one.by, one


def test_measures_are_sorted_and_each_has_a_line(measures):
    text = build.measures_text(measures)
    found = json.loads(text)["measures"]
    order = [(one["name"], sorted(one["by"].items())) for one in found]
    assert order == sorted(order)
    assert all(before != after for before, after in pairwise(order))
    assert len(text.splitlines()) == len(found) + 2
    assert found == [one.as_dict() for one in measures]


def test_no_measure_holds_a_number_of_a_library_s_own(measures):
    for one in measures:
        assert type(one.value) in {int, float}, one


def test_a_measure_is_found_by_name_and_by_what_it_is_of():
    km_of_rail = Measure("track_km", 12.5, "km", {"layer": "rail", "country": "KAZ"}, "Sum", ("geonames",))
    measures = Measures([km_of_rail])
    assert measures.get("track_km", country="KAZ", layer="rail") is km_of_rail
    assert measures.find("track_km", layer="rail") is None
    what = r"no measure track_km of layer=roads\. Remedy: use one of country=KAZ, layer=rail\."
    with pytest.raises(InputError, match=what):
        measures.get("track_km", layer="roads")
    with pytest.raises(InputError, match=r"no measure 'speed_kmh'\. Remedy: name one of track_km"):
        measures.get("speed_kmh", layer="rail")


def test_sources_are_named_once_in_order():
    assert sources_of(["b;a", None, "", "c;a"]) == ("a", "b", "c")


def test_the_distance_from_a_port_to_a_line_is_measured_on_the_ellipsoid():
    line = shapely.LineString([(80, 44), (81, 45)])
    beside = shapely.Point(80.6, 44.3)
    along = [line.interpolate(share, normalized=True) for share in np.linspace(0, 1, 4001)]
    nearest = min(km((beside.x, beside.y), (place.x, place.y)) for place in along)
    assert _gap_km(beside, line) == pytest.approx(nearest, rel=1e-3)
