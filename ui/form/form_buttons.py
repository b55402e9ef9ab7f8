"""The buttons below the form, in the order in which QGIS has them."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QAction, QDialogButtonBox, QMenu, QPushButton, QSizePolicy, QToolButton

from ...plugin.resources import HELP_PAGE
from ...plugin.translation import tr


class FormButtons:
    """Fills a button box: More, Reset, Close, Add with a menu, and Help, which opens the help page."""

    def __init__(self, box: QDialogButtonBox, more: QMenu) -> None:
        roles = QDialogButtonBox.ButtonRole
        self.add = QToolButton(box)
        self.add.setText(tr("&Add"))
        self.add_and_close = QAction(tr("Add and Clo&se"), self.add)
        menu = QMenu(self.add)
        menu.addAction(self.add_and_close)
        menu.setToolTipsVisible(True)
        self.add.setMenu(menu)
        self.add.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.add.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.more: QPushButton = box.addButton(tr("More"), roles.ResetRole)
        self.more.setMenu(more)
        self.reset: QPushButton = box.addButton(tr("Reset"), roles.ResetRole)
        self.reset.setToolTip(tr("Give every option back to the service"))
        self.close: QPushButton = box.addButton(QDialogButtonBox.StandardButton.Close)
        self.help: QPushButton = box.addButton(QDialogButtonBox.StandardButton.Help)
        box.addButton(self.add, roles.ActionRole)
        for button in (self.more, self.reset, self.close, self.help):
            button.setAutoDefault(False)
        # As high as its neighbors and not narrower, which a tool button is by itself.
        self.add.setMinimumSize(self.close.sizeHint())
        self.add.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.help.clicked.connect(lambda _checked: QDesktopServices.openUrl(QUrl.fromLocalFile(str(HELP_PAGE))))
