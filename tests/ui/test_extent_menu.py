"""Take an extent from the menu of the extent widget, which offers the same in every release of QGIS."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from qgis.core import (
    QgsApplication,
    QgsBookmark,
    QgsBookmarkManager,
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsLayoutItemMap,
    QgsLayoutSize,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsVectorLayer,
)
from qgis.gui import QgsExtentWidget, QgsMapCanvas
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QEvent
from qgis.PyQt.QtWidgets import QApplication, QLineEdit, QMenu, QToolButton

from image_server_layer.plugin.layer.connect import ConnectedService
from image_server_layer.plugin.options.check import check
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.tests.ui.hand import type_into
from image_server_layer.tests.ui.knowing import FULL, GEOGRAPHIC, UTM
from image_server_layer.ui.area.extent_menu import complete_extent_menu
from image_server_layer.ui.area.grid_section import GridSection

OLINDA = QgsReferencedRectangle(QgsRectangle(-34.9, -8.03, -34.88, -8.01), GEOGRAPHIC)
LAYOUT_MAPS, BOOKMARKS = "Calculate from Layout Map", "Calculate from Bookmark"


@pytest.fixture
def section(project: QgsProject, qgis_canvas: QgsMapCanvas, landsat: ConnectedService) -> Iterator[GridSection]:
    del project
    made = GridSection(qgis_canvas)
    made.set_from(LayerOptions(), landsat)
    yield made
    sip.delete(made)


@pytest.fixture
def old_widget(project: QgsProject) -> Iterator[QgsExtentWidget]:
    """Return a widget without QGIS' own layout maps and bookmarks, as in 3.22, whose menu has been completed."""
    del project
    made = QgsExtentWidget(None, QgsExtentWidget.WidgetStyle.CondensedStyle)
    menu = menu_of(made)
    for action in menu.actions():
        if action.text() in (LAYOUT_MAPS, BOOKMARKS):
            menu.removeAction(action)
    complete_extent_menu(made)
    yield made
    sip.delete(made)


@pytest.fixture
def user_bookmarks() -> Iterator[QgsBookmarkManager]:
    manager = QgsApplication.bookmarkManager()
    yield manager
    manager.clear()


@pytest.fixture
def project_bookmarks(project: QgsProject) -> QgsBookmarkManager:
    return project.bookmarkManager()


def add_bookmark(
    manager: QgsBookmarkManager, name: str, group: str = "", extent: QgsReferencedRectangle = OLINDA
) -> str:
    bookmark = QgsBookmark()
    bookmark.setName(name)
    bookmark.setGroup(group)
    bookmark.setExtent(extent)
    bookmark_id, is_added = manager.addBookmark(bookmark)
    assert is_added
    return str(bookmark_id)


def add_layout(project: QgsProject, name: str, *maps: str) -> None:
    layout = QgsPrintLayout(project)
    layout.setName(name)
    for map_name in maps:
        item = QgsLayoutItemMap(layout)
        item.setId(map_name)
        item.attemptResize(QgsLayoutSize(100, 100))
        item.setCrs(GEOGRAPHIC)
        item.setExtent(OLINDA)
        layout.addLayoutItem(item)
    assert project.layoutManager().addLayout(layout)


def menu_of(widget: QgsExtentWidget) -> QMenu:
    return widget.findChild(QToolButton, "mCondensedToolButton").menu()


def opened(widget: QgsExtentWidget, title: str) -> QMenu:
    """Return the submenu of that title as it is when it opens."""
    (submenu,) = [action.menu() for action in menu_of(widget).actions() if action.text() == title]
    submenu.aboutToShow.emit()
    return submenu


def entries(menu: QMenu) -> list[str | tuple[str, list[str]]]:
    """Return the texts of a menu as they are seen, each submenu's with its title."""
    return [
        (action.iconText(), [entry.iconText() for entry in action.menu().actions()])
        if action.menu()
        else action.iconText()
        for action in menu.actions()
    ]


def choose(menu: QMenu, *path: str) -> None:
    (action,) = [action for action in menu.actions() if action.text() == path[0]]
    if path[1:]:
        choose(action.menu(), *path[1:])
    else:
        action.trigger()


