"""Widgets for the algorithm's dialog: what can be chosen follows the service, and anything can be typed.

The widget of the address reads the service in the background and tells the others. In batches and in models every
parameter has QGIS' own widget.
"""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingParameterDefinition,
    QgsProcessingParameters,
    QgsProject,
)
from qgis.gui import QgsAbstractProcessingParameterWidgetWrapper, QgsGui, QgsProcessingGui
from qgis.PyQt.QtCore import QSignalBlocker, QTimer
from qgis.PyQt.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from ..layer.arguments import layer_request
from ..layer.edit import options_of
from ..options.layer_options import LayerOptions
from ..options.processing_template import RAW_PIXELS
from ..service.background_task import BackgroundTask
from ..service.errors import ImageServerLayerError
from ..service.plain_text import escaped
from ..service.redaction import redacted
from ..service.warming import warm
from ..translation import tr
from .description import DECISIVE, Choices, read_choices

# In milliseconds: a pause in typing after which the text is used.
_PAUSE = 400
_CONNECTION = ("IN_IMAGE_SERVICE", "AUTHCFG", "REFERER", "TIMEOUT")
# The parameter of algorithms that take a layer in place of an address.
_LAYER = "INPUT"


class _TextWrapper(QgsAbstractProcessingParameterWidgetWrapper):
    """The widget of a text parameter in the dialog of a single run."""

    def __new__(
        cls, parameter: QgsProcessingParameterDefinition, dialog: QWidget, _row: int = 0, _column: int = 0
    ) -> Any:
        """Return a new wrapper, for a batch or a model QGIS' own."""
        registry = QgsGui.processingGuiRegistry()
        # The dialogs of Processing tell each other apart by these names.
        if type(dialog).__name__ == "ModelerParametersDialog":
            native = registry.createModelerParameterWidget(dialog.model, dialog.childId, parameter, dialog.context)
        elif type(dialog).__name__ == "BatchAlgorithmDialog":
            native = registry.createParameterWidgetWrapper(parameter, QgsProcessingGui.WidgetType.Batch)
        else:
            return super().__new__(cls)
        native.setDialog(dialog)
        return native

    def __init__(
        self, parameter: QgsProcessingParameterDefinition, dialog: QWidget, _row: int = 0, _column: int = 0
    ) -> None:
        super().__init__(parameter, QgsProcessingGui.WidgetType.Standard)
        warm(self)
        self.setDialog(dialog)

    @property
    def _widget(self) -> Any:
        # QGIS makes a second Python object for the widget, and detaches the one that `createWidget` made.
        return self.wrappedWidget()

    def _changed(self) -> None:
        self.widgetValueHasChanged.emit(self)


class ServiceWrapper(_TextWrapper):
    """The address of the service. It reads the service; its tooltip says which that is, or why there is none."""

    _task: BackgroundTask | None = None

    def createWidget(self) -> QWidget:
        """Return the field."""
        field = QLineEdit()
        field.setPlaceholderText("https://…/ImageServer")
        field.textChanged.connect(self._changed)
        field.destroyed.connect(self._stop)
        warm(field)
        return field

    def setWidgetValue(self, value: Any, context: QgsProcessingContext) -> None:
        """Show a value of the parameter."""
        self._widget.setText(_as_text(self, value, context))

    def widgetValue(self) -> str:
        """Return the text, but for a token's value: Processing writes what it runs with into its log and history."""
        return redacted(self._widget.text())

    def postInitialize(self, wrappers: list[QgsAbstractProcessingParameterWidgetWrapper]) -> None:
        """Watch what leads to the service, among all the widgets of the dialog."""
        self._wrappers = {wrapper.parameterDefinition().name(): wrapper for wrapper in wrappers}
        self._pause = QTimer(self._widget, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._read)
        for name in (*_CONNECTION, _LAYER, *DECISIVE):
            if name in self._wrappers:
                self._wrappers[name].widgetValueHasChanged.connect(self._wait)

    def _wait(self) -> None:
        self._stop()
        self._pause.start()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _read(self) -> None:
        address, authcfg, referer, timeout = map(self._text_of, _CONNECTION)
        try:
            request = layer_request(
                QgsProject.instance(),
                address or self._text_of(_LAYER),
                authcfg=authcfg,
                referer=referer,
                timeout=timeout,
            )
        except ImageServerLayerError as error:
            self._show(Choices(problem=error.message if self.widgetValue() else ""))
            return
        layer = None if address else QgsProject.instance().mapLayer(self._text_of(_LAYER))
        own = (None if layer is None else options_of(layer)) or LayerOptions()
        given = {name: self._text_of(name) for name in DECISIVE}
        self._task = BackgroundTask(
            tr("Reading the image service"), lambda feedback: read_choices(request, own, given, feedback), self._land
        )
        self._task.start()

    def _text_of(self, name: str) -> str:
        """Return what stands in a widget; empty where the algorithm has none of that name."""
        return _current_text(self._wrappers[name]) if name in self._wrappers else ""

    def _land(self, task: BackgroundTask) -> None:
        if task is self._task:
            self._task = None
            self._show(task.result or Choices())

    def _show(self, choices: Choices) -> None:
        status = choices.problem or ("" if choices.service is None else choices.service.name)
        self._widget.setToolTip(f"{self.parameterDefinition().toolTip()}<p>{escaped(status)}</p>")
        for wrapper in self._wrappers.values():
            if isinstance(wrapper, _ChoiceWrapper):
                wrapper.show_choices(choices)


