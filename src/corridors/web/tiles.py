"""Map tiles, which a page loads only when its maker asked for them: the layer, and the servers that it opens."""

import re
from urllib.parse import urlsplit

import folium

from corridors.errors import UsageError

_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?", re.IGNORECASE)


def opted_in_tiles(tiles: str, attribution: str | None) -> folium.TileLayer:
    """Return the layer of tiles that a map was asked to load.

    Parameters
    ----------
    tiles
        A URL template such as `https://tile.example.org/{z}/{x}/{y}.png`, or the name of a provider that the
        xyzservices package knows, such as "OpenStreetMap".
    attribution
        The credit that the provider asks for; known providers bring their own.

    Raises
    ------
    UsageError
        Where the text is neither, or a URL template comes without an attribution.
    """
    is_template = "{z}" in tiles
    if is_template and not attribution:
        raise UsageError(f"Tiles from {tiles} need a credit. Name who made them: CorridorMap(tiles=…, attribution=…).")
    try:
        layer = folium.TileLayer(tiles, attr=attribution)
    except ValueError as problem:  # an unknown name, or a provider that wants a key
        message = f'No tiles "{tiles}": {problem} Give a URL template with {{z}}, {{x}} and {{y}}.'
        raise UsageError(message) from problem
    if "{z}" not in str(layer.tiles):
        raise UsageError(f'"{tiles}" is neither a known tile provider nor a URL template with {{z}}, {{x}} and {{y}}.')
    if not tile_origins(str(layer.tiles), layer.options.get("subdomains", "abc")):
        raise UsageError(f"Tiles must come from a named http or https server, which {tiles} does not name.")
    return layer


def tile_origins(url: str, subdomains: object) -> tuple[str, ...]:
    """Return the origins (`https://host`) that a tile URL template loads from, one a subdomain, sorted.

    Empty where the template names no server: then a policy cannot admit it.
    """
    # Leaflet puts any option of that name in the place of a placeholder; only {s} is known to belong in a host.
    prefix, found, _ = url.partition("//")
    host = url[len(prefix) + 2 :].partition("/")[0] if found else ""
    names = subdomains if isinstance(subdomains, list | tuple) else str(subdomains)
    hosts = {host.replace("{s}", str(name)) for name in names} if "{s}" in host else {host}
    if urlsplit(prefix).scheme not in ("http", "https") or not all(_HOST.fullmatch(name) for name in hosts):
        return ()
    return tuple(sorted(f"{prefix}//{name}" for name in hosts))
