"""Statistics by country of a folder of GeoParquet, in one process and by workers of this machine: run by `make bench`.

Each part has 50,000 lines of twelve vertices. Memory is that of the largest process.
"""

import os
import resource
import subprocess
import sys

import geopandas as gpd
import numpy as np
import pytest
import shapely
from distributed import Client, LocalCluster

PART = 50_000
SIZES = (10_000, 200_000, 1_000_000, 5_000_000)
MIB = 1024
"""Kibibytes, in which the system counts memory."""


def write_lines(folder, count):
    """So many lines, the same each time, EPSG:4326."""
    folder.mkdir()
    for nth in range(0, count, PART):
        random = np.random.default_rng(nth)
        size = min(PART, count - nth)
        starts = random.uniform((20, 5), (150, 75), (size, 2))
        courses = starts[:, None] + np.cumsum(random.normal(0, 0.02, (size, 12, 2)), axis=1)
        columns = {"kind": random.choice(["rail", "road", "ferry"], size)}
        lines = gpd.GeoDataFrame(columns, geometry=shapely.linestrings(courses), crs="EPSG:4326")
        lines.to_parquet(folder / f"{nth:09}.parquet")


def peak():
    """The most memory that this process has had, in kibibytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """A function that gives the folder with so many lines."""
    root = tmp_path_factory.mktemp("lines")

    def folder(count):
        if not (root / str(count)).exists():
            write_lines(root / str(count), count)
        return root / str(count)

    return folder


@pytest.mark.parametrize("workers", [0, 2, 4], ids=["one process", "2 workers", "4 workers"])
@pytest.mark.parametrize("count", SIZES)
def test_a_folder_by_country(benchmark, folders, count, workers):
    if benchmark.disabled:
        pytest.skip("takes minutes and only measures; run by: make bench")
    benchmark.group = f"{count:,} lines by country"
    command = [sys.executable, "-m", "corridors", "stats", folders(count), "--by", "country", "--format", "csv"]

    def run(*options):
        process = subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0
        benchmark.extra_info["megabytes"] = round(used.ru_maxrss / MIB)
        benchmark.extra_info["processor_s"] = round(used.ru_utime + used.ru_stime, 1)

    rounds = 3 if count < SIZES[-1] else 1
    if not workers:
        benchmark.pedantic(run, rounds=rounds)
        return
    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0") as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        benchmark.pedantic(run, args=("--engine", "dask", "--scheduler", cluster.scheduler_address), rounds=rounds)
        benchmark.extra_info["megabytes"] = round(max(client.run(peak).values()) / MIB)
