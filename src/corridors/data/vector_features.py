"""Features of a layer to those that can be used, and the faults of the others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from corridors.data.geojson_members import MAX_LAT, MAX_LON
from corridors.geo.geodesy import Coordinates
from corridors.locales import DEFAULT_LANGUAGE, Message, message

MOST_DEGREES: Final = np.array([MAX_LON, MAX_LAT])
BLOCK: Final = 1 << 11
"""How many features are checked at once, so that their positions take little memory."""

IDS: Final = ("id", "osm_id", "osm_way_id", "fid", "objectid", "gid")
"""Names of columns that identify a feature, in small letters."""


@dataclass(frozen=True, slots=True)
class BadFeature:
    """A feature that cannot be used.

    Attributes
    ----------
    file
        The file, as the user named it. For an archive, the file inside follows.
    layer
        The name of the layer in the file.
    number
        The number of the feature in the layer, counted from 0.
    id
        Its id, if it has one.
    fault
        What is wrong with it, and the remedy.
    """

    file: str
    layer: str
    number: int
    id: str | None
    fault: Message

    @property
    def message(self) -> Message:
        """File, layer, feature, fault and remedy."""
        which = message("vector.feature.id", self.number, self.id) if self.id else self.number
        return message("error.vector.feature", self.file, self.layer, which, self.fault)

    def text(self, language: str = DEFAULT_LANGUAGE) -> str:
        """The message in a language."""
        return self.message.text(language)


def geometry_faults(
    shapes: NDArray[np.object_], written: NDArray[np.bool_], repaired: Mapping[int, Message]
) -> dict[int, Message]:
    """The faults of geometries, by the number of the feature, ascending.

    Parameters
    ----------
    shapes
        The geometry of each feature, None where there is none.
    written
        Whether the file has something in place of the geometry.
    repaired
        Faults that the geometries do not show.
    """
    faults = dict(repaired)
    for number in np.flatnonzero(shapely.is_missing(shapes) & written):
        faults.setdefault(int(number), message("error.vector.geometry"))
    return dict(sorted(faults.items()))


def position_faults(frame: gpd.GeoDataFrame) -> dict[int, Message]:
    """The features with a position that is not on Earth (EPSG:4326, longitude first), and its fault."""
    shapes = frame.geometry.to_numpy()
    off, swapped = {}, True
    for start in range(0, len(shapes), BLOCK):
        positions, owner = shapely.get_coordinates(shapes[start : start + BLOCK], return_index=True)
        swapped = swapped and bool((np.abs(positions[:, ::-1]) <= MOST_DEGREES).all())
        on_earth = np.abs(positions) <= MOST_DEGREES
        if on_earth.all():
            continue
        for nth in _first_of_each(owner, np.asarray(~on_earth.all(axis=1))):
            off[start + int(owner[nth])] = _told(positions[nth])
    key = "error.vector.swapped" if swapped else "error.vector.off"
    return {number: message(key, position) for number, position in off.items()}


def identities(frame: gpd.GeoDataFrame, numbers: Iterator[int] | list[int]) -> dict[int, str]:
    """The ids of some features, by a column that is named like one."""
    names = {str(name).casefold(): name for name in reversed(frame.columns)}
    column = next((names[name] for name in IDS if name in names), None)
    if column is None:
        return {}
    values = frame[column]
    return {number: str(values.iloc[number]) for number in numbers if values.notna().iloc[number]}


def _first_of_each(owner: NDArray[np.intp], chosen: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The index of the first chosen position of each owner."""
    places = np.flatnonzero(chosen)
    return places[np.unique(owner[places], return_index=True)[1]]


def _told(position: Coordinates) -> str:
    """A position in the form for messages."""
    return ", ".join(f"{value:g}" for value in position)
