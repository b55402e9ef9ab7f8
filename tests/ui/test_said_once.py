"""Nothing is said twice on one screen, whatever the form shows."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from qgis.PyQt.QtWidgets import QLabel

from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.states import STATES, bring_into
from image_server_layer.tests.ui.waiting import let_pass
from image_server_layer.ui.entry.dialog import AddLayerDialog

# A line that has a verb is a sentence; labels of fields have fewer words.
_FEWEST_WORDS = 4
WIDE, NARROW = (1150, 700), (800, 600)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("state", STATES)
def test_no_sentence_is_said_twice(
    dialog: AddLayerDialog, image_server: ImageServerProcess, state: str, size: tuple[int, int]
) -> None:
    dialog.resize(*size)
    bring_into(state, dialog.form, image_server)
    tabs = dialog.form.tabs
    for index in range(tabs.count()):
        tabs.setCurrentIndex(index)
        let_pass(0.02)
        said = Counter(_sentences(dialog))
        assert {text: count for text, count in said.items() if count > 1} == {}, tabs.tabText(index)


def _sentences(dialog: AddLayerDialog) -> list[str]:
    """Return the sentences that can be read, also those of two lines or more in one label."""
    labels = (label for label in dialog.findChildren(QLabel) if label.isVisible())
    found = (part.strip() for label in labels for part in re.split(r"\n|(?<=\.) ", label.text()))
    return [text for text in found if len(text.split()) >= _FEWEST_WORDS]
