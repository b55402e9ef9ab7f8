"""Saved connections are made, edited and removed from the form, with QGIS' own dialogs."""

from __future__ import annotations

from collections.abc import Callable

from qgis.PyQt.QtCore import QPoint, QTimer
from qgis.PyQt.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLineEdit, QMenu, QMessageBox, QTreeWidgetItem

from image_server_layer.plugin.service.connections import saved_connections
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.services import save_connection, texts
from image_server_layer.tests.ui.waiting import as_soon_as, wait_until
from image_server_layer.ui.form.layer_form import LayerForm
from image_server_layer.ui.service.connection_entries import ConnectionEntries
from image_server_layer.ui.service.service_section import ServiceSection

SERVICES = "http://127.0.0.1:9/arcgis/rest/services"


def with_dialog(act: Callable[[], object], answer: Callable[[QDialog], None]) -> None:
    """Do something that opens a dialog of QGIS' and waits for it; answer the dialog meanwhile."""
    answered: list[QDialog] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(50, look)
            return
        answered.append(dialog)
        answer(dialog)

    QTimer.singleShot(50, look)
    act()
    assert answered


def fill(name: str, url: str) -> Callable[[QDialog], None]:
    """Return what types name and URL of a connection, and presses OK."""

    def answer(dialog: QDialog) -> None:
        dialog.findChild(QLineEdit, "txtName").setText(name)
        dialog.findChild(QLineEdit, "txtUrl").setText(url)
        dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()

    return answer


def agree(dialog: QDialog) -> None:
    assert isinstance(dialog, QMessageBox)
    dialog.button(QMessageBox.StandardButton.Yes).click()


def entries_of(form: LayerForm) -> dict[str, Callable[[], None]]:
    """Return what the button offers, by its text."""
    menu = form._start.connections_button.menu()
    menu.aboutToShow.emit()
    return {action.text(): action.trigger for action in menu.actions() if action.text()}


def select(form: LayerForm, text: str) -> None:
    """Move to the entry of a connection in the list, as the arrow keys do."""
    view = form._start.view
    heads = [view.topLevelItem(row) for row in range(view.topLevelItemCount())]
    (head,) = (head for head in heads if head.text(0) == "Saved connections")
    view.setCurrentItem(head.child(texts(head).index(text)))


def listed(form: LayerForm) -> list[str]:
    view = form._start.view
    heads: list[QTreeWidgetItem] = [view.topLevelItem(row) for row in range(view.topLevelItemCount())]
    return [name for head in heads if head.text(0) == "Saved connections" for name in texts(head)]


def test_a_connection_is_made_and_can_be_chosen(form: LayerForm) -> None:
    told: list[bool] = []
    form.connections_changed.connect(lambda: told.append(True))
    entries = entries_of(form)
    assert "New Connection…" in entries
    assert "Edit Connection…" not in entries
    with_dialog(entries["New Connection…"], fill("Harbor", SERVICES))
    assert saved_connections()["Harbor"].url == SERVICES
    assert listed(form) == ["Harbor"]
    assert form._service._address.findText("Harbor") >= 0
    assert told == [True]


def test_the_selected_one_is_edited_and_removed(form: LayerForm) -> None:
    save_connection("Harbor", SERVICES)
    with_dialog(entries_of(form)["New Connection…"], fill("Coast", f"{SERVICES}/Coast"))
    select(form, "Coast")
    with_dialog(entries_of(form)["Edit Connection…"], fill("Shore", f"{SERVICES}/Shore"))
    wait_until(lambda: "Coast" not in saved_connections())
    assert saved_connections()["Shore"].url == f"{SERVICES}/Shore"
    select(form, "Shore")
    with_dialog(entries_of(form)["Remove Connection…"], agree)
    assert "Shore" not in saved_connections()
    assert "Shore" not in listed(form)


def test_nothing_of_the_browser_itself_is_among_the_entries(form: LayerForm) -> None:
    with_dialog(entries_of(form)["New Connection…"], fill("Harbor", SERVICES))
    select(form, "Harbor")
    assert "Refresh" not in entries_of(form)


def test_the_tree_of_servers_offers_them_too(service_section: ServiceSection, image_server: ImageServerProcess) -> None:
    menu = QMenu()
    tree = service_section._tree
    entries = tree.findChild(ConnectionEntries)
    assert entries is not None
    entries.add_to(menu)
    action = next(action for action in menu.actions() if action.text() == "New Connection…")
    service_section.browse_button.click()
    with_dialog(action.trigger, fill("Harbor", image_server.url))
    assert texts(tree.invisibleRootItem()) == ["Harbor"]
    opened: list[list[str]] = []

    def look() -> None:
        popup = QApplication.activePopupWidget()
        opened.append([action.text() for action in popup.actions()])
        popup.close()

    as_soon_as(QApplication.activePopupWidget, look)
    tree.customContextMenuRequested.emit(tree.visualItemRect(tree.topLevelItem(0)).center())
    assert {"New Connection…", "Edit Connection…", "Remove Connection…"} <= set(opened[0])
    as_soon_as(QApplication.activePopupWidget, look)
    tree.customContextMenuRequested.emit(QPoint(5, tree.viewport().height() - 5))
    assert "Edit Connection…" not in opened[1]
