"""The form in all its ways in and states: servers, errors, large services, other themes, fonts and screens."""

from __future__ import annotations

from qgis import utils
from qgis.core import QgsApplication, QgsSettings
from qgis.gui import QgsMessageBar, QgsMessageViewer, QgsQueryBuilder
from qgis.PyQt.QtCore import QModelIndex, Qt
from qgis.PyQt.QtGui import QContextMenuEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAction,
    QApplication,
    QComboBox,
    QDialog,
    QDockWidget,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QMenu,
    QPushButton,
    QTableView,
    QTabWidget,
    QTextBrowser,
    QTreeView,
    QTreeWidget,
    QWidget,
)

from ..hand import (
    choose,
    click,
    click_action,
    click_pixel,
    click_row,
    find,
    later,
    press,
    row_of,
    says,
    show,
    turn_wheel,
    type_into,
)
from ..player import Steps
from ..profile import PACKAGE
from ..stage import Stage
from .dialog import (
    ELEVATION,
    ENTRY,
    LANDSAT,
    address_of,
    at_rest,
    connected,
    on_the_tick,
    opened,
    photographed,
    settled,
    window_of,
)
from .lifecycle import switch_on

CONNECTION = "Demo server"
PAGE = "ArcGIS Image Server"
SMALL_SCREEN, LARGER = (1024, 640), 1.5


def steps(stage: Stage) -> Steps:
    yield from page_of_data_source_manager(stage)
    yield from browser_leads_to_form(stage)
    dialog = window_of(stage)
    yield from server_is_browsed(stage, dialog)
    yield from service_in_browser_leads_to_form(stage, dialog)
    yield from date_is_typed(stage, dialog)
    yield from where_clause_is_refused(stage, dialog)
    yield from where_clause_is_built(stage, dialog)
    yield from server_refuses_layer(stage, dialog)
    yield from server_is_out_of_reach(stage, dialog)
    yield from single_raster_says_why(stage, dialog)
    yield from many_functions_are_filtered(stage, dialog)
    yield from rasters_are_picked_from_many(stage, dialog)
    yield from form_fits(stage, dialog)


def page_of_data_source_manager(stage: Stage) -> Steps:
    """The same form, in a page of its own."""
    action = stage.iface.mainWindow().findChild(QAction, "mActionDataSourceManager")
    later(action.trigger)
    yield lambda: manager_of_sources() is not None
    manager = manager_of_sources()
    assert manager is not None
    pages = manager.findChild(QListWidget, "mOptionsListWidget")
    yield from settled()
    click_row(pages, PAGE)
    yield lambda: says(manager, "Connect to an image service first.")
    yield from connected(stage, manager, LANDSAT)
    yield from at_rest(manager)
    yield from photographed(stage, "states_1_data_source_manager", manager)
    click(find(manager, QPushButton, "Close"))
    yield lambda: not manager.isVisible()


def manager_of_sources() -> QWidget | None:
    """Return the Data Source Manager, if it is open."""
    for window in QApplication.topLevelWidgets():
        pages = window.findChild(QListWidget, "mOptionsListWidget")
        if window.isVisible() and pages is not None and pages.findItems(PAGE, Qt.MatchFlag.MatchExactly):
            return window
    return None


def save_connection(stage: Stage) -> None:
    """Save a connection to the server, where each release of QGIS looks for it."""
    for group in ("qgis/connections-arcgisfeatureserver", "connections/arcgisfeatureserver/items"):
        QgsSettings().setValue(f"{group}/{CONNECTION}/url", stage.server.url)


def connection_in_browser(stage: Stage) -> Steps:
    """Save a connection; return the Browser and the connection in it."""
    save_connection(stage)
    stage.iface.reloadConnections()
    browser = stage.iface.mainWindow().findChild(QDockWidget, "Browser").findChild(QTreeView)
    browser.expand(row_of(browser, "ArcGIS REST Servers"))
    yield lambda: browser.model().rowCount(row_of(browser, "ArcGIS REST Servers"))
    yield from settled()
    return browser, browser.model().index(0, 0, row_of(browser, "ArcGIS REST Servers"))


