"""A user's own tracks to alignments: lines of the atlas are matched on them, and written beside those of all tracks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import fsum
from pathlib import Path
from statistics import median

import numpy as np
import shapely
from shapely import LineString

from corridors.data.alignments import FOLDER, LAYERS, Origin, write_alignments
from corridors.data.facts import Facts
from corridors.data.folding import fold
from corridors.data.osm import is_osm, read_osm
from corridors.data.scenarios import LINE_TABLES
from corridors.data.tables import NAMED
from corridors.data.vector_features import BadFeature
from corridors.data.vector_files import AS_WRITTEN, Reading, read_vectors
from corridors.errors import InputError, UsageError, nearest_first
from corridors.layers.winding import rail_stops, route_stops
from corridors.locales import message
from corridors.matching.lines import Aligned, align_lines
from corridors.matching.tracks import Tracks

OSM = {"rail": "railways", "roads": "roads"}
"""What is taken from a file of OpenStreetMap, by the layer of the lines."""

OSM_LICENCE, OSM_CREDIT = "ODbL-1.0", "© OpenStreetMap contributors"

_Track = tuple[LineString, int | None]
"""A line of tracks and its gauge in millimetres, if it is known."""

MARGIN_DEGREES = 1.0
"""Tracks are used this far around the stops of a line."""


@dataclass(frozen=True, slots=True)
class TrackFiles:
    """Files of tracks.

    Attributes
    ----------
    paths
        Files as :func:`corridors.data.vector_files.read_vectors` reads them, or of OpenStreetMap.
    licence, credit
        Those of the tracks. Files of OpenStreetMap have their own.
    reading
        How files are read.
    """

    paths: Sequence[Path]
    licence: str | None = None
    credit: str | None = None
    reading: Reading = AS_WRITTEN

    def origin(self, layer: str) -> Origin:
        """Where the tracks come from.

        Raises
        ------
        UsageError
            If nobody says their licence or whom to credit.
        """
        osm = all(is_osm(path) for path in self.paths)
        licence, credit = self.licence or (OSM_LICENCE if osm else ""), self.credit or (OSM_CREDIT if osm else "")
        if not licence or not credit:
            raise UsageError(message("error.refine.licence", ", ".join(path.name for path in self.paths)))
        return Origin(layer, ", ".join(path.name for path in self.paths), licence, credit)


@dataclass(frozen=True, slots=True)
class Refined:
    """A line that was matched on a user's tracks: its layer, the result, and the tracks around it (EPSG:4326)."""

    layer: str
    aligned: Aligned
    tracks: Sequence[LineString]

    @property
    def row(self) -> dict[str, object]:
        """The result under stable names. Lengths are kilometres."""
        line, legs = self.aligned, list(self.aligned.legs.values())
        misses = [miss.km for miss in line.misses if miss.on_track]
        worst = sorted((fit.misfit for fit in line.fits), key=abs)[-1:]
        return {
            "line": f"{self.layer}/{line.line}",
            "straight_km": round(line.drawn_km, 1),
            "on_tracks_percent": round(100 * line.matched_km / line.drawn_km, 1),
            "tracks_km": round(fsum(leg.km for leg in legs), 1),
            "accuracy_km": round(median(leg.accuracy_m for leg in legs) / 1000, 1) if legs else None,
            "left_out_km": round(median(misses), 2) if misses else None,
            "differs_percent": round(100 * worst[0], 1) if worst else None,
        }


def refine_lines(names: Sequence[str], facts: Facts, files: TrackFiles) -> tuple[list[Refined], list[BadFeature]]:
    """Match lines on a user's tracks. Nothing is written.

    Parameters
    ----------
    names
        Railways and roads by their id, ``layer/id``, or name in any language.
    facts
        The checked fact tables.
    files
        The tracks.

    Returns
    -------
    tuple
        The lines in the order of their names, and the features of the files that were left out.

    Raises
    ------
    UsageError
        If there is no such railway or road.
    InputError
        If a file cannot be used, or has no lines.
    FileError
        If a file cannot be read.
    """
    wanted = dict(_find(name, facts) for name in names)
    read = {layer: _read(files, layer) for layer in LAYERS if layer in wanted.values()}
    found = []
    for line, layer in wanted.items():
        around = list(_around(read[layer][0], facts, layer, line))
        tracks = Tracks.of_lines(around)
        found += [Refined(layer, one, around) for one in align_lines(facts, layer, tracks, only=[line])]
    return found, [bad for _, skipped in read.values() for bad in skipped]


def alignment_path(geodata: Path, refined: Refined) -> Path:
    """The file of one line's own alignments."""
    return geodata / FOLDER / f"{refined.layer}-{refined.aligned.line}.geojson"


def write_refined(geodata: Path, lines: Sequence[Refined], files: TrackFiles) -> Iterator[Path]:
    """Write the alignments of lines, each as a file of its own. Yield each path.

    Raises
    ------
    UsageError
        If nobody says the licence of the tracks.
    FileError
        If a file cannot be written.
    """
    for one in lines:
        path = alignment_path(geodata, one)
        write_alignments(path, list(one.aligned.legs.values()), files.origin(one.layer))
        yield path


def _find(name: str, facts: Facts) -> tuple[str, str]:
    """A line and its layer, by what a user calls it."""
    ids: dict[str, str] = {}
    for layer in LAYERS:
        for row in facts.rows(LINE_TABLES[layer]):
            called = {row["id"], f"{layer}/{row['id']}", *(fold(row[f"name_{one}"] or "") for one in NAMED)}
            if name in called or (fold(name) and fold(name) in called):
                return row["id"], layer
            ids[row["id"]] = layer
    raise UsageError(message("error.refine.line", repr(name), nearest_first(name, ids)))


def _read(files: TrackFiles, layer: str) -> tuple[list[_Track], list[BadFeature]]:
    """The lines of all files with their gauges, and what was left out."""
    found: list[_Track] = []
    skipped: list[BadFeature] = []
    for path in files.paths:
        osm = is_osm(path)
        before = len(found)
        for one in [read_osm(path, OSM[layer])] if osm else read_vectors(path, files.reading):
            gauges = one.frame["gauge_mm"].tolist() if osm and layer == "rail" else [None] * len(one.frame)
            for shape, gauge in zip(one.frame.geometry, gauges, strict=True):
                parts = shapely.get_parts(shape)
                found += [(part, gauge) for part in parts if part.geom_type == "LineString" and not part.is_empty]
            skipped += one.skipped
        if len(found) == before:
            raise InputError(message("error.refine.no_lines", str(path)))
    return found, skipped


def _around(tracks: Sequence[_Track], facts: Facts, layer: str, line: str) -> Iterator[LineString]:
    """The tracks around the stops of a line, without those of another gauge."""
    stops = (rail_stops(facts) if layer == "rail" else route_stops(facts))[line]
    places = np.array([(stop.lon, stop.lat) for stop in stops])
    box = shapely.box(*(places.min(axis=0) - MARGIN_DEGREES), *(places.max(axis=0) + MARGIN_DEGREES))
    gauge = int(facts.by_id("rail_lines")[line]["gauge_mm"]) if layer == "rail" else None
    near = shapely.intersects(np.array([shape for shape, _ in tracks], dtype=object), box)
    for (shape, own), here in zip(tracks, near, strict=True):
        if here and (gauge is None or not own or own == gauge):
            yield shape
