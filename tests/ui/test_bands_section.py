"""Choose bands: what is ticked, in which order, and what proves the presets."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QItemSelectionModel, QMimeData, QModelIndex, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QComboBox

from image_server_layer.plugin.layer.connect import ConnectedService
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.hand import click, press
from image_server_layer.tests.ui.knowing import LANDSAT, known_service
from image_server_layer.tests.ui.waiting import delete, let_pass, wait_until
from image_server_layer.ui.bands.bands_section import BandsSection

NDVI = {"rasterFunction": "NDVI"}
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


@pytest.fixture
def section() -> Iterator[BandsSection]:
    made = BandsSection()
    made.resize(900, 600)
    made.show()
    made.more_button.setChecked(True)
    yield made
    delete(made)


def chosen(section: BandsSection) -> tuple[int, ...] | None:
    return section.apply_to(LayerOptions()).bands


def shown(section: BandsSection) -> list[list[str]]:
    """Return the texts of the columns that are not hidden, row by row."""
    model, view = section.view.model(), section.view
    columns = [column for column in range(model.columnCount()) if not view.isColumnHidden(column)]
    return [[model.index(row, column).data() for column in columns] for row in range(model.rowCount())]


def ticks(section: BandsSection) -> list[tuple[str, bool]]:
    model = section.view.model()
    cells = [model.index(row, 0) for row in range(model.rowCount())]
    return [(cell.data(), cell.data(Qt.ItemDataRole.CheckStateRole) == CHECKED) for cell in cells]


def click_tick(section: BandsSection, row: int) -> None:
    place = section.view.visualRect(section.view.model().index(row, 0))
    place.setWidth(place.height())
    QTest.mouseClick(section.view.viewport(), Qt.MouseButton.LeftButton, pos=place.center())


def select(section: BandsSection, *rows: int) -> None:
    selection = section.view.selectionModel()
    selection.clear()
    for row in rows:
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        selection.select(section.view.model().index(row, 0), flags)


def count_changes(section: BandsSection) -> list[tuple[int, ...] | None]:
    changes: list[tuple[int, ...] | None] = []
    section.changed.connect(lambda: changes.append(chosen(section)))
    return changes


def pickers(section: BandsSection) -> list[str]:
    """Return what the lists of red, green and blue show, as far as they are there."""
    return [picker.currentText() for picker in section.pickers.pickers if picker.isVisible()]


def labels(section: BandsSection) -> list[str]:
    return [label.text() for label in section.pickers.labels if label.isVisible()]


def pick(picker: QComboBox, row: int) -> None:
    """Open a list with a click, and take an entry of it with another."""
    click(picker)
    view = picker.view()
    wait_until(view.isVisible)
    view.scrollTo(view.model().index(row, 0))
    click(view.viewport(), view.visualRect(view.model().index(row, 0)).center())
    wait_until(lambda: not view.isVisible())


def presets(section: BandsSection) -> dict[str, bool]:
    """Return the entries of the menu, and whether they can be taken."""
    return {
        action.text(): action.isEnabled() for action in section.more_presets_button.menu().actions() if action.text()
    }


def take_preset(section: BandsSection, name: str) -> None:
    next(action for action in section.more_presets_button.menu().actions() if action.text() == name).trigger()


def test_a_band_has_a_number_a_name_its_wavelengths_and_its_statistics(
    section: BandsSection, landsat: ConnectedService
) -> None:
    section.set_from(LayerOptions(), landsat)
    wait_until(lambda: len(shown(section)[0]) == 7)
    rows = shown(section)
    assert [row[:3] for row in rows] == [
        ["1", "Blue", "450 – 520"],
        ["2", "Green", "520 – 600"],
        ["3", "Red", "630 – 690"],
        ["4", "NearInfrared_1", "770 – 900"],
        ["5", "MidInfrared_1", "1550 – 1750"],
        ["6", "MidInfrared_2", "2090 – 2350"],
    ]
    blue = landsat.service.bands[0]
    assert [float(text) for text in rows[0][3:]] == pytest.approx(
        [blue.minimum, blue.maximum, blue.mean, blue.standard_deviation], rel=1e-4
    )


def test_wavelengths_are_asked_for_once_with_the_service(
    section: BandsSection, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    for options in (LayerOptions(), LayerOptions(bands=(1,)), LayerOptions()):
        section.set_from(options, landsat)
    wait_until(lambda: len(shown(section)[0]) == 7)
    assert len(image_server.requests(operation="keyProperties")) == 1


def test_columns_that_would_be_empty_are_hidden(section: BandsSection, image_server: ImageServerProcess) -> None:
    empty: dict[str, object] = {key: [] for key in ("minValues", "maxValues", "meanValues", "stdvValues")}
    image_server.patch("Test/FourBands", empty)
    section.set_from(LayerOptions(), known_service(image_server, "Test/FourBands"))
    wait_until(lambda: not section._background.is_busy)
    assert [len(row) for row in shown(section)] == [2, 2, 2, 2]


@pytest.mark.parametrize("bands", [None, (3, 2, 1), (4,), (6, 5, 4, 3, 2, 1)])
def test_options_come_back_as_they_were_given(
    section: BandsSection, landsat: ConnectedService, bands: tuple[int, ...] | None
) -> None:
    changes = count_changes(section)
    options = LayerOptions(bands=bands, where="Best > 3")
    section.set_from(options, landsat)
    assert section.apply_to(LayerOptions(where="Best > 3")) == options
    assert changes == []


def test_chosen_bands_come_first_in_their_order(section: BandsSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(bands=(4, 2)), landsat)
    assert ticks(section) == [("4", True), ("2", True), ("1", False), ("3", False), ("5", False), ("6", False)]


def test_a_click_takes_a_tick_away_and_another_gives_it_back(section: BandsSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(), landsat)
    changes = count_changes(section)
    click_tick(section, 1)
    click_tick(section, 1)
    assert changes == [(1, 3, 4, 5, 6), None]


def test_the_space_bar_ticks(section: BandsSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(), landsat)
    section.view.setFocus()
    section.view.setCurrentIndex(section.view.model().index(0, 0))
    QTest.keyClick(section.view, Qt.Key.Key_Space)
    assert chosen(section) == (2, 3, 4, 5, 6)


def test_no_tick_at_all_is_no_band_rather_than_all(section: BandsSection, image_server: ImageServerProcess) -> None:
    section.set_from(LayerOptions(), known_service(image_server, "Olinda/Elevation"))
    click_tick(section, 0)
    assert chosen(section) == ()


def test_selected_bands_move_up_and_down(section: BandsSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(), landsat)
    changes = count_changes(section)
    select(section, 1, 2)
    section.up_button.click()
    assert not section.up_button.isEnabled()
    section.down_button.click()
    section.down_button.click()
    assert changes == [(2, 3, 1, 4, 5, 6), None, (1, 4, 2, 3, 5, 6)]
    assert [index.row() for index in section.view.selectionModel().selectedRows()] == [2, 3]


def test_the_keyboard_moves_the_band(section: BandsSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(), landsat)
    QApplication.setActiveWindow(section)
    section.view.setFocus()
    section.view.setCurrentIndex(section.view.model().index(0, 0))
    wait_until(section.view.hasFocus)
    QTest.keyClick(section.view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert chosen(section) == (2, 1, 3, 4, 5, 6)


@pytest.mark.parametrize(
    ("rows", "before", "expected"),
    [
        ([0], 3, (2, 3, 1, 4, 5, 6)),
        ([5], 0, (6, 1, 2, 3, 4, 5)),
        ([0, 2], -1, (2, 4, 5, 6, 1, 3)),
        ([3, 1], 2, (1, 2, 4, 3, 5, 6)),
        ([2], 2, None),
    ],
)
def test_bands_are_dropped_between_others(
    section: BandsSection, landsat: ConnectedService, rows: list[int], before: int, expected: tuple[int, ...] | None
) -> None:
    section.set_from(LayerOptions(), landsat)
    model = section.view.model()
    data = model.mimeData([model.index(row, column) for row in rows for column in (0, 1)])
    assert model.dropMimeData(data, Qt.DropAction.MoveAction, before, 0, QModelIndex())
    assert chosen(section) == expected


def test_nothing_else_can_be_dropped(section: BandsSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(), landsat)
    data = QMimeData()
    data.setText("[0]")
    assert not section.view.model().dropMimeData(data, Qt.DropAction.MoveAction, 3, 0, QModelIndex())
    assert chosen(section) is None


def test_presets_tick_what_they_say(section: BandsSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(), landsat)
    # As the form does when the raw pixels are there.
    section.raw_bands_chosen.connect(section.choose)
    changes = count_changes(section)
    section.natural_color_button.click()
    section.color_infrared_button.click()
    section.all_button.click()
    assert changes == [(3, 2, 1), (4, 3, 2), None]
    assert section.color_infrared_button.toolTip() == (
        "Bands 4 (NearInfrared_1), 3 (Red), 2 (Green) as red, green and blue."
    )


def test_wavelengths_prove_presets_where_names_do_not(section: BandsSection, image_server: ImageServerProcess) -> None:
    image_server.patch(LANDSAT, {"bandNames": [f"Band_{number}" for number in range(1, 7)]})
    image_server.settings(latency=0.3)
    section.set_from(LayerOptions(), known_service(image_server, LANDSAT))
    assert not section.natural_color_button.isEnabled()
    assert section.natural_color_button.toolTip() == (
        "Neither names nor wavelengths prove which bands are red, green and blue. "
        "The service is being asked for its wavelengths…"
    )
    wait_until(section.natural_color_button.isEnabled)
    section.raw_bands_chosen.connect(section.choose)
    section.natural_color_button.click()
    assert chosen(section) == (3, 2, 1)


def test_what_is_not_proven_cannot_be_chosen(section: BandsSection, image_server: ImageServerProcess) -> None:
    section.set_from(LayerOptions(), known_service(image_server, "Test/FourBands"))
    wait_until(lambda: not section._background.is_busy)
    assert not section.natural_color_button.isEnabled()
    assert not section.color_infrared_button.isEnabled()
    assert section.color_infrared_button.toolTip() == (
        "Neither names nor wavelengths prove which bands are near infrared, red and green."
    )
    assert section.all_button.isEnabled()


def test_wavelengths_that_cannot_be_read_are_said_to_be_so(
    section: BandsSection, image_server: ImageServerProcess
) -> None:
    image_server.fault("json_error", "keyProperties", code=500, message="Table <b>locked</b>")
    section.set_from(LayerOptions(), known_service(image_server, "Test/FourBands"))
    wait_until(lambda: not section._background.is_busy)
    tooltip = section.natural_color_button.toolTip()
    assert "The wavelengths could not be read: " in tooltip
    assert "Table &lt;b&gt;locked&lt;/b&gt;" in tooltip


def test_after_a_template_its_bands_are_shown_without_the_statistics_of_raw_pixels(
    section: BandsSection, image_server: ImageServerProcess
) -> None:
    infrared = {"rasterFunction": "ColorInfrared"}
    section.set_from(LayerOptions(), known_service(image_server, LANDSAT, infrared))
    wait_until(lambda: len(shown(section)[0]) == 3)
    assert shown(section) == [
        ["1", "NearInfrared_1", "770 – 900"],
        ["2", "Red", "630 – 690"],
        ["3", "Green", "520 – 600"],
    ]


def test_bands_that_the_template_does_not_yield_give_way_to_all(
    section: BandsSection, image_server: ImageServerProcess
) -> None:
    section.set_from(LayerOptions(bands=(4, 3)), known_service(image_server, LANDSAT, NDVI))
    assert chosen(section) is None
    assert section.hint.isVisible()
    assert section.hint.text() == (
        "The processing template does not yield the bands 4, 3; all of its bands are used (1)."
    )
    click_tick(section, 0)
    assert not section.hint.isVisible()


def test_a_band_that_does_not_exist_stays_for_the_check_until_the_user_chooses(
    section: BandsSection, landsat: ConnectedService
) -> None:
    section.set_from(LayerOptions(bands=(9, 1)), landsat)
    assert chosen(section) == (9, 1)
    section.show_problems({"bands": "The band “9” does not exist.", "where": "Not here."})
    assert section._message.isVisible()
    assert section._message.text() == "The band “9” does not exist."
    click_tick(section, 1)
    assert chosen(section) == (1, 2)
    section.show_problems({})
    assert not section._message.isVisible()


def test_without_a_service_there_is_nothing_to_choose(section: BandsSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(), landsat)
    section.set_from(LayerOptions(bands=(2,)), None)
    assert not section.isEnabled()
    assert shown(section) == []
    assert chosen(section) == (2,)


def test_wavelengths_of_a_service_left_behind_never_land(
    section: BandsSection, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    others = known_service(image_server, "Test/FourBands")
    image_server.fault("hang", "keyProperties", times=1)
    section.set_from(LayerOptions(), landsat)
    wait_until(lambda: image_server.requests(operation="keyProperties"))
    section.set_from(LayerOptions(), others)
    image_server.release()
    let_pass(0.3)
    assert [row[:2] for row in shown(section)] == [[str(number), f"Band_{number}"] for number in range(1, 5)]
    assert section.view.isColumnHidden(2)


def test_the_section_can_go_while_the_server_is_asked(
    section: BandsSection, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    image_server.fault("hang", "keyProperties")
    section.set_from(LayerOptions(), landsat)
    wait_until(lambda: image_server.requests(operation="keyProperties"))
    sip.delete(section)
    image_server.release()
    let_pass(0.3)


def test_a_thousand_bands_do_not_stall(section: BandsSection, image_server: ImageServerProcess) -> None:
    image_server.patch("Test/FourBands", {"bandCount": 1000, "bandNames": [f"B{number}" for number in range(1000)]})
    many = known_service(image_server, "Test/FourBands")
    begun = time.thread_time()
    section.set_from(LayerOptions(), many)
    # Many times of what it takes.
    assert time.thread_time() - begun < 2
    assert section.view.model().rowCount() == 1000
    assert section.view.height() < 400
    select(section, 999)
    section.up_button.click()
    assert chosen(section) == (*range(1, 999), 1000, 999)


def test_before_there_is_a_service_the_presets_say_so(section: BandsSection) -> None:
    for button in (section.natural_color_button, section.color_infrared_button):
        assert button.toolTip() == "Connect to a service to see its bands."


# Red, green and blue


def test_red_green_and_blue_are_picked_by_name_and_wavelength(section: BandsSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(bands=(4, 3, 2)), landsat)
    wait_until(lambda: "nm" in pickers(section)[0])
    assert labels(section) == ["Red", "Green", "Blue"]
    assert pickers(section) == ["4: NearInfrared_1 (770 – 900 nm)", "3: Red (630 – 690 nm)", "2: Green (520 – 600 nm)"]
    picker = section.pickers.pickers[0]
    assert [picker.itemText(row) for row in (0, 1, 6)] == [
        "Automatic",
        "1: Blue (450 – 520 nm)",
        "6: MidInfrared_2 (2090 – 2350 nm)",
    ]


def test_a_click_in_a_list_changes_the_table_and_the_options(section: BandsSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(bands=(4, 3, 2)), landsat)
    changes = count_changes(section)
    pick(section.pickers.pickers[1], 5)
    assert changes == [(4, 5, 2)]
    assert ticks(section)[:3] == [("4", True), ("5", True), ("2", True)]


def test_keys_pick_too(section: BandsSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(bands=(4, 3, 2)), landsat)
    changes = count_changes(section)
    QApplication.setActiveWindow(section)
    section.pickers.pickers[2].setFocus()
    wait_until(section.pickers.pickers[2].hasFocus)
    press(Qt.Key.Key_Up)
    assert changes == [(4, 3, 1)]


def test_keys_that_pass_bands_of_the_others_leave_those_alone(section: BandsSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(), landsat)
    changes = count_changes(section)
    QApplication.setActiveWindow(section)
    picker = section.pickers.pickers[0]
    picker.setFocus()
    wait_until(picker.hasFocus)
    for _ in range(5):
        press(Qt.Key.Key_Down)
    assert changes == [(1, 2, 3), (2, 3, 1), (3, 2, 1), (4, 2, 1), (5, 2, 1)]


def test_a_band_that_is_there_already_changes_places(section: BandsSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(bands=(4, 3, 2)), landsat)
    changes = count_changes(section)
    pick(section.pickers.pickers[0], 2)
    assert changes == [(2, 3, 4)]


def test_from_all_bands_a_pick_begins_with_natural_color(section: BandsSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(), landsat)
    changes = count_changes(section)
    assert pickers(section) == ["Automatic"] * 3
    pick(section.pickers.pickers[0], 4)
    assert changes == [(4, 2, 1)]
    pick(section.pickers.pickers[2], 0)
    assert changes == [(4, 2, 1), None]
    assert pickers(section) == ["Automatic"] * 3


def test_from_all_bands_without_names_a_pick_begins_with_the_first_three(
    section: BandsSection, image_server: ImageServerProcess
) -> None:
    section.set_from(LayerOptions(), known_service(image_server, "Test/FourBands"))
    changes = count_changes(section)
    pick(section.pickers.pickers[0], 4)
    assert changes == [(4, 2, 3)]


def test_the_table_changes_the_lists(section: BandsSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(bands=(4, 3, 2)), landsat)
    wait_until(lambda: not section._background.is_busy)
    select(section, 0)
    section.down_button.click()
    assert [text[0] for text in pickers(section)] == ["3", "4", "2"]
    for row in (0, 1):
        click_tick(section, row)
    # One band is left.
    assert (labels(section), [text[0] for text in pickers(section)]) == (["Band"], ["2"])


def test_of_one_band_there_is_one_list(section: BandsSection, image_server: ImageServerProcess) -> None:
    section.set_from(LayerOptions(), known_service(image_server, "Olinda/Elevation"))
    assert (labels(section), pickers(section)) == (["Band"], ["1: Elevation"])
    changes = count_changes(section)
    pick(section.pickers.pickers[0], 0)
    assert changes == [None]
    assert not presets(section)["Three bands as color"]


def test_one_band_of_several_is_picked_in_one_list(section: BandsSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(bands=(4, 3, 2)), landsat)
    changes = count_changes(section)
    take_preset(section, "One band")
    assert (labels(section), [text[0] for text in pickers(section)]) == (["Band"], ["4"])
    pick(section.pickers.pickers[0], 6)
    take_preset(section, "Three bands as color")
    assert changes == [(4,), (6,), (3, 2, 1)]


def test_what_the_lists_cannot_show_opens_the_table(section: BandsSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(bands=(4, 3, 2)), landsat)
    click(section.more_button)
    assert section.view.isHidden()
    section.set_from(LayerOptions(bands=(2, 3, 4)), landsat)
    assert section.view.isHidden()
    section.set_from(LayerOptions(bands=(6, 5, 4, 3)), landsat)
    assert section.view.isVisible()
    assert [text[0] for text in pickers(section)] == ["6", "5", "4"]
    changes = count_changes(section)
    pick(section.pickers.pickers[0], 1)
    assert changes == [(1, 5, 4, 3)]


def test_options_with_a_band_twice_stay_as_they_are(section: BandsSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(bands=(4, 4, 2)), landsat)
    assert [text[0] for text in pickers(section)] == ["4", "4", "2"]
    assert chosen(section) == (4, 4, 2)


def test_more_presets_are_taken_where_wavelengths_prove_them(section: BandsSection, landsat: ConnectedService) -> None:
    section.raw_bands_chosen.connect(section.choose)
    section.set_from(LayerOptions(), landsat)
    changes = count_changes(section)
    assert not presets(section)["Agriculture"]
    wait_until(lambda: presets(section)["Agriculture"])
    expected = {
        "Agriculture": (5, 4, 1),
        "Healthy vegetation": (4, 5, 1),
        "Land and water": (4, 5, 3),
        "Short-wave infrared": (6, 4, 3),
        "Urban areas": (6, 5, 3),
        "Geology": (6, 5, 1),
    }
    for name in expected:
        take_preset(section, name)
    assert changes == list(expected.values())


def test_after_a_template_the_lists_have_its_bands(section: BandsSection, image_server: ImageServerProcess) -> None:
    section.set_from(LayerOptions(), known_service(image_server, LANDSAT, {"rasterFunction": "ColorInfrared"}))
    assert section.pickers.pickers[0].itemText(1).startswith("1: NearInfrared_1")
    section.set_from(LayerOptions(), known_service(image_server, LANDSAT, NDVI))
    assert labels(section) == ["Band"]


def test_lists_of_a_thousand_bands_do_not_stall(section: BandsSection, image_server: ImageServerProcess) -> None:
    image_server.patch("Test/FourBands", {"bandCount": 1000, "bandNames": [f"B{number}" for number in range(1000)]})
    section.set_from(LayerOptions(), known_service(image_server, "Test/FourBands"))
    picker = section.pickers.pickers[0]
    begun = time.thread_time()
    picker.showPopup()
    QApplication.processEvents()
    picker.hidePopup()
    picker.setCurrentIndex(900)
    picker.activated.emit(900)
    # Many times of what it takes.
    assert time.thread_time() - begun < 3
    assert chosen(section) == (900, 2, 3)
