"""Downloads against a server on loopback that fails in every way, and the cache that holds what arrived."""

import hashlib
import json
import threading
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from corridors.data.catalog import Download, load_catalog
from corridors.data.downloads import FOLDER, Cache, cache_folder
from corridors.data.http_file import MOST_REDIRECTS, Patience, onward
from corridors.data.toml_file import DeclarationError
from corridors.errors import FileError

BODY = bytes(range(256)) * 400
OTHER = BODY[::-1]
DATED = {"Last-Modified": "Wed, 01 Jan 2025 00:00:00 GMT"}
TAG = {"ETag": '"1"'}


class Server:
    """A server whose answers are a list: the next for each request. It notes the headers of all requests."""

    def __init__(self):
        self.answers = []
        self.asked = []
        self.released = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                outer.asked.append(dict(self.headers))
                outer.answers.pop(0)(self)

            def log_message(self, *_):
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def close(self):
        self.released.set()
        self._http.shutdown()
        self._http.server_close()


def answers(status=200, body=b"", length=None, **headers):
    """An answer with a body, and a length that may be another."""

    def give(handler):
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body) if length is None else length), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return give


def whole(body=BODY, **headers):
    return answers(200, body, **headers)


def rest(start, body=BODY, **headers):
    """The rest of a body, as a server sends it that knows ranges."""
    extent = f"bytes {start}-{len(body) - 1}/{len(body)}"
    return answers(206, body[start:], **{"Content-Range": extent, **headers})


def cut(size, body=BODY, **headers):
    """An answer that breaks off after so many bytes."""
    return answers(200, body[:size], length=len(body), **headers)


def to(location, status=302):
    return answers(status, Location=location)


@pytest.fixture
def server():
    running = Server()
    yield running
    running.close()


@pytest.fixture
def waits():
    """The seconds that were waited between tries; no time passes."""
    return []


@pytest.fixture
def cache(tmp_path, waits):
    return Cache(tmp_path / "cache", patience=Patience(wait=waits.append), day=lambda: date(2025, 6, 17))


@pytest.fixture
def download(server):
    """A file with a date rule."""
    return Download(
        name="lines", title="Lines", producer="Somebody", licence="CC BY 4.0", credit="Somebody",
        url=f"{server.url}/lines.osm.pbf", at_most_mb=1, fresh_days=30,
    )  # fmt: skip


@pytest.fixture
def checked(download):
    """The same file with a checksum."""
    return replace(download, fresh_days=None, sha256=hashlib.sha256(BODY).hexdigest())


def files(cache):
    """Names in the cache, without the lock."""
    found = cache.folder.iterdir() if cache.folder.exists() else ()
    return sorted(path.name for path in found if path.suffix != ".lock")


def fails(cache, download, *named):
    with pytest.raises(FileError) as error:
        cache.fetch(download)
    for language in ("en", "nl", "zh", "ru"):
        text = error.value.text(language)
        for word in ("lines", *named):
            assert word in text
    return str(error.value)


# --- what arrives -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", ["download", "checked"])
def test_a_file_is_fetched_once_and_named_after_its_source(request, cache, server, rule):
    one = request.getfixturevalue(rule)
    server.answers = [whole()]
    told = []
    assert cache.copy(one).state == "absent"
    path = cache.fetch(one, lambda *sizes: told.append(sizes))
    assert cache.fetch(one) == path == cache.folder / "lines.osm.pbf"
    assert path.read_bytes() == BODY
    assert files(cache) == ["lines.osm.pbf", "lines.osm.pbf.json"]
    assert told[0] == (0, len(BODY))
    assert told[-1] == (len(BODY), len(BODY))
    copy = cache.copy(one)
    assert (copy.state, copy.size, copy.fetched) == ("cached", len(BODY), "2025-06-17")
    assert server.asked[0]["Accept-Encoding"] == "identity"


def test_a_file_without_a_length_is_whole_when_the_server_closes(cache, server, download):
    def give(handler):
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(BODY)

    server.answers = [give]
    assert cache.fetch(download).read_bytes() == BODY


