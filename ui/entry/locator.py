"""Image services in QGIS' locator bar: a pasted address, the services used before, and the saved connections."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from qgis.core import QgsApplication, QgsFeedback, QgsLocatorContext, QgsLocatorFilter, QgsLocatorResult
from qgis.PyQt.QtGui import QIcon

from ...plugin.resources import ADD_ICON
from ...plugin.service.address import parse_web_address
from ...plugin.service.connections import saved_connections
from ...plugin.service.errors import AddressError
from ...plugin.service.plain_text import clean_line
from ...plugin.service.redaction import redacted
from ...plugin.service.warming import warm
from ...plugin.translation import tr
from ..service.recent import recent_services
from ..service.typed_address import name_of

# The shortest text to search for without the prefix: a shorter one would find something for every word.
_FEWEST_LETTERS = 3


class ServiceLocator(QgsLocatorFilter):
    """Hands what was chosen, an address or the name of a connection, to `on_chosen`; asks no server."""

    def __init__(self, on_chosen: Callable[[str], None]) -> None:
        super().__init__()
        warm(self)
        self._on_chosen = on_chosen

    def clone(self) -> QgsLocatorFilter:
        """Return another one, which QGIS lets look."""
        return ServiceLocator(self._on_chosen)

    def name(self) -> str:
        """Return the name that QGIS tells filters apart by."""
        return "image_server_layer"

    def displayName(self) -> str:
        """Return the title above what was found."""
        return tr("ArcGIS Image Services")

    def prefix(self) -> str:
        """Return the word that lets this filter alone look."""
        return "img"

    def priority(self) -> QgsLocatorFilter.Priority:
        """Return the place among other filters."""
        return QgsLocatorFilter.Priority.Medium

    def flags(self) -> QgsLocatorFilter.Flags:
        """Return that no thread is needed: nothing but settings is looked at."""
        return QgsLocatorFilter.Flags(QgsLocatorFilter.Flag.FlagFast)

    def fetchResults(self, string: str, context: QgsLocatorContext, feedback: QgsFeedback) -> None:
        """Report what a text may mean."""
        del feedback
        words = string.strip()
        if len(words) < _FEWEST_LETTERS and not context.usingPrefix:
            return
        for title, detail, opened, icon in _found(words, with_prefix=bool(context.usingPrefix)):
            result = QgsLocatorResult(self, clean_line(title), opened)
            result.description, result.icon = clean_line(detail), icon
            self.resultFetched.emit(result)

    def triggerResult(self, result: QgsLocatorResult) -> None:
        """Open the form for what was chosen."""
        opened = result.userData
        # A method in later releases, an attribute in earlier ones.
        self._on_chosen(str(opened() if callable(opened) else opened))


def _found(words: str, *, with_prefix: bool) -> Iterator[tuple[str, str, str, QIcon]]:
    """Yield title, description, what is to be opened, and icon."""
    add_icon = QIcon(str(ADD_ICON))
    if _is_address(words, with_prefix=with_prefix):
        yield tr("Add a layer from this address"), redacted(words), words, add_icon
        return
    wanted = words.casefold()
    for recent in recent_services():
        url = recent.choices.url
        name = name_of(url)
        if wanted in name.casefold():
            yield name, redacted(url), url, add_icon
    connect_icon = QgsApplication.getThemeIcon("/mIconConnect.svg")
    for name, connection in sorted(saved_connections().items()):
        if wanted in name.casefold():
            yield name, redacted(connection.url), name, connect_icon


def _is_address(text: str, *, with_prefix: bool) -> bool:
    """Whether a text is the address of an image service; with the prefix, any address is meant so."""
    if with_prefix or "://" not in text:
        return "://" in text
    try:
        parse_web_address(text)
    except AddressError:
        return False
    return True
