"""The line in which an address is typed, with the buttons beside it."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtWidgets import QWidget

from ...plugin.translation import tr
from ..common.load_ui import load_ui
from .address_box import AddressBox
from .authentication_button import AuthenticationButton


class AddressRow(QWidget):
    """`address` and `authentication`, and `connect_button`, `refresh_button` and `browse_button`, which do nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui(self, __file__)
        self.address, self.authentication = AddressBox(self), AuthenticationButton(self)
        self.address_layout.insertWidget(1, self.address, 1)
        self.address_layout.insertWidget(2, self.authentication)
        self.address_label.setText(tr("Ima&ge service"))
        self.address_label.setBuddy(self.address)
        self.address.setAccessibleName(tr("Address of the image service"))
        self.address.setToolTip(
            tr(
                "The URL of an image service or of a server, a portal item, or the name of a saved ArcGIS REST server "
                "connection, with the path of a service or without."
            )
        )
        self.connect_button.setAutoDefault(False)
        self.refresh_button.setIcon(QgsApplication.getThemeIcon("/mActionRefresh.svg"))
        self.refresh_button.setToolTip(tr("Read the description of the service anew"))
        self.refresh_button.setAccessibleName(tr("Refresh"))
        self.refresh_button.setEnabled(False)
        self.browse_button.setIcon(QgsApplication.getThemeIcon("/mIconFolder.svg"))
        self.browse_button.setToolTip(tr("Look for image services on the server, or on those of the saved connections"))
        self.browse_button.setAccessibleName(tr("Browse servers"))
        self.show_busy(False)

    def text(self) -> str:
        """Return what is typed, without blanks around it."""
        return str(self.address.currentText()).strip()

    def show_busy(self, busy: bool) -> None:
        """Let the button say what it does: connect, or, while a service is being read, give that up."""
        self.connect_button.setText(tr("&Cancel") if busy else tr("&Connect"))
