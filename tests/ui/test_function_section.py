"""Choose a processing template: from the list, raw pixels, or a function chain of one's own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication

from image_server_layer.plugin.layer.connect import ConnectedService
from image_server_layer.plugin.options.arcgis_arguments import processing_template
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import ProcessingTemplate
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.hand import type_into
from image_server_layer.tests.ui.knowing import LANDSAT, known_service
from image_server_layer.tests.ui.waiting import delete, let_pass, wait_until
from image_server_layer.ui.function.function_editor import FunctionEditor
from image_server_layer.ui.function.function_section import FunctionSection

CHAIN = '{"rasterFunction":"Slope","rasterFunctionArguments":{"DEM":{"rasterFunction":"Smooth"},"ZFactor":1.5}}'
# What every service knows, for bytes of several bands.
WELL_KNOWN = [
    "Functions of ArcGIS",
    "NDVI",
    "Band arithmetic",
    "Stretch",
    "Contrast and brightness",
    "Focal statistics",
]
FIRST_ROWS = ["Service default (raw pixels)", "None: raw pixels", "Function chain (JSON)…"]


@pytest.fixture
def section() -> Iterator[FunctionSection]:
    made = FunctionSection()
    made.resize(800, 600)
    made.show()
    yield made
    delete(made)


def template(section: FunctionSection) -> str:
    """Return what is chosen, as a text."""
    return str(section.apply_to(LayerOptions()).processing_template)


def rows(section: FunctionSection) -> list[str]:
    model = section.view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def selected(section: FunctionSection) -> str | None:
    chosen = section.view.selectionModel().selectedRows()
    return str(chosen[0].data()) if chosen else None


def pick(section: FunctionSection, label: str) -> None:
    index = section.view.model().index(rows(section).index(label), 0)
    section.view.scrollTo(index)
    QTest.mouseClick(section.view.viewport(), Qt.MouseButton.LeftButton, pos=section.view.visualRect(index).center())


def editor_of(section: FunctionSection) -> FunctionEditor:
    return section._editor


def write(section: FunctionSection, text: str) -> None:
    """Choose the chain of one's own, and paste a text in place of what the editor holds."""
    pick(section, FIRST_ROWS[2])
    editor_of(section).editor.selectAll()
    editor_of(section).editor.insertPlainText(text)


def ask_slow_server(section: FunctionSection, known: ConnectedService, server: ImageServerProcess) -> None:
    """Ask the server of a service about a chain; it takes 0.3 s to answer."""
    section.set_from(LayerOptions(), known)
    write(section, CHAIN)
    server.settings(latency=0.3)
    editor_of(section).ask_button.click()


def problem(section: FunctionSection) -> str:
    return editor_of(section)._message.text()


def changes_of(section: FunctionSection) -> list[str]:
    changes: list[str] = []
    section.changed.connect(lambda: changes.append(template(section)))
    return changes


def test_default_raw_pixels_and_own_chain_come_before_what_is_published(
    section: FunctionSection, landsat: ConnectedService
) -> None:
    section.set_from(LayerOptions(), landsat)
    published = [function.name for function in landsat.service.functions if function.name != "None"]
    assert rows(section) == [*FIRST_ROWS, *published, *WELL_KNOWN]
    assert selected(section) == FIRST_ROWS[0]


def test_the_default_of_the_service_is_named(section: FunctionSection, image_server: ImageServerProcess) -> None:
    section.set_from(LayerOptions(), known_service(image_server, "Olinda/ElevationDefault"))
    first = known_service(image_server, "Olinda/ElevationDefault").service.functions[0]
    assert rows(section)[0] == f"Service default ({first.name})"
    assert section.description.text() == f"What the server applies by default: {first.description}"
    assert template(section) == ""


@pytest.mark.parametrize("chosen", ["", "None", "NDVI", 'Water "&" Land + 100 % #1: ção', CHAIN, "Nowhere"])
def test_options_come_back_as_they_were_given(section: FunctionSection, landsat: ConnectedService, chosen: str) -> None:
    changes = changes_of(section)
    options = LayerOptions(processing_template=processing_template(chosen), bands=(1,))
    section.set_from(options, landsat)
    assert section.apply_to(LayerOptions(bands=(1,))) == options
    section.set_from(options, None)
    assert section.apply_to(LayerOptions(bands=(1,))) == options
    assert changes == []


def test_a_click_chooses(section: FunctionSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(), landsat)
    changes = changes_of(section)
    for label in ("NDVI", FIRST_ROWS[1], FIRST_ROWS[0]):
        pick(section, label)
    assert changes == ["NDVI", "None", ""]


def test_the_description_of_the_choice_is_shown_as_plain_text(
    section: FunctionSection, image_server: ImageServerProcess
) -> None:
    functions = [{"name": "None"}, {"name": "Bold", "description": "<b>Bold</b>", "help": "Line <i>two</i>"}]
    image_server.patch(LANDSAT, {"rasterFunctionInfos": functions})
    section.set_from(LayerOptions(), known_service(image_server, LANDSAT))
    pick(section, "Bold")
    assert section.description.text() == "Bold: <b>Bold</b>\nLine <i>two</i>"
    assert section.description.textFormat() == Qt.TextFormat.PlainText
    index = section.view.currentIndex()
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "&lt;b&gt;Bold&lt;/b&gt;"


