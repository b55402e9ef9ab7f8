"""How many clicks a layer takes, counted as they go to the X server; and whether each parameter is in sight at once."""

from __future__ import annotations

from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QPoint, QRect
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDialog,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from .. import hand
from ..hand import choose, find, row_of, xdotool
from ..player import Steps
from ..stage import Stage
from .dialog import address_of, opened, photographed, settled
from .preview import drawn

# What is left of a screen of 1280 × 800 pixels for a window with its frame.
ROOM = (1276, 760)
MOST_CLICKS, MOST_MORE = 8, 3


class Mouse:
    """Clicks where a person would, and counts. A double click is two, a drag is one; what is typed is none."""

    def __init__(self) -> None:
        self.clicks = 0

    def click(self, widget: QWidget, place: QPoint | None = None, *, times: int = 1) -> None:
        self.clicks += times
        hand.click_pixel(widget, widget.rect().center() if place is None else place, times=times)

    def drag(self, widget: QWidget, start: QPoint, end: QPoint) -> None:
        self.clicks += 1
        hand.drag(widget, start, end)


def steps(stage: Stage) -> Steps:
    dialog = yield from opened(stage)
    dialog.resize(*ROOM)
    dialog.move(0, 0)
    yield from settled()
    mouse = Mouse()
    county = yield from natural_color_of_a_county(stage, dialog, mouse)
    assert mouse.clicks <= MOST_CLICKS, mouse.clicks
    first = mouse.clicks
    yield from ndvi_of_the_same_area(stage, dialog, mouse, county)
    assert mouse.clicks - first <= MOST_MORE, mouse.clicks - first
    text = f"Natural color of a county, from a server's address: {first} clicks; its NDVI: {mouse.clicks - first} more"
    (stage.folder / "clicks.md").write_text(f"{text}\n", encoding="utf-8")
    yield from every_parameter_is_in_sight(stage, dialog)


