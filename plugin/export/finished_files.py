"""Which of several files are whole, kept in a journal beside them: after a break, they are not asked for again."""

from __future__ import annotations

import json
from pathlib import Path

from .journal import not_writable, replace_text


class FinishedFiles:
    """The journal of several exports. A finished file counts as long as nobody has changed it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lines: dict[str, tuple[str, int, int]] = {}

    def read(self) -> None:
        """Read what a run before has noted; a journal that cannot be read notes nothing."""
        try:
            for line in self._path.read_text(encoding="ascii").splitlines():
                name, key, size, changed = json.loads(line)
                self._lines[str(name)] = str(key), int(size), int(changed)
        except (OSError, ValueError, TypeError):
            # What is cut off or gone is asked for again.
            return

    def holds(self, path: Path, key: str) -> bool:
        """Whether a finished file is there that was made by the export with this key."""
        try:
            return self._lines.get(path.name) == (key, *_facts(path))
        except OSError:
            return False

    def note(self, path: Path, key: str) -> None:
        """Note that a file is whole.

        Raises:
            FileError: it cannot be noted.
        """
        try:
            self._lines[path.name] = key, *_facts(path)
        except OSError as error:
            raise not_writable(self._path, str(error)) from error
        replace_text(self._path, "\n".join(json.dumps([name, *facts]) for name, facts in self._lines.items()))

    def forget(self) -> None:
        """Remove the journal, as everything is whole.

        Raises:
            FileError: it cannot be removed.
        """
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            raise not_writable(self._path, str(error)) from error


def _facts(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns
