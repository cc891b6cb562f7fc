"""Firefox without a window, driven over WebDriver BiDi, which it speaks by itself (https://w3c.github.io/webdriver-bidi)."""

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

from websockets.sync.client import ClientConnection, connect

ADDRESS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
WAIT_S = 120  # an answer that takes longer never comes, on a busy machine too
EVENTS = ["log.entryAdded", "network.beforeRequestSent"]
READY = """new Promise((done) => {
    const root = document.documentElement;
    const look = () => (root.dataset.ready ? done(root.dataset.ready) : setTimeout(look, 50));
    look();
})"""


class Firefox:
    """One window: pages opened from disk, with the errors that they log and the addresses that they ask for."""

    def __init__(self, connection: ClientConnection):
        self.connection = connection
        self.count = 0
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.call("session.new", capabilities={})
        self.call("session.subscribe", events=EVENTS)
        self.window = self.call("browsingContext.getTree")["contexts"][0]["context"]

    def call(self, method: str, **params: object) -> dict[str, Any]:
        """Send a command and return its result. Events that come meanwhile are kept."""
        self.count += 1
        self.connection.send(json.dumps({"id": self.count, "method": method, "params": params}))
        while True:
            answer = json.loads(self.connection.recv(timeout=WAIT_S))
            if answer["type"] == "event":
                self.keep(**answer)
            elif answer.get("id") == self.count:
                assert answer["type"] == "success", answer
                result: dict[str, Any] = answer["result"]
                return result

    def keep(self, method: str, params: dict[str, Any], **_: object) -> None:
        if method == "log.entryAdded" and params["level"] in {"error", "warn"}:
            self.errors.append(params["text"])
        if method == "network.beforeRequestSent" and params["navigation"] is None:
            url = params["request"]["url"]
            self.requests += [] if url.startswith("data:") else [url]

    def open(self, path: Path, fragment: str = "", size: tuple[int, int] = (1280, 800)) -> None:
        """Open a page in a window of a size in pixels, and wait until it has loaded."""
        self.errors.clear()
        self.requests.clear()
        width, height = size
        self.call("browsingContext.setViewport", context=self.window, viewport={"width": width, "height": height})
        # A page that differs from the one before only in its fragment would not be loaded.
        self.call("browsingContext.navigate", context=self.window, url="about:blank", wait="complete")
        url = path.as_uri() + (f"#{fragment}" if fragment else "")
        self.call("browsingContext.navigate", context=self.window, url=url, wait="complete")

    def open_map(self, path: Path, fragment: str = "", size: tuple[int, int] = (1280, 800)) -> None:
        """The same, and wait until the map answers."""
        self.open(path, fragment, size)
        assert self.evaluate(READY) == "true"

    def evaluate(self, script: str) -> Any:
        """The value of an expression of JavaScript, or of the promise that it gives."""
        asked = f"Promise.resolve({script}).then((value) => JSON.stringify(value ?? null))"
        target = {"context": self.window}
        answer = self.call("script.evaluate", expression=asked, awaitPromise=True, target=target)
        assert answer["type"] == "success", answer
        return json.loads(answer["result"]["value"])


@contextmanager
def started(program: str, profile: Path) -> Iterator[Firefox]:
    """Start Firefox with a profile of its own, and stop it."""
    options = ["--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    with subprocess.Popen([program, *options], stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            said = next(filter(None, map(ADDRESS.search, process.stderr)), None)
            assert said, "Firefox ended before it could be asked"
            Thread(target=process.stderr.read, daemon=True).start()  # a full pipe would stop it
            with connect(f"{said[1]}/session", max_size=None, open_timeout=WAIT_S) as connection:
                yield Firefox(connection)
        finally:
            process.kill()