def natural_color_of_a_county(stage: Stage, dialog: QDialog, mouse: Mouse) -> Steps:
    """From the address of a server to a layer of a part of one of its services."""
    edit = address_of(dialog).lineEdit()
    mouse.click(edit)
    xdotool("type", "--delay", "8", stage.server.url)
    yield lambda: edit.text() == stage.server.url
    xdotool("key", "Return")
    trees = dialog.findChildren(QTreeWidget)
    (tree,) = (tree for tree in trees if tree.accessibleName() == "Image services of the server")
    yield lambda: tree.topLevelItem(0) is not None and tree.topLevelItem(0).childCount() > 1
    yield from settled()
    folder = row_of(tree, "Olinda")
    row = tree.visualRect(folder)
    mouse.click(tree.viewport(), QPoint(row.left() - tree.indentation() // 2, row.center().y()))
    yield lambda: tree.itemFromIndex(folder).childCount() > 1
    yield from settled()
    yield from photographed(stage, "clicks_1_server", dialog)
    landsat = next(item for item in below(tree.itemFromIndex(folder)) if item.text(0) == "Landsat")
    mouse.click(tree.viewport(), tree.visualItemRect(landsat).center(), times=2)
    yield lambda: not tree.isVisible()
    yield find(dialog, QAbstractButton, "Add").isEnabled
    yield lambda: find(dialog, QPushButton, "Natural color").isEnabled()
    yield from settled()
    mouse.click(find(dialog, QPushButton, "Natural color"))
    yield lambda: dialog.form.options().bands == (3, 2, 1)
    yield from drawn(dialog)
    view = find(dialog, QWidget, "Preview of the layer")
    mouse.click(find(dialog, QToolButton, "Draw the extent of the layer in the preview"))
    middle = view.rect().center()
    mouse.drag(view, middle - QPoint(80, 60), middle + QPoint(60, 70))
    yield lambda: dialog.form.options().extent is not None
    yield from drawn(dialog)
    yield from photographed(stage, "clicks_2_natural_color", dialog)
    mouse.click(find(dialog, QAbstractButton, "Add"), QPoint(12, 12))
    yield lambda: len(QgsProject.instance().mapLayers()) == 1
    (layer,) = QgsProject.instance().mapLayers().values()
    assert dialog.form.options().bands == (3, 2, 1)
    return layer


def ndvi_of_the_same_area(stage: Stage, dialog: QDialog, mouse: Mouse, county: QgsRasterLayer) -> Steps:
    """Another template of the same service, where the first layer is."""
    templates = find(dialog, QAbstractItemView, "Processing template")
    index = row_of(templates, "NDVI")
    place = templates.visualRect(index).center()
    if not templates.viewport().rect().contains(place):
        # The wheel turns without a click.
        templates.scrollTo(index)
        place = templates.visualRect(index).center()
    mouse.click(templates.viewport(), place)
    yield from drawn(dialog)
    yield find(dialog, QAbstractButton, "Add").isEnabled
    yield from photographed(stage, "clicks_3_ndvi", dialog)
    mouse.click(find(dialog, QAbstractButton, "Add"), QPoint(12, 12))
    yield lambda: len(QgsProject.instance().mapLayers()) == 2
    other = next(layer for layer in QgsProject.instance().mapLayers().values() if layer.id() != county.id())
    assert "NDVI" in other.source()
    assert other.extent() == county.extent(), (other.extent(), county.extent())


def every_parameter_is_in_sight(stage: Stage, dialog: QDialog) -> Steps:
    """Those of the ArcGIS tool, each without scrolling in the tab that it is in."""
    form, method = dialog.form, "Mosaic method"
    turn_to(form, "Image")
    yield from settled()
    in_sight(find(dialog, QPushButton, "Change…"))
    in_sight(find(dialog, QLineEdit, "Name"))
    in_sight(find(dialog, QAbstractItemView, "Processing template"))
    in_sight(find(dialog, QComboBox, "Band"))
    turn_to(form, "Area and cells")
    yield from settled()
    in_sight(find(dialog, QAbstractButton, "Part of it"))
    in_sight(find(dialog, QLineEdit, "Cell size"))
    yield from photographed(stage, "clicks_4_area", dialog)
    turn_to(form, "Mosaic")
    yield from settled()
    choose(find(dialog, QComboBox, method), "By attribute")
    yield from settled()
    for name in (method, "Order field"):
        in_sight(find(dialog, QComboBox, name))
    # Several parts of it bear its name.
    (base_value,) = (part for part in dialog.findChildren(QWidget) if type(part).__name__ == "BaseValueEdit")
    in_sight(base_value)
    in_sight(find(dialog, QLineEdit, "Where clause"))
    yield from photographed(stage, "clicks_5_attribute", dialog)
    choose(find(dialog, QComboBox, method), "Lock raster")
    yield from settled()
    in_sight(find(dialog, QPushButton, "Choose…"))
    in_sight(find(dialog, QLineEdit, "Where clause"))
    yield from photographed(stage, "clicks_6_lock", dialog)


def turn_to(form: QWidget, title: str) -> None:
    """Click on a tab."""
    bar = form.tabs.tabBar()
    index = next(index for index in range(form.tabs.count()) if form.tabs.tabText(index) == title)
    hand.click_pixel(bar, bar.tabRect(index).center())


def in_sight(widget: QWidget) -> None:
    """Make sure that all of a widget can be seen where nothing has been scrolled."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea) and parent.widget().isAncestorOf(widget):
            assert parent.verticalScrollBar().value() == 0
            shown = QRect(widget.mapTo(parent.widget(), QPoint()), widget.size())
            assert parent.viewport().rect().contains(shown), (widget.accessibleName(), shown, parent.viewport().rect())
        parent = parent.parentWidget()


def below(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [item.child(row) for row in range(item.childCount())]
