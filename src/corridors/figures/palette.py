"""Colours on paper: those of the pages, in both themes, so that a colour means the same everywhere."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Theme = Literal["light", "dark"]
Channels = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of a theme: ground, ink and what the drawing needs beside the colours of classes."""

    paper: str
    ink: str
    quiet: str
    grid: str
    land: str
    sea: str
    lake: str
    river: str
    border: str
    halo: str
    casing: str
    accent: str
    bar: str
    gain: str
    loss: str
    standard: str
    broad: str


IN_PAGE: Mapping[str, str] = {"ink": "text", "quiet": "muted", "grid": "line"}
"""What the page's style sheet calls a colour where it has another name for it."""


@cache
def palette(theme: Theme) -> Palette:
    """The colours of a theme, read from the style sheet of the pages, so that paper and page cannot differ."""
    css = (files("corridors.web") / "assets" / "page.css").read_text(encoding="utf-8")
    blocks = re.findall(r"^:root.*?^}", css, re.DOTALL | re.MULTILINE)
    light, dark = (dict(re.findall(r"--([a-z]+): (#[0-9a-f]+)", block)) for block in blocks)
    colors = light if theme == "light" else light | dark
    return Palette(**{name: colors[IN_PAGE.get(name, name)] for name in Palette.__slots__})


def themed(color: str, theme: Theme, *, area: bool = False) -> str:
    """A colour of the light theme as a theme shows it, by the rule of the pages (``themed`` of symbols.ts).

    On dark ground a line or a symbol is lightened until it stands out from the land as it does from light land; the
    steps of an area's hue keep their order when the strongest becomes the lightest.
    """
    if theme == "light":
        return color
    base, ground = _channels(color), _channels(palette("dark").land)
    if area:
        full, share = 210 / max(*base, 1), 0.12 + 0.75 * (1 - _luminance(base))
        return _hex(_mix(ground, tuple(value * full for value in base), share))  # type: ignore[arg-type]
    aim = max(4.5, min(11, contrast(color, palette("light").land)))
    white = (255.0, 255.0, 255.0)
    steps = (_hex(_mix(base, white, step / 20)) for step in range(21))
    return next(mixed for mixed in steps if contrast(mixed, palette("dark").land) >= aim)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21, as WCAG 2 defines it."""
    dark, light = sorted((_luminance(_channels(one)), _luminance(_channels(other))))
    return (light + 0.05) / (dark + 0.05)


def _luminance(channels: Channels) -> float:
    """Relative luminance of a colour, after WCAG 2."""
    red, green, blue = (
        value / 255 / 12.92 if value / 255 <= 0.03928 else ((value / 255 + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(color: str) -> Channels:
    """Red, green and blue of a colour, 0 to 255."""
    digits = color.removeprefix("#")
    if len(digits) == 3:  # noqa: PLR2004 - one digit a channel
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (float(int(digits[at : at + 2], 16)) for at in (0, 2, 4))
    return red, green, blue


def _mix(base: Channels, other: Channels, share: float) -> Channels:
    """A colour with a share of another."""
    red, green, blue = (one + (two - one) * share for one, two in zip(base, other, strict=True))
    return red, green, blue


def _hex(channels: Channels) -> str:
    """A colour as ``#rrggbb``."""
    return "#" + "".join(f"{min(255, int(value + 0.5)):02x}" for value in channels)
