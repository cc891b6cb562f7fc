"""Tracks as a network of positions and edges, and the part of it that is near one line.

The length of an edge can be more than its straight distance, since networks are often simplified: then the track bends,
and it is not known where. ``Near`` gives each edge a standard deviation for this. It also closes gaps between parts
of the network, at a price.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components
from shapely import LineString, STRtree

from corridors.geo.geodesy import distance_km

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

GRID_DEGREES = 1e-5
"""Vertices of lines that are nearer than this (about 1 m) are one position."""

WIDEST_GAP_KM = 6.0
"""Wider gaps of a network are not closed."""

GAP_PRICE = 3.0
"""One kilometre of a gap costs as much as this many kilometres of track."""

GAP_TOLL_KM = 1.0
"""What each gap costs in addition, in kilometres of track."""

BEND_PRICE = 0.04
"""One kilometre of an edge costs so much more for each kilometre of its spread: of two tracks the finer is taken."""

GRAIN_KM = 0.1
"""The least standard deviation of a track: OpenStreetMap itself, and the rounding of positions."""

BENDS = 0.6
"""The standard deviation of a bent track, divided by the greatest offset of an arc of its length over its chord."""

SHORTEST_BEND_KM = 2.0
"""Shorter edges are taken as straight: their lengths are rounded too much to show a bend."""


@dataclass(frozen=True, slots=True)
class Tracks:
    """A network of tracks.

    Attributes
    ----------
    places
        Positions, shape (n, 2): longitude and latitude in degrees, EPSG:4326.
    edges
        Pairs of positions that a track connects, shape (m, 2).
    km
        The length of each track in kilometres, shape (m,).
    """

    places: Floats
    edges: Integers
    km: Floats

    @classmethod
    def of_lines(cls, lines: Iterable[LineString]) -> Self:
        """The network of lines (EPSG:4326). They are connected where they share a vertex."""
        parts = np.array(list(lines), dtype=object)
        vertices, line = shapely.get_coordinates(parts, return_index=True)
        _, first, place = np.unique(np.round(vertices / GRID_DEGREES), axis=0, return_index=True, return_inverse=True)
        chained = line[1:] == line[:-1]
        edges = np.column_stack([place[:-1][chained], place[1:][chained]])
        edges = np.unique(np.sort(edges[edges[:, 0] != edges[:, 1]], axis=1), axis=0)
        return cls(vertices[first], edges, straight_km(vertices[first], edges))


def straight_km(places: Floats, edges: Integers) -> Floats:
    """The geodesic distance between the ends of each edge."""
    start, end = places[edges[:, 0]], places[edges[:, 1]]
    return distance_km(start[:, 0], start[:, 1], end[:, 0], end[:, 1])


class Plane:
    """A map projection with true distances from its centre: azimuthal equidistant, in kilometres."""

    def __init__(self, positions: Floats) -> None:
        """Centre the projection on some positions (longitude and latitude in degrees)."""
        lon, lat = (positions.min(axis=0) + positions.max(axis=0)) / 2
        plane = f"+proj=aeqd +lon_0={lon:.6f} +lat_0={lat:.6f} +units=km"
        self._to = Transformer.from_crs("EPSG:4326", plane, always_xy=True)

    def xy(self, positions: Floats) -> Floats:
        """Degrees to kilometres, rows of x and y."""
        x, y = self._to.transform(positions[:, 0], positions[:, 1])
        return np.column_stack([x, y])

    def degrees(self, xy: Floats) -> Floats:
        """Kilometres to degrees, rows of longitude and latitude."""
        lon, lat = self._to.transform(xy[:, 0], xy[:, 1], direction="INVERSE")
        return np.column_stack([lon, lat])


@dataclass(frozen=True, slots=True)
class Near:
    """The tracks near a line, in its plane.

    Attributes
    ----------
    xy
        Positions in kilometres, shape (n, 2).
    edges, km
        As in ``Tracks``. A length is at least the straight distance.
    gap
        Whether an edge closes a gap, shape (m,).
    spread
        The standard deviation of the track around the middle of each edge in kilometres, shape (m,).
    whole
        The edge that each edge is a part of: edges are cut where a stop or a gap is.
    """

    xy: Floats
    edges: Integers
    km: Floats
    gap: NDArray[np.bool_]
    spread: Floats
    whole: Integers

    @property
    def segments(self) -> NDArray[np.object_]:
        """Each edge as a straight line."""
        return np.asarray(shapely.linestrings(self.xy[self.edges]), dtype=object)

    @property
    def price(self) -> Floats:
        """What each edge costs, in kilometres of track."""
        return np.where(
            self.gap, GAP_TOLL_KM + GAP_PRICE * self.km, self.km * (1 + BEND_PRICE * np.minimum(self.spread, 2.5))
        )

    def matrix(self) -> csr_array:
        """The prices as a symmetric sparse matrix. Of parallel edges the cheapest is kept."""
        low, high = np.sort(self.edges, axis=1).T
        order = np.lexsort([self.price, high, low])
        low, high, price = low[order], high[order], self.price[order]
        first = np.r_[True, (low[1:] != low[:-1]) | (high[1:] != high[:-1])]
        low, high, price = low[first], high[first], np.maximum(price[first], 1e-6)
        ends = np.r_[low, high], np.r_[high, low]
        return csr_array(coo_array((np.r_[price, price], ends), shape=(len(self.xy), len(self.xy))))

    def with_points(self, edge: Integers, share: Floats) -> tuple["Near", Integers]:
        """Cut edges at points on them.

        Parameters
        ----------
        edge
            The edge of each point.
        share
            Where the point is on its edge, from 0 at its start to 1 at its end.

        Returns
        -------
        tuple
            The network with the points, and the number of the position of each point. A point at an end is this end.
        """
        place = np.where(share <= 0, self.edges[edge, 0], self.edges[edge, 1])
        inner = np.flatnonzero((share > 0) & (share < 1))
        inner = inner[np.lexsort([share[inner], edge[inner]])]
        place[inner] = len(self.xy) + np.arange(len(inner))
        start, end = self.xy[self.edges[edge[inner], 0]], self.xy[self.edges[edge[inner], 1]]
        points = start + share[inner, None] * (end - start)
        cut = edge[inner]
        opens = np.r_[True, cut[1:] != cut[:-1]][: len(cut)]
        closes = np.r_[opens[1:], True][: len(cut)]
        before = np.where(opens, self.edges[cut, 0], np.r_[0, place[inner][:-1]][: len(cut)])
        part = share[inner] - np.where(opens, 0.0, np.r_[0.0, share[inner][:-1]][: len(cut)])
        pieces = np.r_[
            np.column_stack([before, place[inner]]), np.column_stack([place[inner], self.edges[cut, 1]])[closes]
        ]
        parent, portion = np.r_[cut, cut[closes]], np.r_[part, 1 - share[inner][closes]]
        uncut = np.setdiff1d(np.arange(len(self.edges)), cut)
        return Near(
            np.vstack([self.xy, points]),
            np.vstack([self.edges[uncut], pieces]),
            np.r_[self.km[uncut], self.km[parent] * portion],
            np.r_[self.gap[uncut], self.gap[parent]],
            np.r_[self.spread[uncut], self.spread[parent]],
            np.r_[self.whole[uncut], self.whole[parent]],
        ), place


def near_line(tracks: Tracks, chain: Floats, plane: Plane, *, width_km: float) -> Near:
    """The tracks within a distance of a chain of positions (degrees), with gaps closed."""
    degrees = width_km / 111.0
    west, south = chain.min(axis=0) - (degrees / np.cos(np.radians(min(85.0, np.abs(chain[:, 1]).max()))), degrees)
    east, north = chain.max(axis=0) + (chain.min(axis=0) - (west, south))
    start, end = tracks.places[tracks.edges[:, 0]], tracks.places[tracks.edges[:, 1]]
    low, high = np.minimum(start, end), np.maximum(start, end)
    inside = np.flatnonzero((low < (east, north)).all(axis=1) & (high > (west, south)).all(axis=1))
    used, edges = np.unique(tracks.edges[inside], return_inverse=True)
    edges = edges.reshape(-1, 2)
    xy = plane.xy(tracks.places[used]) if len(used) else np.zeros((0, 2))
    corridor = LineString(np.vstack([plane.xy(chain), plane.xy(chain[-1:])]))
    shapely.prepare(corridor)
    close = shapely.dwithin(shapely.linestrings(xy[edges]), corridor, width_km) if len(edges) else np.zeros(0, bool)
    inside, edges = inside[close], edges[close]
    used_here, edges = np.unique(edges, return_inverse=True)
    edges = edges.reshape(-1, 2)
    straight = straight_km(tracks.places[used][used_here], edges) if len(edges) else np.zeros(0)
    km = np.maximum(tracks.km[inside], straight)
    near = Near(xy[used_here], edges, km, np.zeros(len(edges), bool), bend_spread(straight, km), np.arange(len(edges)))
    return _closed(near) if len(edges) else near


def bend_spread(straight: Floats, km: Floats) -> Floats:
    """The standard deviation of tracks around straight edges.

    A flat arc that is longer than its chord c by e has the height sqrt(3 c e / 8).
    """
    height = np.sqrt(3 / 8 * straight * (km - straight))
    return np.where(straight >= SHORTEST_BEND_KM, np.maximum(GRAIN_KM, BENDS * height), GRAIN_KM)


def _closed(near: Near) -> Near:
    """The network with edges over its gaps: from each end of a track to the tracks near it, and where parts cross."""
    n_places = len(near.xy)
    degree = np.bincount(near.edges.ravel(), minlength=n_places)
    segments = near.segments
    tree = STRtree(segments)
    _, part = connected_components(near.matrix(), directed=False)
    own = part[near.edges[:, 0]]
    ends = np.flatnonzero(degree == 1)
    end, edge = tree.query(shapely.points(near.xy[ends]), predicate="dwithin", distance=WIDEST_GAP_KM)
    end = ends[end]
    apart = (near.edges[edge] != end[:, None]).all(axis=1)
    end, edge = end[apart], edge[apart]
    distance = shapely.distance(shapely.points(near.xy[end]), segments[edge])
    order = np.lexsort([edge, distance, own[edge], end])  # one gap from each end to each part
    end, edge = end[order], edge[order]
    first = np.r_[True, (end[1:] != end[:-1]) | (own[edge][1:] != own[edge][:-1])][: len(end)]
    end, edge = end[first], edge[first]
    one, other = tree.query(segments, predicate="intersects")
    cross = (one < other) & (own[one] != own[other])
    one, other = one[cross], other[cross]
    crossing = shapely.intersection(segments[one], segments[other])
    meets = shapely.get_type_id(crossing) == 0
    one, other, crossing = one[meets], other[meets], crossing[meets]
    at = np.r_[edge, one, other]
    points = np.r_[shapely.points(near.xy[end]), crossing, crossing]
    share = shapely.line_locate_point(segments[at], points, normalized=True)
    cut, place = near.with_points(at, share)
    links = np.r_[
        np.column_stack([end, place[: len(end)]]),
        np.column_stack([place[len(end) : len(end) + len(one)], place[len(end) + len(one) :]]),
    ]
    links = links[links[:, 0] != links[:, 1]]
    across = np.hypot(*(cut.xy[links[:, 0]] - cut.xy[links[:, 1]]).T)
    return Near(
        cut.xy,
        np.vstack([cut.edges, links]),
        np.r_[cut.km, across],
        np.r_[cut.gap, np.ones(len(links), bool)],
        np.r_[cut.spread, np.maximum(GRAIN_KM, across / 4)],
        np.r_[cut.whole, len(near.edges) + np.arange(len(links))],
    )
