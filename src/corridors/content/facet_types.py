"""The types of what a page selects and adds up: filters, and the stops of lines with the people near them."""

from collections.abc import Mapping
from typing import NotRequired, TypeAlias, TypedDict

Words: TypeAlias = Mapping[str, str]
"""A text by language. A name can also have its local language, as ``local``."""


class Catchment(TypedDict):
    """The stops of lines as columns: their countries, whether they are stations, cities near; and people by city."""

    country: list[str]
    station: list[int]
    near: list[list[int]]
    people: list[int]


class Filter(TypedDict):
    """A filter of the legend: a property, and its values or its range. A range in days counts from 1970.

    Attributes
    ----------
    column
        The column that conditions name, if the property is one of the atlas.
    many
        Whether a feature may have several values.
    names
        The names of the values, if these are no messages.
    drawn
        Whether the map draws its values, if only some maps do.
    """

    property: str
    values: list[str]
    column: NotRequired[str]
    many: NotRequired[bool]
    names: NotRequired[list[Words]]
    range: NotRequired[list[float]]
    unit: NotRequired[str]
    open: NotRequired[bool]
    drawn: NotRequired[bool]
