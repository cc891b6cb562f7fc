"""Work to its result, computed by another process while this one goes on."""

import gc
import os
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import current_process, get_context
from multiprocessing.connection import Connection
from typing import TypeVar

Made = TypeVar("Made")


def in_background(work: Callable[[], Made]) -> Callable[[], Made]:
    """Start work in a copy of this process, and return the function that waits for its result.

    A copy has all that this process has read, so nothing is read twice. It ends when it has sent its result, which must
    be picklable. If it cannot be made or fails, the work is done here when its result is asked for: so there is the
    same result, or the same error. Copies are made only on Linux, where libraries allow them, and not for one core.
    """
    if sys.platform != "linux" or (os.cpu_count() or 1) == 1 or current_process().daemon:
        return work
    copies = get_context("fork")
    receiver, sender = copies.Pipe(duplex=False)
    copy = copies.Process(target=_send, args=(work, sender), daemon=True)
    gc.freeze()  # what is there so far needs no collecting meanwhile
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the threads of numpy, which wait at this moment
        copy.start()
    sender.close()

    def result() -> Made:
        try:
            made: Made = receiver.recv()
        except EOFError:
            made = work()
        finally:
            gc.unfreeze()
            receiver.close()
            copy.join()
        return made

    return result


def _send(work: Callable[[], object], sender: Connection) -> None:
    """Do work and send its result; nothing if it fails."""
    gc.disable()  # the copy ends soon, and a collection would write to all memory that both share
    with suppress(Exception, KeyboardInterrupt):
        sender.send(work())
