"""The page *Image Server Layer* in QGIS' Settings ▸ Options: what the user prefers."""

from __future__ import annotations

from qgis.gui import QgsOptionsPageWidget, QgsOptionsWidgetFactory, QgsSpinBox
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from ...plugin.resources import ICON, LOG_TAG
from ...plugin.service import preferences
from ...plugin.service.access import DEFAULT_TIMEOUT, LONGEST_TIMEOUT
from ...plugin.service.warming import warm, warm_all
from ...plugin.translation import tr


class OptionsPage(QgsOptionsPageWidget):
    """Shows the preferences as they are, and keeps what was chosen with *OK*."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.kind_box = QComboBox()
        self.kind_box.addItem(tr("Pixel values, where the service has them"), False)
        self.kind_box.addItem(tr("Pictures"), True)
        self.kind_box.setCurrentIndex(self.kind_box.findData(preferences.prefers_pictures()))
        self.kind_box.setToolTip(tr("What the form proposes for a service that no layer was made from before."))
        self.preview_box = QCheckBox(tr("Draw a preview while a layer is composed"))
        self.preview_box.setChecked(preferences.wants_preview())
        self.thumbnails_box = QCheckBox(tr("Show services and processing templates as thumbnails"))
        self.thumbnails_box.setChecked(preferences.wants_thumbnails())
        self.thumbnails_box.setToolTip(tr("Each is a small request; without them, templates are a list."))
        self.timeout_box = _spin_box(int(LONGEST_TIMEOUT), round(preferences.preferred_timeout()), int(DEFAULT_TIMEOUT))
        self.timeout_box.setSuffix(tr(" s"))
        self.timeout_box.setToolTip(tr("Seconds that each request may take; layers that are there keep their own."))
        most = preferences.MOST_REQUESTS
        self.requests_box = _spin_box(most, preferences.requests_at_a_time(), most)
        self.requests_box.setToolTip(tr("Fewer are slower for you, and spare a busy server."))
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        for label, widget in (
            (tr("New layers are"), self.kind_box),
            ("", self.preview_box),
            ("", self.thumbnails_box),
            (tr("Timeout"), self.timeout_box),
            (tr("Requests to one server at a time"), self.requests_box),
        ):
            form.addRow(QLabel(label), widget)
            if label:
                widget.setAccessibleName(label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(form)
        layout.addStretch()
        warm_all(self)

    def apply(self) -> None:
        """Keep what is shown."""
        preferences.prefer_pictures(bool(self.kind_box.currentData()))
        preferences.want_preview(bool(self.preview_box.isChecked()))
        preferences.want_thumbnails(bool(self.thumbnails_box.isChecked()))
        preferences.prefer_timeout(float(self.timeout_box.value()))
        preferences.prefer_requests_at_a_time(int(self.requests_box.value()))


class OptionsPageFactory(QgsOptionsWidgetFactory):
    """What QGIS makes the page with."""

    def __init__(self) -> None:
        super().__init__(LOG_TAG, QIcon(str(ICON)))
        warm(self)
        # QGIS holds the C++ half of a page only.
        self._page: OptionsPage | None = None

    def createWidget(self, parent: QWidget | None = None) -> QgsOptionsPageWidget:
        """Return a new page."""
        self._page = OptionsPage(parent)
        return self._page


def _spin_box(most: int, value: int, default: int) -> QgsSpinBox:
    box = QgsSpinBox()
    box.setRange(1, most)
    box.setClearValue(default)
    box.setValue(value)
    return box
