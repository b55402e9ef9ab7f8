"""The lock beside the address: what it shows, and the ways to choose credentials."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from qgis.core import QgsApplication, QgsAuthMethodConfig
from qgis.gui import QgsAuthConfigSelect
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QComboBox, QDialog, QDialogButtonBox, QToolButton

from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.imageserver.security import TOKEN
from image_server_layer.tests.ui.hand import click, press
from image_server_layer.tests.ui.knowing import LANDSAT
from image_server_layer.tests.ui.services import SECURED, connected, credentials, loaded, type_and_enter
from image_server_layer.tests.ui.waiting import as_soon_as, wait_until
from image_server_layer.ui.service.authentication_button import AuthenticationButton
from image_server_layer.ui.service.service_section import ServiceSection


def stored(name: str, token: str = TOKEN) -> str:
    """Put a token of a name into QGIS' authentication database, and return the id of its configuration."""
    config = QgsAuthMethodConfig("EsriToken")
    config.setName(name)
    config.setConfig("token", token)
    is_stored, config = QgsApplication.authManager().storeAuthenticationConfig(config)
    assert is_stored
    return str(config.id())


@pytest.fixture(autouse=True)
def _empty_store() -> None:
    """Take away what other tests have stored: a menu lists it all."""
    manager = QgsApplication.authManager()
    for authcfg in manager.configIds():
        assert manager.removeAuthenticationConfig(authcfg)


@pytest.fixture
def harbor() -> Iterator[str]:
    authcfg = stored("Harbor <b>& Sons")
    yield authcfg
    QgsApplication.authManager().removeAuthenticationConfig(authcfg)


@pytest.fixture
def button(service_section: ServiceSection) -> AuthenticationButton:
    found = service_section.findChild(AuthenticationButton)
    assert found is not None
    return found


def entries(button: AuthenticationButton) -> dict[str, bool]:
    """Return what the menu lists, and whether it is the one that is used."""
    button.menu().aboutToShow.emit()
    return {action.text(): action.isChecked() for action in button.menu().actions() if not action.isSeparator()}


def looks_like(first: QIcon, second: QIcon) -> bool:
    return bool(first.pixmap(16, 16).toImage() == second.pixmap(16, 16).toImage())


def chooser() -> QDialog:
    """Wait for the window with QGIS' own chooser."""
    wait_until(lambda: any(isinstance(window, QDialog) and window.isVisible() for window in _choosers()))
    return next(window for window in _choosers() if window.isVisible())


def _choosers() -> list[QDialog]:
    return [window for window in QApplication.topLevelWidgets() if window.findChild(QgsAuthConfigSelect) is not None]


def test_without_credentials_it_says_so(button: AuthenticationButton) -> None:
    assert button.accessibleName() == "Authentication: none"
    assert button.toolTip() == "<p>Authentication: none</p>"
    assert looks_like(button.icon(), QgsApplication.getThemeIcon("/unlockedGray.svg"))


def test_a_configuration_is_chosen_from_its_menu(
    service_section: ServiceSection, image_server: ImageServerProcess, button: AuthenticationButton, harbor: str
) -> None:
    assert entries(button) == {"No Authentication": True, "Harbor <b>&& Sons": False, "New or Edit…": False}
    type_and_enter(service_section, image_server.service(SECURED))
    wait_until(service_section._problem.text)
    assert credentials(image_server) == {("", "")}
    assert button.accessibleName() == "Authentication: the server wants credentials."
    assert not looks_like(button.icon(), QgsApplication.getThemeIcon("/unlockedGray.svg"))
    image_server.clear()
    entries(button)
    next(action for action in button.menu().actions() if action.text() == "Harbor <b>&& Sons").trigger()
    wait_until(lambda: connected(service_section))
    assert credentials(image_server) == {(TOKEN, "")}
    assert loaded(service_section).access.authcfg == harbor
    assert button.accessibleName() == "Authentication: “Harbor <b>& Sons”"
    assert button.toolTip() == "<p>Authentication: “Harbor &lt;b&gt;&amp; Sons”</p>"
    assert looks_like(button.icon(), QgsApplication.getThemeIcon("/lockedGray.svg"))
    assert entries(button)["Harbor <b>&& Sons"]


def test_what_the_server_refuses_is_marked_until_something_else_is_chosen(
    service_section: ServiceSection, image_server: ImageServerProcess, button: AuthenticationButton
) -> None:
    authcfg = stored("Old token", "expired")
    service_section.open(image_server.service(SECURED), authcfg)
    wait_until(service_section._problem.text)
    assert button.accessibleName() == "Authentication: the server refused “Old token”."
    assert not looks_like(button.icon(), QgsApplication.getThemeIcon("/lockedGray.svg"))
    QgsApplication.authManager().removeAuthenticationConfig(authcfg)
    type_and_enter(service_section, image_server.service(LANDSAT))
    wait_until(lambda: connected(service_section))
    assert not button.is_refused


def test_keys_reach_it_and_its_menu(
    service_section: ServiceSection, image_server: ImageServerProcess, button: AuthenticationButton, harbor: str
) -> None:
    type_and_enter(service_section, image_server.service(LANDSAT))
    wait_until(lambda: connected(service_section))
    button.setFocus(Qt.FocusReason.TabFocusReason)
    opened: list[str] = []

    def walk() -> None:
        menu = button.menu()
        for _ in range(2):
            QTest.keyClick(menu, Qt.Key.Key_Down)
        opened.append(menu.activeAction().text())
        QTest.keyClick(menu, Qt.Key.Key_Return)

    as_soon_as(lambda: button.menu() is not None and button.menu().isVisible(), walk)
    press(Qt.Key.Key_Space)
    wait_until(lambda: bool(opened))
    assert opened == ["Harbor <b>&& Sons"]
    wait_until(lambda: connected(service_section) and loaded(service_section).access.authcfg == harbor)


def test_qgis_own_chooser_opens_for_what_is_new(
    service_section: ServiceSection, button: AuthenticationButton, harbor: str
) -> None:
    entries(button)
    button.menu().actions()[-1].trigger()
    window = chooser()
    select = window.findChild(QgsAuthConfigSelect)
    assert select.findChild(QComboBox).accessibleName() == "Authentication configuration"
    assert {tool.accessibleName() for tool in select.findChildren(QToolButton)} == {
        "Create a new authentication configuration",
        "Edit selected configuration",
        "Delete selected configuration",
        "Dismiss",
    }
    select.setConfigId(harbor)
    assert button.authcfg == ""
    click(window.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok))
    assert button.authcfg == harbor
    assert service_section.loader.current is None


def test_canceled_it_changes_nothing(button: AuthenticationButton, harbor: str) -> None:
    entries(button)
    button.menu().actions()[-1].trigger()
    window = chooser()
    window.findChild(QgsAuthConfigSelect).setConfigId(harbor)
    click(window.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Cancel))
    assert button.authcfg == ""
