"""Names to places: any name, code or position that somebody types, in any script, becomes nodes of the network."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import geopandas as gpd
import numpy as np

from corridors.data.facts import Facts
from corridors.data.folding import fold, short_name
from corridors.data.tables import AIRPORT_CODES, NAMED
from corridors.errors import UsageError
from corridors.geo.geodesy import distance_km
from corridors.locales import Message, message
from corridors.network.graph import Network, Node

LAYERS = ("cities", "stations", "ports", "airports")
"""Layers whose features can be found by name. If features of several layers share a name, the first layer is used."""

SNAP_KM = 50.0
"""A position stands for the nearest city, station or port within this distance."""

MOST_CANDIDATES = 8
POSITION = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*")


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a route can start, end or pass.

    Attributes
    ----------
    feature
        Its id, ``layer/id``.
    name
        Its name in English.
    nodes
        Ids of its nodes.
    """

    feature: str
    name: str
    nodes: tuple[str, ...]


class Gazetteer:
    """All names and codes of the places of a network."""

    def __init__(self, layers: Mapping[str, gpd.GeoDataFrame], facts: Facts, network: Network) -> None:
        self._network = network
        self._names: dict[str, str] = {}
        self._known: dict[str, list[str]] = defaultdict(list)
        for layer in LAYERS:
            for row in layers[layer].to_dict("records"):
                feature = f"{layer}/{row['id']}"
                if feature not in network.nodes_of:
                    continue
                self._names[feature] = row["name_en"]
                names = [row[f"name_{language}"] for language in NAMED]
                codes = [row["id"], feature, *(row.get(key) for key in AIRPORT_CODES)]
                for name in (*names, *codes):
                    if name:
                        self._add(name, feature)
        for feature, name in facts.further_names():
            if feature in self._names:
                self._add(name, feature)

    def _add(self, name: str, feature: str) -> None:
        """Remember a name, the parts of it around a slash, and the name without its part in brackets."""
        inside = re.findall(r"[(（]([^()（）]*)[)）]", name)
        for text in {name, short_name(name), *inside, *name.split(" / ")}:
            key = fold(text)
            if key and feature not in self._known[key]:
                self._known[key].append(feature)

    def find(self, text: str) -> Place:
        """The place that somebody means.

        Parameters
        ----------
        text
            A name in any of the languages, an id, an ICAO, IATA or UN/LOCODE code, or a position as
            ``longitude,latitude`` in degrees.

        Raises
        ------
        UsageError
            If nothing has that name, or several places have it. The message lists the candidates.
        """
        position = POSITION.fullmatch(text)
        if position:
            return self._nearest(float(position[1]), float(position[2]))
        if text in self._network.nodes_of:
            return self._place(text)
        found = self._known.get(fold(text), [])
        if not found:
            raise UsageError(message("error.place", repr(text), self._suggest(text)))
        for layer in LAYERS:
            of_layer = [feature for feature in found if feature.startswith(f"{layer}/")]
            if len(of_layer) == 1:
                return self._place(of_layer[0])
            if of_layer:
                raise UsageError(message("error.place.several", repr(text), self._suggestion(of_layer)))
        raise UsageError(message("error.place", repr(text), self._suggest(text)))

    def _place(self, feature: str) -> Place:
        """The place of a feature."""
        nodes = tuple(self._network.nodes_of[feature])
        return Place(feature, self._names.get(feature) or self._network.nodes[nodes[0]].name, nodes)

    def _suggestion(self, features: Sequence[str]) -> str:
        """Features as a list for a message."""
        return ", ".join(f"{self._names[feature]} ({feature})" for feature in features[:MOST_CANDIDATES])

    def _suggest(self, text: str) -> Message | str:
        """Places that somebody may have meant, or nothing."""
        key = fold(text)
        starts = [name for name in self._known if key and (name.startswith(key) or key in name.split())]
        close = starts or get_close_matches(key, self._known, n=MOST_CANDIDATES, cutoff=0.7)
        features = list(dict.fromkeys(feature for name in close for feature in self._known[name]))
        return message("error.meant", self._suggestion(features)) if features else ""

    def _nearest(self, lon: float, lat: float) -> Place:
        """The nearest city, station or port to a position in degrees."""
        if abs(lon) > 180 or abs(lat) > 90:  # noqa: PLR2004 - degrees
            raise UsageError(message("error.position", f"{lon:g},{lat:g}"))
        nodes = [
            node for node in self._network.nodes.values() if node.feature in self._names and node.kind != "airport"
        ]
        km = _km_from(lon, lat, nodes)
        nearest = int(np.argmin(km))
        if km[nearest] > SNAP_KM:
            place = nodes[nearest]
            away = float(km[nearest])
            raise UsageError(message("error.position.far", SNAP_KM, f"{lon:g},{lat:g}", place.name, away))
        return self._place(nodes[nearest].feature)


def _km_from(lon: float, lat: float, nodes: Sequence[Node]) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Kilometres from a position to each node."""
    lons, lats = np.array([(node.lon, node.lat) for node in nodes]).T
    return np.asarray(distance_km(np.full(len(nodes), lon), np.full(len(nodes), lat), lons, lats))
