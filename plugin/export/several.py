"""Several exports, one after the other: if one fails, the others go on, and finished files are not written again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from qgis.core import QgsProcessingFeedback, QgsProcessingMultiStepFeedback

from ..service.errors import AuthenticationError, CanceledError, ImageServerLayerError, OptionError
from ..service.plain_text import markless_line
from ..service.warming import warm
from ..translation import tr
from .export import Exported, export
from .export_size import check_largest_size_of_all, size_of_all_in_words
from .file_names import file_names
from .finished_files import FinishedFiles
from .job import ExportJob, job_key
from .layer_source import Found
from .parts import Part
from .progress import raise_if_canceled
from .target_file import NoSpaceError

# After so many failures in a row that are not about the options, no more files are requested.
_MOST_FAILURES_IN_A_ROW = 3


@dataclass(frozen=True)
class Failure:
    """A file that could not be written: its title, the reason, and details for a specialist.

    This is no exception, which would keep its frames, and with them objects of QGIS, for too long.
    """

    title: str
    reason: str
    details: str


@dataclass(frozen=True)
class Several:
    """What became of several exports.

    Attributes:
        files: those that are whole now, in their order.
        kept: how many of them were whole before.
        exported: what became of each of the others, by its path.
        failures: those that there are not.
    """

    files: tuple[Path, ...]
    kept: int
    exported: dict[Path, Exported]
    failures: tuple[Failure, ...]


def journal_path(path: Path) -> Path:
    """Return the path of the journal of the finished files that are named after `path`."""
    return path.with_name(f"{path.name}.files")


def export_several(
    parts: Sequence[Part],
    path: Path,
    job_of: Callable[[Found, Path], ExportJob],
    largest_bytes: float,
    feedback: QgsProcessingFeedback,
) -> Several:
    """Write a file for each part, named after `path` and the part's title.

    `job_of` makes a job of what was found; `largest_bytes` is the limit for all of them together, unpacked.

    Raises:
        CanceledError: the feedback was canceled. The next run goes on from there.
        OptionError: they are too large together.
        AuthenticationError: the server wants credentials.
        NoSpaceError: the disk is full.
        ImageServerLayerError: there is not a single file; it says why of the first one.
    """
    return _Several(parts, path, job_of, feedback).run(largest_bytes)


class _Several:
    """The state of several exports."""

    def __init__(
        self,
        parts: Sequence[Part],
        path: Path,
        job_of: Callable[[Found, Path], ExportJob],
        feedback: QgsProcessingFeedback,
    ) -> None:
        self._feedback, self._job_of = feedback, job_of
        self._parts = list(zip(file_names(path, (part.title for part in parts)), parts))
        self._finished = FinishedFiles(journal_path(path))
        self._failures: dict[Path, Failure] = {}

    def run(self, largest_bytes: float) -> Several:
        self._finished.read()
        jobs = self._jobs()
        sources = [job.source for job in jobs.values()]
        check_largest_size_of_all(sources, largest_bytes)
        self._feedback.pushInfo(size_of_all_in_words(sources))
        exported, kept = self._export(jobs)
        failures = tuple(self._failures[path] for path, _ in self._parts if path in self._failures)
        files = tuple(path for path, _ in self._parts if path in jobs and path not in self._failures)
        if not files:
            raise ImageServerLayerError(failures[0].reason, failures[0].details)
        if not failures and not any(one.missing for one in exported.values()):
            self._finished.forget()
        return Several(files, kept, exported, failures)

    def _jobs(self) -> dict[Path, ExportJob]:
        """Return all jobs before the first pixel is read, as they may be too large together."""
        found: dict[Path, ExportJob] = {}
        said: set[str] = set()
        for path, part in self._parts:
            raise_if_canceled(self._feedback)
            text = tr("Looking at “{title}”…")
            self._feedback.setProgressText(text.format(title=markless_line(part.title)))
            try:
                result = part.find(self._feedback)
                found[path] = self._job_of(result, path)
                # A note about one of them often applies to all.
                for text in dict.fromkeys(note.text for note in result.notes if note.text not in said):
                    self._feedback.pushWarning(text)
                    said.add(text)
            except (CanceledError, AuthenticationError):
                raise
            except ImageServerLayerError as error:
                self._fail(path, part, error)
        return found

    def _export(self, jobs: dict[Path, ExportJob]) -> tuple[dict[Path, Exported], int]:
        keys = {path: job_key(job) for path, job in jobs.items()}
        todo = [path for path, key in keys.items() if not self._finished.holds(path, key)]
        steps = QgsProcessingMultiStepFeedback(max(1, len(todo)), self._feedback)
        warm(steps)
        exported: dict[Path, Exported] = {}
        in_a_row = 0
        parts = dict(self._parts)
        for step, path in enumerate(todo):
            raise_if_canceled(self._feedback)
            steps.setCurrentStep(step)
            self._feedback.pushInfo(f"{path.name}:")
            try:
                exported[path] = export(jobs[path], steps)
            except (CanceledError, AuthenticationError, NoSpaceError):
                raise
            except ImageServerLayerError as error:
                self._fail(path, parts[path], error)
                # Options that do not fit one file say nothing of the others.
                in_a_row += not isinstance(error, OptionError)
                if in_a_row >= _MOST_FAILURES_IN_A_ROW:
                    # The server is gone.
                    others = todo[step + 1 :]
                    self._failures.update(
                        (other, Failure(parts[other].title, error.message, error.details)) for other in others
                    )
                    break
                continue
            in_a_row = 0
            if not exported[path].missing:
                self._finished.note(path, keys[path])
        self._feedback.setProgress(100)
        return exported, len(jobs) - len(todo)

    def _fail(self, path: Path, part: Part, error: ImageServerLayerError) -> None:
        self._failures[path] = Failure(part.title, error.message, error.details)
        self._feedback.pushWarning(f"{path.name}: {error.message}")
        if error.details:
            self._feedback.pushDebugInfo(error.details)