def test_a_copy_that_was_changed_is_fetched_again(cache, server, checked):
    server.answers = [whole(), whole()]
    cache.fetch(checked).write_bytes(OTHER)
    assert cache.fetch(checked).read_bytes() == BODY


# --- renewed by date --------------------------------------------------------------------------------------------------


def at(cache, day):
    return Cache(cache.folder, patience=Patience(tries=1), day=lambda: date.fromisoformat(day))


@pytest.mark.parametrize(("given", "asked"), [(TAG, "If-None-Match"), (DATED, "If-Modified-Since")])
def test_an_old_copy_is_kept_if_the_server_has_no_other(cache, server, download, given, asked):
    server.answers = [whole(**given), answers(304, length=0)]
    cache.fetch(download)
    assert at(cache, "2025-07-17").copy(download).state == "cached"
    later = at(cache, "2025-07-18")
    assert later.copy(download).state == "stale"
    assert later.fetch(download).read_bytes() == BODY
    assert server.asked[1][asked] == next(iter(given.values()))
    assert later.copy(download).fetched == "2025-07-18"


def test_an_old_copy_is_replaced_by_a_newer_one(cache, server, download):
    server.answers = [whole(**TAG), whole(OTHER, ETag='"2"')]
    cache.fetch(download)
    assert at(cache, "2026-01-01").fetch(download).read_bytes() == OTHER


def test_an_old_copy_stays_if_there_is_no_newer_one_to_be_had(cache, server, download):
    server.answers = [whole(**TAG), answers(404)]
    path = cache.fetch(download)
    later = at(cache, "2026-01-01")
    fails(later, download, "404")
    assert path.read_bytes() == BODY
    assert later.copy(download).state == "stale"


def test_a_copy_from_another_address_is_out_of_date(cache, server, download):
    server.answers = [whole(**TAG), whole(OTHER)]
    cache.fetch(download)
    moved = replace(download, url=f"{server.url}/new/lines.osm.pbf")
    assert cache.copy(moved).state == "stale"
    assert cache.fetch(moved).read_bytes() == OTHER
    assert "If-None-Match" not in server.asked[1]


# --- tried again, and continued ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_server_that_is_unwell_is_asked_again_after_growing_waits(cache, server, download, waits, status):
    server.answers = [answers(status), answers(status), answers(status), whole()]
    assert cache.fetch(download).read_bytes() == BODY
    assert waits == [1, 2, 4]


def test_a_server_that_says_when_is_asked_then_but_not_in_an_hour(cache, server, download, waits):
    server.answers = [answers(503, Retry_After="7"), answers(503, Retry_After="3600"), whole()]
    cache.fetch(download)
    assert waits == [7, 60]


def test_tries_end(cache, server, download, waits):
    server.answers = [answers(503)] * 6
    fails(cache, download, download.url, "503")
    assert len(server.asked) == 5
    assert waits == [1, 2, 4, 8]


@pytest.mark.parametrize("status", [400, 403, 404, 410])
def test_a_refusal_is_final(cache, server, download, waits, status):
    server.answers = [answers(status)]
    fails(cache, download, str(status))
    assert waits == []
    assert files(cache) == []


@pytest.mark.parametrize(("given", "held"), [(TAG, '"1"'), (DATED, DATED["Last-Modified"])])
def test_a_file_that_was_cut_off_is_continued(cache, server, checked, given, held):
    server.answers = [cut(40_000, **given), rest(40_000, **given)]
    assert cache.fetch(checked).read_bytes() == BODY
    assert server.asked[1]["Range"] == "bytes=40000-"
    assert server.asked[1]["If-Range"] == held


def test_a_chunked_file_that_was_cut_off_is_continued(cache, server, checked):
    def give(handler):
        handler.protocol_version = "HTTP/1.1"
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.send_header("ETag", '"1"')
        handler.end_headers()
        handler.wfile.write(b"3e8\r\n" + BODY[:1000] + b"\r\n3e8\r\n" + BODY[1000:1500])
        handler.close_connection = True

    server.answers = [give, rest(1500, **TAG)]
    assert cache.fetch(checked).read_bytes() == BODY


