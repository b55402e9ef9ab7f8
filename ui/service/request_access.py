"""How the server of the address that is typed is asked: with which credentials, Referer and timeout."""

from __future__ import annotations

from qgis.core import QgsApplication

from ...plugin.service.access import Access
from ...plugin.service.address import PortalItem, ServiceAddress
from ...plugin.service.preferences import preferred_timeout
from .authentication_button import AuthenticationButton
from .recent import recent_service
from .server_access import ServerAccess


class RequestAccess:
    """Combines the user's choices with what comes with an address, and with what is remembered of a service.

    The button shows the credentials. Referer and timeout are shown elsewhere in the form.
    """

    def __init__(self, button: AuthenticationButton) -> None:
        self._button = button
        self._servers = ServerAccess(lambda authcfg: authcfg in QgsApplication.authManager().configIds())
        # Referer and timeout as the form shows them.
        self._settings = ("", preferred_timeout())

    def begin(self, url: str, authcfg: str, referer: str) -> None:
        """Take over how a server is asked, from something else than typing; what it leaves open stays as chosen."""
        self._servers.begin(url, authcfg, referer)

    def use_exactly(self, url: str, access: Access) -> None:
        """Ask the server of a URL exactly so, whatever is remembered of it."""
        self._servers.choose(url, authcfg=access.authcfg, referer=access.referer)
        self._servers.choose_timeout(access.timeout)

    def choose_authentication(self, url: str, authcfg: str) -> None:
        """Take the credentials that the user has chosen for the server of a URL."""
        self._servers.choose(url, authcfg=authcfg)

    def choose_settings(self, url: str, referer: str, timeout: float) -> None:
        """Take Referer and timeout (seconds) as the user has set them while the server of a URL is typed."""
        former_referer, former_timeout = self._settings
        if referer != former_referer:
            self._servers.choose(url, referer=referer)
        if timeout != former_timeout:
            self._servers.choose_timeout(timeout)
        self._settings = referer, timeout

    def note_settings(self, referer: str, timeout: float) -> None:
        """Take note of settings that the form shows, but that nobody has chosen."""
        self._settings = referer, timeout

    def adopt(self, url: str) -> None:
        """Apply choices that were made before there was a URL to the server of this one."""
        self._servers.adopt(url)

    def to_server(self, url: str, own: Access) -> Access:
        """Return how to ask a server; `own` comes with its address."""
        return self._servers.access(url, own)

    def to_service(self, address: ServiceAddress | PortalItem) -> Access:
        """Return how to ask a service from now on, and show its credentials."""
        own = Access(address.authcfg, address.referer) if isinstance(address, ServiceAddress) else Access()
        recent = recent_service(address.url)
        access = self._servers.access(address.url, own, None if recent is None else recent.access)
        self._servers.use(address.url, access)
        self.show(access)
        return access

    def show(self, access: Access) -> None:
        """Show the credentials that a server is asked with."""
        self._button.use(access.authcfg)
