"""The file that an export writes its tiles into: a new one, or that of an earlier run with the tiles that are good.

A file that was not closed, as after a crash or on a full disk, is only read: what is written into it could meet what is
there. Its good tiles are copied into a new one.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass

from qgis.core import QgsProcessingFeedback

from ..options.check import Note
from ..service.errors import FileError
from ..translation import tr, tr_n
from .journal import Entry, not_writable
from .progress import raise_if_canceled
from .target_file import TargetFile
from .working_file import FileForm, WorkingFile, create, open_again
from .writer import checksum


@dataclass(frozen=True)
class Opened:
    """A file to write on.

    Attributes:
        file: open for writing.
        entries: the tiles that it holds already, by number.
        notes: odd but harmless things that the user should be told.
    """

    file: WorkingFile
    entries: dict[int, Entry]
    notes: tuple[Note, ...] = ()


def open_or_create(
    target: TargetFile, form: FileForm, noted: dict[int, Entry], feedback: QgsProcessingFeedback, *, was_closed: bool
) -> Opened:
    """Return the file of an earlier run, or else a new one.

    Args:
        target: where the file is.
        form: what it is, apart from its pixels.
        noted: the tiles that the journal of the earlier run has noted, by number; none where there was no such run.
        feedback: cancels, and is told what is found.
        was_closed: whether the earlier run closed its file.

    Raises:
        CanceledError: the feedback was canceled.
        FileError: the file cannot be written.
    """
    before = open_again(target.part, form, to_write=was_closed) if noted else None
    if before is None and noted and not target.part.exists():
        # The earlier export ended with gaps: its file has its name already, and may be laid out in another way.
        before, was_closed = open_again(target.path, form, to_write=False), False
    if before is None:
        notes = (_started_anew(),) if target.part.exists() else ()
        target.forget_part()
        return Opened(create(target.part, form), {}, notes)
    feedback.setProgressText(tr("Looking at what is there from the run before…"))
    file = before
    with ExitStack() as on_failure:
        # The last of these comes first. GDAL keeps a file open, and locked on Windows, for as long as nobody closes it.
        on_failure.callback(before.leave)
        if not was_closed:
            on_failure.callback(target.forget_copy)
            file = create(target.copy, form)
            on_failure.callback(file.leave)
        entries = _take_over(before, file, form, noted, feedback)
        on_failure.pop_all()
    text = tr_n("%n tile is there already.", "%n tiles are there already.", len(entries))
    feedback.pushInfo(text)
    if file is before:
        return Opened(file, entries)
    before.close()
    file.close()
    target.replace_part()
    again = open_again(target.part, form, to_write=True)
    if again is None:
        raise not_writable(target.part, "cannot be opened again")
    return Opened(again, entries)


def _take_over(
    before: WorkingFile, file: WorkingFile, form: FileForm, noted: dict[int, Entry], feedback: QgsProcessingFeedback
) -> dict[int, Entry]:
    """Return the noted tiles that are as the journal says, after copying them from `before` if `file` is another."""
    entries = {}
    for number, entry in noted.items():
        raise_if_canceled(feedback)
        tile = form.tiling.tile(number)
        try:
            values, valid = before.read(tile)
        except FileError:
            continue
        if checksum(values, valid) != entry.checksum:
            continue
        entries[number] = entry
        if file is not before:
            file.write(tile, values, valid)
            file.flush()
    return entries


def _started_anew() -> Note:
    return Note(
        "output", tr("What was there from a run before belongs to another export, so everything is asked for anew.")
    )
