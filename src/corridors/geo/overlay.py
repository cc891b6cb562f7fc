"""Lines and countries: how many kilometres of a line lie in which country.

Borders are those of the basemap (Natural Earth, 1:50 million). So a split is exact to a few kilometres at each border.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from shapely import LineString, MultiLineString
from shapely.geometry.base import BaseGeometry

from corridors.geo.geodesy import lengths_km


def km_by_country(
    line: LineString | MultiLineString, countries: Sequence[str], outlines: Mapping[str, BaseGeometry]
) -> dict[str, float]:
    """Split a line's geodesic length among the countries that it is known to cross.

    Parameters
    ----------
    line
        The line, EPSG:4326.
    countries
        Alpha-3 codes of the countries that it crosses. Others are ignored, since a line beside a coarse border would
        otherwise get kilometres abroad.
    outlines
        Country polygons by alpha-3 code, EPSG:4326.

    Returns
    -------
    dict
        Kilometres by country, in the given order. They add up to the whole length. Parts in none of the countries
        (because of a coarse coast or border) are divided among the countries in proportion.
    """
    return {country: km for country, (km,) in weighted_km_by_country([line], [[1.0]], countries, outlines).items()}


def weighted_km_by_country(
    lines: Sequence[LineString | MultiLineString],
    weights: Sequence[Sequence[float]],
    countries: Sequence[str],
    outlines: Mapping[str, BaseGeometry],
) -> dict[str, tuple[float, ...]]:
    """Split the pieces of a line like :func:`km_by_country`, with several weights per piece.

    The part of a piece in none of the countries is given to the countries of the piece, or else to those of the line.

    Returns
    -------
    dict
        By country: the kilometres times each weight. For one weight, the values add up to the whole.
    """
    drawn, shares = lengths_km(lines), np.array(weights, dtype=float)
    if len(countries) == 1:
        return {countries[0]: tuple(map(float, drawn @ shares))}
    known = [country for country in countries if country in outlines]
    parts = np.array([lengths_km([line.intersection(outlines[country]) for line in lines]) for country in known])
    if not parts.any():
        every = known[:1] or countries
        return {country: tuple(map(float, drawn @ shares / len(every))) for country in every}
    covered = parts.sum(axis=0)
    lined = parts.sum(axis=1, keepdims=True) / parts.sum()
    scaled = np.where(covered > 0, parts * (drawn / np.where(covered > 0, covered, 1.0)), lined * drawn)
    return {
        country: tuple(map(float, km @ shares))
        for country, km, own in zip(known, scaled, parts, strict=True)
        if own.any()
    }
