"""Files in parts: the same digits from one process and from a cluster, of which workers die, lack corridors or wait."""

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress

import dask
import geopandas as gpd
import numpy as np
import psutil
import pyarrow as pa
import pytest
import shapely
from distributed import Client, LocalCluster
from geopandas.testing import assert_geodataframe_equal
from pyarrow import dataset

from corridors.app.engines import SingleProcess, open_engine
from corridors.app.vector_map import MapOptions, read_drawn
from corridors.data import vector_parquet
from corridors.data.vector_files import Reading, read_part, read_vectors, vector_parts
from corridors.errors import UsageError
from tests.test_import import SOURCE
from tests.test_kinds import KIND

GATE = """
import os, sys
from pathlib import Path
from corridors.app import vector_files

gate = Path(os.environ["GATE"])
measured = getattr(vector_files._measured, "__wrapped__", vector_files._measured)  # this may be loaded twice

def held(part, asked):
    try:
        (gate / "armed").unlink()  # only one worker can do this
    except FileNotFoundError:
        return measured(part, asked)
    (gate / "at-work").write_text(str(os.getpid()))  # a pipe: this waits for the reader
    (gate / "never").read_text()

held.__wrapped__ = measured
vector_files._measured = held
"""
"""What workers load first: if the gate is armed, the first worker at work says so in a pipe, and waits there."""

HIDDEN = """
import sys

class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "corridors":
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Hidden())
"""


def frame_of(count, seed=0):
    random = np.random.default_rng(seed)
    starts = random.uniform((60, 36), (90, 50), (count, 2))
    lines = shapely.linestrings(starts[:, None] + np.cumsum(random.normal(0, 0.2, (count, 5, 2)), axis=1))
    columns = {"name": [f"{seed}-{nth}" for nth in range(count)], "gauge": random.choice([1435, 1520], count)}
    return gpd.GeoDataFrame(columns, geometry=lines, crs="EPSG:4326")


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    """A folder of GeoParquet in five parts. The gauge is whole numbers in four of them, and has gaps in the last."""
    folder = tmp_path_factory.mktemp("data") / "lines"
    folder.mkdir()
    for nth in range(5):
        frame = frame_of(12, nth)
        if nth == 4:
            frame["gauge"] = frame["gauge"].where(frame["gauge"] == 1520)
        frame.to_parquet(folder / f"part-{nth}.parquet")
    return folder


@pytest.fixture(scope="module")
def gate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gate")
    (folder / "gate.py").write_text(GATE, encoding="utf-8")
    os.mkfifo(folder / "at-work")
    os.mkfifo(folder / "never")
    return folder


