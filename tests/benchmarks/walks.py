"""The lines that benchmarks draw: random walks of 20 vertices with three attributes."""

import geopandas as gpd
import numpy as np
import shapely


def walks(count: int) -> gpd.GeoDataFrame:
    """So many lines, the same each time, EPSG:4326."""
    random = np.random.default_rng(0)
    starts = random.uniform((20, 5), (150, 75), (count, 2))
    courses = starts[:, None] + np.cumsum(random.normal(0, 0.02, (count, 20, 2)), axis=1)
    columns = {
        "name": [f"Line {nth}" for nth in range(count)],
        "kind": random.choice(["rail", "road", "ferry"], count),
        "speed": random.integers(20, 200, count),
    }
    return gpd.GeoDataFrame(columns, geometry=shapely.linestrings(courses), crs="EPSG:4326")
