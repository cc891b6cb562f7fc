"""Routes to Europe and the sea: their borders and breaks of gauge, and their length beside published ones."""

import pytest

from corridors.app.api import OpenAtlas

DOSTYK, SARAHS = ("Dostyk", 1435, 1520), ("Sarahs", 1520, 1435)
BREST, AKHALKALAKI = ("Brest", 1520, 1435), ("Akhalkalaki", 1520, 1435)

NORTH = ["CHN", "KAZ", "RUS", "BLR", "POL", "DEU"]
MIDDLE = ["CHN", "KAZ", "AZE", "GEO"]

WAYS = [
    ("Bukhara", "Beyneu", ["UZB", "KAZ"], []),
    ("Beijing", "Ürümqi", ["CHN"], []),
    ("Xi'an", "Duisburg", NORTH, [DOSTYK, BREST]),
    ("Lianyungang", "Hamburg", NORTH, [DOSTYK, BREST]),
    ("Xi'an", "Istanbul", [*MIDDLE, "TUR"], [DOSTYK, AKHALKALAKI]),
    ("Xi'an", "Constanța", [*MIDDLE, "ROU"], [DOSTYK]),
    ("Xi'an", "Budapest", [*MIDDLE, "ROU", "HUN"], [DOSTYK]),
    ("Almaty", "Bandar Abbas", ["KAZ", "UZB", "TKM", "IRN"], [SARAHS]),
    ("Tehran", "Istanbul", ["IRN", "TUR"], []),
    ("Kars", "Mersin", ["TUR"], []),
    ("Istanbul", "Sofia", ["TUR", "BGR"], []),
    ("Beijing", "Ulaanbaatar", ["CHN", "MNG"], [("Erenhot", 1435, 1520)]),
    ("Harbin", "Novosibirsk", ["CHN", "RUS"], [("Zabaykalsk", 1435, 1520)]),
    ("Almaty", "Novosibirsk", ["KAZ", "RUS"], []),
    ("Mashhad", "Rozanak", ["IRN", "AFG"], []),
    ("Ashgabat", "Torghundi", ["TKM", "AFG"], []),
    ("Lviv", "Budapest", ["UKR", "HUN"], [("Chop", 1520, 1435)]),
]


@pytest.fixture(scope="module")
def atlas(repo):
    return OpenAtlas(repo / "geodata")


@pytest.mark.parametrize(("one", "other", "countries", "breaks"), WAYS)
def test_a_far_way_has_its_borders_and_breaks_of_gauge(atlas, one, other, countries, breaks):
    (route,) = atlas.route(one, other)
    passed = [border["to"] for border in route.borders]
    assert passed == countries[1:]
    assert [(place["station"], place["from_mm"], place["to_mm"]) for place in route.gauge_breaks] == breaks


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ("Xi'an", "Duisburg", 9908),  # railmarket-2099
        ("Zhengzhou", "Hamburg", 10214),  # dw-2013-08-02
        ("Lianyungang", "Dortmund", 11300),  # railwaygazette-42690; Herne lies 20 km on
        ("Sarakhs", "Bandar Abbas", 1568),  # wikipedia-de-nord-sued-iran
        ("Tehran", "Mashhad", 926),  # iranrail-history: 925
        ("Tehran", "Gorgan", 497),  # wikipedia-de-trans-iranian
        ("Irkutsk", "Ulaanbaatar", 1113),  # transsib-eyand
        ("Erenhot", "Beijing", 842),  # wikipedia-en-trans-mongolian
        ("Istanbul", "Kars", 1887),  # the two published lengths from Ankara
    ],
)
def test_a_far_way_is_about_as_long_as_published(atlas, one, other, km):
    (route,) = atlas.route(one, other, modes=("rail",))
    assert route.length_km == pytest.approx(km, rel=0.05)


def test_the_way_to_istanbul_has_the_published_kilometres_of_each_country(atlas):
    """Those of the train of December 2020 (trt-2020-12-20). Its 2,100 km in China are less than Xi'an–Horgos."""
    (route,) = atlas.route("Xi'an", "Istanbul")
    assert route.countries["KAZ"] == pytest.approx(3200, rel=0.08)
    assert route.countries["AZE"] == pytest.approx(430, rel=0.08)
    assert route.countries["TUR"] == pytest.approx(2300, rel=0.16)
    assert route.countries["CHN"] > 2500


def test_a_train_ferry_within_a_country_crosses_no_border(atlas):
    (route,) = atlas.route("Tatvan", "Van")
    assert (route.borders, [leg.mode for leg in route.legs]) == ([], ["sea"])
