"""In the dialog of the algorithm the choices follow the service; batches and models have QGIS' own widgets."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProject,
)
from qgis.gui import QgisInterface, QgsBrowserGuiModel, QgsProcessingModelerParameterWidget
from qgis.PyQt import sip
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QPushButton

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.layer.edit import options_of
from image_server_layer.plugin.processing.service_or_layer import read_source
from image_server_layer.tests.patience import SOON
from image_server_layer.tests.processing.running import CATALOG, DOWNLOAD, EXPORT, MAKE, SAMPLE, ZONAL, new_context
from image_server_layer.tests.processing.test_export_layer import polygons, rectangle
from image_server_layer.tests.ui.forms import messages
from image_server_layer.tests.ui.waiting import let_pass, wait_until
from image_server_layer.tests.warmth import cold_below, cold_of_the_plugin
from image_server_layer.ui.common.sizes_in_dialog import SizesInDialog

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

LANDSAT_BANDS = ["1 (Blue)", "2 (Green)", "3 (Red)", "4 (NearInfrared_1)", "5 (MidInfrared_1)", "6 (MidInfrared_2)"]
CHOICES = ("BAND_INDEX", "ORDER_FIELD", "PROCESSING_TEMPLATE")


class Dialog:
    """The open dialog of the algorithm."""

    def __init__(self, dialog: QDialog) -> None:
        self.dialog = dialog
        self.wrappers = dialog.mainWidget().wrappers
        # What nobody holds is gone, as it is sooner or later in a long session.
        gc.collect()

    def widget(self, name: str) -> Any:
        """Return the widget of a parameter."""
        return self.wrappers[name].wrappedWidget()

    def choices(self, name: str) -> list[str]:
        """Return what can be chosen for a parameter."""
        box = self.widget(name)
        assert isinstance(box, QComboBox)
        return [box.itemText(index) for index in range(box.count())]

    def placeholder(self, name: str) -> str:
        """Return the text that stands for no text."""
        return str(self.widget(name).lineEdit().placeholderText())

    def type(self, name: str, text: str) -> None:
        """Type a text over what there is."""
        widget = self.widget(name)
        field = widget if isinstance(widget, QLineEdit) else widget.lineEdit()
        field.selectAll()
        QTest.keyClicks(field, text)

    def choose(self, name: str, index: int) -> None:
        """Choose from a list, as a click does."""
        self.widget(name).setCurrentIndex(index)
        self.widget(name).activated.emit(index)

    def parameters(self) -> dict[str, Any]:
        """Return what the dialog would run with, but for what is not given."""
        given = self.dialog.mainWidget().createProcessingParameters()
        return {name: value for name, value in given.items() if value}


@pytest.fixture
def open_dialog(qgis_iface: QgisInterface) -> Iterator[Callable[..., Dialog]]:
    """Return a function that opens the dialog with parameters."""
    import processing

    browser, opened = QgsBrowserGuiModel(), []
    qgis_iface.browserModel = lambda: browser

    def open_with(algorithm: str = MAKE, **parameters: Any) -> Dialog:
        dialog = Dialog(processing.createAlgorithmDialog(algorithm, parameters))
        opened.append(dialog)
        return dialog

    yield open_with
    for dialog in opened:
        if not sip.isdeleted(dialog.dialog):
            sip.delete(dialog.dialog)


Open = Callable[..., Dialog]


def test_bands_fields_and_templates_are_those_of_the_service(
    image_server: ImageServerProcess, open_dialog: Open
) -> None:
    dialog = open_dialog(IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"))
    wait_until(lambda: dialog.choices("BAND_INDEX"))
    assert dialog.choices("BAND_INDEX") == LANDSAT_BANDS
    assert dialog.choices("PROCESSING_TEMPLATE")[:4] == ["None", "NaturalColor", "ColorInfrared", "ShortWaveInfrared"]
    fields = dialog.choices("ORDER_FIELD")
    assert {"OBJECTID", "CloudCover", "AcquisitionDate"} < set(fields)
    assert not {"Name", "Shape"} & set(fields)
    assert [dialog.placeholder(name) for name in CHOICES] == ["All bands", "Best", "None"]
    assert dialog.widget("IN_IMAGE_SERVICE").toolTip().endswith("<p>Olinda/Landsat</p>")
    # Nothing is chosen by that.
    assert dialog.parameters() == {"IN_IMAGE_SERVICE": image_server.service("Olinda/Landsat"), "TIMEOUT": 30.0}


@pytest.mark.usefixtures("project")
def test_a_layer_stays_as_it_is_where_nothing_else_is_chosen(
    image_server: ImageServerProcess, open_dialog: Open
) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), band_index="3;2;1")
    dialog = open_dialog(EXPORT, INPUT=layer.id()).dialog
    given = dialog.mainWidget().createProcessingParameters()
    assert read_source(dialog.algorithm(), given, new_context()).arguments.options == options_of(layer)


def test_what_is_typed_stays_and_each_chosen_band_is_added(image_server: ImageServerProcess, open_dialog: Open) -> None:
    dialog = open_dialog(IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"), ORDER_FIELD="Cloud")
    dialog.type("BAND_INDEX", "Red;")
    dialog.type("PROCESSING_TEMPLATE", "none")
    wait_until(lambda: dialog.choices("BAND_INDEX"))
    dialog.choose("BAND_INDEX", 3)
    dialog.choose("BAND_INDEX", 0)
    dialog.choose("BAND_INDEX", 0)
    assert dialog.parameters() == {
        "IN_IMAGE_SERVICE": image_server.service("Olinda/Landsat"),
        "BAND_INDEX": "Red;4;1;1",
        "ORDER_FIELD": "Cloud",
        "PROCESSING_TEMPLATE": "none",
        "TIMEOUT": 30.0,
    }


def test_a_cleared_text_is_begun_anew(image_server: ImageServerProcess, open_dialog: Open) -> None:
    dialog = open_dialog(IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"), BAND_INDEX="6;5")
    wait_until(lambda: dialog.choices("BAND_INDEX"))
    dialog.widget("BAND_INDEX").lineEdit().clear()
    dialog.choose("BAND_INDEX", 1)
    assert dialog.parameters()["BAND_INDEX"] == "2"


def test_the_bands_are_those_that_come_out_of_the_template(image_server: ImageServerProcess, open_dialog: Open) -> None:
    dialog = open_dialog(IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"))
    wait_until(lambda: dialog.choices("BAND_INDEX"))
    dialog.choose("PROCESSING_TEMPLATE", dialog.choices("PROCESSING_TEMPLATE").index("NDVI"))
    wait_until(lambda: len(dialog.choices("BAND_INDEX")) == 1)
    assert dialog.parameters()["PROCESSING_TEMPLATE"] == "NDVI"
    dialog.type("PROCESSING_TEMPLATE", "NDWI")
    wait_until(lambda: not dialog.choices("BAND_INDEX"))
    sentence = "The service “Olinda/Landsat” has no processing template “NDWI”; did you mean “NDVI”?"
    assert dialog.placeholder("BAND_INDEX") == sentence
    assert "NDVI" in dialog.choices("PROCESSING_TEMPLATE")


def test_a_variable_names_its_band_as_in_the_form(image_server: ImageServerProcess, open_dialog: Open) -> None:
    dialog = open_dialog(IN_IMAGE_SERVICE=image_server.service("Test/Climate"))
    wait_until(lambda: dialog.choices("BAND_INDEX") == ["1 (pr (mm))"])
    dialog.type("VARIABLE", "tas")
    wait_until(lambda: dialog.choices("BAND_INDEX") == ["1 (tas (°C))"])
    # Rasters that are picked in another way may be of any variable.
    dialog.widget("VARIABLE").clear()
    dialog.type("WHERE_CLAUSE", "OBJECTID < 3")
    wait_until(lambda: dialog.choices("BAND_INDEX") == ["1 (Band_1)"])
    dialog.type("DIMENSIONS", "StdTime=1999-07")
    wait_until(lambda: dialog.choices("BAND_INDEX") == ["1 (pr (mm))"])
    # Whatever a slice is of.
    dialog.wrappers["SLICE_ID"].setParameterValue(0, new_context())
    wait_until(lambda: dialog.choices("BAND_INDEX") == ["1 (Band_1)"])


@pytest.mark.usefixtures("project")
def test_the_choices_for_a_layer_are_those_of_its_options(image_server: ImageServerProcess, open_dialog: Open) -> None:
    layer = make_image_server_layer(image_server.service("Test/Climate"), variable="tas")
    dialog = open_dialog(SAMPLE, INPUT=layer.id())
    wait_until(lambda: dialog.choices("BAND_INDEX") == ["1 (tas (°C))"])
    layer = make_image_server_layer(
        image_server.service("Olinda/Landsat"), band_index="3;2", processing_template="ColorInfrared"
    )
    dialog = open_dialog(SAMPLE, INPUT=layer.id())
    wait_until(lambda: dialog.placeholder("PROCESSING_TEMPLATE") == "ColorInfrared")
    assert len(dialog.choices("BAND_INDEX")) == 3
    assert dialog.placeholder("BAND_INDEX") == "3;2"
    dialog.choose("PROCESSING_TEMPLATE", dialog.choices("PROCESSING_TEMPLATE").index("NDVI"))
    wait_until(lambda: len(dialog.choices("BAND_INDEX")) == 1)
    assert dialog.placeholder("BAND_INDEX") == "All bands"


def test_another_service_brings_other_choices(image_server: ImageServerProcess, open_dialog: Open) -> None:
    dialog = open_dialog(IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"))
    wait_until(lambda: dialog.choices("BAND_INDEX"))
    dialog.type("IN_IMAGE_SERVICE", image_server.service("Test/NoFunctions"))
    wait_until(lambda: dialog.choices("BAND_INDEX") == ["1 (Band_1)", "2 (Band_2)", "3 (Band_3)"])
    assert (dialog.choices("PROCESSING_TEMPLATE"), dialog.choices("ORDER_FIELD")) == ([], [])


def test_a_late_answer_about_another_service_never_lands(image_server: ImageServerProcess, open_dialog: Open) -> None:
    image_server.fault("hang", match="Landsat")
    dialog = open_dialog(IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"))
    wait_until(lambda: image_server.requests("Landsat"))
    dialog.type("IN_IMAGE_SERVICE", image_server.service("Test/NoFunctions"))
    wait_until(lambda: dialog.choices("BAND_INDEX"))
    image_server.release()
    let_pass(0.3)
    assert dialog.choices("BAND_INDEX") == ["1 (Band_1)", "2 (Band_2)", "3 (Band_3)"]


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("nowhere", "“nowhere” is neither a URL nor the name of a saved connection: give the URL of an image service."),
        ("<b>nowhere</b>", "“b&gt;nowhere&lt;/b” is"),
        ("{url}/Test/Nothing/ImageServer", "Service Test/Nothing/ImageServer not found"),
    ],
)
def test_why_there_are_no_choices_is_told_in_a_tooltip(
    image_server: ImageServerProcess, open_dialog: Open, address: str, problem: str
) -> None:
    dialog = open_dialog(IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"))
    wait_until(lambda: dialog.choices("BAND_INDEX"))
    dialog.type("IN_IMAGE_SERVICE", address.format(url=image_server.url))
    wait_until(lambda: not dialog.choices("BAND_INDEX"))
    assert problem in dialog.widget("IN_IMAGE_SERVICE").toolTip()
    assert [dialog.choices(name) for name in CHOICES] == [[], [], []]
    assert QApplication.activeModalWidget() is None


def test_a_token_in_the_address_stays_out_of_the_history(image_server: ImageServerProcess, open_dialog: Open) -> None:
    url = image_server.service("Olinda/Landsat")
    dialog = open_dialog(IN_IMAGE_SERVICE=f"{url}?token=SECRET42")
    wait_until(lambda: dialog.choices("BAND_INDEX"))
    assert dialog.parameters()["IN_IMAGE_SERVICE"] == f"{url}?token=…"
    assert "SECRET42" not in str(image_server.requests())


def test_without_an_address_nothing_is_complained_about(image_server: ImageServerProcess, open_dialog: Open) -> None:
    dialog = open_dialog(IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"))
    wait_until(lambda: dialog.choices("BAND_INDEX"))
    dialog.widget("IN_IMAGE_SERVICE").clear()
    wait_until(lambda: not dialog.choices("BAND_INDEX"))
    assert dialog.widget("IN_IMAGE_SERVICE").toolTip().endswith("<p></p>")


def test_a_closed_dialog_stops_reading(image_server: ImageServerProcess, open_dialog: Open) -> None:
    image_server.fault("hang", match="f=json")
    dialog = open_dialog(IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"))
    wait_until(image_server.requests)
    sip.delete(dialog.dialog)
    wait_until(lambda: QgsApplication.taskManager().countActiveTasks() == 0, SOON)


def test_a_batch_has_qgis_own_widgets(qgis_iface: QgisInterface) -> None:
    from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog

    browser = QgsBrowserGuiModel()
    qgis_iface.browserModel = lambda: browser
    dialog = BatchAlgorithmDialog(QgsApplication.processingRegistry().createAlgorithmById(MAKE), None)
    wrappers = dialog.mainWidget().wrappers[0]
    by_name = {wrapper.parameterDefinition().name(): wrapper for wrapper in wrappers if wrapper is not None}
    for name in ("IN_IMAGE_SERVICE", *CHOICES):
        by_name[name].setParameterValue("3;1", new_context())
        assert not type(by_name[name]).__module__.startswith("image_server_layer")
        assert isinstance(by_name[name].wrappedWidget(), QLineEdit)
        assert by_name[name].parameterValue() == "3;1"
    sip.delete(dialog)


def test_in_a_model_the_parameters_take_inputs_and_expressions(project: QgsProject) -> None:
    from processing.modeler.ModelerParametersDialog import ModelerParametersDialog

    assert project.mapLayers() == {}
    model = QgsProcessingModelAlgorithm("model", "test")
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(MAKE)
    dialog = ModelerParametersDialog(algorithm, model)
    expression = QgsProcessingModelChildParameterSource.fromExpression("'3;1'")
    wrappers = dialog.widget.widget.wrappers
    wrappers["IN_IMAGE_SERVICE"].setWidgetValue(QgsProcessingModelChildParameterSource.fromStaticValue("My server/x"))
    for name in CHOICES:
        assert isinstance(wrappers[name], QgsProcessingModelerParameterWidget)
        wrappers[name].setWidgetValue(expression)
    sources = dialog.createAlgorithm().parameterSources()
    assert [sources[name][0].expression() for name in CHOICES] == ["'3;1'"] * 3
    assert sources["IN_IMAGE_SERVICE"][0].staticValue() == "My server/x"
    sip.delete(dialog)


@pytest.mark.parametrize("algorithm", [SAMPLE, ZONAL])
def test_a_layer_in_place_of_an_address_offers_what_its_service_has(
    image_server: ImageServerProcess, open_dialog: Open, algorithm: str
) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"))
    dialog = open_dialog(algorithm, INPUT=layer)
    wait_until(lambda: dialog.choices("BAND_INDEX"))
    assert dialog.choices("BAND_INDEX") == LANDSAT_BANDS
    assert dialog.choices("PROCESSING_TEMPLATE")[:2] == ["None", "NaturalColor"]


def test_an_algorithm_without_templates_reads_the_service_all_the_same(
    image_server: ImageServerProcess, open_dialog: Open
) -> None:
    dialog = open_dialog(CATALOG)
    dialog.type("IN_IMAGE_SERVICE", image_server.service("Olinda/Landsat"))
    wait_until(lambda: "Olinda/Landsat" in dialog.widget("IN_IMAGE_SERVICE").toolTip())


@pytest.mark.usefixtures("project")
def test_how_much_a_download_brings_is_told_before_it_is_run(
    image_server: ImageServerProcess, open_dialog: Open
) -> None:
    """And anew for other rasters; more than the largest size is allowed by a click only."""
    layer = make_image_server_layer(image_server.service("Test/SourceRasters"))
    dialog = open_dialog(DOWNLOAD, INPUT=layer.id())
    image_server.clear()
    sizes, bar = SizesInDialog(dialog.dialog), dialog.dialog.messageBar()
    assert messages(bar) == ["Reading how much is coming…"]
    wait_until(lambda: messages(bar) == ["18 files of 8 rasters: 1.08 MiB"])
    assert cold_below(sizes) == cold_of_the_plugin() == []
    asked = image_server.requests(operation="download")
    dialog.wrappers["LARGEST_SIZE"].setParameterValue(0.001, new_context())
    refused = (
        "18 files, 1.08 MiB in all: more than 1.02 MiB. Take fewer rasters, or raise the largest size if you want all."
    )
    wait_until(lambda: messages(bar) == [refused])
    bar.currentItem().findChild(QPushButton).click()
    wait_until(lambda: messages(bar) == ["18 files of 8 rasters: 1.08 MiB"])
    assert dialog.parameters()["LARGEST_SIZE"] == 1
    # What is known already is not asked for again.
    assert image_server.requests(operation="download") == asked
    dialog.wrappers["LOCK_RASTERID"].setParameterValue("4", new_context())
    wait_until(lambda: messages(bar)[-1].startswith("1 file of 1 raster: "))
    dialog.wrappers["LOCK_RASTERID"].setParameterValue("99", new_context())
    wait_until(lambda: "99" in messages(bar)[-1])
    assert image_server.requests(operation="file") == []
    sizes.stop()


@pytest.mark.usefixtures("project")
def test_how_large_an_export_becomes_is_told_before_it_is_run(
    image_server: ImageServerProcess, open_dialog: Open
) -> None:
    """And anew for another part; more than the largest size is allowed by a click only."""
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), band_index="4;1")
    dialog = open_dialog(EXPORT, INPUT=layer.id())
    sizes, bar = SizesInDialog(dialog.dialog), dialog.dialog.messageBar()
    assert messages(bar) == ["Reading how much is coming…"]
    whole = "349 × 352 pixels, 2 bands, 239.94 KiB at most."
    wait_until(lambda: messages(bar) == [whole])
    assert cold_below(sizes) == cold_of_the_plugin() == []
    asked = image_server.requests()
    dialog.wrappers["FORMAT"].setParameterValue("COG", new_context())
    dialog.wrappers["LARGEST_SIZE"].setParameterValue(0.0001, new_context())
    refused = (
        "The export would hold 239.94 KiB of pixels (349 × 352, 2 bands), and 104.86 KiB are allowed: raise "
        "LARGEST_SIZE, or choose larger cells or a smaller extent."
    )
    wait_until(lambda: messages(bar) == [refused])
    bar.currentItem().findChild(QPushButton).click()
    wait_until(lambda: messages(bar) == [whole])
    assert dialog.parameters()["LARGEST_SIZE"] == 1
    # What is known already is not asked for again.
    assert image_server.requests() == asked
    fields = polygons(rectangle(10, 20, 30, 40), rectangle(60, 90, 7, 5))
    dialog.wrappers["MASK"].setParameterValue(fields.id(), new_context())
    wait_until(lambda: messages(bar) == ["57 × 75 pixels, 2 bands, 8.35 KiB at most."])
    dialog.wrappers["EACH"].setParameterValue("POLYGON", new_context())
    wait_until(lambda: messages(bar) == ["2 files, 2.41 KiB of pixels at most."])
    dialog.wrappers["EACH"].setParameterValue("DATE", new_context())
    wait_until(
        lambda: messages(bar) == ["How much is coming is told by the log of a run, before anything is asked for."]
    )
    # Nothing of that has an image but the probe.
    assert len(image_server.requests(operation="exportImage")) <= 4
    sizes.stop()
