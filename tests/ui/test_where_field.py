"""The where clause: the live count, the server's words, stale answers, and the builder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QModelIndex, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDialogButtonBox, QGroupBox, QListView, QPushButton

from image_server_layer.plugin.layer.connect import ConnectedService
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.hand import type_into
from image_server_layer.tests.ui.knowing import connected_service, known_service
from image_server_layer.tests.ui.waiting import delete, let_pass, wait_until
from image_server_layer.ui.mosaic.where_builder import WhereBuilder
from image_server_layer.ui.mosaic.where_field import WhereField

OpenBuilder = Callable[..., WhereBuilder]


@pytest.fixture
def field() -> Iterator[WhereField]:
    field = WhereField()
    field.show()
    yield field
    field.deleteLater()


@pytest.fixture
def open_builder(landsat: ConnectedService) -> Iterator[OpenBuilder]:
    builders = []

    def opened(known: ConnectedService = landsat, where: str = "") -> WhereBuilder:
        builders.append(WhereBuilder(known, where))
        builders[-1].show()
        return builders[-1]

    yield opened
    for builder in builders:
        delete(builder)


def test_what_is_typed_is_counted_after_a_pause(
    field: WhereField, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    field.set_from("", landsat)
    wait_until(lambda: field.count_label.text() == "All 8 rasters")
    image_server.clear()
    # Longer than a busy machine takes from key to key.
    field._pause.setInterval(1500)
    type_into(field.edit, "Best > 40")
    wait_until(lambda: field.count_label.text() == "4 of 8 rasters match")
    assert [request.query["where"] for request in image_server.requests()] == ["Best > 40"]


def test_the_same_again_is_not_counted_again(
    field: WhereField, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    field.set_from("Best > 40", landsat)
    wait_until(lambda: field.count_label.text() == "4 of 8 rasters match")
    image_server.clear()
    field.set_from("Best > 40", replace(landsat))
    let_pass(0.6)
    assert image_server.requests() == []
    assert field.count_label.text() == "4 of 8 rasters match"


def test_the_servers_words_stand_beside_the_field_until_the_clause_changes(
    field: WhereField, landsat: ConnectedService
) -> None:
    field.set_from("Cloudy = 1", landsat)
    wait_until(field.problem.text)
    assert "there is no field Cloudy" in field.problem.text()
    assert field.count_label.isHidden()
    field.edit.setText("Best = 1")
    assert field.problem.text() == ""


def test_no_match_is_a_problem(field: WhereField, landsat: ConnectedService) -> None:
    field.set_from("Best > 1000", landsat)
    wait_until(lambda: field.problem.text() == "No raster matches; loosen the clause.")


def test_a_lost_network_leaves_the_clause_and_says_so(
    field: WhereField, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    image_server.fault("status", match="query", status=503)
    field.set_from("Best > 40", landsat)
    wait_until(field.problem.text)
    assert field.text() == "Best > 40"
    image_server.reset()
    field.set_from("Best > 40", landsat)
    wait_until(lambda: field.count_label.text() == "4 of 8 rasters match")
    assert field.problem.text() == ""


def test_a_superseded_count_never_lands(
    field: WhereField, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    image_server.settings(latency=1.0)
    field.set_from("Best > 40", landsat)
    wait_until(image_server.requests)
    image_server.settings(latency=0.0)
    field.edit.setText("Best > 70")
    wait_until(lambda: field.count_label.text() == "1 of 8 rasters match")
    let_pass(1.2)
    assert field.count_label.text() == "1 of 8 rasters match"


def test_a_field_closed_while_the_server_counts_is_safe(
    landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    image_server.settings(latency=0.5)
    field = WhereField()
    field.set_from("Best > 40", landsat)
    wait_until(image_server.requests)
    sip.delete(field)
    let_pass(1.2)


def test_a_problem_of_the_options_is_shown_where_the_server_has_none(
    field: WhereField, landsat: ConnectedService
) -> None:
    field.set_from("", landsat)
    field.set_problem("Leave it out.")
    assert field.problem.text() == "Leave it out."


def test_the_builder_takes_the_clause_of_the_server_as_it_is(field: WhereField, landsat: ConnectedService) -> None:
    field.set_from("Best > 40", landsat)
    seen = []
    field.changed.connect(lambda: seen.append(field.text()))
    builder = _opened(field)
    assert builder.sql() == "Best > 40"
    builder.setSql("AcquisitionDate > TIMESTAMP '2001-01-01 00:00:00'")
    _button(builder, QDialogButtonBox.StandardButton.Ok).click()
    assert seen == ["AcquisitionDate > TIMESTAMP '2001-01-01 00:00:00'"]
    wait_until(lambda: field.count_label.text() == "4 of 8 rasters match")


@pytest.mark.parametrize(
    ("steps", "clause", "count"),
    [
        (["AcquisitionDate", ">", "2000-05-09 12:39:55"], "AcquisitionDate > TIMESTAMP '2000-05-09 12:39:55'", 5),
        (["Name", "=", "LE07; path 214: row 65"], "Name = 'LE07; path 214: row 65'", 1),
        (["Name", "<>", "Jaboatão dos Guararapes"], "Name <> 'Jaboatão dos Guararapes'", 7),
        (["Name", "LIKE", "Recife"], "Name LIKE 'Recife'", 2),
        (["CloudCover", "<=", "12.5"], "CloudCover <= 12.5", 4),
        (["Best", ">=", "40"], "Best >= 40", 5),
        (["Best", "<", "40"], "Best < 40", 3),
        (["CloudCover", "=", "NULL"], "CloudCover IS NULL", 1),
        (["CloudCover", "<>", "NULL"], "CloudCover IS NOT NULL", 7),
        (["Best", "IN", "10", "80", "70"], "Best IN (10, 80, 70)", 3),
        (
            ["AcquisitionDate", "NOT IN", "1999-08-11 12:41:07", "2001-08-05 00:00:00"],
            "AcquisitionDate NOT IN (TIMESTAMP '1999-08-11 12:41:07', TIMESTAMP '2001-08-05 00:00:00')",
            6,
        ),
        (["NOT", "Name", "=", "Recife", "AND", "Best", ">", "40"], "NOT Name = 'Recife' AND Best > 40", 3),
        (["Best", "=", "10", "OR", "ProductName", "=", "Level1"], "Best = 10 OR ProductName = 'Level1'", 8),
    ],
)
def test_clauses_are_built_by_clicks_as_the_server_reads_them(
    field: WhereField, landsat: ConnectedService, steps: list[str], clause: str, count: int
) -> None:
    field.set_from("", landsat)
    builder = _opened(field)
    _click_together(builder, steps)
    assert builder.sql().strip() == clause
    _button(builder, QDialogButtonBox.StandardButton.Ok).click()
    assert field.text() == clause
    expected = f"{count} of 8 rasters match"
    wait_until(lambda: field.count_label.text() == expected or field.problem.text())
    assert field.problem.text() == ""


def test_a_clause_is_continued_at_its_end_and_what_is_selected_replaced(
    field: WhereField, landsat: ConnectedService
) -> None:
    field.set_from("Name <> 'ção'", landsat)
    builder = _opened(field)
    _click_together(builder, ["AND", "Best", "=", "80"])
    assert builder.sql() == "Name <> 'ção' AND Best = 80"
    builder.codeEditorWidget().setSelection(0, 18, 0, 27)
    _double_click(builder, "lstFields", "CloudCover")
    assert builder.sql() == "Name <> 'ção' AND CloudCover"


def test_values_are_those_of_the_field_that_the_keyboard_went_to(open_builder: OpenBuilder) -> None:
    builder = open_builder()
    _read(builder)
    assert len(_values(builder, "AcquisitionDate")) == 8
    QTest.keyClick(builder.findChild(QListView, "lstFields"), Qt.Key.Key_Up)
    assert _texts(builder, "lstValues") == []
    builder.findChild(QPushButton, "btnGetAllValues").click()
    _double_click(builder, "lstValues", "20010805")
    assert builder.sql() == "'20010805'"


def test_the_builder_offers_the_operators_that_the_server_reads(open_builder: OpenBuilder) -> None:
    shown = [button for button in _operators(open_builder()) if button.isVisible()]
    expected = {"=", "<", ">", "<=", ">=", "<>", "LIKE", "%", "IN", "NOT IN", "AND", "OR", "NOT"}
    assert {button.text() for button in shown} == expected


def test_the_builder_can_be_cleared_taken_and_left_and_offers_nothing_else(open_builder: OpenBuilder) -> None:
    builder = open_builder(where="Best > 40")
    box = builder.findChild(QDialogButtonBox)
    assert {button.text().replace("&", "") for button in box.buttons()} == {"Clear", "OK", "Cancel"}
    assert {button for button in box.findChildren(QPushButton) if button.isVisible()} == set(box.buttons())
    (clear,) = (button for button in box.buttons() if box.buttonRole(button) == box.ButtonRole.ResetRole)
    clear.click()
    assert builder.sql() == ""


def test_the_builder_says_which_rasters_its_values_are_of(
    open_builder: OpenBuilder, image_server: ImageServerProcess
) -> None:
    image_server.settings(latency=0.3)
    builder = open_builder()
    assert builder._values_label.text() == "Reading values…"
    builder.findChild(QListView, "lstFields").setCurrentIndex(_index(builder, "lstFields", "Name"))
    assert not builder.findChild(QPushButton, "btnGetAllValues").isEnabled()
    _read(builder)
    assert builder._values_label.text() == "Values of all 8 rasters"
    assert _values(builder, "Name") == {
        *("LE07_214065_NW", "LE07; path 214: row 65", "Jaboatão dos Guararapes", "LE07_214065_SW", "20010805"),
        *("LE07_214065_SE", "Recife"),
    }


def test_of_a_large_catalog_the_builder_has_a_sample(
    open_builder: OpenBuilder, image_server: ImageServerProcess
) -> None:
    builder = open_builder(known_service(image_server, "Test/BigCatalog"))
    _read(builder)
    assert builder._values_label.text() == "Values of the first 1,000 rasters"
    assert len(_values(builder, "OBJECTID")) == 1000


def test_why_values_cannot_be_read_is_told_and_the_clause_can_still_be_built(
    open_builder: OpenBuilder, image_server: ImageServerProcess
) -> None:
    image_server.fault("json_error", match="query", message="The database is asleep.")
    builder = open_builder()
    _read(builder)
    assert builder._values_problem.isVisible()
    assert builder._values_problem.text() == "The values cannot be read: The database is asleep."
    assert not builder._values_label.isVisible()
    _double_click(builder, "lstFields", "Best")
    assert builder.sql() == "Best"


def test_a_value_of_another_type_than_its_field_keeps_no_other_out(
    open_builder: OpenBuilder, landsat: ConnectedService
) -> None:
    mosaic = landsat.service.mosaic
    assert mosaic is not None
    fields = [replace(each, type="esriFieldTypeInteger") if each.name == "Name" else each for each in mosaic.fields]
    service = replace(landsat.service, mosaic=replace(mosaic, fields=tuple(fields)))
    builder = open_builder(connected_service(service, service))
    _read(builder)
    assert _values(builder, "Name") == {"NULL", "20010805"}
    assert len(_values(builder, "Best")) == 8


@pytest.mark.parametrize(
    "leave",
    [
        lambda builder: QTest.keyClick(builder.codeEditorWidget(), Qt.Key.Key_Escape),
        lambda builder: _button(builder, QDialogButtonBox.StandardButton.Cancel).click(),
    ],
    ids=["Esc", "Cancel"],
)
def test_leaving_the_builder_changes_nothing(
    field: WhereField,
    landsat: ConnectedService,
    image_server: ImageServerProcess,
    leave: Callable[[WhereBuilder], None],
) -> None:
    field.set_from("Best > 40", landsat)
    wait_until(lambda: field.count_label.text() == "4 of 8 rasters match")
    seen = []
    field.changed.connect(lambda: seen.append(field.text()))
    image_server.clear()
    builder = _opened(field)
    _click_together(builder, ["AND", "CloudCover", "<", "45"])
    leave(builder)
    assert not builder.isVisible()
    let_pass(0.6)
    assert (field.text(), field.count_label.text(), seen) == ("Best > 40", "4 of 8 rasters match", [])
    # The values.
    assert len(image_server.requests()) == 1


@pytest.mark.parametrize("end", [WhereBuilder.accept, WhereBuilder.reject])
def test_the_builder_reads_no_values_when_it_is_closed(
    field: WhereField, landsat: ConnectedService, image_server: ImageServerProcess, end: Callable[[WhereBuilder], None]
) -> None:
    image_server.settings(latency=0.3)
    field.set_from("Best > 40", landsat)
    builder = _opened(field)
    assert builder._sample.is_busy
    end(builder)
    assert not builder._sample.is_busy


def _opened(field: WhereField) -> WhereBuilder:
    field.build_button.click()
    builder: WhereBuilder = field.findChild(WhereBuilder)
    return builder


def _button(builder: WhereBuilder, which: QDialogButtonBox.StandardButton) -> QPushButton:
    return builder.findChild(QDialogButtonBox).button(which)


def _operators(builder: WhereBuilder) -> list[QPushButton]:
    return list(builder.findChild(QGroupBox, "groupBox4").findChildren(QPushButton))


def _read(builder: WhereBuilder) -> None:
    wait_until(lambda: not builder.is_reading)


def _click_together(builder: WhereBuilder, steps: list[str]) -> None:
    """Click on operators, double-click on fields and on values of the field before."""
    _read(builder)
    operators, fields = {button.text(): button for button in _operators(builder)}, _texts(builder, "lstFields")
    for step in steps:
        if step in operators:
            QTest.mouseClick(operators[step], Qt.MouseButton.LeftButton)
        elif step in fields:
            _double_click(builder, "lstFields", step)
            QTest.mouseClick(builder.findChild(QPushButton, "btnGetAllValues"), Qt.MouseButton.LeftButton)
        else:
            _double_click(builder, "lstValues", step)


def _values(builder: WhereBuilder, field: str) -> set[str]:
    builder.findChild(QListView, "lstFields").setCurrentIndex(_index(builder, "lstFields", field))
    builder.findChild(QPushButton, "btnGetAllValues").click()
    return set(_texts(builder, "lstValues"))


def _texts(builder: WhereBuilder, view: str) -> list[str]:
    model = builder.findChild(QListView, view).model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def _index(builder: WhereBuilder, view: str, text: str) -> QModelIndex:
    return builder.findChild(QListView, view).model().index(_texts(builder, view).index(text), 0)


def _double_click(builder: WhereBuilder, view: str, text: str) -> None:
    widget, index = builder.findChild(QListView, view), _index(builder, view, text)
    widget.scrollTo(index)
    place = widget.visualRect(index).center()
    QTest.mouseClick(widget.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(widget.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_all_rasters_are_not_said_to_be_drawn_where_some_are_locked(
    field: WhereField, landsat: ConnectedService
) -> None:
    field.set_from("", landsat)
    wait_until(lambda: field.count_label.text() == "All 8 rasters")
    assert field.count_label.isVisibleTo(field)
    field.show_total(False)
    assert not field.count_label.isVisibleTo(field)
    field.set_from("CloudCover < 10", landsat)
    wait_until(lambda: field.count_label.isVisibleTo(field) and "of 8 rasters match" in field.count_label.text())
