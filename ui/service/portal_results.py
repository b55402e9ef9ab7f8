"""Image services found in a portal, as rows of the tree of servers: page by page, with their pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qgis.core import QgsApplication, QgsFeedback
from qgis.PyQt.QtCore import QObject, QSize, Qt
from qgis.PyQt.QtGui import QIcon, QImage, QPainter, QPixmap
from qgis.PyQt.QtWidgets import QTreeWidgetItem

from ...plugin.backend.thumbnails import picture_image
from ...plugin.service.access import Access
from ...plugin.service.directory import DirectoryAddress, ListedService
from ...plugin.service.errors import AuthenticationError, CanceledError, ImageServerLayerError
from ...plugin.service.portal_item import are_related
from ...plugin.service.portal_search import (
    ARCGIS_ONLINE,
    Found,
    FoundService,
    portal_of_server,
    search_portal,
    thumbnail_request,
)
from ...plugin.service.preferences import wants_thumbnails
from ...plugin.service.transport import Transport
from ...plugin.translation import tr, tr_n
from ..common.background import Background
from ..common.messages import tooltip
from .server_tree import SERVICE_ROLE, Server, ServerTree, add_text, row_icon

_MORE = Qt.ItemDataRole.UserRole + 10
_ICON = QSize(48, 32)
# For screens with two pixels for one.
_FINE = 2


@dataclass(frozen=True)
class Portal:
    """Where to search: a portal by its address, or the one that a server belongs to, and how it is asked."""

    name: str
    url: str = ""
    server: Server | None = None

    @property
    def access(self) -> Access:
        """How it is asked, if it is on the host of the server whose access that is."""
        return Access() if self.server is None else self.server.access


def online() -> Portal:
    """Return ArcGIS Online, as anybody may ask it."""
    return Portal(tr("ArcGIS Online"), ARCGIS_ONLINE)


class PortalResults(QObject):
    """Shows what a search has found at the top of a tree of servers; the next search takes its place."""

    def __init__(self, tree: ServerTree) -> None:
        super().__init__(tree)
        self._tree = tree
        self._search, self._pictures = Background(self), Background(self)
        self._item: QTreeWidgetItem | None = None
        tree.itemClicked.connect(self._on_clicked)
        tree.itemActivated.connect(self._on_clicked)
        tree.emptied.connect(self._let_go)

    def search(self, portal: Portal, words: str) -> None:
        """Ask a portal for image services, and show them as they come."""
        self.forget()
        self._item = QTreeWidgetItem([tr("“{words}” in {portal}").format(words=words, portal=portal.name)])
        self._item.setIcon(0, row_icon("/search.svg"))
        if wants_thumbnails():
            # All rows are as high as the first one.
            self._item.setSizeHint(0, QSize(0, _ICON.height() + 2))
            self._tree.setIconSize(_ICON)
        self._tree.insertTopLevelItem(0, self._item)
        self._item.setExpanded(True)
        self._tree.scrollToTop()
        self._ask(portal, words, 1)

    def forget(self) -> None:
        """Search no more, and show nothing of it."""
        self._search.cancel()
        self._pictures.cancel()
        item, self._item = self._item, None
        if item is not None:
            self._tree.takeTopLevelItem(self._tree.indexOfTopLevelItem(item))
        self._tree.setIconSize(QSize())

    def _let_go(self) -> None:
        """Nothing is shown any more."""
        self._item = None
        self.forget()

    def _ask(self, portal: Portal, words: str, start: int) -> None:
        item = self._item
        if item is None:
            return
        add_text(item, tr("Searching…"))
        self._search.run(
            tr("Searching {portal} for image services").format(portal=portal.name),
            lambda feedback: _found_in(portal, words, start, feedback),
            lambda found: self._show(item, words, *found),
            lambda error: self._fail(item, error),
        )

    def _show(self, item: QTreeWidgetItem, words: str, portal: Portal, found: Found) -> None:
        item.takeChild(item.childCount() - 1)
        rows = [self._add(item, portal, service) for service in found.services]
        if found.next_start:
            left = max(found.total - item.childCount(), 1)
            more = QTreeWidgetItem(item, [tr_n("Show more (%n other)", "Show more (%n others)", left)])
            more.setData(0, _MORE, (portal, words, found.next_start))
        elif not item.childCount():
            add_text(item, tr("Nothing was found; try fewer or other words."))
        if wants_thumbnails():
            self._read_pictures(portal, [(row, service) for row, service in zip(rows, found.services)])

    def _add(self, parent: QTreeWidgetItem, portal: Portal, service: FoundService) -> QTreeWidgetItem:
        details = ", ".join(filter(None, (service.owner, _access_in_words(service.access))))
        item = QTreeWidgetItem(parent, [f"{service.title} ({details})" if details else service.title])
        item.setIcon(0, _no_picture() if wants_thumbnails() else row_icon("/mIconRaster.svg"))
        item.setToolTip(0, tooltip("\n".join(filter(None, (service.title, service.snippet, details, service.url)))))
        # The credentials of a portal are for its own services.
        access = portal.access if are_related(portal.url, service.url) else Access(timeout=portal.access.timeout)
        server = Server(portal.name, DirectoryAddress(portal.url), access)
        item.setData(0, SERVICE_ROLE, (server, ListedService(service.title, "", service.url, "ImageServer")))
        return item

    def _read_pictures(self, portal: Portal, rows: Sequence[tuple[QTreeWidgetItem, FoundService]]) -> None:
        wanted = [(row, service) for row, service in rows if service.thumbnail_url]
        if not wanted:
            return
        services = [service for _, service in wanted]
        self._pictures.run(
            tr("Reading thumbnails of image services"),
            lambda feedback: _pictures(portal, services, feedback),
            lambda images: self._show_pictures([row for row, _ in wanted], images),
            # Thumbnails are not essential, so errors are not shown.
            lambda _error: None,
        )

    def _show_pictures(self, rows: Sequence[QTreeWidgetItem], images: Sequence[QImage | None]) -> None:
        for row, image in zip(rows, images):
            if image is not None:
                row.setIcon(0, QIcon(QPixmap.fromImage(image)))

    def _fail(self, item: QTreeWidgetItem, error: ImageServerLayerError) -> None:
        item.takeChild(item.childCount() - 1)
        add_text(item, error.message)
        item.child(item.childCount() - 1).setIcon(0, row_icon("/mIconWarning.svg"))

    def _on_clicked(self, item: QTreeWidgetItem) -> None:
        more = item.data(0, _MORE)
        if more is not None and self._item is not None and not self._search.is_busy:
            self._item.removeChild(item)
            self._ask(*more)


def _no_picture() -> QIcon:
    """Return what stands in the place of a picture, and is as large."""
    pixmap, icon = QPixmap(_ICON * _FINE), QgsApplication.getThemeIcon("/mIconRaster.svg")
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    room = _ICON.height() // 2
    icon.paint(painter, pixmap.rect().adjusted(room, room, -room, -room))
    painter.end()
    return QIcon(pixmap)


def _access_in_words(access: str) -> str:
    known = {"public": tr("public"), "org": tr("organization"), "shared": tr("shared"), "private": tr("private")}
    return known.get(access, access)


def _found_in(portal: Portal, words: str, start: int, feedback: QgsFeedback) -> tuple[Portal, Found]:
    """Return what was found, and the portal with its address; runs on another thread."""
    if not portal.url and portal.server is not None:
        url = portal_of_server(portal.server.directory.url, Transport(portal.access, feedback))
        if not url:
            message = tr("“{server}” belongs to no portal: search ArcGIS Online, or type the address of a portal.")
            raise ImageServerLayerError(message.format(server=portal.server.name))
        is_own = are_related(portal.server.directory.url, url)
        portal = Portal(portal.name, url, portal.server if is_own else None)
    return portal, search_portal(portal.url, words, Transport(portal.access, feedback), start)


def _pictures(portal: Portal, services: Sequence[FoundService], feedback: QgsFeedback) -> list[QImage | None]:
    """Return a picture for each service, None where there is none to be had; runs on another thread."""
    requests = [thumbnail_request(service) for service in services]
    return [_picture(answer) for answer in Transport(portal.access, feedback).get_all(requests, at_a_time=3)]


def _picture(answer: object) -> QImage | None:
    if isinstance(answer, (CanceledError, AuthenticationError)):
        return None
    try:
        content = getattr(answer, "content", None)
        return (
            None
            if content is None
            else picture_image(content).scaled(
                _ICON * _FINE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        )
    except ImageServerLayerError:
        return None
