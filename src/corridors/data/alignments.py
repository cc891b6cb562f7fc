"""Alignments: where lines lie on their tracks or roads, from stop to stop, written to and read from GeoJSON.

Each file ``geodata/alignments/*.geojson`` has a feature for each leg of a line that was matched on tracks. A leg
without one is drawn straight from stop to stop. The members of the file name the layer, and the tracks with their
licence and credit. A file of one line, such as ``rail-cn-lanxin.geojson``, replaces the legs of this line in the
file of the layer.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path

import geopandas as gpd
import shapely
from shapely import LineString

from corridors.data.findings import printable
from corridors.data.geojson import CRS, write_geojson
from corridors.errors import FileError, InputError
from corridors.locales import message

FOLDER = "alignments"

LAYERS = ("rail", "roads")
"""The layers whose lines are matched."""

Key = tuple[str, str, str]
"""The line, and the stops at both ends of a leg, in the order of the line."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the tracks of a file come from: the layer, the network with its version, its licence, and its credit."""

    layer: str
    tracks: str
    licence: str
    credit: str


@dataclass(frozen=True)
class Alignment:
    """One leg of a line on its tracks.

    Attributes
    ----------
    line, start, end
        The line, and the ids of the stops at both ends of the leg.
    geometry
        Where it lies, EPSG:4326. It begins and ends on the tracks, where they are nearest to the stops.
    km
        The length of the tracks in kilometres.
    accuracy_m
        Within this many metres of the geometry, about nine tenths of the tracks lie.
    off_m
        The distances in metres of both stops from the ends of the geometry, when it was matched.
    """

    line: str
    start: str
    end: str
    geometry: LineString
    km: float
    accuracy_m: int
    off_m: tuple[int, int]

    @property
    def key(self) -> Key:
        """The line and its two stops."""
        return self.line, self.start, self.end

    @cached_property
    def course(self) -> tuple[tuple[float, float], ...]:
        """The positions of its geometry, longitude and latitude."""
        return tuple((lon, lat) for lon, lat in shapely.get_coordinates(self.geometry).tolist())


@dataclass(frozen=True, slots=True)
class Alignments:
    """All alignments of one layer, by line and stops, and where the tracks of each line come from."""

    legs: Mapping[Key, Alignment]
    origins: Mapping[str, Origin]


def write_alignments(path: Path, legs: Sequence[Alignment], origin: Origin) -> None:
    """Write the alignments of a layer, or of one line, as a file that any GIS opens.

    Raises
    ------
    FileError
        If the file cannot be written.
    """
    frame = gpd.GeoDataFrame(
        {
            "id": ["/".join(leg.key) for leg in legs],
            "line": [leg.line for leg in legs],
            "start": [leg.start for leg in legs],
            "end": [leg.end for leg in legs],
            "km": [leg.km for leg in legs],
            "accuracy_m": [leg.accuracy_m for leg in legs],
            "start_off_m": [leg.off_m[0] for leg in legs],
            "end_off_m": [leg.off_m[1] for leg in legs],
        },
        geometry=[leg.geometry for leg in legs],
        crs=CRS,
    )
    write_geojson(frame, path, members=asdict(origin))


def read_alignments(geodata: Path) -> Mapping[str, Alignments]:
    """Read the alignments of each layer. Without the folder there are none.

    Raises
    ------
    FileError
        If a file cannot be read.
    InputError
        If it is not GeoJSON as ``write_alignments`` writes it.
    """
    paths = sorted((geodata / FOLDER).glob("*.geojson"), key=lambda path: (path.stem not in LAYERS, path.name))
    files = [_read(path) for path in paths]
    return {layer: _together([file for file in files if file[0].layer == layer]) for layer in LAYERS}


def _together(files: Sequence[tuple[Origin, Sequence[Alignment]]]) -> Alignments:
    """Files of one layer. The legs of a line are those of the last file that has it."""
    found: dict[str, dict[Key, Alignment]] = {}
    origins: dict[str, Origin] = {}
    for origin, legs in files:
        for line, own in groupby(sorted(legs, key=lambda leg: leg.line), key=lambda leg: leg.line):
            found[line] = {leg.key: leg for leg in own}
            origins[line] = origin
    return Alignments({key: leg for legs in found.values() for key, leg in legs.items()}, origins)


def _read(path: Path) -> tuple[Origin, list[Alignment]]:
    """One file: where its tracks come from, and its legs."""
    name = printable(str(path))
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        features = document["features"]
        shapes = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features])
        rows = [feature["properties"] for feature in features]
        legs = [
            Alignment(
                row["line"], row["start"], row["end"], shape, float(row["km"]), int(row["accuracy_m"]),
                (int(row["start_off_m"]), int(row["end_off_m"])),
            )
            for row, shape in zip(rows, shapes, strict=True)
        ]  # fmt: skip
        return Origin(*(str(document[member]) for member in ("layer", "tracks", "licence", "credit"))), legs
    except OSError as error:
        raise FileError(message("error.alignments.unread", name, error.strerror)) from error
    except (ValueError, KeyError, TypeError, shapely.errors.GEOSException) as error:
        raise InputError(message("error.alignments.broken", name, printable(str(error)))) from error
