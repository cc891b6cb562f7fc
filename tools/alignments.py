"""The networks of scgraph-data to the alignments of the atlas: where its railways and roads lie.

    python -m tools.alignments world_railways.py world_highways.py --geodata geodata

scgraph-data has the railways and highways of OpenStreetMap as graphs. Its files are Python modules. They are read as
text and never run. They have neither gauge nor name nor status of a track, and many vertices are left out. So a line is
matched as a whole, and each leg has the accuracy that the network gives.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from math import fsum
from pathlib import Path
from statistics import median

import numpy as np

from corridors.data.alignments import FOLDER, LAYERS, Origin, write_alignments
from corridors.data.facts import Facts, load_facts
from corridors.data.whole_file import write_whole
from corridors.errors import CorridorsError, FileError, InputError
from corridors.matching.lines import MOST_MISFIT, Aligned, align_lines
from corridors.matching.tracks import Tracks
from tools.accuracy import SHARES, WORSE_KM
from tools.english import English

NETWORK = "scgraph-data 2.0.0"
LICENCE = "ODbL-1.0"
CREDIT = "© OpenStreetMap contributors"

MARGIN = 3.0
"""Tracks are kept this many degrees around all stops."""

NOTED = 0.05
"""Lengths that differ by more than this are told."""

REPORT = """<!-- generator: corridors -->
# Lines on their tracks and roads

{credit}, {licence}. The tracks are those of {network}. `make alignments` makes these files again.

- **Matched** is the share of the line's length from stop to stop.
- **Accuracy** is the median of the legs: about nine tenths of the tracks lie within this distance of the line. It
  follows from how much longer the tracks are than their drawing, since the network is simplified.
- **Left out** is the distance of the line from a stop, if the line is matched without this stop: the median, and the
  number of such stops. A leg is then twice as long, and a town can be kilometres from its station. So the line itself
  is more accurate.
- Stops of railways in operation, left out one by one: {left_out}.
- **Published lengths** are those that differ by more than 5 %, of sections that are matched as a whole.
"""


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


def report(lines: Sequence[Aligned]) -> str:
    """A report of all lines in Markdown: what is matched and how well it fits, and what is not matched."""
    rows = [
        REPORT.format(network=NETWORK, credit=CREDIT, licence=LICENCE, left_out=_left_out(lines)),
        "| line | stop to stop, km | matched | tracks, km | accuracy, km | left out, km | published lengths |",
        "| --- | ---: | ---: | ---: | ---: | ---: | --- |",
        *(_row(line) for line in lines),
        "\n## Legs that are not matched\n",
        "No way over the tracks is likely, or it tells no more than the straight leg.\n",
    ]
    for line in lines:
        missing = [hop for nth, hop in enumerate(line.hops) if nth not in line.legs]
        if missing and line.legs:
            legs = ", ".join(f"{hop.one.name}–{hop.other.name} ({hop.straight_km:.0f} km)" for hop in missing)
            rows.append(f"- {line.line}: {legs}")
        elif missing:
            misfit = any(abs(fit.misfit) > MOST_MISFIT for fit in line.fits)
            why = "not in operation, and the tracks have another length" if misfit else "no track that can be trusted"
            rows.append(f"- {line.line}: all legs; {why}")
    return "\n".join(rows) + "\n"


def _left_out(lines: Sequence[Aligned]) -> str:
    """How far lines pass from stops that were left out, and how many of these straight legs would pass nearer."""
    railways = [line for line in lines if line.layer == "rail" and line.status == "operational"]
    misses = [miss for line in railways for miss in line.misses]
    if not misses:
        return "none"
    km = " / ".join(f"{value:.1f}" for value in np.percentile([miss.km for miss in misses], SHARES))
    worse = sum(miss.km > miss.chain_km + WORSE_KM for miss in misses)
    shares = ", ".join(map(str, SHARES))
    return (
        f"{len(misses)} stops; {shares} % within {km} km; {worse} ({worse / len(misses):.1%}) more than "
        f"{WORSE_KM:g} km farther from the line than from the straight leg between their neighbours"
    )


def _row(line: Aligned) -> str:
    """A row of the report."""
    legs = list(line.legs.values())
    misfits = [
        f"{fit.length}: {fit.published_km:g} km ({fit.misfit:+.1%})" for fit in line.fits if abs(fit.misfit) > NOTED
    ]
    misses = [miss.km for miss in line.misses if miss.on_track]
    cells = (
        line.line,
        f"{line.drawn_km:.0f}",
        f"{line.matched_km / line.drawn_km:.0%}",
        f"{fsum(leg.km for leg in legs):.0f}",
        f"{median(leg.accuracy_m for leg in legs) / 1000:.1f}" if legs else "",
        f"{median(misses):.1f} ({len(misses)})" if misses else "",
        "; ".join(misfits),
    )
    return f"| {' | '.join(cells)} |"


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
        all_lines: list[Aligned] = []
        for layer, path in zip(LAYERS, (given.railways, given.highways), strict=True):
            lines = list(align_lines(facts, layer, clipped(read_graph(path), facts)))
            legs = [leg for line in lines for leg in line.legs.values()]
            origin = Origin(layer, f"{NETWORK}, {path.stem}", LICENCE, CREDIT)
            write_alignments(folder / f"{layer}.geojson", legs, origin)
            all_lines += lines
            sys.stderr.write(f"{folder / layer}.geojson: {len(legs)} legs\n")
        write_whole(folder / "README.md", report(all_lines).encode())
    except CorridorsError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
