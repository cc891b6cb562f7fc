"""Map tiles, which a page loads only if its author asked for them: the layer, and the servers that it allows."""

import re
from difflib import get_close_matches
from urllib.parse import urlsplit

import folium
import xyzservices

from corridors.errors import UsageError
from corridors.locales import message

TEMPLATE = "https://tile.example.org/{z}/{x}/{y}.png"
OSM = "openstreetmap"
"""A name that folium knows in addition to those of xyzservices."""

_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?", re.IGNORECASE)


def opted_in_tiles(tiles: str, attribution: str | None) -> folium.TileLayer:
    """Return the layer of tiles for a map.

    Parameters
    ----------
    tiles
        A URL template such as `https://tile.example.org/{z}/{x}/{y}.png`, or the name of a provider that the
        xyzservices package knows, such as "OpenStreetMap".
    attribution
        The credit that the provider requires. Known providers have their own.

    Raises
    ------
    UsageError
        If the text is neither, names no server, comes without an attribution, or needs a key.
    """
    shown = repr(tiles)
    if "{z}" in tiles:
        if not attribution:
            raise UsageError(message("error.tiles.credit", shown))
    else:
        _refuse_unusable_provider(tiles)
    layer = folium.TileLayer(tiles, attr=attribution)
    if not origins_of(str(layer.tiles), layer.options.get("subdomains", "abc")):
        raise UsageError(message("error.tiles.server", shown, TEMPLATE))
    return layer


def _refuse_unusable_provider(name: str) -> None:
    """Raise if no provider has this name, or its tiles need a key."""
    try:
        provider = xyzservices.providers.query_name("OpenStreetMap Mapnik" if name.lower() == OSM else name)
    except ValueError as error:
        close = get_close_matches(name, xyzservices.providers.flatten(), n=1)
        meant = message("error.meant", close[0]) if close else ""
        raise UsageError(message("error.tiles.unknown", repr(name), TEMPLATE, meant)) from error
    if provider.requires_token():
        raise UsageError(message("error.tiles.key", repr(name), TEMPLATE))


def origins_of(url: str, subdomains: object) -> tuple[str, ...]:
    """Return the origins (`https://host`) of a tile URL template, one per subdomain, sorted.

    Empty if the template names no server. Then a policy cannot allow it.
    """
    # Leaflet replaces a placeholder by any option of that name. Only {s} is certain to belong in a host.
    prefix, found, _ = url.partition("//")
    host = url[len(prefix) + 2 :].partition("/")[0] if found else ""
    names = subdomains if isinstance(subdomains, list | tuple) else str(subdomains)
    hosts = {host.replace("{s}", str(name)) for name in names} if "{s}" in host else {host}
    if urlsplit(prefix).scheme not in ("http", "https") or not all(_HOST.fullmatch(name) for name in hosts):
        return ()
    return tuple(sorted(f"{prefix}//{name}" for name in hosts))