@pytest.mark.parametrize("given", [{}, {"ETag": 'W/"1"'}, {"Last-Modified": "Fri, 01 Jan 2100 00:00:00 GMT"}])
def test_what_cannot_be_told_apart_is_not_continued(cache, server, checked, given):
    """A weak tag, or a date that is not past, may be the same for other bytes."""
    server.answers = [cut(40_000, **given), whole(**given)]
    assert cache.fetch(checked).read_bytes() == BODY
    assert "Range" not in server.asked[1]


def test_a_server_that_ignores_ranges_sends_all_anew(cache, server, checked):
    server.answers = [cut(40_000, **TAG), whole(**TAG)]
    assert cache.fetch(checked).read_bytes() == BODY
    assert "Range" in server.asked[1]


def test_a_file_that_changed_between_tries_is_not_glued_together(cache, server, download):
    server.answers = [cut(40_000, OTHER, **TAG), whole(ETag='"2"')]
    assert cache.fetch(download).read_bytes() == BODY


@pytest.mark.parametrize(
    "wrong",
    [
        answers(416),
        rest(50_000),
        answers(206, BODY[40_000:]),
        answers(206, BODY[40_000:], Content_Range="bytes 40000-/x"),
    ],
)
def test_a_part_that_the_server_cannot_continue_is_started_anew(cache, server, checked, wrong):
    server.answers = [cut(40_000, **TAG), wrong, whole()]
    assert cache.fetch(checked).read_bytes() == BODY
    assert "Range" not in server.asked[2]


def test_a_range_that_was_not_asked_for_is_not_believed(cache, server, checked):
    server.answers = [rest(0), whole()]
    assert cache.fetch(checked).read_bytes() == BODY


def test_the_next_run_continues_where_the_last_one_failed(cache, server, checked):
    server.answers = [cut(40_000, **TAG), *[answers(500)] * 4]
    fails(cache, checked, "500")
    copy = cache.copy(checked)
    assert (copy.state, copy.size) == ("partial", 40_000)
    assert not copy.path.exists()
    server.answers = [rest(40_000, **TAG)]
    assert cache.fetch(checked).read_bytes() == BODY
    assert server.asked[-1]["Range"] == "bytes=40000-"
    assert files(cache) == ["lines.osm.pbf", "lines.osm.pbf.json"]


def test_a_part_of_another_address_is_not_continued(cache, server, download):
    server.answers = [cut(40_000, **TAG), *[answers(500)] * 4, whole(OTHER)]
    fails(cache, download)
    moved = replace(download, url=f"{server.url}/new/lines.osm.pbf")
    assert cache.copy(moved).state == "absent"
    assert cache.fetch(moved).read_bytes() == OTHER
    assert "Range" not in server.asked[-1]


def test_an_interruption_leaves_the_part_and_no_file(cache, server, checked):
    def interrupt(received, _):
        if received:
            raise KeyboardInterrupt

    server.answers = [cut(40_000, **TAG), rest(40_000, **TAG)]
    with pytest.raises(KeyboardInterrupt):
        cache.fetch(checked, interrupt)
    assert files(cache) == ["lines.osm.pbf.part", "lines.osm.pbf.part.json"]
    received = cache.copy(checked).size
    assert received > 0
    server.answers = [rest(received, **TAG)]
    assert cache.fetch(checked).read_bytes() == BODY


def test_a_silent_server_is_left_after_a_while(tmp_path, server, download, waits):
    def silent(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(BODY)))
        handler.send_header("ETag", '"1"')
        handler.end_headers()
        handler.wfile.write(BODY[:1000])
        server.released.wait()

    cache = Cache(tmp_path, patience=Patience(tries=2, read_s=1, wait=waits.append))
    server.answers = [silent, lambda _: server.released.wait()]
    fails(cache, download, download.url)
    assert waits == [1]
    assert cache.copy(download).size == 1000


