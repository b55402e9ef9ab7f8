"""How far an export is, in tiles, bytes and the time that is left; and that nobody waits for it after a cancel."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from image_server_layer.plugin.export import progress
from image_server_layer.plugin.export.progress import Progress, time_text
from image_server_layer.plugin.service.errors import CanceledError
from image_server_layer.tests.export.exports import exported, files_in, synthetic_source
from image_server_layer.tests.patience import meanwhile, soon
from image_server_layer.tests.processing.running import Log

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess


class Watched(Log):
    """A feedback that keeps what is told of the progress."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def setProgressText(self, text: str) -> None:  # noqa: N802
        self.texts.append(text)


def test_tiles_bytes_and_the_time_left_are_told_each_second(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([100.0, 100.5, 104.0, 104.5, 112.0])
    monkeypatch.setattr(progress, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    log = Watched()
    told = Progress(log, 10, 0.9)
    for received in (1000, 2 * 2**20, 3 * 2**20, 4 * 2**20):
        told.tile(received)
    # After 2 tiles in 4 seconds, 8 take 16; after 4 in 12, 6 take 18.
    assert log.texts == ["2 of 10 tiles, 2.00 MiB received, 0:16 left", "4 of 10 tiles, 4.00 MiB received, 0:18 left"]
    assert log.progress() == pytest.approx(36)
    told.copied(0.5)
    assert log.progress() == pytest.approx(95)


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.2, "0:00"), (59.6, "1:00"), (61, "1:01"), (3600 * 25 + 62, "25:01:02")]
)
def test_a_span_of_time_is_hours_minutes_and_seconds(seconds: float, text: str) -> None:
    assert time_text(seconds) == text


def test_a_cancel_waits_for_no_answer(image_server: ImageServerProcess, tmp_path: Path) -> None:
    source, log = synthetic_source(image_server), Log()
    image_server.fault("hang", after=4)
    thread = meanwhile(lambda: len(image_server.requests(operation="exportImage")) > 4, log.cancel)
    with soon(), pytest.raises(CanceledError):
        exported(source, tmp_path / "scene.tif", log)
    thread.join()
    image_server.release()
    assert files_in(tmp_path) == ["scene.tif.journal", "scene.tif.part"]
