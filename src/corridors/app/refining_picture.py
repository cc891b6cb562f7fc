"""Refined lines to a picture of before and after."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from shapely import MultiLineString

from corridors.app.refining import Refined, TrackFiles
from corridors.data.facts import Facts
from corridors.data.whole_file import write_whole
from corridors.figures.alignment import Change, draw_change
from corridors.figures.sheet import Sheet, drawing_bytes
from corridors.layers.courses import course_of, line_hops
from corridors.layers.winding import estimate_lengths


def draw_refined(lines: Sequence[Refined], facts: Facts, files: TrackFiles, path: Path, language: str) -> None:
    """Draw lines as they are and as they would be, and write the picture.

    Raises
    ------
    UsageError
        If the name of the file does not end in a known format.
    FileError
        If it cannot be written.
    """
    hops = estimate_lengths(facts).hops
    changes = []
    for one in lines:
        before = hops[f"{one.layer}/{one.aligned.line}"]
        stops = [before[0].one, *(hop.other for hop in before)]
        legs = {leg.key: leg for leg in one.aligned.legs.values()}
        table = facts.by_id("rail_lines" if one.layer == "rail" else one.layer)
        row = table[one.aligned.line]
        changes.append(
            Change(
                row[f"name_{language}"] or row["name_en"],
                np.array([(stop.lon, stop.lat) for stop in stops]),
                one.tracks,
                MultiLineString(course_of(before).hop_lines),
                MultiLineString(course_of(line_hops(one.aligned.line, stops, legs)).hop_lines),
            )
        )
    credit = files.credit or ", ".join(file.name for file in files.paths)
    drawing = draw_change(changes, credit, Sheet(lang=language))
    write_whole(path, drawing_bytes(drawing, path.suffix.lower().removeprefix(".")))
