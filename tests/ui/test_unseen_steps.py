"""Steps of much work on a widget: it is painted after the last of them, however they end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from qgis.PyQt.QtWidgets import QWidget

from image_server_layer.tests.ui.waiting import wait_until
from image_server_layer.ui.form.unseen_steps import UnseenSteps


@pytest.fixture
def widget(qgis_app: object) -> QWidget:
    """Return a widget to work on."""
    del qgis_app
    return QWidget()


def test_a_widget_is_painted_after_the_last_step(widget: QWidget) -> None:
    done: list[tuple[int, bool]] = []

    def work() -> Iterator[None]:
        for number in range(3):
            done.append((number, widget.updatesEnabled()))
            yield

    steps = UnseenSteps(widget)
    steps.begin(work())
    assert (done, steps.is_active) == ([], True)
    wait_until(lambda: not steps.is_active)
    assert done == [(0, False), (1, False), (2, False)]
    assert widget.updatesEnabled()


def test_a_widget_whose_steps_break_is_painted_all_the_same(widget: QWidget) -> None:
    def work() -> Iterator[None]:
        yield
        raise ValueError("broken")

    steps = UnseenSteps(widget)
    steps.begin(work())
    with pytest.raises(ValueError, match="broken"):
        steps.finish()
    wait_until(lambda: not steps.is_active)
    assert widget.updatesEnabled()


def test_what_is_painted_later_waits_for_the_steps(widget: QWidget) -> None:
    steps = UnseenSteps(widget)
    steps.begin(iter([None] * 3))
    steps.paint_later()
    steps.stop()
    assert widget.updatesEnabled()
    steps.paint_later()
    assert not widget.updatesEnabled()
    wait_until(widget.updatesEnabled)
