"""No program outlives the test that started it, however that ends."""

from __future__ import annotations

import ast
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import children

ROOT = Path(__file__).absolute().parents[1]
# What they start is over at once, or ends with its parent by itself.
ON_THEIR_OWN = ("tests/children.py", "tests/imageserver/process.py", "tests/test_imageserver/test_http.py")

PARENT = """
import sys, time
from tests import children
print(children.start(["sleep", "300"]).pid, flush=True)
sys.stdin.read()
"""


def is_running(process_id: int) -> bool:
    """Whether a process is there, and no mere entry of one that has ended."""
    try:
        status = Path(f"/proc/{process_id}/stat").read_text(encoding="ascii")
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, None], ids=["killed", "terminated", "at its end"])
def test_a_program_ends_with_its_parent(end: signal.Signals | None) -> None:
    pipe = subprocess.PIPE
    with children.start([sys.executable, "-c", PARENT], cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as parent:
        assert parent.stdout is not None
        assert parent.stdin is not None
        child = int(parent.stdout.readline())
        assert is_running(child)
        if end is None:
            parent.stdin.close()
        else:
            parent.send_signal(end)
        parent.wait()
    deadline = time.monotonic() + 60
    while is_running(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_running(child)


def test_the_exit_code_and_the_output_are_the_programs_own() -> None:
    done = children.run(["sh", "-c", "echo $0; exit 3", "--a b"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (3, "--a b\n")


def test_every_program_is_started_that_way() -> None:
    others = []
    for file in (ROOT / "tests").rglob("*.py"):
        name = str(file.relative_to(ROOT))
        if name in ON_THEIR_OWN or name.startswith(("tests/tools/", "tests/lint/")):
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("subprocess.run", "subprocess.Popen"):
                others.append(f"{name}:{node.lineno}")
    assert others == []