class _ChoiceWrapper(_TextWrapper):
    """A list to choose from, in which other text can be typed. Its placeholder says what no text means."""

    def createWidget(self) -> QWidget:
        """Return the list, which is empty as long as no service is known."""
        box = QComboBox()
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.completer().setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        box.lineEdit().setClearButtonEnabled(True)
        box.editTextChanged.connect(self._changed)
        warm(box)
        return box

    def setWidgetValue(self, value: Any, context: QgsProcessingContext) -> None:
        """Show a value of the parameter."""
        self._widget.setEditText(_as_text(self, value, context))

    def widgetValue(self) -> str:
        """Return the text."""
        return str(self._widget.currentText())

    def show_choices(self, choices: Choices) -> None:
        """Offer what the service has; the text stays, and the cursor in it where the offer is the same as before."""
        items, box = self.items(choices), self._widget
        if items != [box.itemText(index) for index in range(box.count())]:
            text = self.widgetValue()
            blocker = QSignalBlocker(box)
            box.clear()
            box.addItems(items)
            box.setEditText(text)
            blocker.unblock()
        box.lineEdit().setPlaceholderText(choices.problem or self.default(choices))

    def items(self, choices: Choices) -> list[str]:  # noqa: ARG002 - for those who override it
        """Return what can be chosen."""
        return []

    def default(self, choices: Choices) -> str:  # noqa: ARG002
        """Return what holds if the text is empty."""
        return ""


class TemplateWrapper(_ChoiceWrapper):
    """The processing template: the raster functions that the service publishes, and raw pixels."""

    def items(self, choices: Choices) -> list[str]:
        """Return the names of the functions."""
        if choices.service is None or not choices.service.allows_functions:
            return []
        names = [function.name for function in choices.service.functions]
        return names if RAW_PIXELS in names else [*names, RAW_PIXELS]

    def default(self, choices: Choices) -> str:
        """Return the layer's function, or the one that the server applies by default."""
        if choices.service is None or not choices.service.allows_functions:
            return ""
        return str(choices.options.processing_template) or choices.service.default_function or RAW_PIXELS


class FieldWrapper(_ChoiceWrapper):
    """The field by which rasters are sorted: numbers and dates of the catalog."""

    def items(self, choices: Choices) -> list[str]:
        """Return the names of the fields."""
        if choices.service is None or choices.service.mosaic is None:
            return []
        return [field.name for field in choices.service.mosaic.fields if field.is_numeric or field.is_date]

    def default(self, choices: Choices) -> str:
        """Return the layer's field, or the service's own."""
        if choices.service is None or choices.service.mosaic is None:
            return ""
        return choices.options.order_field or choices.service.mosaic.sort_field


class BandsWrapper(_ChoiceWrapper):
    """The bands that come out of the processing template; each choice adds one to the text."""

    _kept = ""

    def createWidget(self) -> QWidget:
        """Return the list."""
        box = super().createWidget()
        # What is typed is a list, which no single band completes.
        box.setCompleter(None)
        box.editTextChanged.connect(self._keep)
        box.activated.connect(self._add)
        return box

    def items(self, choices: Choices) -> list[str]:
        """Return number and name of each band."""
        return [] if choices.output is None else [f"{band.number} ({band.name})" for band in choices.output.bands]

    def default(self, choices: Choices) -> str:
        """Return the layer's bands, or that all of them are taken."""
        if choices.output is None:
            return ""
        return ";".join(map(str, choices.options.bands or ())) or tr("All bands")

    def _keep(self, text: str) -> None:
        """Remember the text, but for a choice, which replaces it for a moment."""
        if self._widget.findText(text) < 0:
            self._kept = text

    def _add(self, index: int) -> None:
        """Add a band to the text that the choice has replaced."""
        self._widget.setEditText(";".join(filter(None, (self._kept.strip(" ;"), str(index + 1)))))


def _as_text(wrapper: QgsAbstractProcessingParameterWidgetWrapper, value: Any, context: QgsProcessingContext) -> str:
    """Return a value of a parameter as text, empty for QGIS' many kinds of nothing."""
    return str(QgsProcessingParameters.parameterAsString(wrapper.parameterDefinition(), value, context))


def _current_text(wrapper: QgsAbstractProcessingParameterWidgetWrapper) -> str:
    return _as_text(wrapper, wrapper.parameterValue(), QgsProcessingContext())
