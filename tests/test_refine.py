"""Lines of the atlas on a user's own tracks: what is matched, written, credited and drawn."""

import json
import re
from pathlib import Path

import pytest

from corridors.app.refining import TrackFiles, refine_lines
from corridors.content.load import load
from corridors.data.facts import load_facts
from corridors.errors import InputError, UsageError
from corridors.layers.winding import estimate_lengths
from corridors.locales import LANGUAGES, messages

LINE = "cn-alashankou-dostyk"
TRACK = [[82.5705, 45.1703], [82.573, 45.187], [82.554, 45.214], [82.517, 45.236], [82.487, 45.253]]
AWAY = [[10.0, 50.0], [11.0, 50.0]]
OWNED = ("--licence", "CC0-1.0", "--credit", "the surveyor")
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
TURKMENISTAN = SHARED / "osm_rail" / "osm_rail_turkmenistan_afghanistan_bbox.geojson"


def geojson(folder, *lines, name="tracks.geojson"):
    features = [
        {"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": line}} for line in lines
    ]
    path = folder / name
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def osm(folder, *ways):
    """A file of OpenStreetMap with ways of some gauges."""
    nodes, text = 0, []
    for nth, (gauge, line) in enumerate(ways):
        refs = range(nodes + 1, nodes + len(line) + 1)
        text += [f'<node id="{ref}" lon="{lon}" lat="{lat}"/>' for ref, (lon, lat) in zip(refs, line, strict=True)]
        inner = "".join(f'<nd ref="{ref}"/>' for ref in refs)
        tags = f'<tag k="railway" v="rail"/><tag k="gauge" v="{gauge}"/>'
        text.append(f'<way id="{nth + 1}">{inner}{tags}</way>')
        nodes += len(line)
    text.sort(key=lambda part: part.startswith("<way"))
    path = folder / "tracks.osm"
    path.write_text(f'<osm version="0.6">{"".join(text)}</osm>', encoding="utf-8")
    return path


@pytest.fixture
def tracks(geodata):
    return geojson(geodata.parent, TRACK, AWAY)


def test_a_line_follows_the_tracks_and_what_is_written_is_drawn(corridors, geodata, tracks):
    ran = corridors("refine", LINE, "--tracks", tracks, *OWNED)
    path = geodata / "alignments" / f"rail-{LINE}.geojson"
    assert (ran.code, ran.err) == (0, "")
    assert Path(ran.out.strip()).name == path.name
    (hop,) = estimate_lengths(load_facts(geodata)).hops[f"rail/{LINE}"]
    assert hop.on_track
    assert set(hop.course) <= {(round(lon, 4), round(lat, 4)) for lon, lat in TRACK}
    catalog = load(geodata).catalog
    assert "the surveyor, CC0-1.0" in catalog.layers["rail"].credit
    assert any(one.credit == "the surveyor (CC0-1.0)" for one in catalog.datasets.values())
    assert "the surveyor" not in catalog.layers["roads"].credit


def test_a_dry_run_writes_nothing_and_needs_no_licence(corridors, geodata, tracks):
    before = {path: path.read_bytes() for path in geodata.rglob("*") if path.is_file()}
    ran = corridors("refine", f"rail/{LINE}", "--tracks", tracks, "--dry-run", "--format", "json")
    (row,) = json.loads(ran.out)["lines"]
    assert ran.code == 0
    assert row["line"] == f"rail/{LINE}"
    assert row["on_tracks_percent"] == 100
    assert row["tracks_km"] == pytest.approx(12, abs=1)
    assert {path: path.read_bytes() for path in geodata.rglob("*") if path.is_file()} == before


def test_a_line_without_tracks_stays_as_it_is(corridors, geodata):
    ran = corridors("refine", LINE, "--tracks", geojson(geodata.parent, AWAY), *OWNED)
    assert (ran.code, ran.out) == (1, "")
    assert LINE in ran.err
    assert not (geodata / "alignments" / f"rail-{LINE}.geojson").exists()


def test_railways_of_openstreetmap_are_those_of_the_gauge_and_have_their_licence(geodata):
    pytest.importorskip("osmium")
    facts, folder = load_facts(geodata), geodata.parent
    gauge = int(facts.by_id("rail_lines")[LINE]["gauge_mm"])
    other = {1435: 1520, 1520: 1435}[gauge]
    for found, expected in ((gauge, True), (other, False)):
        files = TrackFiles([osm(folder, (found, TRACK), (other, AWAY))])
        ((line,), _) = refine_lines([LINE], facts, files)
        assert bool(line.aligned.legs) is expected
        assert files.origin("rail").licence == "ODbL-1.0"


def test_a_line_is_found_by_its_id_or_a_name_in_any_language(geodata, tracks):
    facts = load_facts(geodata)
    row = facts.by_id("rail_lines")[LINE]
    for name in (LINE, f"rail/{LINE}", row["name_en"].upper(), row["name_zh"], row["name_ru"]):
        ((line,), _) = refine_lines([name], facts, TrackFiles([tracks]))
        assert line.aligned.line == LINE


@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_a_picture_shows_the_line_before_and_after(corridors, geodata, tracks, suffix):
    picture = geodata.parent / f"change.{suffix}"
    ran = corridors("refine", LINE, "--tracks", tracks, "--dry-run", "--picture", picture, "--lang", "nl")
    assert ran.code == 0
    content = picture.read_bytes()
    assert {"svg": b"<svg", "png": b"\x89PNG"}[suffix] in content[:300]
    again = geodata.parent / f"again.{suffix}"
    corridors("refine", LINE, "--tracks", tracks, "--dry-run", "--picture", again, "--lang", "nl")
    assert again.read_bytes() == content


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["no-such-line"], 2, "use one of"),
        ([LINE], 2, "--licence"),
        ([LINE, *OWNED, "--picture", "change.gif"], 2, "gif"),
    ],
)
def test_what_cannot_be_done_is_told_with_its_remedy(corridors, tracks, words, code, said):
    ran = corridors("refine", *words, "--tracks", tracks)
    assert ran.code == code
    assert said in ran.err


def test_a_file_without_lines_is_told(geodata):
    path = geodata.parent / "points.csv"
    path.write_text("id,lon,lat\na,70,45\n", encoding="utf-8")
    with pytest.raises(InputError, match="no lines"):
        refine_lines([LINE], load_facts(geodata), TrackFiles([path]))
    with pytest.raises(UsageError, match="cn-longhai"):
        refine_lines(["cn-longha"], load_facts(geodata), TrackFiles([path]))


def test_every_word_of_the_picture_stands_in_every_language():
    for language in LANGUAGES:
        assert re.search(r"\{0\}", messages(language)["refine.title"])


@pytest.mark.skipif(not TURKMENISTAN.exists(), reason="needs the tracks of Turkmenistan")
def test_real_tracks_fit_a_published_length(loaded):
    ((line,), _) = refine_lines(["tm-mary-serhetabat"], loaded.facts, TrackFiles([TURKMENISTAN]))
    assert line.row["on_tracks_percent"] == 100
    assert abs(line.row["differs_percent"]) < 1
    assert line.row["left_out_km"] < 0.6