def part(section: GridSection) -> Extent | None:
    return section.apply_to(LayerOptions()).extent


def in_utm(extent: QgsReferencedRectangle) -> Extent:
    box = QgsCoordinateTransform(extent.crs(), UTM, QgsProject.instance()).transformBoundingBox(extent)
    return Extent(box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())


def test_every_source_of_an_extent_is_offered_once(section: GridSection) -> None:
    actions = menu_of(section.extent_field.extent_widget).actions()
    submenus = [action.text() for action in actions if action.menu()]
    assert submenus == ["Calculate from Layer", LAYOUT_MAPS, BOOKMARKS]
    assert [action.text() for action in actions[:3]] == submenus
    assert actions[-1].text() == "Use Service's Extent"


def test_the_extent_of_the_service_is_taken(section: GridSection) -> None:
    choose(menu_of(section.extent_field.extent_widget), "Use Service's Extent")
    assert part(section) == FULL


def test_the_extent_of_a_layer_is_taken_to_the_crs_of_the_service(section: GridSection, project: QgsProject) -> None:
    layer = QgsVectorLayer("Polygon?crs=EPSG:4326", "Parcels", "memory")
    parcel = QgsFeature()
    parcel.setGeometry(QgsGeometry.fromRect(OLINDA))
    assert layer.dataProvider().addFeature(parcel)
    layer.updateExtents()
    project.addMapLayer(layer)
    submenu = opened(section.extent_field.extent_widget, "Calculate from Layer")
    assert entries(submenu) == ["Parcels"]
    choose(submenu, "Parcels")
    assert section.apply_to(LayerOptions()) == LayerOptions(extent=in_utm(OLINDA))
    assert section.extent_field.part_button.isChecked()


@pytest.mark.parametrize("bookmarks", ["user_bookmarks", "project_bookmarks"])
def test_the_extent_of_a_bookmark_is_taken_to_the_crs_of_the_service(
    section: GridSection, bookmarks: str, request: pytest.FixtureRequest
) -> None:
    add_bookmark(request.getfixturevalue(bookmarks), "Olinda")
    changes: list[Extent | None] = []
    section.changed.connect(lambda: changes.append(part(section)))
    choose(opened(section.extent_field.extent_widget, BOOKMARKS), "Olinda")
    assert changes == [in_utm(OLINDA)]
    assert changes[0] == pytest.approx((290589.508, 9111900.459, 292804.729, 9114122.808), abs=1e-3)
    assert section.extent_field.part_button.isChecked()
    text = section.extent_field.extent_widget.findChild(QLineEdit, "mCondensedLineEdit").text()
    assert text.endswith("[EPSG:31985]")


def test_a_bookmark_takes_the_place_of_what_was_typed_badly(
    section: GridSection, project_bookmarks: QgsBookmarkManager
) -> None:
    section.show()
    type_into(section.extent_field.extent_widget.findChild(QLineEdit, "mCondensedLineEdit"), "1,2")
    assert set(section.input_problems()) == {"extent"}
    add_bookmark(project_bookmarks, "Olinda")
    choose(opened(section.extent_field.extent_widget, BOOKMARKS), "Olinda")
    assert section.input_problems() == {}
    assert part(section) == in_utm(OLINDA)


def test_a_bookmark_elsewhere_is_a_problem_as_any_extent_there(
    section: GridSection, landsat: ConnectedService, project_bookmarks: QgsBookmarkManager
) -> None:
    recife = QgsReferencedRectangle(QgsRectangle(288000, 9108000, 289000, 9109000), UTM)
    add_bookmark(project_bookmarks, "Recife", extent=recife)
    choose(opened(section.extent_field.extent_widget, BOOKMARKS), "Recife")
    assert section.result.text() == ""
    (error,) = check(section.apply_to(LayerOptions()), landsat.service).errors
    assert error.option == "extent"
    assert error.message == (
        "The template extent 288000 9108000 289000 9109000 does not overlap the service's extent "
        "288776.25 9110728.75 298722.75 9120760.75; "
        "both are xmin ymin xmax ymax in the service's coordinate reference system."
    )


