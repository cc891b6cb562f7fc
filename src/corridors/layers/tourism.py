"""Tourism facts to a layer: trains along their railways, sights at their cities."""

from collections.abc import Iterator

from shapely import Point

from corridors.data.facts import Facts
from corridors.geo.geodesy import lengths_km
from corridors.layers.columns import joined, named
from corridors.layers.lines import train_line
from corridors.layers.points import TOWN_ACCURACY_M


def tourism_rows(facts: Facts) -> Iterator[dict[str, object]]:
    """Tourist trains (lines) and sights (points). Visa exemptions are not included; the layer of countries has them."""
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
            line = train_line(facts, row["along"])
            yield common | {
                "geometry_basis": "stations",
                "accuracy_m": TOWN_ACCURACY_M,
                "measured_km": round(float(lengths_km([line])[0]), 1),
                "duration_hours": row["duration_hours"],
                "geometry": line,
            }
        elif row["kind"] == "site":
            city = cities[row["place"]]
            yield common | {
                "name_local": city["name_local"],
                "geometry_basis": "point",
                "accuracy_m": TOWN_ACCURACY_M,
                "place": row["place"],
                "geometry": Point(city["lon"], city["lat"]),
            }