def browser_leads_to_form(stage: Stage) -> Steps:
    """A connection offers the form, which shows the server."""
    browser, connection = yield from connection_in_browser(stage)
    yield from entry_of_browser(stage, browser, connection)
    yield lambda: window_of(stage) and window_of(stage).isVisible()


def service_in_browser_leads_to_form(stage: Stage, dialog: QDialog) -> Steps:
    """So do a folder of the connection, which the form lists, and a service in it, which the form connects to."""
    browser = stage.iface.mainWindow().findChild(QDockWidget, "Browser").findChild(QTreeView)
    connection = browser.model().index(0, 0, row_of(browser, "ArcGIS REST Servers"))
    folder = yield from unfolded(browser, connection, "Olinda")
    yield from entry_of_browser(stage, browser, folder)
    yield lambda: says(dialog, "Choose one of the image services in the list.")
    service = yield from unfolded(browser, folder, "Elevation")
    yield from entry_of_browser(stage, browser, service)
    yield lambda: find(dialog, QAbstractButton, "Add").isEnabled() and says(dialog, "Olinda/Elevation")
    yield from connected(stage, dialog, LANDSAT)


def unfolded(browser: QTreeView, parent: QModelIndex, name: str) -> Steps:
    """Unfold an item, and return the one below it whose text begins so."""
    browser.expand(parent)
    yield lambda: child_of(parent, name) is not None
    return child_of(parent, name)


def child_of(parent: QModelIndex, name: str) -> QModelIndex | None:
    """Return the item below another whose text begins so, if there is one."""
    children = (parent.model().index(row, 0, parent) for row in range(parent.model().rowCount(parent)))
    return next((child for child in children if str(child.data()).startswith(name)), None)


def entry_of_browser(stage: Stage, browser: QTreeView, item: QModelIndex) -> Steps:
    """Choose our entry from the context menu of an item."""
    browser.scrollTo(item)
    browser.setCurrentIndex(item)
    place = browser.visualRect(item).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, browser.viewport().mapToGlobal(place))
    QApplication.sendEvent(browser.viewport(), event)
    yield lambda: isinstance(QApplication.activePopupWidget(), QMenu)
    menu = QApplication.activePopupWidget()
    yield from photographed(stage, "states_2_browser", menu)
    click_action(menu, next(action for action in menu.actions() if action.text() == ENTRY))


def server_is_browsed(stage: Stage, dialog: QDialog) -> Steps:
    """Unfold a folder of the server, click a service to see what it is, and double-click it to take it."""
    tree = find(dialog, QTreeWidget, "Image services of the server")
    yield lambda: tree.topLevelItem(0).childCount() > 1
    folder = row_of(tree, "Olinda")
    tree.setCurrentIndex(folder)
    press(tree, Qt.Key.Key_Right)
    yield lambda: tree.itemFromIndex(folder).childCount() > 1
    yield from photographed(stage, "states_3_server", dialog)
    services = map(tree.itemFromIndex(folder).child, range(tree.itemFromIndex(folder).childCount()))
    service = next(service for service in services if service.text(0) == "Landsat")
    place = tree.visualItemRect(service).center()
    click_pixel(tree.viewport(), place)
    yield lambda: find(dialog, QAbstractButton, "Add").isEnabled() and says(dialog, "mosaic of 8 rasters")
    yield from photographed(stage, "states_3_looked_at", dialog)
    assert tree.isVisible()
    click_pixel(tree.viewport(), place, times=2)
    yield lambda: not tree.isVisible()
    yield find(dialog, QAbstractButton, "Add").isEnabled


