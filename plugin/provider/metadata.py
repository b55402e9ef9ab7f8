"""What QGIS holds on to until it ends: the entry of the provider in its registry, which nothing can take out again.

It outlives the plugin and every reload of it. So it knows nothing of the plugin, or it would keep all of its old code:
the code that is loaded hands it functions, which must not raise, and takes them away again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import Qgis, QgsDataProvider, QgsMessageLog, QgsProviderMetadata


class ImageServerMetadata(QgsProviderMetadata):
    """Hands out providers while it is turned on. `keepers` outlive the code that handed objects to them."""

    def __init__(self, key: str, description: str) -> None:
        super().__init__(key, description)
        self.keepers: list[Any] = []
        self._create: Callable[[str, QgsDataProvider.ProviderOptions], Any] | None = None
        self._parts: Callable[[str], dict[str, Any]] | None = None
        self._tag, self._reason = "", ""

    def turn_on(
        self,
        create: Callable[[str, QgsDataProvider.ProviderOptions], Any],
        parts: Callable[[str], dict[str, Any]],
    ) -> None:
        """Let `create` make the providers from now on, and `parts` take sources apart."""
        self._create, self._parts = create, parts

    def turn_off(self, tag: str, reason: str) -> None:
        """Hand out nothing; QGIS then says that it cannot make the provider, and its log (`tag`) says the reason."""
        self._create = self._parts = None
        self._tag, self._reason = tag, reason

    def createProvider(self, uri: str, options: QgsDataProvider.ProviderOptions, flags: Any = None) -> Any:  # noqa: ARG002
        """Return a provider; one that is not valid for a source that cannot be used."""
        if self._create is None:
            QgsMessageLog.logMessage(self._reason, self._tag, Qgis.MessageLevel.Warning)
            return None
        return self._create(uri, options)

    def decodeUri(self, uri: str) -> dict[str, Any]:
        """Return the address of the service and what else QGIS may show of a source."""
        return {} if self._parts is None else self._parts(uri)

    def encodeUri(self, parts: dict[str, Any]) -> str:
        """Return the source that was taken apart."""
        return str(parts.get("source", ""))

    def absoluteToRelativeUri(self, uri: str, context: Any) -> str:  # noqa: ARG002
        """Return the source as it is: there is no path in it."""
        return uri

    def relativeToAbsoluteUri(self, uri: str, context: Any) -> str:  # noqa: ARG002
        """Return the source as it is: there is no path in it."""
        return uri
