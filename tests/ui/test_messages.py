"""What QGIS' message bar shows stands in the message log, too, and shows text as text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from qgis.core import Qgis, QgsApplication
from qgis.gui import QgsMessageBar, QgsMessageViewer
from qgis.PyQt.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QTextEdit

from image_server_layer.plugin.service.errors import ImageServerLayerError
from image_server_layer.tests.ui.waiting import delete
from image_server_layer.ui.common.messages import push, show_details, show_error, show_notes, show_report

Entry = tuple[str, str, Qgis.MessageLevel]
TAG = "Image Server Layer"
CRITICAL, INFO = Qgis.MessageLevel.Critical, Qgis.MessageLevel.Info


@pytest.fixture
def bar() -> Iterator[QgsMessageBar]:
    """Return an empty message bar."""
    message_bar = QgsMessageBar()
    yield message_bar
    delete(message_bar)


@pytest.fixture
def log() -> Iterator[list[Entry]]:
    """Return what is written into QGIS' message log from now on."""
    entries: list[Entry] = []

    def note(text: str, tag: str, level: Qgis.MessageLevel) -> None:
        entries.append((text, tag, level))

    message_log = QgsApplication.messageLog()
    message_log.messageReceived.connect(note)
    yield entries
    message_log.messageReceived.disconnect(note)


def shown(bar: QgsMessageBar) -> list[str]:
    """Return the texts of the messages in a bar."""
    return [label.text() for item in bar.items() for label in item.findChildren(QLabel) if TAG in label.text()]


def test_an_error_is_shown_and_logged_with_its_details(bar: QgsMessageBar, log: list[Entry]) -> None:
    show_error(bar, ImageServerLayerError("The server is away.", "http://a.example\nNo route"))
    assert shown(bar) == [f"<b>{TAG}:</b> The server is away."]
    assert log == [("The server is away.\nhttp://a.example\nNo route", TAG, CRITICAL)]


def test_an_error_without_details_has_no_button_for_them(bar: QgsMessageBar, log: list[Entry]) -> None:
    item = show_error(bar, ImageServerLayerError("The server is away."))
    assert [button for button in item.findChildren(QPushButton) if button.text() == "Details…"] == []
    assert log == [("The server is away.", TAG, CRITICAL)]


def test_notes_are_shown_together_and_logged_one_by_one(bar: QgsMessageBar, log: list[Entry]) -> None:
    show_notes(bar, ["One.", "Two."])
    assert shown(bar) == [f"<b>{TAG}:</b> One. Two."]
    assert log == [("One.", TAG, INFO), ("Two.", TAG, INFO)]


def test_without_notes_nothing_is_shown(bar: QgsMessageBar, log: list[Entry]) -> None:
    show_notes(bar, [])
    assert bar.items() == []
    assert log == []


def test_what_a_server_says_is_no_markup(bar: QgsMessageBar, log: list[Entry]) -> None:
    show_error(bar, ImageServerLayerError("Bad <img src='x'> & worse."))
    assert shown(bar) == [f"<b>{TAG}:</b> Bad &lt;img src='x'&gt; &amp; worse."]
    assert log[0][0] == "Bad <img src='x'> & worse."


def test_the_details_open_as_plain_text(bar: QgsMessageBar, log: list[Entry]) -> None:
    item = show_error(bar, ImageServerLayerError("Away.", "<b>words</b> of the server"))
    (button,) = (button for button in item.findChildren(QPushButton) if button.text() == "Details…")
    button.click()
    (viewer,) = bar.findChildren(QgsMessageViewer)
    texts = [edit.toPlainText() for kind in (QTextEdit, QPlainTextEdit) for edit in viewer.findChildren(kind)]
    assert "Away.\n\n<b>words</b> of the server" in texts
    assert len(log) == 1
    delete(viewer)


def test_no_message_repeats_a_secret_whoever_wrote_it(bar: QgsMessageBar, log: list[Entry]) -> None:
    secret = "kT9fQ2mXv7LpZr4WcB8nYd3HsJ6gUe1A"  # noqa: S105
    show_notes(bar, [f"The layer “x” is left out: https://a.example/x?y={secret}"])
    show_report(bar, f"Left out: {secret}", [f"https://a.example/?token=abc and {secret}"])
    push(bar, f"Adding {secret}…", INFO)
    assert len(shown(bar)) == 3
    assert all(secret not in text and "token=abc" not in text for text in [*shown(bar), *(entry[0] for entry in log)])
    show_details(bar, "x", [secret])
    [viewer] = bar.findChildren(QgsMessageViewer)
    assert secret not in viewer.findChild(QTextEdit).toPlainText()
    delete(viewer)
