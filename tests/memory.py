"""What a process has of memory, in MB: from the system, and of that in use."""

from __future__ import annotations

import ctypes
from pathlib import Path

_MEGABYTE = 2**20


class _Mallinfo2(ctypes.Structure):
    """What glibc tells of its memory, in bytes."""

    _fields_ = [
        ("arena", ctypes.c_size_t),
        ("ordblks", ctypes.c_size_t),
        ("smblks", ctypes.c_size_t),
        ("hblks", ctypes.c_size_t),
        ("hblkhd", ctypes.c_size_t),
        ("usmblks", ctypes.c_size_t),
        ("fsmblks", ctypes.c_size_t),
        ("uordblks", ctypes.c_size_t),
        ("fordblks", ctypes.c_size_t),
        ("keepcost", ctypes.c_size_t),
    ]


def in_use() -> float:
    """Return how much of the heap is asked for and not given back, whoever asked but for Python's small objects.

    What the system has given is more, and grows and shrinks by how things lie there.
    """
    ask = ctypes.CDLL(None).mallinfo2
    ask.restype = _Mallinfo2
    told = ask()
    return float((told.uordblks + told.hblkhd) / _MEGABYTE)


def resident(process: int | str = "self") -> float:
    """Return what a process holds of the machine's memory; 0 for one that is gone."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), 0.0)
