"""The measure of standstills: what the plugin does counts, what the machine does meanwhile does not."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterator

import pytest
from qgis.PyQt.QtCore import QTimer

from image_server_layer.tests import children
from image_server_layer.tests.trust.standstill import watched

_LONG = 0.2


@pytest.fixture
def busy_machine() -> Iterator[None]:
    """Give each processor several things to do."""
    programs = [children.start([sys.executable, "-c", "while True: pass"]) for _ in range(8)]
    yield
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
    assert _once(lock.acquire) >= _LONG * 0.9


def test_waiting_for_pythons_lock_counts() -> None:
    text = json.dumps([[number] for number in range(700_000)])

    def hold() -> float:
        began = time.thread_time()
        json.loads(text)
        return time.thread_time() - began

    def standstill() -> float:
        held: list[float] = []
        thread = threading.Thread(target=lambda: held.append(hold()))
        QTimer.singleShot(0, thread.start)
        longest = watched(lambda: bool(held))
        thread.join()
        return longest

    # A busy machine starves both threads, and what is not counted may then be too much.
    assert max(standstill() for _ in range(3)) >= hold() / 3


@pytest.mark.usefixtures("busy_machine")
def test_a_busy_machine_does_not_count() -> None:
    end = time.monotonic() + 2.0
    gaps = [0.0]
    then = time.monotonic()

    def is_over() -> bool:
        nonlocal then
        now = time.monotonic()
        gaps.append(now - then)
        then = now
        return now > end

    standstill = watched(is_over)
    assert standstill < 0.05
    # Otherwise it was not busy, and this would prove nothing.
    assert max(gaps) > 0.012