def date_is_typed(stage: Stage, dialog: QDialog) -> Steps:
    """A base value date is what was typed; the wheel over a list that is not in use scrolls the form."""
    method = find(dialog, QComboBox, "Mosaic method")
    choose(method, "By attribute")
    choose(find(dialog, QComboBox, "Order field"), "AcquisitionDate")
    base_value = find(dialog, QLineEdit, "Order base value")
    type_into(base_value, "2001-01-05")
    yield from photographed(stage, "states_4_date", dialog)
    row = method.currentIndex()
    click(base_value)
    turn_wheel(method, 2)
    yield from settled()
    assert method.currentIndex() == row
    assert base_value.text() == "2001-01-05"
    choose(method, "Service default")


def where_clause_is_refused(stage: Stage, dialog: QDialog) -> Steps:
    """The server's own words stand below the clause; then the count of what it picks."""
    clause = find(dialog, QLineEdit, "Where clause")
    type_into(clause, "CloudCover << 10")
    # The line at the bottom says the clause, too.
    yield lambda: says(dialog, "Invalid where clause")
    show(clause)
    yield from photographed(stage, "states_4_bad_clause", dialog)
    type_into(clause, "CloudCover < 10")
    yield lambda: says(dialog, "3 of 8 rasters match")
    show(find(dialog, QLabel, "3 of 8 rasters match"))
    yield from at_rest(dialog)
    yield from photographed(stage, "states_4_clause", dialog)
    type_into(clause, "")


def where_clause_is_built(stage: Stage, dialog: QDialog) -> Steps:
    """Double-click a field, click an operator, double-click a value: the clause is one that the server takes."""
    click(find(dialog, QPushButton, "Build…"))
    builder = next(window for window in dialog.findChildren(QgsQueryBuilder) if window.isVisible())
    fields, values = (builder.findChild(QListView, name) for name in ("lstFields", "lstValues"))
    yield from double_clicked(fields, "AcquisitionDate")
    click(find(builder, QPushButton, ">="))
    click(find(builder, QPushButton, "All"))
    yield lambda: values.model().rowCount() > 0
    yield from double_clicked(values, "2000-12-03 12:38:02")
    yield from photographed(stage, "states_4_builder", builder)
    click(find(builder, QPushButton, "OK"))
    clause = find(dialog, QLineEdit, "Where clause")
    assert clause.text() == "AcquisitionDate >= TIMESTAMP '2000-12-03 12:38:02'", clause.text()
    yield lambda: says(dialog, "of 8 rasters match")
    type_into(clause, "")


def double_clicked(view: QListView, text: str) -> Steps:
    """Double-click a row, which a click comes before."""
    index = click_row(view, text)
    yield lambda: True
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
    yield lambda: True


def server_refuses_layer(stage: Stage, dialog: QDialog) -> Steps:
    """The message bar of the form says why, and its button tells more."""
    stage.server.fault("json_error", code=498, message="Invalid token.", details=["Token expired."])
    click(find(dialog, QAbstractButton, "Add"))
    bar = dialog.findChild(QgsMessageBar)
    yield bar.currentItem
    yield from photographed(stage, "states_5_refused", dialog)
    click(find(dialog, QPushButton, "Details…"))
    (viewer,) = dialog.findChildren(QgsMessageViewer)
    assert "Token expired." in viewer.findChild(QTextBrowser).toPlainText()
    yield from photographed(stage, "states_5_refused_details", viewer)
    viewer.close()
    stage.server.reset()
    bar.clearWidgets()


def server_is_out_of_reach(stage: Stage, dialog: QDialog) -> Steps:
    """What was connected to, and chosen, stays."""
    address = address_of(dialog)
    type_into(address.lineEdit(), "http://127.0.0.1:9/arcgis/rest/services/Harbor/ImageServer")
    press(address, Qt.Key.Key_Return)
    yield lambda: says(dialog, "refuses the connection")
    yield from photographed(stage, "states_6_unreachable", dialog)
    assert not find(dialog, QAbstractButton, "Add").isEnabled()


