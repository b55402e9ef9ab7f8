"""How tests, scenarios, demo and benchmarks start other programs: so that none outlives whoever started it.

The kernel ends them (`prctl(PR_SET_PDEATHSIG)`, by way of `setpriv`), also where their parent was killed and could not.
A program that is started from another thread than the main one would end with that thread.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from typing import Any


def start(command: Sequence[str], **options: Any) -> subprocess.Popen[Any]:
    """Start a program; arguments, result and errors are those of `subprocess.Popen`."""
    return subprocess.Popen(_bound(command), **options)


def run(command: Sequence[str], **options: Any) -> subprocess.CompletedProcess[Any]:
    """Run a program to its end; arguments, result and errors are those of `subprocess.run`."""
    return subprocess.run(_bound(command), **options)  # noqa: PLW1510 - `check` is the caller's


def _bound(command: Sequence[str]) -> list[str]:
    # Whoever was killed before the kernel was asked is no longer the parent.
    unless_orphaned = '[ "$PPID" = "$0" ] && exec "$@"'
    return ["setpriv", "--pdeathsig", "KILL", "--", "sh", "-c", unless_orphaned, str(os.getpid()), *command]
