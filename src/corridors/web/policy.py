"""The files that pages are made of, and the policy that allows only these."""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

ASSETS = files(__package__) / "assets"


@cache
def asset(name: str) -> str:
    """The text of an asset."""
    return (ASSETS / name).read_text(encoding="utf-8").strip()


def policy_of(
    *, scripts: Sequence[str], styles: Sequence[str], image_hosts: Sequence[str] = (), workers: bool = False
) -> str:
    """The Content-Security-Policy of a page: it allows only the scripts and styles written in it, by their hash.

    A page with ``workers`` may start one from a text of its own. No other page or file can be its source.
    """
    admitted = [" ".join(_hash(text) for text in texts) for texts in (scripts, styles)]
    images = " ".join(["data:", *image_hosts])
    return (
        f"default-src 'none'; script-src {admitted[0]}; style-src {admitted[1]}; img-src {images}; "
        f"{'worker-src blob:; ' if workers else ''}base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    """The source expression that allows exactly this script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