def test_the_filter_looks_into_names_and_descriptions(section: FunctionSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(), landsat)
    type_into(section.filter, "NDVI colors")
    # "Five classes from water to forest, as colors."
    assert rows(section) == [*FIRST_ROWS, "NDVIColored"]
    assert section.count.text() == "1 of 20"
    section.filter.clear()
    assert len(rows(section)) == 24
    assert not section.count.isVisible()


def test_a_filter_chooses_nothing(section: FunctionSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(processing_template=ProcessingTemplate("Hillshade")), landsat)
    changes = changes_of(section)
    type_into(section.filter, "NDVI")
    assert (selected(section), template(section)) == (None, "Hillshade")
    assert section.description.text().startswith("Hillshade: ")
    section.filter.clear()
    assert selected(section) == "Hillshade"
    assert changes == []


def test_hundreds_of_functions_are_shown_and_filtered(
    section: FunctionSection, image_server: ImageServerProcess
) -> None:
    section.set_from(
        LayerOptions(processing_template=ProcessingTemplate("Remap_400")),
        known_service(image_server, "Test/ManyFunctions"),
    )
    assert len(rows(section)) == 513
    assert selected(section) == "Remap_400"
    type_into(section.filter, "_49")
    assert rows(section)[3:] == [f"Remap_{number}" for number in range(490, 500)]
    assert section.count.text() == "10 of 509"
    pick(section, "Remap_497")
    assert template(section) == "Remap_497"


def test_a_name_in_another_case_is_that_of_the_service(section: FunctionSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(processing_template=ProcessingTemplate("ndvi")), landsat)
    assert (selected(section), template(section)) == ("NDVI", "NDVI")


def test_an_unknown_name_stays_and_its_problem_is_beside_it(
    section: FunctionSection, landsat: ConnectedService
) -> None:
    section.set_from(LayerOptions(processing_template=ProcessingTemplate("Nowhere")), landsat)
    section.show_problems({"processing_template": "No such template.", "where": "Not here."})
    assert selected(section) is None
    assert section._message.isVisible()
    assert section._message.text() == "No such template."
    pick(section, "NDVI")
    assert not section._message.isVisible()


def test_where_functions_are_not_allowed_the_reason_is_there(
    section: FunctionSection, image_server: ImageServerProcess
) -> None:
    section.set_from(LayerOptions(), known_service(image_server, "Test/NoFunctions"))
    assert rows(section) == [FIRST_ROWS[0]]
    assert section.description.text() == ("The service allows no processing templates; its pixels come as they are.")


def test_the_editor_is_there_only_for_a_chain(section: FunctionSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(), landsat)
    assert not editor_of(section).isVisible()
    pick(section, FIRST_ROWS[2])
    assert editor_of(section).isVisible()
    assert section.input_problems() == {"processing_template": "Type, paste or open a function chain."}
    assert problem(section) == "Type, paste or open a function chain."
    pick(section, FIRST_ROWS[1])
    assert not editor_of(section).isVisible()
    assert section.input_problems() == {}


def test_a_chain_begins_with_the_function_chosen_before(section: FunctionSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(processing_template=ProcessingTemplate("NDVI")), landsat)
    pick(section, FIRST_ROWS[2])
    assert editor_of(section).editor.toPlainText() == '{\n  "rasterFunction": "NDVI"\n}'
    assert template(section) == '{"rasterFunction":"NDVI"}'


def test_a_chain_is_shown_on_lines_of_its_own(section: FunctionSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(processing_template=processing_template(CHAIN)), landsat)
    text = editor_of(section).editor.toPlainText()
    assert text == json.dumps(json.loads(CHAIN), indent=2)
    assert selected(section) == FIRST_ROWS[2]


def test_typing_says_at_once_where_the_text_breaks(section: FunctionSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(), landsat)
    write(section, '{\n  "rasterFunction": "Slope",\n  "ZFactor": ,\n}')
    expected = (
        "The JSON of the processing template breaks at line 3, column 14 (Expecting value): "
        '{ "rasterFunction": "Slope", "ZFactor": , }'
    )
    assert problem(section) == expected
    assert section.input_problems() == {"processing_template": expected}
    assert not editor_of(section).format_button.isEnabled()
    assert not editor_of(section).ask_button.isEnabled()
    write(section, CHAIN)
    assert (problem(section), section.input_problems()) == ("", {})


def test_where_the_cursor_is_can_be_read(section: FunctionSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(), landsat)
    write(section, '{\n  "rasterFunction"')
    assert editor_of(section).position.text() == "Line 2, column 19"