def test_a_server_that_is_not_there(cache, download, waits):
    fails(cache, replace(download, url="http://127.0.0.1:9/lines"), "127.0.0.1:9")
    assert len(waits) == 4


# --- lies -------------------------------------------------------------------------------------------------------------


def test_a_length_that_is_too_long_is_no_whole_file(cache, server, download):
    server.answers = [answers(200, BODY, length=len(BODY) + 1) for _ in range(5)]
    fails(cache, download, download.url)
    assert not cache.copy(download).path.exists()


def test_a_length_that_is_too_short_is_found_by_the_checksum(cache, server, checked):
    server.answers = [answers(200, BODY, length=len(BODY) - 1)]
    fails(cache, checked, "SHA-256")
    assert files(cache) == []


def test_a_wrong_checksum_leaves_nothing(cache, server, checked):
    server.answers = [whole(OTHER)]
    assert "sha256 in catalog.toml" in fails(cache, checked, "SHA-256", checked.url)
    assert files(cache) == []


@pytest.mark.parametrize("said", [True, False])
def test_a_file_that_is_larger_than_declared_is_refused(cache, server, download, said):
    def give(handler):
        handler.send_response(200)
        if said:
            handler.send_header("Content-Length", "1000001")
        handler.end_headers()
        with no_reader():
            handler.wfile.write(b"\0" * 1_000_001)

    server.answers = [give]
    fails(cache, download, "at_most_mb")
    assert files(cache) == []


@contextmanager
def no_reader():
    """The reader goes away before all is written."""
    with suppress(BrokenPipeError, ConnectionResetError):
        yield


def test_a_packed_answer_is_refused(cache, server, download):
    server.answers = [whole(Content_Encoding="gzip")]
    fails(cache, download, "gzip")
    assert files(cache) == []


# --- redirections -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirections_are_followed(cache, server, download, status):
    server.answers = [to("/a", status), to(f"{server.url}/b", status), whole()]
    assert cache.fetch(download).read_bytes() == BODY


def test_redirections_in_a_circle_end(cache, server, download):
    server.answers = [to("/lines.osm.pbf")] * 20
    fails(cache, download, str(MOST_REDIRECTS))
    assert len(server.asked) == MOST_REDIRECTS + 1


@pytest.mark.parametrize("target", ["file:///etc/hostname", "ftp://127.0.0.1/x", "data:,x", "javascript:1"])
def test_another_kind_of_address_is_not_followed(cache, server, download, target):
    server.answers = [to(target)]
    fails(cache, download, target)
    assert files(cache) == []


def test_a_safe_connection_is_not_left_for_an_open_one():
    assert onward("lines", "http://a.example/x", "https://b.example/y") == "https://b.example/y"
    assert onward("lines", "https://a.example/x", "/y") == "https://a.example/y"
    with pytest.raises(FileError, match="never from https to http"):
        onward("lines", "https://a.example/x", "http://a.example/x")


# --- folders ----------------------------------------------------------------------------------------------------------


def test_the_cache_folder_is_the_given_one_or_that_of_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv(FOLDER, str(tmp_path / "env"))
    assert cache_folder() == tmp_path / "env"
    assert cache_folder(tmp_path / "given") == tmp_path / "given"
    monkeypatch.delenv(FOLDER)
    assert cache_folder().name == "corridors"


def test_two_runs_do_not_write_into_one_part(cache, server, download):
    def again(received, _):
        if received == 0:
            fails(cache, download)

    server.answers = [whole(), whole()]
    assert cache.fetch(download, again).read_bytes() == BODY
    assert len(server.asked) == 1


def test_a_cache_that_cannot_be_made_is_an_error(tmp_path, server, download):
    (tmp_path / "file").write_text("")
    server.answers = [whole()]
    fails(Cache(tmp_path / "file" / "cache"), replace(download, name="lines"), "cache")


