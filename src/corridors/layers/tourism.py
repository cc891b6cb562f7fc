"""Tourism facts to a layer: trains along their railways, sights at their cities or positions."""

from collections.abc import Iterator, Mapping, Sequence

from shapely import Point

from corridors.data.facts import Facts
from corridors.geo.geodesy import lengths_km
from corridors.layers.columns import joined, named
from corridors.layers.courses import course_of
from corridors.layers.lengths import Hop
from corridors.layers.lines import drawn_columns, train_hops
from corridors.layers.points import TOWN_ACCURACY_M


def tourism_rows(facts: Facts, hops: Mapping[str, Sequence[Hop]]) -> Iterator[dict[str, object]]:
    """Tourist trains (lines, along the ``hops`` of rail lines) and sights (points).

    Visa exemptions are not included; the layer of countries has them.
    """
    cities = facts.by_id("cities")
    for row in facts.rows("tourism"):
        common = named(row) | {
            "kind": row["kind"],
            "status": row["status"],
            "opened": row["opened"],
            "country": joined(row["country"]),
            "heritage_since": row["heritage_since"],
        }
        if row["kind"] == "train":
            legs = train_hops(hops, row["along"])
            yield (
                common
                | drawn_columns(legs, chain="stations")
                | {
                    # Lines can end at different places of one town. So this is more than the sum of the hops.
                    "measured_km": round(float(lengths_km([course_of(legs).line])[0]), 1),
                    "duration_hours": row["duration_hours"],
                }
            )
        elif row["kind"] == "site":
            where = cities[row["place"]] if row["place"] else row
            yield common | {
                "name_local": where["name_local"],
                "geometry_basis": "point",
                "accuracy_m": TOWN_ACCURACY_M,
                "place": row["place"],
                "geometry": Point(where["lon"], where["lat"]),
            }
