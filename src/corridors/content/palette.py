"""The colours of both themes, for pages and print, and a class's colour in each theme."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, get_args

from corridors.content.style import BLUE, CRIMSON, GREY, ORANGE, PINK, SEA, TURQUOISE

Theme = Literal["light", "dark"]
Channels = tuple[float, float, float]

COLORS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "sea": ("#e4ebef", "#14181c"),
        "land": ("#f7f5f0", "#20262b"),
        "lake": ("#d6e2e9", "#182027"),
        "river": ("#cbdbe4", "#2a3740"),
        "border": ("#c4beb2", "#47505a"),
        "casing": ("#fff", "#20262b"),
        "paper": ("#fdfcf9", "#1a1f23"),
        "text": ("#26241f", "#ece8df"),
        "muted": ("#625d53", "#aca79c"),
        "line": ("#ddd8cd", "#363d43"),
        "edge": ("#8a8477", "#7a858f"),
        "tint": ("#f1eee6", "#262c31"),
        "accent": ("#0b5c8a", "#7cc0ea"),
        "focus": ("#0b5c8a", "#9ad0f2"),
        "standard": (BLUE, "#56b0e6"),
        "broad": (ORANGE, "#f08a3c"),
        "road": (GREY, "#979797"),
        "ship": (SEA, "#6196b7"),
        "plane": (PINK, "#d4679d"),
        "halo": ("#ffd166", "#a0740a"),
        "picked": ("#111", "#fff"),
        "bar": ("#5b6b75", "#9fb0bb"),
        "mirror": ("#b58a3c", "#d9b36a"),
        "gain": (TURQUOISE, "#4fc0b2"),
        "loss": (CRIMSON, "#e58aa4"),
        "confirmed": ("#1b5e3f", "#7fc9a3"),
        "contradicted": ("#7a1717", "#f0a3a0"),
        "stripe": ("#f8dcd6", "#4a2a2a"),
    },
)
"""Each colour in the light and in the dark theme, by its name in the style sheets."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of a theme: ground, ink, and the colours that print needs besides those of classes."""

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
    mirror: str
    gain: str
    loss: str
    standard: str
    broad: str


IN_PAGE: Mapping[str, str] = {"ink": "text", "quiet": "muted", "grid": "line"}
"""The names of colours in the style sheets, if they differ."""

THEMES: tuple[Theme, ...] = get_args(Theme)


@cache
def palette(theme: Theme) -> Palette:
    """The colours of a theme."""
    nth = THEMES.index(theme)
    return Palette(**{name: COLORS[IN_PAGE.get(name, name)][nth] for name in Palette.__slots__})


def palette_css(themes: Iterable[Theme] = THEMES) -> str:
    """The colours as variables of a style sheet. For the dark theme, only those that differ from the light theme."""
    return "".join(_css(theme) for theme in themes)


def preferred_css(rules: str = "") -> str:
    """The same for pages without a choice of theme: on a screen, in the one that the reader's system prefers.

    ``rules`` are further rules of the dark theme.
    """
    return f"{_css('light')}@media screen and (prefers-color-scheme:dark){{{_css('dark', ':root')}{rules}}}\n"


def _css(theme: Theme, root: str = "") -> str:
    """The variables of one theme."""
    dark = theme == "dark"
    colors = "".join(f"--{name}:{pair[dark]};" for name, pair in COLORS.items() if not dark or pair[0] != pair[1])
    return f"{root or (':root[data-theme=dark]' if dark else ':root')}{{color-scheme:{theme};{colors}}}\n"


def in_dark(color: str, *, area: bool = False) -> str:
    """A colour of the light theme in the dark one: of the palette if it has it, else as of a class."""
    return dict(COLORS.values()).get(color) or themed(color, "dark", area=area)


def themed(color: str, theme: Theme, *, area: bool = False) -> str:
    """A colour of the light theme in another theme, for lines, points and areas of every class.

    In the dark theme, a line or a symbol is made lighter until its contrast with the land is that of the light theme.
    The steps of an area's hue keep their order: the strongest becomes the lightest.
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


def faded(color: str, ground: str, opacity: float) -> str:
    """A colour as it is seen with an opacity on a ground."""
    return _hex(_mix(_channels(ground), _channels(color), opacity))


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
    """A mixture of two colours; ``share`` is that of the second."""
    red, green, blue = (one + (two - one) * share for one, two in zip(base, other, strict=True))
    return red, green, blue


def _hex(channels: Channels) -> str:
    """A colour as ``#rrggbb``."""
    return "#" + "".join(f"{min(255, int(value + 0.5)):02x}" for value in channels)
