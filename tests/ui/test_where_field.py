"""The where clause: the live count, the server's words, stale answers, and the builder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDialogButtonBox, QListView, QPushButton

from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.knowing import known_service
from image_server_layer.tests.ui.waiting import let_pass, wait_until
from image_server_layer.ui.section import KnownService
from image_server_layer.ui.where_builder import WhereBuilder
from image_server_layer.ui.where_field import WhereField


@pytest.fixture
def field() -> Iterator[WhereField]:
    field = WhereField()
    field.show()
    yield field
    field.deleteLater()


@pytest.fixture
def landsat(image_server: ImageServerProcess) -> KnownService:
    known = known_service(image_server, "Olinda/Landsat")
    image_server.clear()
    return known


def test_what_is_typed_is_counted_after_a_pause(
    field: WhereField, landsat: KnownService, image_server: ImageServerProcess
) -> None:
    field.set_from("", landsat)
    wait_until(lambda: field.count_label.text() == "All 8 rasters")
    image_server.clear()
    QTest.keyClicks(field.edit, "Best > 40")
    wait_until(lambda: field.count_label.text() == "4 of 8 rasters match")
    assert [request.query["where"] for request in image_server.requests()] == ["Best > 40"]


def test_the_same_again_is_not_counted_again(
    field: WhereField, landsat: KnownService, image_server: ImageServerProcess
) -> None:
    field.set_from("Best > 40", landsat)
    wait_until(lambda: field.count_label.text() == "4 of 8 rasters match")
    image_server.clear()
    field.set_from("Best > 40", KnownService(landsat.service, landsat.service))
    let_pass(0.6)
    assert image_server.requests() == []
    assert field.count_label.text() == "4 of 8 rasters match"


def test_the_servers_words_stand_beside_the_field_until_the_clause_changes(
    field: WhereField, landsat: KnownService
) -> None:
    field.set_from("Cloudy = 1", landsat)
    wait_until(field.problem.text)
    assert "there is no field Cloudy" in field.problem.text()
    assert field.count_label.isHidden()
    field.edit.setText("Best = 1")
    assert field.problem.text() == ""


def test_no_match_is_a_problem(field: WhereField, landsat: KnownService) -> None:
    field.set_from("Best > 1000", landsat)
    wait_until(lambda: field.problem.text() == "No raster matches; loosen the clause.")


def test_a_lost_network_leaves_the_clause_and_says_so(
    field: WhereField, landsat: KnownService, image_server: ImageServerProcess
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
    field: WhereField, landsat: KnownService, image_server: ImageServerProcess
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
    landsat: KnownService, image_server: ImageServerProcess
) -> None:
    image_server.settings(latency=0.5)
    field = WhereField()
    field.set_from("Best > 40", landsat)
    wait_until(image_server.requests)
    sip.delete(field)
    let_pass(1.2)


def test_a_problem_of_the_options_is_shown_where_the_server_has_none(field: WhereField, landsat: KnownService) -> None:
    field.set_from("", landsat)
    field.set_problem("Leave it out.")
    assert field.problem.text() == "Leave it out."


def test_the_builder_takes_the_clause_of_the_server_as_it_is(field: WhereField, landsat: KnownService) -> None:
    field.set_from("Best > 40", landsat)
    seen = []
    field.changed.connect(lambda: seen.append(field.text()))
    field.build_button.click()
    builder = field.findChild(WhereBuilder)
    assert builder.sql() == "Best > 40"
    builder.setSql("AcquisitionDate > TIMESTAMP '2001-01-01 00:00:00'")
    builder.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()
    assert seen == ["AcquisitionDate > TIMESTAMP '2001-01-01 00:00:00'"]
    wait_until(lambda: field.count_label.text() == "4 of 8 rasters match")


def test_the_builder_knows_fields_and_values_of_the_catalogue(landsat: KnownService) -> None:
    builder = WhereBuilder(landsat, "")
    fields, values = builder.findChild(QListView, "lstFields").model(), builder.findChild(QListView, "lstValues")
    assert [fields.index(row, 0).data() for row in range(3)] == ["OBJECTID", "Name", "AcquisitionDate"]
    wait_until(lambda: builder._layer.featureCount() == 8)
    builder.findChild(QListView, "lstFields").setCurrentIndex(fields.index(1, 0))
    builder.findChild(QPushButton, "btnGetAllValues").click()
    shown = {values.model().index(row, 0).data() for row in range(values.model().rowCount())}
    assert {"Jaboatão dos Guararapes", "LE07; path 214: row 65", "20010805"} <= shown
    builder.reject()
    builder.deleteLater()


def test_escape_leaves_the_clause(field: WhereField, landsat: KnownService) -> None:
    field.set_from("Best > 40", landsat)
    field.build_button.click()
    builder = field.findChild(WhereBuilder)
    builder.setSql("Best > 1")
    QTest.keyClick(builder, Qt.Key.Key_Escape)
    assert field.text() == "Best > 40"
