"""The time of the pixels: typed, or chosen from the dates that the service really has."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QTreeWidgetItem, QVBoxLayout, QWidget

from image_server_layer.plugin.layer.connect import ConnectedService
from image_server_layer.plugin.layer.edit import options_of
from image_server_layer.plugin.options.arcgis_arguments import time as read_time
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.service.time_info import CatalogDate
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.forms import added, open_service
from image_server_layer.tests.ui.hand import click, replace_text, type_into
from image_server_layer.tests.ui.knowing import known_service
from image_server_layer.tests.ui.waiting import delete, let_pass, wait_until
from image_server_layer.ui.form.layer_form import LayerForm
from image_server_layer.ui.time.time_section import TimeSection


@pytest.fixture
def section() -> Iterator[TimeSection]:
    window = QWidget()
    layout, made = QVBoxLayout(window), TimeSection()
    layout.addWidget(made)
    yield made
    delete(window)


@pytest.fixture
def monthly(image_server: ImageServerProcess) -> ConnectedService:
    known = known_service(image_server, "Test/Monthly")
    image_server.clear()
    return known


def shown(section: TimeSection, known: ConnectedService, options: LayerOptions | None = None) -> None:
    """Show the section for a service, and wait for its dates."""
    section.set_from(options or LayerOptions(), known)
    section.window().show()
    section.activateWindow()
    wait_until(lambda: section.tree.topLevelItemCount() and not section._reading.is_busy)


def texts(item: QTreeWidgetItem) -> list[tuple[str, str]]:
    return [(item.child(row).text(0), item.child(row).text(1)) for row in range(item.childCount())]


def time_of(section: TimeSection) -> str:
    return str(section.apply_to(LayerOptions()).time or "")


def pick(section: TimeSection, text: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Click on the row of a date."""
    (item,) = section.tree.findItems(text, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    section.tree.scrollToItem(item)
    place = section.tree.visualItemRect(item).center()
    QTest.mouseClick(section.tree.viewport(), Qt.MouseButton.LeftButton, modifier, place)


def test_the_true_dates_stand_in_groups_with_counts(section: TimeSection, landsat: ConnectedService) -> None:
    shown(section, landsat)
    assert texts(section.tree.invisibleRootItem()) == [("1999", "2"), ("2000", "2"), ("2001", "2"), ("2002", "2")]
    assert texts(section.tree.topLevelItem(2)) == [("2001-08-05", "1"), ("2001-11-25 13:05:30", "1")]
    assert section.state_label.text() == "8 dates"
    assert section.sentence_label.text() == (
        "The layer follows QGIS' temporal controller; without it, the service decides.\n"
        "Times of the service: from 1999-08-11 to 2002-10-27."
    )


def test_nothing_is_asked_until_somebody_looks_and_then_once(
    section: TimeSection, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    section.set_from(LayerOptions(), landsat)
    let_pass(0.2)
    assert image_server.requests() == []
    shown(section, landsat)
    section.window().hide()
    section.window().show()
    section.set_from(LayerOptions(time=read_time("2001")), landsat)
    let_pass(0.2)
    assert [request.operation for request in image_server.requests()] == ["query"]


def test_a_chosen_date_is_the_time_and_a_typed_one_is_chosen(section: TimeSection, monthly: ConnectedService) -> None:
    changes = []
    section.changed.connect(lambda: changes.append(time_of(section)))
    shown(section, monthly)
    pick(section, "2020-03-01")
    assert (section.edit.text(), time_of(section)) == ("2020-03-01", "2020-03-01")
    pick(section, "2021")
    assert time_of(section) == "2021"
    replace_text(section.edit, "2020-05-01")
    assert [item.text(0) for item in section.tree.selectedItems()] == ["2020-05-01"]
    assert changes[:2] == ["2020-03-01", "2021"]
    assert changes[-1] == "2020-05-01"
    section.edit.clear()
    assert section.tree.selectedItems() == []
    assert section.apply_to(LayerOptions()) == LayerOptions()


def test_several_dates_are_a_range_from_the_first_to_the_last(section: TimeSection, monthly: ConnectedService) -> None:
    shown(section, monthly)
    pick(section, "2020-03-01")
    pick(section, "2020-05-01", Qt.KeyboardModifier.ShiftModifier)
    # The form tells of problems after each change.
    section.show_problems({})
    assert len(section.tree.selectedItems()) > 1
    assert time_of(section) == "2020-03-01/2020-05-01"


def test_what_cannot_be_read_says_so_beside_the_line_and_outlasts_news(
    section: TimeSection, monthly: ConnectedService, image_server: ImageServerProcess
) -> None:
    shown(section, monthly)
    type_into(section.edit, "March")
    assert section.problem.text().startswith("The time “March” cannot be read; write a date in UTC")
    assert set(section.input_problems()) == {"time"}
    assert section.differs()
    section.set_from(section.apply_to(LayerOptions()), known_service(image_server, "Test/Monthly"))
    assert section.edit.text() == "March"


def test_a_service_without_times_has_no_such_part(section: TimeSection, image_server: ImageServerProcess) -> None:
    elevation = known_service(image_server, "Olinda/Elevation")
    section.set_from(LayerOptions(), elevation)
    assert section.isHidden()
    section.set_from(LayerOptions(time=read_time("2001")), elevation)
    assert not section.isHidden()
    assert not section.tree.isVisibleTo(section)


def test_dates_that_cannot_be_read_can_be_tried_again(
    section: TimeSection, monthly: ConnectedService, image_server: ImageServerProcess
) -> None:
    image_server.fault("status", match="query", times=1, status=403)
    section.set_from(LayerOptions(), monthly)
    section.window().show()
    wait_until(section.retry_button.isVisible)
    assert section.state_label.text().startswith("The dates could not be read: ")
    click(section.retry_button)
    wait_until(lambda: section.state_label.text() == "23 dates")
    assert not section.retry_button.isVisible()


def test_the_nearest_date_is_a_choice_of_layers_that_follow(section: TimeSection, monthly: ConnectedService) -> None:
    shown(section, monthly)
    click(section.nearest_box)
    assert section.apply_to(LayerOptions()) == LayerOptions(nearest_date=True)
    click(section.nearest_box)
    pick(section, "2021")
    assert not section.nearest_box.isEnabled()


def test_the_form_makes_a_layer_of_a_time_and_marks_its_tab(form: LayerForm, image_server: ImageServerProcess) -> None:
    open_service(form, image_server, "Test/Monthly")
    section = form.findChild(TimeSection)
    replace_text(section.edit, "2030")
    assert form.problem() == (
        "The service “Test/Monthly” has nothing of 2030; its times, in UTC, reach from 2020-01-01 to 2021-12-01."
    )
    assert form.tabs.tabToolTip(2) == form.problem() == section.problem.text()
    wait_until(section.tree.topLevelItemCount)
    pick(section, "2020-03-01")
    assert form.problem() == ""
    assert "2020-03-01 (UTC)" in form.summary_label.text()
    assert form.name_edit.text() == "Monthly – 2020-03-01"
    added(form, QgsProject.instance())
    (layer,) = QgsProject.instance().mapLayers().values()
    assert options_of(layer) == LayerOptions(time=read_time("2020-03-01"))
    form.reset()
    assert section.edit.text() == ""


def test_thousands_of_dates_are_listed_as_far_as_somebody_looks(section: TimeSection) -> None:
    first, hour = read_time("2010"), 3600_000
    assert first is not None
    assert first.begin is not None
    dates = [
        CatalogDate(first.begin + 7 * hour * number, first.begin + 7 * hour * number, 1) for number in range(10_000)
    ]
    section.dates.set_dates(dates)
    years = section.tree.invisibleRootItem()
    assert [text for text, _ in texts(years)] == [str(year) for year in range(2010, 2018)]
    assert [years.child(row).childCount() for row in range(8)] == [0] * 8
    years.child(1).setExpanded(True)
    assert [text for text, _ in texts(years.child(1))][::11] == ["2011-01", "2011-12"]
    section.dates.select(read_time("2014-03-05"))
    (item,) = section.tree.selectedItems()
    assert (item.text(0), item.parent().text(0), item.parent().parent().text(0)) == ("2014-03-05", "2014-03", "2014")
    assert [years.child(row).childCount() for row in range(8)] == [0, 12, 0, 0, 12, 0, 0, 0]
