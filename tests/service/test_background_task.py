"""Work in the background, and what its end is told as: a result, an error, a defect of our own, or a cancel."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from qgis.core import QgsApplication, QgsFeedback
from qgis.PyQt.QtCore import QCoreApplication, Qt

from image_server_layer.plugin.service.background_task import BackgroundTask, Work
from image_server_layer.plugin.service.errors import CanceledError, OptionError


@pytest.fixture
def logged() -> Iterator[list[tuple[str, str]]]:
    """What goes into QGIS' message log: tag and text."""
    messages: list[tuple[str, str]] = []
    log = QgsApplication.messageLog()

    def note(text: str, tag: str, _level: object) -> None:
        messages.append((tag, text))

    log.messageReceived.connect(note)
    yield messages
    log.messageReceived.disconnect(note)


def ended(work: Work, cancel: bool = False, results: list[object] | None = None) -> BackgroundTask:
    """Run a task until it has reported; what it reported goes into `results`."""
    reported: list[object] = [] if results is None else results
    task = BackgroundTask("Working", work, lambda task: reported.append(task.result))
    task.start()
    if cancel:
        task.cancel()
    deadline = time.monotonic() + 20
    while not reported:
        QCoreApplication.processEvents()
        assert time.monotonic() < deadline, "The task did not end."
    return task


def test_a_result_is_handed_over_on_the_main_thread_and_then_forgotten() -> None:
    threads: list[threading.Thread] = []

    def work(_: QgsFeedback) -> str:
        threads.append(threading.current_thread())
        return "pixels"

    results: list[object] = []
    task = ended(work, results=results)
    assert (results, task.error, task.result) == (["pixels"], None, None)
    assert threads != [threading.main_thread()]


def test_an_error_of_ours_is_told_as_it_is() -> None:
    error = OptionError("where", "There is no field “Jahr”.")

    def work(_: QgsFeedback) -> None:
        raise error

    assert ended(work).error is error


@pytest.mark.logs_a_defect
def test_a_defect_is_no_cancel_but_a_request_to_report_it(logged: list[tuple[str, str]]) -> None:
    def work(_: QgsFeedback) -> None:
        raise KeyError("token=s3cr3t")

    error = ended(work).error
    assert error is not None
    assert not isinstance(error, CanceledError)
    assert error.message == (
        "Something went wrong inside the plugin (KeyError): please report it, with what QGIS' log messages panel says "
        "under Image Server Layer."
    )
    ((tag, text),) = logged
    assert tag == "Image Server Layer"
    assert text.startswith("Traceback (most recent call last):")
    assert "in work\n" in text
    assert "KeyError" in text
    assert "s3cr3t" not in text + error.details


def test_a_cancel_reaches_the_work_and_is_told_as_one() -> None:
    def work(feedback: QgsFeedback) -> None:
        deadline = time.monotonic() + 20
        while not feedback.isCanceled():
            assert time.monotonic() < deadline
            time.sleep(0.005)
        raise CanceledError("The request was canceled.")

    assert isinstance(ended(work, cancel=True).error, CanceledError)


def test_what_a_task_is_called_is_no_html() -> None:
    # QGIS shows it as plain text in its list, and as HTML in the tooltips there.
    name = "<img src='file:///x'> A & B"
    task = BackgroundTask(f"Counting the rasters of “{name}”\n\x01", lambda _feedback: None, lambda _task: None)
    assert task.description() == "Counting the rasters of “‹img src='file:///x'› A & B” "
    assert not Qt.mightBeRichText(task.description())
