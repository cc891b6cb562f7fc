"""Work on parts to its results, in the order of the parts: in this process, or by the workers of a Dask cluster.

Dask's client hands out the parts. Its data frames are not used: they give a part no name for messages, take longer to
import, and have been no faster.
"""

import logging
import re
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import metadata
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeVar

from corridors.errors import FileError, UsageError
from corridors.locales import message

if TYPE_CHECKING:
    from distributed import Client, Future

EngineName = Literal["single", "dask"]

VERSION: Final = metadata.version("corridors")
"""The version of this package. Workers must have the same one, since another one may give other numbers."""

ADDRESS: Final = re.compile(r"(tcp|tls)://(\[[0-9a-fA-F:.]+\]|[^\s:/\[\]]+):[0-9]+")

SOON: Final = 0.5
"""Seconds that a worker of this machine has to end by itself."""

Item = TypeVar("Item")
Asked = TypeVar("Asked")
Result = TypeVar("Result")
Work = Callable[[Item, Asked], Result]

_TURN = threading.Lock()
"""Held by the thread of a worker that is at work. GDAL, GEOS and Python's warnings keep state for a whole process."""


class Engine(Protocol):
    """What does the work."""

    def map(self, work: Work[Item, Asked, Result], items: Sequence[Item], asked: Asked) -> Iterator[Result]:
        """Do the same work on each item.

        Parameters
        ----------
        work
            A function of a module, of an item and of what is asked.
        items
            The items. They and the results are small enough to be sent.
        asked
            What is the same for all items. It is sent to each worker once.

        Returns
        -------
        Iterator
            The results, in the order of the items. The first error in that order ends it.
        """


class SingleProcess:
    """The engine that does the work here, one item after another. Only one item is in memory at a time."""

    def map(self, work: Work[Item, Asked, Result], items: Sequence[Item], asked: Asked) -> Iterator[Result]:
        """Do the same work on each item."""
        return (work(item, asked) for item in items)


@contextmanager
def open_engine(name: EngineName = "single", scheduler: str | None = None) -> Iterator[Engine]:
    """Open an engine. What it has started ends with the block.

    Parameters
    ----------
    name
        ``single`` or ``dask``.
    scheduler
        The address of a Dask scheduler (``tcp://host:port``). Without it, ``dask`` starts a worker for each processor
        of this machine.

    Raises
    ------
    UsageError
        If Dask is missing, a worker does not have this version of corridors, or the address is none or is for
        ``single``.
    FileError
        If the scheduler does not answer, or has no worker.
    """
    if name == "single":
        if scheduler is not None:
            raise UsageError(message("error.engine.single"))
        yield SingleProcess()
        return
    if scheduler is not None and not ADDRESS.fullmatch(scheduler):
        raise UsageError(message("error.engine.address", repr(scheduler)))
    try:
        import distributed  # noqa: F401, PLC0415 - an optional extra
    except ImportError as error:
        raise UsageError(message("error.engine.dask")) from error
    with _cluster(scheduler) as address, _client(address) as client:
        yield _Cluster(client, address)


class _Cluster:
    """The engine that hands the items to the workers of a cluster. If a worker dies, another one does its items."""

    def __init__(self, client: "Client", address: str) -> None:
        self._client = client
        self._address = address

    def map(self, work: Work[Item, Asked, Result], items: Sequence[Item], asked: Asked) -> Iterator[Result]:
        """Do the same work on each item."""
        shared = self._client.submit(_same, asked, pure=False)
        futures = self._client.map(_in_turn, items, work=work, asked=shared, pure=False)[::-1]
        while futures:
            yield self._result(futures.pop())

    def _result(self, future: "Future[Result]") -> Result:
        """The result of an item, as soon as it is there."""
        from distributed import CancelledError, KilledWorker  # noqa: PLC0415 - an optional extra
        from distributed.comm.core import CommClosedError  # noqa: PLC0415

        while True:
            try:
                return future.result(timeout=_patience())
            except TimeoutError as error:
                if future.done():  # the work itself has raised it
                    raise
                if not self._client.scheduler_info(n_workers=0)["n_workers"]:
                    raise FileError(message("error.engine.workers", self._address)) from error
            except ModuleNotFoundError as error:
                raise UsageError(message("error.engine.version", self._address, VERSION)) from error
            except KilledWorker as error:
                raise FileError(message("error.engine.killed", error.allowed_failures + 1)) from error
            except (CancelledError, CommClosedError) as error:
                raise FileError(message("error.engine.lost", self._address)) from error


def _same(asked: Asked) -> Asked:
    """What was given. As the result of a task it can be made again if the worker that has it dies."""
    return asked


def _in_turn(item: Item, *, work: Work[Item, Asked, Result], asked: Asked) -> Result:
    """Do the work on an item, while no other thread of this worker is at work."""
    with _TURN:
        return work(item, asked)


@contextmanager
def _cluster(scheduler: str | None) -> Iterator[str]:
    """The address of a scheduler: the given one, or that of workers on this machine, which are ended with the block."""
    if scheduler is not None:
        yield scheduler
        return
    from distributed import LocalCluster, Nanny  # noqa: PLC0415 - an optional extra

    class Keeper(Nanny):
        """Ends its worker soon, though it is at work: only an interrupted command ends workers at work."""

        async def kill(self, timeout: float = SOON, reason: str = "ended") -> None:  # noqa: ASYNC109 - the library's word
            await super().kill(timeout=min(timeout, SOON), reason=reason)

    with _without_interrupts():
        cluster = LocalCluster(
            threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0", silence_logs=logging.CRITICAL,
            worker_class=Keeper,
        )  # fmt: skip
    with cluster:
        yield cluster.scheduler_address


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Let the processes that a block starts ignore Ctrl-C. It interrupts this process, which then ends them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _client(address: str) -> "Iterator[Client]":
    """A connection to a scheduler whose workers have this version of corridors."""
    from distributed import Client  # noqa: PLC0415 - an optional extra

    try:
        client = Client(address, timeout=_patience(), set_as_default=False)
    except (OSError, TypeError) as error:  # TypeError: no certificates are set up for tls
        raise FileError(message("error.engine.scheduler", address)) from error
    try:
        with _told_as_missing(address):
            client.wait_for_workers(1, timeout=_patience())
        found = client.run(resolve_name, f"{__name__}:VERSION", on_error="return")
        for worker, version in found.items():
            if version != VERSION:
                raise UsageError(message("error.engine.version", worker, VERSION))
        yield client
    finally:
        with suppress(OSError):
            client.close()


@contextmanager
def _told_as_missing(address: str) -> Iterator[None]:
    """Turn a wait for workers that is too long into an error."""
    try:
        yield
    except TimeoutError as error:
        raise FileError(message("error.engine.workers", address)) from error


def _patience() -> float:
    """How many seconds to wait for a scheduler or a worker: Dask's own setting for connections."""
    import dask  # noqa: PLC0415 - an optional extra
    from dask.utils import parse_timedelta  # noqa: PLC0415

    return float(parse_timedelta(dask.config.get("distributed.comm.timeouts.connect")))
