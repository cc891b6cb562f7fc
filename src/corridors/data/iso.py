"""Country codes: ISO 3166-1 alpha-3 and alpha-2, from the Unicode CLDR in Babel."""

from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType

from babel import Locale
from babel.core import get_global

_TERRITORIES = Locale("en").territories
_ALIASES = get_global("territory_aliases")
_WITHDRAWN = frozenset({"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"})
"""Former codes that CLDR still maps to exactly one territory of today."""

ALPHA2: Mapping[str, str] = MappingProxyType(
    {
        code: targets[0]
        for code, targets in sorted(_ALIASES.items())
        if code.isalpha() and len(code) == len("CHN") and len(targets) == 1 and code not in _WITHDRAWN
        if targets[0] in _TERRITORIES
    },
)
"""Alpha-2 code by alpha-3 code."""

ALPHA3: Mapping[str, str] = MappingProxyType({alpha2: alpha3 for alpha3, alpha2 in ALPHA2.items()})
"""Alpha-3 code by alpha-2 code."""

_OWN_NAMES = {("KGZ", "ru"): "Кыргызстан"}
"""Names by alpha-3 code and language that the United Nations and the country itself use, where CLDR has another one."""


def alpha3_of_number(number: str) -> str | None:
    """The alpha-3 code of a numeric code (three digits), or None if there is none."""
    targets = _ALIASES.get(number, [])
    return ALPHA3.get(targets[0]) if len(targets) == 1 else None


def alpha3_like(text: str) -> str:
    """The alpha-3 code that ``text`` most likely means: KAZ for KZ, Kaz or Kazakhstan."""
    wanted = text.strip().upper()
    if wanted in ALPHA3:
        return ALPHA3[wanted]
    names = {name.upper(): code for code, name in _TERRITORIES.items() if code in ALPHA3}
    for candidates in (ALPHA2, names):
        close = get_close_matches(wanted, candidates, n=1)
        if close:
            return close[0] if close[0] in ALPHA2 else ALPHA3[names[close[0]]]
    return "KAZ"


def country_name(alpha3: str, language: str) -> str:
    """The name of a country in a language, after CLDR but for `_OWN_NAMES`; the code itself if there is no name."""
    own = _OWN_NAMES.get((alpha3, language))
    return own or str(Locale(language).territories.get(ALPHA2.get(alpha3, ""), alpha3))