def single_raster_says_why(stage: Stage, dialog: QDialog) -> Steps:
    """There is no mosaic to choose from."""
    yield from connected(stage, dialog, ELEVATION)
    show(find(dialog, QLabel, "The service is a single raster, so there are no rasters to choose from or to order."))
    yield from photographed(stage, "states_7_single_raster", dialog)


def many_functions_are_filtered(stage: Stage, dialog: QDialog) -> Steps:
    """Of 500, the filter leaves what one looks for."""
    yield from connected(stage, dialog, "Test/ManyFunctions")
    type_into(find(dialog, QLineEdit, "Filter the processing templates"), "remap_42")
    templates = find(dialog, QAbstractItemView, "Processing template")
    # Tiles are laid out in a turn of their own.
    yield lambda: says(dialog, "10 of ")
    yield from settled()
    click_row(templates, "Remap_427")
    yield lambda: str(dialog.form.options().processing_template) == "Remap_427"
    yield find(dialog, QAbstractButton, "Add").isEnabled
    yield from at_rest(dialog)
    yield from photographed(stage, "states_8_many_functions", dialog)


def rasters_are_picked_from_many(stage: Stage, dialog: QDialog) -> Steps:
    """The table reads pages of a catalog of 100 000 rasters, with the footprints on the map."""
    yield from connected(stage, dialog, "Test/BigCatalog")
    choose(find(dialog, QComboBox, "Mosaic method"), "Lock raster")
    click(find(dialog, QPushButton, "Choose…"))
    picker = next(window for window in dialog.findChildren(QDialog) if window.isVisible())
    table = find(picker, QTableView, "Rasters")
    yield lambda: table.model().rowCount() > 100
    for name in ("tile_000002", "tile_000003", "tile_000005"):
        click_row(table, name, on_the_tick(table))
    yield lambda: says(picker, "3 chosen, at most 20")
    yield from photographed(stage, "states_9_rasters", picker)
    click(find(picker, QPushButton, "Lock"))
    yield from photographed(stage, "states_10_locked", dialog)


def form_fits(stage: Stage, dialog: QDialog) -> Steps:
    """A tall window, a small screen with a large font, and a dark theme."""
    yield from connected(stage, dialog, LANDSAT)
    dialog.resize(900, 1500)
    yield from photographed(stage, "states_11_tall", dialog)

    window, style = stage.iface.mainWindow(), stage.iface.mainWindow().styleSheet()
    window.setStyleSheet(f"{style} * {{ font-size: {window.font().pointSizeF() * LARGER}pt; }}")
    window.resize(*SMALL_SCREEN)
    dialog = yield from opened_anew(stage)
    dialog.resize(SMALL_SCREEN[0] - 40, SMALL_SCREEN[1] - 60)
    yield from photographed_in_parts(stage, dialog, "states_12_large")

    window.setStyleSheet(style)
    QgsApplication.setUITheme("Night Mapping")
    dialog = yield from opened_anew(stage)
    yield from photographed_in_parts(stage, dialog, "states_13_dark")


def opened_anew(stage: Stage) -> Steps:
    """Load the plugin anew, so that its windows are made with the font and theme of now, and connect."""
    assert utils.unloadPlugin(PACKAGE)
    switch_on()
    dialog = yield from opened(stage)
    yield from connected(stage, dialog, LANDSAT)
    return dialog


def photographed_in_parts(stage: Stage, dialog: QDialog, name: str) -> Steps:
    """Take pictures of the form, tab by tab."""
    tabs = dialog.findChild(QTabWidget)
    for index in range(tabs.count()):
        click_pixel(tabs.tabBar(), tabs.tabBar().tabRect(index).center())
        yield from at_rest(dialog)
        assert tabs.currentIndex() == index
        yield from photographed(stage, f"{name}_{tabs.tabText(index).split()[0].lower()}", dialog)
