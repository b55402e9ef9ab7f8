"""A token that stood in an address, and the offer to keep it where tokens belong."""

from __future__ import annotations

from urllib.parse import urlsplit

from qgis.core import QgsApplication, QgsAuthMethodConfig
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from ...plugin.translation import tr


class TokenOffer(QWidget):
    """Can be seen as long as there is a token to be stored.

    `stored` carries the URL that it came with, and the id of its configuration; `failed` a sentence.
    """

    stored = pyqtSignal(str, str)
    failed = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token: str | None = None
        self.url = ""
        """What is left of the address that the token was taken out of."""
        label = QLabel(
            tr("A token stood in the address and was taken out: addresses are saved with projects, tokens must not be.")
        )
        label.setWordWrap(True)
        self.button = QPushButton(tr("Store as Authentication"))
        self.button.setToolTip(
            tr("Keep the token as a configuration in QGIS' encrypted authentication database, and use it here")
        )
        self.button.setAutoDefault(False)
        self.button.clicked.connect(lambda _checked: self._store())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label, 1)
        layout.addWidget(self.button)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether there is a token to be stored."""
        return bool(self._token)

    def offer(self, token: str | None, url: str) -> None:
        """Offer to store a token for the server of a URL."""
        self._token, self.url = token, url
        self.setVisible(bool(token))

    def withdraw(self) -> None:
        """Forget the token."""
        self.offer(None, "")

    def _store(self) -> None:
        manager = QgsApplication.authManager()
        config = QgsAuthMethodConfig("EsriToken")
        config.setName(tr("Token for {server}").format(server=urlsplit(self.url).hostname))
        config.setConfig("token", self._token)
        is_stored, config = manager.storeAuthenticationConfig(config)
        if not is_stored:
            self.failed.emit(tr("QGIS did not store the token; its authentication database may be locked."))
            return
        url = self.url
        self.withdraw()
        self.stored.emit(url, config.id())
