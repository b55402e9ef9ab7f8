"""A file that is being downloaded: it has another name until it is complete, and can be resumed."""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from ..service.errors import ImageServerLayerError
from ..translation import tr
from .journal import not_writable
from .local_names import PART
from .target_file import SPARE, NoSpaceError, size_text

_FULL = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)


class PartFile:
    """Takes a file piece by piece; see `reception.Receiver`.

    What an earlier run has left is used only if the server can confirm that its file is still the same.

    Args:
        path: that of the whole file.
        size: in bytes, None where nobody knows.
        key: a text that stands for the file on its server.
        grown: is told by how many bytes there are more, or fewer.
    """

    def __init__(self, path: Path, size: int | None, key: str, grown: Callable[[int], None]) -> None:
        self.path, self._size, self._key, self._grown = path, size, key, grown
        self._part = path.with_name(f"{path.name}{PART}")
        self._notes = path.with_name(f"{path.name}{PART}.json")
        self._file: BinaryIO | None = None
        self._offset, self._validator = self._left()
        grown(self._offset)

    @property
    def offset(self) -> int:
        """How many bytes there are."""
        return self._offset

    @property
    def size(self) -> int | None:
        """How many bytes the whole file has; None if unknown."""
        return self._size

    @property
    def validator(self) -> str:
        """The `ETag` or `Last-Modified` of the bytes that are here."""
        return self._validator

    def begin(self, offset: int, validator: str) -> None:
        """Keep the first `offset` bytes; the next piece follows them.

        Raises:
            FileError: the file cannot be written.
        """
        try:
            if self._file is None:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self._file = self._part.open("r+b" if offset else "wb")
            self._file.seek(offset)
            self._file.truncate()
            if validator and validator != self._validator:
                notes = {"file": self._key, "size": self._size, "validator": validator}
                self._notes.write_text(json.dumps(notes), encoding="ascii")
        except OSError as error:
            raise self._failure(error) from error
        self._grown(offset - self._offset)
        self._offset, self._validator = offset, validator

    def write(self, piece: bytes) -> None:
        """Take the next piece.

        Raises:
            NoSpaceError: the disk is full.
            FileError: the file cannot be written.
        """
        if self._file is None:
            return
        try:
            self._file.write(piece)
        except OSError as error:
            raise self._failure(error) from error
        self._offset += len(piece)
        self._grown(len(piece))

    def publish(self) -> None:
        """Give the file its name, as it is whole.

        Raises:
            NoSpaceError: the disk is full.
            FileError: the file cannot be put in place.
        """
        try:
            if self._file is not None:
                file, self._file = self._file, None
                file.close()
            self._part.replace(self.path)
            self._notes.unlink(missing_ok=True)
        except OSError as error:
            raise self._failure(error) from error

    def close(self) -> None:
        """Close the file; an unfinished one stays only if the download can go on from there. Called last."""
        file, self._file = self._file, None
        try:
            if file is not None:
                file.close()
            if not self._offset or not self._validator:
                self._part.unlink(missing_ok=True)
                self._notes.unlink(missing_ok=True)
        except OSError:
            # What cannot be written any more was told of already.
            return

    def _left(self) -> tuple[int, str]:
        """Return how many usable bytes an earlier run has left, and their validator."""
        try:
            notes = json.loads(self._notes.read_text(encoding="ascii"))
            there = self._part.stat().st_size
            validator = str(notes["validator"])
            is_same = notes["file"] == self._key and notes["size"] == self._size
        except (OSError, ValueError, LookupError, TypeError):
            return 0, ""
        is_begun = is_same and validator.isprintable() and there > 0 and (self._size is None or there < self._size)
        return (there, validator) if is_begun else (0, "")

    def _failure(self, error: OSError) -> ImageServerLayerError:
        if error.errno in _FULL:
            text = tr("The disk of {folder} is full: make room, and run the download again; it goes on from there.")
            return NoSpaceError(text.format(folder=self.path.parent), str(error))
        return not_writable(self.path, str(error))


def check_free_space(folder: Path, needed: int) -> None:
    """Make sure that there is space for so many more bytes in a folder that is there.

    Raises:
        NoSpaceError: there is not.
        FileError: nobody knows.
    """
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise not_writable(folder, str(error)) from error
    if needed + SPARE > free:
        text = tr(
            "The files need {needed} more, and the disk of {folder} has {free} left: make room, or choose another disk."
        )
        raise NoSpaceError(text.format(needed=size_text(needed), free=size_text(free), folder=folder))
