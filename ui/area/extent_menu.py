"""What the menu of QGIS' extent widget lacks: the service's extent, and in QGIS 3.22 layout maps and bookmarks."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from qgis.core import QgsApplication, QgsLayoutItemMap, QgsProject, QgsReferencedRectangle
from qgis.gui import QgsExtentWidget
from qgis.PyQt.QtCore import QCollator, QCoreApplication
from qgis.PyQt.QtWidgets import QMenu, QToolButton

from ...plugin.translation import tr


class _Place(NamedTuple):
    """An extent to take; places of one group share a submenu, and those of group "" have none."""

    group: str
    name: str
    extent: QgsReferencedRectangle


def complete_extent_menu(widget: QgsExtentWidget) -> None:
    """Complete the menu of a widget in condensed style.

    A map canvas is to be set before: QGIS 3.22 appends the entries that need one.
    """
    menu = widget.findChild(QToolButton, "mCondensedToolButton").menu()
    _offer_original_extent(widget, menu)
    # The submenu of the layers comes first in every release, and what QGIS has added since comes next.
    _, *others = menu.actions()
    for title, places, nothing in (
        (_in_qgis("Calculate from Layout Map"), _layout_maps, tr("No layout maps")),
        (_in_qgis("Calculate from Bookmark"), _bookmarks, tr("No bookmarks")),
    ):
        if all(action.text() != title for action in others):
            menu.insertMenu(others[0], _submenu(widget, title, places, nothing))


def _offer_original_extent(widget: QgsExtentWidget, menu: QMenu) -> None:
    """Let the service's extent be taken, in place of an action of QGIS' that takes the map's under another name."""
    misleading = _in_qgis("Use Current Layer/Default Extent")
    for action in menu.actions():
        if action.text() == misleading:
            action.setVisible(False)
    action = menu.addAction(tr("Use Service's Extent"))
    action.triggered.connect(lambda _checked: widget.setOutputExtentFromOriginal())


def _submenu(widget: QgsExtentWidget, title: str, places: Callable[[], list[_Place]], nothing: str) -> QMenu:
    """Return a menu that offers the places there are whenever it opens, or says `nothing`."""
    # A child of the widget, which keeps it: Python's garbage collector takes the connections of unheld wrappers.
    menu = QMenu(title, widget)
    menu.aboutToShow.connect(lambda: _fill(menu, widget, places(), nothing))
    return menu


def _fill(menu: QMenu, widget: QgsExtentWidget, places: list[_Place], nothing: str) -> None:
    menu.clear()
    for outdated in menu.findChildren(QMenu):
        outdated.deleteLater()
    by_group = {"": menu}
    for place in places:
        if place.group not in by_group:
            by_group[place.group] = QMenu(_label(place.group), menu)
            menu.addMenu(by_group[place.group])
        _offer(by_group[place.group], widget, place)
    if not places:
        menu.addAction(nothing).setEnabled(False)


def _offer(menu: QMenu, widget: QgsExtentWidget, place: _Place) -> None:
    action = menu.addAction(_label(place.name))
    action.triggered.connect(lambda _checked: widget.setOutputExtentFromUser(place.extent, place.extent.crs()))


def _layout_maps() -> list[_Place]:
    """Return the maps of the print layouts, as QGIS orders them."""
    return [
        _Place(layout.name(), item.displayName(), QgsReferencedRectangle(item.extent(), item.crs()))
        for layout in QgsProject.instance().layoutManager().printLayouts()
        for item in layout.items()
        if isinstance(item, QgsLayoutItemMap)
    ]


def _bookmarks() -> list[_Place]:
    """Return the user's and the project's bookmarks as QGIS orders them: groups by name, then those without one."""
    sort_key = QCollator().sortKey
    managers = (QgsApplication.bookmarkManager(), QgsProject.instance().bookmarkManager())
    places = [
        _Place(bookmark.group(), bookmark.name(), bookmark.extent())
        for manager in managers
        for bookmark in manager.bookmarks()
    ]
    # In two steps, as sort keys are never equal, only less or not.
    places.sort(key=lambda place: sort_key(place.name))
    places.sort(key=lambda place: (not place.group, sort_key(place.group)))
    return places


def _label(name: str) -> str:
    """Return the text that shows a name as it is: a lone ampersand would mark a mnemonic."""
    return name.replace("&", "&&")


def _in_qgis(text: str) -> str:
    """Return a text of QGIS' own widget as QGIS translates it."""
    return QCoreApplication.translate("QgsExtentWidget", text)
