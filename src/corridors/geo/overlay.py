"""Lines and countries: how many kilometres of a line lie in which country.

Borders are those of the basemap (Natural Earth, 1:50 million), so a split is good to a few kilometres at each border.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from shapely import LineString, MultiLineString
from shapely.geometry.base import BaseGeometry

from corridors.geo.geodesy import lengths_km


def km_by_country(
    line: LineString | MultiLineString, countries: Sequence[str], outlines: Mapping[str, BaseGeometry]
) -> dict[str, float]:
    """Split a line's geodesic length among the countries that it is known to run through.

    Parameters
    ----------
    line
        The line, EPSG:4326.
    countries
        Alpha-3 codes of the countries that it runs through; others are not considered, since a coarse border beside a
        line would give it kilometres abroad.
    outlines
        Country polygons by alpha-3 code, EPSG:4326.

    Returns
    -------
    dict
        Kilometres by country, in the order given, adding up to the whole length: what lies in none of the countries
        (a coarse coast, the border's wrong side) is given to those beside it in proportion.
    """
    total = float(lengths_km([line])[0])
    if len(countries) == 1:
        return {countries[0]: total}
    known = [country for country in countries if country in outlines]
    lengths = lengths_km([line.intersection(outlines[country]) for country in known])
    covered = float(np.sum(lengths))
    if covered == 0.0:
        return {country: total / len(countries) for country in countries} if not known else {known[0]: total}
    return {
        country: float(length) * total / covered for country, length in zip(known, lengths, strict=True) if length > 0.0
    }
