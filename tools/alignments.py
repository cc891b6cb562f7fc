"""The networks of scgraph-data to the alignments of the atlas: where its railways and roads lie.

    python -m tools.alignments world_railways.py world_highways.py --geodata geodata

scgraph-data has the railways and highways of OpenStreetMap as graphs. Its files are Python modules. They are read as
text and never run. They have neither gauge nor name nor status of a track, and many vertices are left out. So a line is
matched as a whole, and each leg has the accuracy that the network gives.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from corridors.data.alignments import FOLDER, Origin, write_alignments
from corridors.data.facts import Facts, load_facts
from corridors.errors import CorridorsError, FileError, InputError
from corridors.matching.lines import LAYERS, Aligned, align_lines
from corridors.matching.tracks import Tracks
from tools.english import English

NETWORK = "scgraph-data 2.0.0"
LICENCE = "ODbL-1.0"
CREDIT = "© OpenStreetMap contributors"

MARGIN = 3.0
"""Tracks are kept this many degrees around all stops."""

NOTED = 0.05
"""Lengths that differ by more than this are told."""


def read_graph(path: Path) -> Tracks:
    """Read a network of scgraph-data: ``graph`` is a list of ``{neighbour: km}``, ``nodes`` a list of ``[lat, lon]``.

    Raises
    ------
    FileError
        If the file cannot be read.
    InputError
        If it has another form.
    """
    try:
        text = path.read_text(encoding="ascii")
        start, nodes = text.index("graph=[{") + len("graph=[{"), text.index("nodes=[[")
        rows = text[start : text.index("}]", start)].replace("}, {", " -1 -1 ").translate(str.maketrans(":,", "  "))
        pairs = np.fromstring(rows, sep=" ").reshape(-1, 2)
        places = np.array(json.loads(text[nodes + len("nodes=") : text.index("]]", nodes) + 2]), dtype=float)
    except OSError as error:
        raise FileError(English(f"{path} cannot be read: {error.strerror}. Give a file of {NETWORK}.")) from error
    except ValueError as error:
        raise InputError(English(f"{path} is not a network of {NETWORK}: {error}.")) from error
    breaks = pairs[:, 0] < 0
    one, other = np.cumsum(breaks)[~breaks], pairs[~breaks, 0].astype(np.int64)
    once = one < other
    return Tracks(places[:, ::-1].copy(), np.column_stack([one[once], other[once]]), pairs[~breaks, 1][once])


def clipped(tracks: Tracks, facts: Facts) -> Tracks:
    """The tracks around all stops of the facts."""
    rows = [*facts.rows("stations"), *facts.rows("route_waypoints")]
    stops = np.array([(row["lon"], row["lat"]) for row in rows])
    low, high = stops.min(axis=0) - MARGIN, stops.max(axis=0) + MARGIN
    inside = ((tracks.places > low) & (tracks.places < high)).all(axis=1)
    kept = inside[tracks.edges].any(axis=1)
    return Tracks(tracks.places, tracks.edges[kept], tracks.km[kept])


def told(lines: Iterable[Aligned]) -> str:
    """A table of lines: matched share, lengths, and what does not fit."""
    rows = []
    for line in lines:
        share = line.matched_km / line.drawn_km
        misfits = [f"{fit.length} {fit.misfit:+.1%}" for fit in line.fits if abs(fit.misfit) > NOTED]
        km = sum(leg.km for leg in line.legs.values())
        rows.append(f"{line.line:30} {line.drawn_km:7.0f} km {share:6.1%} {km:7.0f} km  {'; '.join(misfits)}".rstrip())
    return "\n".join(rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.alignments", description=__doc__.partition("\n")[0])
    parser.add_argument("railways", type=Path, help=f"world_railways.py of {NETWORK}")
    parser.add_argument("highways", type=Path, help=f"world_highways.py of {NETWORK}")
    parser.add_argument("--geodata", type=Path, default=Path("geodata"), help="folder of the facts")
    parser.add_argument("-o", "--output", type=Path, help="folder to write into; else alignments/ of the geodata")
    given = parser.parse_args(arguments)
    folder = given.output or given.geodata / FOLDER
    try:
        facts = load_facts(given.geodata)
        for layer, path in zip(LAYERS, (given.railways, given.highways), strict=True):
            lines = list(align_lines(facts, layer, clipped(read_graph(path), facts)))
            legs = [leg for line in lines for leg in line.legs.values()]
            origin = Origin(layer, f"{NETWORK}, {path.stem}", LICENCE, CREDIT)
            write_alignments(folder / f"{layer}.geojson", legs, origin)
            sys.stderr.write(f"{told(lines)}\n{folder / layer}.geojson: {len(legs)} legs\n")
    except CorridorsError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
