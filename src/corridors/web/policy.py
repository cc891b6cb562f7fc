"""Pages without a map: their assets, and the policy that admits just these."""

import base64
import hashlib

from corridors.web.page import ASSETS


def asset(name: str) -> str:
    """The text of an asset."""
    return (ASSETS / name).read_text(encoding="utf-8").strip()


def policy_of(*, script: str, style: str) -> str:
    """The Content-Security-Policy of a page that has one script and one style, both written in it."""
    return (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )


def _hash(text: str) -> str:
    """The source expression that admits just this script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
