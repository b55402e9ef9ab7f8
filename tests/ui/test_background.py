"""Work in the background: what lands, and what must not."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from qgis.core import QgsApplication, QgsFeedback
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QThread

from image_server_layer.plugin.service.errors import CanceledError, ImageServerLayerError, OptionError
from image_server_layer.tests.ui.waiting import delete, let_pass, wait_until
from image_server_layer.ui.common.background import Background


class Work:
    """Blocks until it is released or canceled, as a request does."""

    def __init__(self, result: object) -> None:
        self.result = result
        self.released, self.begun, self.canceled = threading.Event(), threading.Event(), threading.Event()

    def __call__(self, feedback: QgsFeedback) -> object:
        self.begun.set()
        while not self.released.wait(0.005):
            if feedback.isCanceled():
                self.canceled.set()
                raise CanceledError("")
        if isinstance(self.result, Exception):
            raise self.result
        return self.result


def unwanted(what: object) -> None:
    raise AssertionError(what)


@pytest.fixture
def owner() -> Iterator[QObject]:
    parent = QObject()
    yield parent
    parent.deleteLater()


def test_the_result_lands_on_the_main_thread(owner: QObject) -> None:
    background = Background(owner)
    landed: list[object] = []
    busy: list[bool] = []
    background.busy_changed.connect(busy.append)
    work = Work(7)
    background.run("Test", work, lambda result: landed.append((result, QThread.currentThread())), unwanted)
    assert background.is_busy
    work.released.set()
    wait_until(lambda: landed)
    assert landed == [(7, owner.thread())]
    assert busy == [True, False]


def test_an_error_lands_in_its_place(owner: QObject) -> None:
    background = Background(owner)
    errors: list[ImageServerLayerError] = []
    error = OptionError("where", "Broken.")
    work = Work(error)
    work.released.set()
    background.run("Test", work, unwanted, errors.append)
    wait_until(lambda: errors)
    assert errors == [error]
    assert not background.is_busy


def test_what_is_superseded_is_canceled_and_never_lands(owner: QObject) -> None:
    background = Background(owner)
    landed: list[object] = []
    first, second = Work("old"), Work("new")
    background.run("First", first, landed.append, unwanted)
    wait_until(first.begun.is_set)
    background.run("Second", second, landed.append, unwanted)
    wait_until(first.canceled.is_set)
    second.released.set()
    wait_until(lambda: landed)
    let_pass(0.05)
    assert landed == ["new"]


def test_canceled_work_ends_at_once_and_says_nothing(owner: QObject) -> None:
    background = Background(owner)
    work = Work("late")
    background.run("Test", work, unwanted, unwanted)
    wait_until(work.begun.is_set)
    background.cancel()
    assert not background.is_busy
    wait_until(work.canceled.is_set)
    let_pass(0.05)


def test_work_that_is_canceled_in_the_list_of_tasks_is_reported(owner: QObject) -> None:
    background, work = Background(owner), Work("never")
    errors: list[ImageServerLayerError] = []
    background.run("Work", work, unwanted, errors.append)
    wait_until(work.begun.is_set)
    QgsApplication.taskManager().cancelAll()
    wait_until(lambda: errors)
    assert [(type(error), error.message) for error in errors] == [
        (CanceledError, "This was canceled in QGIS' list of tasks.")
    ]
    assert not background.is_busy


def test_work_ends_with_its_owner() -> None:
    parent, work = QObject(), Work("late")
    Background(parent).run("Test", work, unwanted, unwanted)
    wait_until(work.begun.is_set)
    delete(parent)
    wait_until(work.canceled.is_set)


def test_nothing_lands_when_the_owner_is_gone() -> None:
    parent = QObject()
    background = Background(parent)
    work = Work("late")
    background.run("Test", work, unwanted, unwanted)
    wait_until(work.begun.is_set)
    delete(parent)
    assert sip.isdeleted(background)
    work.released.set()
    let_pass(0.05)