def worker(address, preload, **environment):
    """A process that works for a scheduler, without another process that would start it again."""
    command = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--no-nanny", "--no-dashboard"]
    options = ["--nthreads", "2", "--host", "127.0.0.1", "--preload", preload]
    return subprocess.Popen([*command, *options], env={**os.environ, **environment}, stderr=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def scheduler():
    """A function that starts a scheduler with workers that load a file first, and gives its address."""
    clusters, processes = [], []

    def start(count, preload="", **environment):
        clusters.append(LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0"))
        address = clusters[-1].scheduler_address
        processes.extend(worker(address, preload, **environment) for _ in range(count))
        if count:
            with Client(address, set_as_default=False) as client:
                client.wait_for_workers(count, timeout=60)
        return address

    yield start
    for process in processes:
        process.kill()
        process.wait()
    for cluster in clusters:
        cluster.close()


@pytest.fixture(scope="module")
def address(scheduler, gate):
    """The address of a scheduler with two workers of two threads each."""
    return scheduler(2, str(gate / "gate.py"), GATE=str(gate))


@pytest.fixture
def on_cluster(address):
    return ("--engine", "dask", "--scheduler", address)


@pytest.fixture
def impatient():
    """Waits for schedulers and workers are short."""
    with dask.config.set({"distributed.comm.timeouts.connect": "300ms"}):
        yield


# --- the same digits --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", [["--by", "country"], ["--by", "gauge", "--where", "gauge != 1435"]])
def test_statistics_are_the_same_from_one_process_from_a_cluster_and_from_one_file(
    corridors, parts, on_cluster, asked, tmp_path
):
    alone = corridors("stats", parts, *asked, "--format", "csv")
    assert (alone.code, alone.err) == (0, "")
    assert "measured_km,lines," in alone.out
    assert corridors("stats", parts, *asked, *on_cluster, "--format", "csv") == alone
    [layer] = read_vectors(parts)
    layer.frame.to_file(tmp_path / "lines.gpkg")
    assert corridors("stats", tmp_path / "lines.gpkg", *asked, "--format", "csv") == alone


def test_a_map_gets_the_same_features_from_one_process_and_from_a_cluster(parts, address):
    options = MapOptions(by="gauge", where="gauge == 1520", columns=["name"], precision="web")
    [alone] = read_drawn([parts], options)
    with open_engine("dask", address) as engine:
        [drawn] = read_drawn([parts], options, engine=engine)
    assert 20 < len(alone.layer.frame) < 60
    assert drawn.columns == alone.columns
    assert_geodataframe_equal(drawn.layer.frame, alone.layer.frame)


def test_an_import_is_the_same_from_one_process_and_from_a_cluster(corridors, parts, on_cluster, geodata):
    with (geodata / "catalog.toml").open("a", encoding="utf-8") as file:
        file.write(KIND)
    asked = ["import", parts, "--layer", "power-lines", "--column", "id=name", *SOURCE, "--dry-run", "--format", "csv"]
    alone = corridors(*asked)
    assert alone.out.count("added") == 60
    assert corridors(*asked, *on_cluster) == alone


def test_a_worker_that_is_killed_in_the_middle_changes_no_digit(corridors, parts, on_cluster, gate):
    alone = corridors("stats", parts, "--by", "country", "--format", "csv")
    (gate / "armed").touch()
    killed = []

    def kill():
        killed.append(int((gate / "at-work").read_text()))  # waits until a worker has begun with a part
        os.kill(killed[0], signal.SIGKILL)

    threading.Thread(target=kill, daemon=True).start()
    assert corridors("stats", parts, "--by", "country", "--format", "csv", *on_cluster) == alone
    assert not psutil.pid_exists(killed[0]) or psutil.Process(killed[0]).status() == psutil.STATUS_ZOMBIE


# --- parts ------------------------------------------------------------------------------------------------------------


def test_row_groups_of_a_file_are_parts_that_know_their_first_row(tmp_path, monkeypatch):
    frame = frame_of(100)
    frame.loc[77, "geometry"] = shapely.Point(500, 0)
    frame.to_parquet(tmp_path / "a.parquet", row_group_size=10)
    monkeypatch.setattr(vector_parquet, "ROWS", 25)
    found = vector_parts(tmp_path / "a.parquet")
    assert [part.source.piece.first for part in found] == [0, 20, 40, 60, 80]
    read = [layer for part in found for layer in read_part(part, Reading(skip_bad=True))]
    assert [len(layer.frame) for layer in read] == [20, 20, 20, 19, 20]
    assert [feature.number for layer in read for feature in layer.skipped] == [77]


def test_folders_give_a_column_and_hidden_files_are_left_out(corridors, on_cluster, tmp_path):
    table = pa.table(frame_of(60).to_arrow(geometry_encoding="WKB"))
    frame_of(60).to_parquet(tmp_path / "whole.parquet")
    whole = dataset.dataset(tmp_path / "whole.parquet").to_table()
    assert len(whole) == len(table)
    dataset.write_dataset(whole, tmp_path / "by", format="parquet", partitioning=["gauge"], partitioning_flavor="hive")
    (tmp_path / "by" / "_temporary").mkdir()
    (tmp_path / "by" / "_temporary" / "x.parquet").write_bytes(b"cut")
    expected = corridors("stats", tmp_path / "whole.parquet", "--by", "gauge", "--format", "csv")
    for engine in ([], on_cluster):
        assert corridors("stats", tmp_path / "by", "--by", "gauge", "--format", "csv", *engine).out.replace(
            "by,", "whole,"
        ) == expected.out.replace("by,", "whole,")


def test_a_column_that_is_empty_in_the_first_part_has_the_type_of_the_others(tmp_path):
    (tmp_path / "lines").mkdir()
    for nth, values in enumerate(([None, None], ["a", "b"])):
        frame = frame_of(2, nth).assign(
            kind=np.array(values, dtype=object), width=[nth, nth + 0.5][: 1 + nth] * (2 - nth)
        )
        frame.to_parquet(tmp_path / "lines" / f"{nth}.parquet")
    [layer] = read_vectors(tmp_path / "lines")
    assert layer.frame["kind"].fillna("").tolist() == ["", "", "a", "b"]
    assert layer.frame["width"].tolist() == [0, 0, 1, 1.5]


def test_one_process_has_one_part_in_memory_at_a_time():
    done = []
    results = SingleProcess().map(lambda item, asked: done.append(item) or asked, [1, 2, 3], "asked")
    assert (next(results), done) == ("asked", [1])


# --- what can fail ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("damage", ["cut", "changed"])
def test_a_damaged_part_is_named(corridors, parts, on_cluster, tmp_path, damage):
    folder = tmp_path / "lines"
    folder.mkdir()
    for path in parts.iterdir():
        data = path.read_bytes()
        if path.stem == "part-3":
            data = data[: len(data) // 2] if damage == "cut" else data[:100] + b"\0" * 2000 + data[2100:]
        (folder / path.name).write_bytes(data)
    for engine in ([], on_cluster):
        ran = corridors("stats", folder, *engine)
        assert (ran.code, ran.out) == (3, "")
        assert f"{folder}/part-3.parquet" in ran.err


def test_a_feature_that_cannot_be_used_is_named_with_its_part(corridors, on_cluster, tmp_path):
    (tmp_path / "lines").mkdir()
    frame_of(3).to_parquet(tmp_path / "lines" / "a.parquet")
    bad = frame_of(3, 1)
    bad.loc[1, "geometry"] = shapely.Point(76, 432)
    bad.to_parquet(tmp_path / "lines" / "b.parquet")
    stopped = corridors("stats", tmp_path / "lines", *on_cluster)
    assert stopped.code == 3
    assert "lines/b.parquet: layer , feature 1" in stopped.err or "b.parquet" in stopped.err
    skipped = corridors("stats", tmp_path / "lines", *on_cluster, "--skip-bad")
    assert skipped == corridors("stats", tmp_path / "lines", "--skip-bad")
    assert "1 feature left out" in skipped.err


def test_an_unknown_layer_and_an_unknown_column_are_refused_alike(corridors, parts, on_cluster):
    for wrong in (["--layer", "lnies"], ["--by", "guage"], ["--where", "guage == 1"]):
        alone = corridors("stats", parts, *wrong)
        assert alone.code == 2
        assert corridors("stats", parts, *wrong, *on_cluster) == alone


@pytest.mark.usefixtures("impatient")
def test_a_scheduler_that_is_not_there_is_named(corridors, parts):
    ran = corridors("stats", parts, "--engine", "dask", "--scheduler", "tcp://127.0.0.1:9")
    assert (ran.code, ran.out) == (4, "")
    assert "No Dask scheduler answers at tcp://127.0.0.1:9. Remedy:" in ran.err


@pytest.mark.usefixtures("impatient")
def test_a_scheduler_without_workers_is_named(corridors, parts, scheduler):
    address = scheduler(0)
    ran = corridors("stats", parts, "--engine", "dask", "--scheduler", address)
    assert (ran.code, ran.out) == (4, "")
    assert f"scheduler {address} has no worker. Remedy:" in ran.err


def test_a_worker_without_corridors_is_named(corridors, parts, scheduler, tmp_path):
    (tmp_path / "hidden.py").write_text(HIDDEN, encoding="utf-8")
    ran = corridors("stats", parts, "--engine", "dask", "--scheduler", scheduler(1, str(tmp_path / "hidden.py")))
    assert (ran.code, ran.out) == (2, "")
    assert "does not have corridors" in ran.err
    assert "tcp://127.0.0.1" in ran.err


@pytest.mark.parametrize("address", ["host:8786", "tcp://host", "http://host:80", "tcp://a b:1", ""])
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(UsageError, match=r"is not the address of a scheduler\. Remedy"), open_engine("dask", address):
        pass


def test_a_scheduler_for_one_process_is_refused(corridors, parts):
    assert corridors("stats", parts, "--scheduler", "tcp://host:8786").code == 2


@pytest.mark.parametrize("command", [["stats"], ["map", "-o", "a.html"], ["import", "--layer", "places"]])
def test_without_dask_the_message_names_the_extra(corridors, parts, monkeypatch, command):
    monkeypatch.setitem(sys.modules, "distributed", None)
    ran = corridors(*command, parts, "--engine", "dask")
    assert ran.code == 2
    assert "pip install 'corridors[dask]'" in ran.err


def test_an_interrupted_command_leaves_no_process_behind(parts, gate):
    (gate / "armed").touch()
    environment = {**os.environ, "GATE": str(gate), "DASK_DISTRIBUTED__WORKER__PRELOAD": str(gate / "gate.py")}
    command = [sys.executable, "-m", "corridors", "stats", parts, "--by", "country", "--engine", "dask"]
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's job in the background ignores Ctrl-C
    process = subprocess.Popen(
        command, env=environment, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    signal.signal(signal.SIGINT, before)
    try:
        at_work = psutil.Process(int((gate / "at-work").read_text()))  # a worker of this machine's own cluster
        started = psutil.Process(process.pid).children(recursive=True)
        assert at_work in started
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=100)
        assert (process.returncode, out) == (130, b"")
        assert err.strip().splitlines() == [b"corridors: interrupted; files are as they were before"]
        assert psutil.wait_procs(started, timeout=60)[1] == []
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