@pytest.mark.parametrize("note", ["", "{}", "[]", '{"version": {"url": 1}, "fetched": "x", "size": 1, "sha256": ""}'])
def test_a_note_that_cannot_be_read_is_no_copy(cache, server, download, note):
    server.answers = [whole(), whole()]
    path = cache.fetch(download)
    path.with_name(f"{path.name}.json").write_text(note)
    assert cache.copy(download).state == "absent"
    assert cache.fetch(download).read_bytes() == BODY


# --- the declaration and the command ----------------------------------------------------------------------------------


def test_every_download_has_a_licence_and_a_safe_address(repo):
    downloads = load_catalog(repo / "geodata").downloads
    assert downloads
    for name, one in downloads.items():
        assert one.url.startswith("https://"), name
        assert one.licence
        assert one.credit


def declare(geodata, server, **changed):
    """Declare a download in a catalogue in place of all others."""
    keys = {
        "title": "Lines", "producer": "P", "licence": "CC BY 4.0", "credit": "P", "url": f"{server.url}/lines.geojson",
        "at_most_mb": 1, "fresh_days": 30,
    } | changed  # fmt: skip
    text = (geodata / "catalog.toml").read_text(encoding="utf-8").partition("[downloads.")[0]
    lines = [f"{key} = {json.dumps(value)}" for key, value in keys.items() if value is not None]
    (geodata / "catalog.toml").write_text("\n".join([text, "[downloads.lines]", *lines]) + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"fresh_days": None}, "either sha256 or fresh_days"),
        ({"sha256": "a" * 64}, "either sha256 or fresh_days"),
        ({"sha256": "A" * 64, "fresh_days": None}, "SHA-256"),
        ({"url": "file:///etc/hostname"}, "file:///etc/hostname"),
        ({"url": ""}, "url"),
        ({"at_most_mb": 0}, "at_most_mb"),
        ({"fresh_days": 0}, "fresh_days"),
        ({"licence": ""}, "licence"),
    ],
)
def test_a_download_that_is_not_declared_well_is_a_fault(geodata, server, changed, named):
    declare(geodata, server, **changed)
    with pytest.raises(DeclarationError, match=r"downloads\.lines") as error:
        load_catalog(geodata)
    assert named in str(error.value)


def test_the_command_lists_and_fetches(geodata, server, corridors, tmp_path):
    declare(geodata, server)
    server.answers = [whole(b"{}")]
    cache = tmp_path / "cache"
    before = json.loads(corridors("fetch", "--cache", cache, "--format", "json").out)["downloads"]
    assert [(row["source"], row["state"]) for row in before] == [("lines", "absent")]
    ran = corridors("fetch", "lines", "--cache", cache)
    assert (ran.code, ran.out, ran.err) == (0, f"{cache / 'lines.geojson'}\n", "")
    assert "in de cache" in corridors("fetch", "--cache", cache, "--lang", "nl").out
    assert corridors("fetch", "--all", "--cache", cache).out == ran.out


def test_the_command_says_what_it_does_not_know(geodata, server, corridors, one_message):
    declare(geodata, server)
    one_message(corridors("fetch", "linse"), 2, "'linse'", "Did you mean lines?")
    one_message(corridors("fetch", "lines", "--all"), 2, "--all")
    server.answers = [answers(404)]
    one_message(corridors("fetch", "lines", "--cache", geodata.parent / "c"), 4, "404", server.url)


def test_one_failure_does_not_stop_the_others(geodata, server, corridors, tmp_path):
    declare(geodata, server)
    text = (geodata / "catalog.toml").read_text(encoding="utf-8")
    one = text[text.index("[downloads.lines]") :]
    (geodata / "catalog.toml").write_text(text + one.replace("downloads.lines", "downloads.more"), encoding="utf-8")
    server.answers = [answers(404), whole(b"{}")]
    ran = corridors("fetch", "--all", "--cache", tmp_path / "c")
    assert (ran.code, ran.out) == (4, f"{tmp_path / 'c' / 'more.geojson'}\n")
    assert ran.err.count("\n") == 1
