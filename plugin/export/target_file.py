"""The files of an export: the target, which appears only when it is whole, and what stands beside it until then."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from qgis.PyQt.QtCore import QLocale

from ..service.errors import FileError, ImageServerLayerError
from ..translation import tr
from .journal import not_writable

SUFFIXES = (".tif", ".tiff")
_SIDECAR = ".aux.xml"
# Files that GDAL or QGIS may have put beside the file that is replaced, and that do not belong to the new one.
_STALE = (_SIDECAR, ".ovr", ".msk")
# In bytes: what is always left free on the disk, for other programs.
SPARE = 64 * 2**20


class NoSpaceError(ImageServerLayerError):
    """The disk has too little space. It is no `FileError`, as nothing is wrong with the file yet."""


@dataclass(frozen=True)
class TargetFile:
    """The path of the file, and the paths of the files beside it while it is being made."""

    path: Path

    @property
    def part(self) -> Path:
        """The file that tiles are written into."""
        return self.path.with_name(f"{self.path.name}.part")

    @property
    def copy(self) -> Path:
        """The file in another format, while it is being written."""
        return self.path.with_name(f"{self.path.name}.copy")

    @property
    def journal(self) -> Path:
        """Tells which tiles are in the part."""
        return self.path.with_name(f"{self.path.name}.journal")

    def check(self) -> None:
        """Make sure that the file can be put in place.

        Raises:
            FileError: it has another suffix, its folder is not there, or something that cannot be replaced is.
        """
        if self.path.suffix.lower() not in SUFFIXES:
            message = tr("The export is a TIFF, so the name of the file must end with .tif: {path} does not.")
            raise FileError(message.format(path=self.path))
        if not self.path.parent.is_dir():
            message = tr("The folder {path} does not exist; make it, or choose another one.")
            raise FileError(message.format(path=self.path.parent))
        if not self.path.exists():
            return
        try:
            with self.path.open("r+b"):
                pass
        except OSError as error:
            raise self._not_replaceable(str(error)) from error

    def check_space(self, needed: float) -> None:
        """Make sure that there is space for so many more bytes.

        Raises:
            NoSpaceError: there is not.
            FileError: nobody knows.
        """
        try:
            free = shutil.disk_usage(self.path.parent).free
        except OSError as error:
            raise not_writable(self.path, str(error)) from error
        if needed + SPARE > free:
            message = tr(
                "The export needs some {needed} more, and the disk of {folder} has {free} left: make room, or choose "
                "another disk."
            )
            raise NoSpaceError(message.format(needed=size_text(needed), free=size_text(free), folder=self.path.parent))

    def forget_part(self, *, and_journal: bool = True) -> None:
        """Remove the files beside the target. The journal stays if its gaps are to be fetched later.

        Raises:
            FileError: it cannot be removed.
        """
        journal = [self.journal] if and_journal else []
        for path in (self.part, _beside(self.part), self.copy, _beside(self.copy), *journal):
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise not_writable(path, str(error)) from error

    def forget_copy(self) -> None:
        """Remove the copy after a failure, as half of it would fill the disk; what is wrong has been told."""
        with suppress(OSError):
            self.copy.unlink(missing_ok=True)

    def replace_part(self) -> None:
        """Put the copy in the place of the part.

        Raises:
            FileError: it cannot be replaced.
        """
        try:
            self.copy.replace(self.part)
        except OSError as error:
            raise not_writable(self.part, str(error)) from error

    def publish(self, whole: Path) -> None:
        """Give the target's name to a whole file; its sidecar goes along.

        Raises:
            FileError: the target cannot be replaced.
        """
        try:
            whole.replace(self.path)
            for ending in _STALE:
                _beside(self.path, ending).unlink(missing_ok=True)
            if _beside(whole).exists():
                _beside(whole).replace(_beside(self.path))
        except OSError as error:
            raise self._not_replaceable(str(error)) from error

    def _not_replaceable(self, details: str) -> FileError:
        message = tr(
            "The file {path} cannot be replaced: close it where it is open, perhaps in QGIS itself, or choose another "
            "name; what has been read so far is kept, if you run the export again."
        )
        return FileError(message.format(path=self.path), details)


def _beside(path: Path, ending: str = _SIDECAR) -> Path:
    return path.with_name(f"{path.name}{ending}")


def used_space(path: Path) -> int:
    """Return the bytes of a file, 0 where there is none."""
    return path.stat().st_size if path.exists() else 0


def size_text(size: float) -> str:
    """Return a number of bytes in the user's words."""
    return str(QLocale().formattedDataSize(int(size)))
