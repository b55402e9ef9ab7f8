"""Memory of their own for pixels that are kept, so that all of it goes back to the system when they are forgotten.

glibc puts arrays of megabytes among everything else, and keeps what is freed below something small that still lives.
Views come and go by the hundred while QGIS draws, so it kept more and more of what nobody used. Other systems give
such memory back by themselves.
"""

from __future__ import annotations

import mmap
import sys
from typing import Any

import numpy as np
import numpy.typing as npt

# In bytes. Smaller arrays fit into gaps of the heap, and would be rounded up to whole pages.
_FEWEST_BYTES = 2**18


def apart(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return a copy of an array in memory of its own, or the array itself where that makes no difference."""
    if sys.platform != "linux" or array.nbytes < _FEWEST_BYTES:
        return array
    memory = mmap.mmap(-1, array.nbytes, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    copy = np.frombuffer(memory, array.dtype).reshape(array.shape)
    copy[...] = array
    return copy