def test_what_is_no_function_is_no_option(section: FunctionSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(), landsat)
    changes = changes_of(section)
    write(section, "NDVI")
    assert "processing_template" in section.input_problems()
    # Neither the function of that name nor the service's default.
    assert changes[-1] == "{}"


def test_the_form_may_show_again_what_it_was_given_without_moving_the_cursor(
    section: FunctionSection, landsat: ConnectedService
) -> None:
    section.set_from(LayerOptions(), landsat)
    typed = '{"rasterFunction":   "Slope"}'
    write(section, typed)
    section.set_from(section.apply_to(LayerOptions()), landsat)
    assert editor_of(section).editor.toPlainText() == typed
    assert editor_of(section).editor.textCursor().position() == len(typed)


def test_format_puts_each_part_on_a_line_and_can_be_undone(section: FunctionSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(), landsat)
    write(section, CHAIN)
    editor_of(section).format_button.click()
    assert editor_of(section).editor.toPlainText() == json.dumps(json.loads(CHAIN), indent=2)
    assert template(section) == CHAIN
    editor_of(section).editor.undo()
    assert editor_of(section).editor.toPlainText() == CHAIN


def test_a_template_file_is_opened(section: FunctionSection, landsat: ConnectedService, tmp_path: Path) -> None:
    section.set_from(LayerOptions(), landsat)
    pick(section, FIRST_ROWS[2])
    path = tmp_path / "slope.rft.json"
    path.write_text(CHAIN, encoding="utf-8")
    editor_of(section).open_file(str(path))
    assert (template(section), section.input_problems()) == (CHAIN, {})


def test_a_file_that_cannot_be_read_leaves_the_chain_as_it_is(
    section: FunctionSection, landsat: ConnectedService, tmp_path: Path
) -> None:
    section.set_from(LayerOptions(processing_template=processing_template(CHAIN)), landsat)
    path = tmp_path / "slope.rft.xml"
    editor_of(section).open_file(str(path))
    assert template(section) == CHAIN
    assert problem(section) == (
        f"The function template {path} is XML, which image services do not take: convert it to JSON (.rft.json) "
        "with Convert Raster Function Template in ArcGIS Pro."
    )


def test_the_server_says_what_comes_out(
    section: FunctionSection, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    section.set_from(LayerOptions(), landsat)
    rule = {"rasterFunction": "ExtractBand", "rasterFunctionArguments": {"BandIDs": [2, 1, 0]}}
    write(section, json.dumps(rule))
    image_server.clear()
    editor = editor_of(section)
    editor.ask_button.click()
    assert (editor.verdict.text(), editor.ask_button.text()) == ("Asking…", "Stop")
    wait_until(lambda: not editor._background.is_busy)
    assert editor.verdict.text() == "The server accepts it: 3 bands of type U8."
    assert editor.verdict.isVisible()
    (request,) = image_server.requests()
    assert request.operation == ""
    assert json.loads(request.query["renderingRule"]) == rule
    editor.editor.insertPlainText(" ")
    assert not editor.verdict.isVisible()


def test_the_server_s_own_words_say_why_not(
    section: FunctionSection, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    section.set_from(LayerOptions(), landsat)
    write(section, '{"rasterFunction":"Slope"}')
    image_server.fault("json_error", "renderingRule", code=400, message="There is no function <b>Slope</b>.")
    editor_of(section).ask_button.click()
    wait_until(lambda: not editor_of(section)._background.is_busy)
    verdict = editor_of(section).verdict
    assert verdict.text() == "The server does not accept it: There is no function <b>Slope</b>."
    assert verdict.textFormat() == Qt.TextFormat.PlainText


def test_a_verdict_about_another_text_never_lands(
    section: FunctionSection, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    ask_slow_server(section, landsat, image_server)
    editor_of(section).editor.insertPlainText(" ")
    assert editor_of(section).ask_button.text() == "Ask the Server"
    let_pass(0.6)
    assert editor_of(section).verdict.text() == ""


def test_asking_can_be_stopped(
    section: FunctionSection, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    ask_slow_server(section, landsat, image_server)
    editor_of(section).ask_button.click()
    let_pass(0.6)
    assert (editor_of(section).verdict.text(), editor_of(section).ask_button.text()) == ("", "Ask the Server")


def test_the_section_can_go_while_the_server_is_asked(
    section: FunctionSection, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    ask_slow_server(section, landsat, image_server)
    sip.delete(section)
    let_pass(0.6)


def test_without_a_service_there_is_nothing_to_choose(section: FunctionSection, landsat: ConnectedService) -> None:
    section.set_from(LayerOptions(), landsat)
    section.set_from(LayerOptions(), None)
    assert (section.isEnabled(), rows(section)) == (False, [])


def test_what_the_list_says_whole_is_not_said_again(section: FunctionSection, landsat: ConnectedService) -> None:
    section.resize(900, 600)
    section.set_from(LayerOptions(), landsat)
    assert section.description.isHidden()
    section.resize(300, 600)
    QApplication.processEvents()
    pick(section, FIRST_ROWS[2])
    assert section.description.isVisible()
