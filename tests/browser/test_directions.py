"""Controls of direction in names of data turn no word of the page around them."""

import json

import pytest

OVER = "\u2069\u202e"
READ = """word => {
  const walker = document.createTreeWalker(document.querySelector("#corridors"), NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(word);
    if (at < 0) continue;
    const leftOf = nth => {
      const range = document.createRange();
      range.setStart(node, nth);
      range.setEnd(node, nth + 1);
      return range.getBoundingClientRect();
    };
    const [first, last] = [leftOf(at), leftOf(at + word.length - 1)];
    if (first.width) found.push(first.left < last.left || first.top < last.top);
  }
  return found;
}"""


@pytest.fixture
def opened(tmp_path, corridors, open_page):
    """A page of points and lines, with controls in the names of layer, features, columns and title."""
    shapes = [("Point", [76.9, 43.2]), ("LineString", [[76.9, 43.2], [80.2, 44.2]])]
    features = [
        {
            "type": "Feature",
            "properties": {"name": f"gate{OVER}", f"kind{OVER}": f"dry{OVER}", "km": 3 + nth},
            "geometry": {"type": kind, "coordinates": at},
        }
        for nth, (kind, at) in enumerate(shapes)
    ]
    path = tmp_path / f"ports{OVER}.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    assert corridors("map", path, "-o", tmp_path / "a.html", "--title", f"Ports{OVER}").code == 0
    return open_page(tmp_path / "a.html", width=1280, height=800)


def test_words_of_the_page_are_not_turned_by_names(opened):
    for word in ("lines", "points"):
        found = opened.page.evaluate(READ, word)
        assert len(found) >= 2
        assert all(found)
