"""Geometries to their single parts."""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import GeometryType


def parts_of(shapes: NDArray[np.object_]) -> tuple[NDArray[np.object_], NDArray[np.intp]]:
    """The parts of all geometries, and the index of the geometry that each is a part of.

    Single geometries are returned as they are. shapely would copy each of them.
    """
    types = shapely.get_type_id(shapes)
    if ((types >= GeometryType.POINT) & (types <= GeometryType.POLYGON)).all():
        return shapes, np.arange(len(shapes))
    parts, owners = shapely.get_parts(shapes, return_index=True)
    return parts, owners
