"""The measure of standstills: what the plugin does counts, what the machine does meanwhile does not."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
import time
from collections.abc import Iterator

import pytest
from qgis.PyQt.QtCore import QTimer

from image_server_layer.tests import children
from image_server_layer.tests.trust.standstill import watched

_LONG = 0.2
_SHORT = 0.03


@pytest.fixture
def busy_processor() -> Iterator[None]:
    """Leave the main thread one processor, which has several other things to do."""
    processors = os.sched_getaffinity(0)
    one = {min(processors)}
    programs = [children.start([sys.executable, "-c", "while True: pass"]) for _ in range(8)]
    for program in programs:
        os.sched_setaffinity(program.pid, one)
    os.sched_setaffinity(0, one)
    yield
    os.sched_setaffinity(0, processors)
    for program in programs:
        program.kill()
        program.wait()


def _once(do: object) -> float:
    """Have something done on the main thread, and return the longest standstill."""
    done: list[bool] = []

    def act() -> None:
        do()  # type: ignore[operator]
        done.append(True)

    QTimer.singleShot(0, act)
    return watched(lambda: bool(done))


def test_work_and_waiting_on_the_main_thread_count() -> None:
    def work() -> None:
        end = time.thread_time() + _LONG
        while time.thread_time() < end:
            pass

    assert _once(work) >= _LONG
    assert _once(lambda: time.sleep(_LONG)) >= _LONG
    assert _once(lambda: None) < _LONG / 2


def test_waiting_for_a_lock_counts() -> None:
    lock = threading.Lock()
    lock.acquire()
    threading.Timer(_LONG, lock.release).start()
    assert _once(lock.acquire) >= _LONG / 2


def test_waiting_for_pythons_lock_counts() -> None:
    # A function called in this way keeps Python's lock.
    sleep = ctypes.PyDLL(None).usleep

    def standstill() -> float:
        thread = threading.Thread(target=sleep, args=(int(_LONG * 1e6),))
        QTimer.singleShot(0, thread.start)
        return watched(lambda: thread.ident is not None and not thread.is_alive())

    # Who waits for that lock wakes up every few milliseconds; a busy machine starves it each time, which counts not.
    assert max(standstill() for _ in range(3)) >= _LONG / 4


@pytest.mark.usefixtures("busy_processor")
def test_a_busy_machine_does_not_count() -> None:
    gaps: list[float] = []

    def is_over() -> bool:
        then, end = time.monotonic(), time.thread_time() + _SHORT
        while time.thread_time() < end:
            pass
        gaps.append(time.monotonic() - then)
        return len(gaps) == 10

    standstill = watched(is_over)
    # Otherwise it was not busy, and this would prove nothing.
    assert max(gaps) > 4 * _SHORT
    assert _SHORT <= standstill < max(gaps) / 2
