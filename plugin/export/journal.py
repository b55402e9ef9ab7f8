"""What of an export is in its file already, kept in a journal beside it: a break, or a crash, costs what is not noted.

One JSON object a line: first what is exported, then each tile with a checksum of its pixels and what they come to.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from ..provider.statistics import Moments
from ..service.errors import FileError
from ..translation import tr

_VERSION = 1
_CLOSED = '"closed"'


@dataclass(frozen=True)
class Entry:
    """A tile that is in the file: a checksum of its pixels, and the moments of each band."""

    checksum: int
    moments: tuple[Moments, ...]


class Journal:
    """The journal of one export. `key` is a text that stands for everything that makes it what it is."""

    def __init__(self, path: Path, key: str) -> None:
        self._path, self._key = path, key
        self._file: TextIO | None = None

    def read(self) -> tuple[dict[int, Entry], bool]:
        """Return the tiles that are noted, by number, and whether their file was closed as it should be.

        There are none where the journal is that of another export, or broken.
        """
        try:
            lines = self._path.read_text(encoding="ascii").splitlines()
            head = json.loads(lines[0])
            if head != self._head():
                return {}, False
        except (OSError, ValueError, LookupError):
            return {}, False
        found: dict[int, Entry] = {}
        for line in lines[1:]:
            if line == _CLOSED:
                return found, True
            try:
                number, checksum, bands = json.loads(line)
                found[int(number)] = Entry(int(checksum), tuple(Moments(*band) for band in bands))
            except (ValueError, TypeError):
                # The line is cut off; this tile and those after it are fetched again.
                break
        return found, False

    def begin(self, entries: dict[int, Entry]) -> None:
        """Write the journal anew, with the tiles that are known to be right.

        Raises:
            FileError: it cannot be written; what it said before still stands.
        """
        lines = [self._head(), *(_line(number, entry) for number, entry in entries.items())]
        replace_text(self._path, "".join(f"{json.dumps(line)}\n" for line in lines))
        try:
            self._file = self._path.open("a", encoding="ascii")
        except OSError as error:
            raise not_writable(self._path, str(error)) from error

    def note(self, number: int, entry: Entry) -> None:
        """Note that a tile is in the file.

        Raises:
            FileError: it cannot be written.
        """
        self._write_line(json.dumps(_line(number, entry)))

    def note_closed(self) -> None:
        """Note that the file with the tiles was closed as it should be: it can be written on.

        Raises:
            FileError: it cannot be written.
        """
        self._write_line(_CLOSED)

    def close(self) -> None:
        """Close the file; it stays."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _head(self) -> dict[str, Any]:
        return {"image_server_layer": _VERSION, "export": self._key}

    def _write_line(self, line: str) -> None:
        if self._file is None:
            return
        try:
            self._file.write(f"{line}\n")
            self._file.flush()
        except OSError as error:
            raise not_writable(self._path, str(error)) from error


def not_writable(path: Path, details: str) -> FileError:
    """Return the error of a file that cannot be written."""
    message = tr("The file {path} cannot be written: check the folder, its permissions and the free space.")
    return FileError(message.format(path=path), details)


def replace_text(path: Path, text: str) -> None:
    """Write a file of ASCII in place of what is there; if that fails, or breaks off, what is there stays.

    Raises:
        FileError: it cannot be written.
    """
    new = path.with_name(f"{path.name}.new")
    try:
        new.write_text(text, encoding="ascii")
        new.replace(path)
    except OSError as error:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise not_writable(path, str(error)) from error


def _line(number: int, entry: Entry) -> list[Any]:
    return [number, entry.checksum, [_numbers(moments) for moments in entry.moments]]


def _numbers(moments: Moments) -> Sequence[float]:
    # Without any pixels, the limits are infinite, which `json` can write and read.
    return moments.count, moments.minimum, moments.maximum, moments.mean, moments.squares
