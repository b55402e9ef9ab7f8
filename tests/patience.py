"""How long things may take on a machine that has too much to do: what works takes less than what hangs.

In these tests a server hangs for a minute, and nobody who waits for it in vain gives up sooner than after half of that.
What takes a fraction of a second elsewhere takes seconds at most. How many, benchmarks and `make trust` measure.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# In seconds.
SOON = 10.0
_PATIENCE = 60.0


@contextmanager
def soon(seconds: float = SOON) -> Iterator[None]:
    """Fail where something takes longer than what works takes anywhere."""
    began = time.monotonic()
    yield
    took = time.monotonic() - began
    assert took < seconds, f"It took {took:.1f} s."


def meanwhile(is_so: Callable[[], object], do: Callable[[], object]) -> threading.Thread:
    """Do something as soon as something is so, while the caller waits for what follows; return the thread that does."""
    end = time.monotonic() + _PATIENCE

    def look() -> None:
        while not is_so():
            # The caller waits in vain, and his test fails; what comes after that is left alone.
            if time.monotonic() > end:
                return
            time.sleep(0.01)
        do()

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    return thread