def test_bookmarks_are_sorted_after_their_groups(
    section: GridSection, user_bookmarks: QgsBookmarkManager, project_bookmarks: QgsBookmarkManager
) -> None:
    add_bookmark(user_bookmarks, "Recife", "Cities")
    add_bookmark(user_bookmarks, "Harbour")
    add_bookmark(user_bookmarks, "Capibaribe", "Rivers")
    add_bookmark(project_bookmarks, "Beach")
    add_bookmark(project_bookmarks, "Olinda", "Cities")
    submenu = opened(section.extent_field.extent_widget, BOOKMARKS)
    assert entries(submenu) == [("Cities", ["Olinda", "Recife"]), ("Rivers", ["Capibaribe"]), "Beach", "Harbour"]
    choose(submenu, "Cities", "Olinda")
    assert part(section) == in_utm(OLINDA)


def test_the_extent_of_a_layout_map_is_taken_to_the_crs_of_the_service(
    section: GridSection, project: QgsProject
) -> None:
    add_layout(project, "Text only")
    add_layout(project, "Atlas", "Main map")
    submenu = opened(section.extent_field.extent_widget, LAYOUT_MAPS)
    assert entries(submenu) == [("Atlas", ["Main map"])]
    choose(submenu, "Atlas", "Main map")
    assert part(section) == pytest.approx(in_utm(OLINDA), abs=1e-6)


@pytest.mark.parametrize("title", [LAYOUT_MAPS, BOOKMARKS])
def test_where_there_is_nothing_to_take_nothing_can_be_chosen(section: GridSection, title: str) -> None:
    assert not any(action.isEnabled() for action in opened(section.extent_field.extent_widget, title).actions())


@pytest.mark.parametrize(("title", "text"), [(LAYOUT_MAPS, "No layout maps"), (BOOKMARKS, "No bookmarks")])
def test_our_own_submenus_say_that_there_is_nothing_to_take(old_widget: QgsExtentWidget, title: str, text: str) -> None:
    (action,) = opened(old_widget, title).actions()
    assert (action.text(), action.isEnabled()) == (text, False)


def test_our_own_submenus_show_what_there_is_when_they_open(
    old_widget: QgsExtentWidget, project: QgsProject, project_bookmarks: QgsBookmarkManager
) -> None:
    bookmark = add_bookmark(project_bookmarks, "Olinda", "Cities")
    assert entries(opened(old_widget, BOOKMARKS)) == [("Cities", ["Olinda"])]
    gc.collect()
    project_bookmarks.removeBookmark(bookmark)
    add_bookmark(project_bookmarks, "Rock & Roll", "Sight & Sound")
    add_layout(project, "A & B", "Main & only map")
    assert entries(opened(old_widget, BOOKMARKS)) == [("Sight & Sound", ["Rock & Roll"])]
    assert entries(opened(old_widget, LAYOUT_MAPS)) == [("A & B", ["Main & only map"])]


def test_a_submenu_that_opens_again_keeps_no_former_groups(
    old_widget: QgsExtentWidget, project_bookmarks: QgsBookmarkManager
) -> None:
    add_bookmark(project_bookmarks, "Olinda", "Cities")
    opened(old_widget, BOOKMARKS)
    submenu = opened(old_widget, BOOKMARKS)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [group.title() for group in submenu.findChildren(QMenu)] == ["Cities"]


def test_our_own_submenus_offer_what_those_of_newer_releases_do(
    old_widget: QgsExtentWidget,
    section: GridSection,
    project: QgsProject,
    user_bookmarks: QgsBookmarkManager,
    project_bookmarks: QgsBookmarkManager,
) -> None:
    for manager in (user_bookmarks, project_bookmarks):
        for name, group in (("b", ""), ("É", ""), ("A", "x"), ("10", "é"), ("9", "é"), ("a", "x")):
            add_bookmark(manager, name, group)
    add_layout(project, "Second", "Overview", "Detail")
    add_layout(project, "First", "Overview")
    for title in (LAYOUT_MAPS, BOOKMARKS):
        assert entries(opened(old_widget, title)) == entries(opened(section.extent_field.extent_widget, title))
