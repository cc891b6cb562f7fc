"""The chosen place stays visible: card and sheet never cover it, however it was chosen."""

import pytest

PHONE = {"has_touch": True, "is_mobile": True}

# For each place: the boxes of its symbol and of its card after it was chosen, from the same view.
CHOSEN = """async ([places, view]) => {
    const box = (node) => {
        const { x, y, width, height } = node.getBoundingClientRect();
        return [x, y, width, height];
    };
    const found = [];
    for (const selected of places) {
        window.corridors.apply({ view, selected: null });
        window.corridors.apply({ selected });
        await new Promise((done) => queueMicrotask(done));
        const drawn = [`[data-feature="${selected}"]`, "section.card"].map((one) => document.querySelector(one));
        found.push([selected, ...drawn.map(box)]);
    }
    return found;
}"""
PLACE = "(at) => window.corridors.map.latLngToContainerPoint(at)"


def in_sight(x, y, width, height, card):
    """Whether a place of the window is on the map and not below the card."""
    left, top, wide, high = card
    inside = 0 <= x <= width and 0 <= y <= height
    return inside and not (left <= x <= left + wide and top <= y <= top + high)


def uncovered(opened, x, y, width, height):
    """Whether a place of the window is now on the map and not below the card."""
    return in_sight(x, y, width, height, opened.card.bounding_box().values())


def point_of(opened, feature):
    """Where the symbol of a point is drawn."""
    box = opened.page.locator(f'[data-feature="{feature}"]').bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.parametrize(
    ("fragment", "sizes"), [("#embed", [(390, 844), (360, 225), (640, 400)]), ("#", [(390, 844), (1280, 800)])]
)
def test_every_place_that_is_chosen_stays_in_sight(fragment, sizes, page_of):
    """As a host or a link does it: the state selects the place."""
    opened = page_of("gateways", f"{fragment}&map=3.5/43/75", size=sizes[0], **PHONE)
    payload = opened.payload()
    kinds = {name: entry["geometry"] for name, entry in payload["classes"].items()}
    points = [one["id"] for one in payload["features"] if kinds[one["class"]] == "point"]
    on = opened.drawn()
    drawn = [one for one in points if one in on]
    drawn = drawn[:: len(drawn) // 8]
    for size in sizes:
        opened.resize(*size)
        chosen = opened.page.evaluate(CHOSEN, [drawn, {"lat": 43, "lng": 75, "zoom": 3.5}])
        for feature, (x, y, wide, high), card in chosen:
            assert in_sight(x + wide / 2, y + high / 2, *size, card), (size, feature)
            if size[0] < 560:
                left, top, width, height = card
                assert (left, width, top + height) == (0, size[0], size[1])
    opened.quiet()


@pytest.mark.parametrize("feature", ["rail/kz-almaty-aktogay", "stations/kz-altynkol", "rail/cn-jingyihuo"])
def test_a_tap_low_on_the_map_moves_it_up_above_the_card(feature, page_of):
    """One tap on a page of its own: two quick taps zoom."""
    opened = page_of("rail", "#embed&map=6/43.6/77", size=(390, 844), **PHONE)
    opened.apply(selected=None, view={"lat": 47, "lng": 78, "zoom": 6})
    x, y = opened.meeting_point(feature)
    at = opened.page.evaluate("([x, y]) => window.corridors.map.containerPointToLatLng([x, y])", [x, y])
    opened.tap(feature, x, y)
    now = opened.page.evaluate(PLACE, at)
    assert uncovered(opened, now["x"], now["y"], 390, 844)
    covered_before = y >= opened.card.bounding_box()["y"]
    assert (now["y"] < y - 10) == covered_before
    assert opened.state()["view"]["zoom"] == 6
    opened.quiet()


def test_the_map_stays_where_it_is_when_nothing_is_covered(page_of):
    opened = page_of("rail", "#embed&map=6/43.6/77", size=(390, 844), **PHONE)
    opened.apply(view={"lat": 42, "lng": 77, "zoom": 6})
    before = opened.state()["view"]
    opened.tap("stations/kz-altynkol", *opened.meeting_point("stations/kz-altynkol"))
    assert opened.state()["view"] == before


def test_a_link_made_on_a_wide_screen_shows_its_place_on_a_phone(page_of):
    opened = page_of("rail", "#embed&map=7/46/80.3&select=stations/kz-altynkol", size=(390, 844), **PHONE)
    assert uncovered(opened, *point_of(opened, "stations/kz-altynkol"), 390, 844)
    assert opened.state()["view"]["zoom"] == 7


def test_a_link_that_looks_elsewhere_is_not_corrected(page_of):
    opened = page_of("rail", "#map=7/34/108&select=stations/kz-altynkol")
    assert opened.state()["view"] == {"lat": 34, "lng": 108, "zoom": 7}


def test_the_panel_of_a_narrow_frame_opens_as_a_sheet(open_page, built, tmp_path):
    (tmp_path / "host.html").write_text(
        "<!doctype html><html lang=en data-ready=true><title>Host</title>"
        f"<iframe title=Map width=390 height=600 src='{(built / 'maps' / 'rail.html').as_uri()}'></iframe>",
        encoding="utf-8",
    )
    opened = open_page(tmp_path / "host.html", reduced_motion="reduce")
    frame = opened.page.frame_locator("iframe")
    frame.locator("html[data-ready=true]").wait_for()
    frame.locator(".unfold").click()
    panel = opened.page.frames[1].evaluate("document.querySelector('.panel').getBoundingClientRect().toJSON()")
    assert (panel["left"], panel["right"], panel["bottom"]) == (0, 390, 600)
    assert panel["top"] >= 600 * 0.25
