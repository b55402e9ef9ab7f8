"""How each server is asked, so that what is meant for one never goes to another."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from ...plugin.service.access import Access
from ...plugin.service.preferences import preferred_timeout


class ServerAccess:
    """Decides how the server of a URL is asked: scheme, host and port tell servers apart.

    First comes what the user has chosen for it, even if that is nothing; then what comes with the address, then what it
    was asked with before, then what is remembered of the service. The timeout is no secret: once chosen, it is for all
    servers. `is_stored` tells whether a configuration still exists: one that was deleted is no longer used.
    """

    def __init__(self, is_stored: Callable[[str], bool]) -> None:
        self._is_stored = is_stored
        self._timeout: float | None = None
        # By server and name of the field; what was chosen for the server that is named next has no server.
        self._chosen: dict[tuple[str, str], str] = {}
        self._used: dict[tuple[str, str], str] = {}

    def choose(self, url: str, *, authcfg: str | None = None, referer: str | None = None) -> None:
        """Take the user's choice for the server of `url`, or without one for the next server that is named."""
        for name, value in (("authcfg", authcfg), ("referer", referer)):
            if value is not None:
                self._chosen[server_of(url), name] = value

    def choose_timeout(self, timeout: float) -> None:
        """Take the timeout that the user has chosen, in seconds."""
        self._timeout = timeout

    def adopt(self, url: str) -> None:
        """Apply choices that were made before there was a URL to the server of this one."""
        for name in ("authcfg", "referer"):
            value = self._chosen.pop(("", name), None)
            if value is not None:
                self._chosen[server_of(url), name] = value

    def begin(self, url: str, authcfg: str, referer: str) -> None:
        """Take over how a server is asked, from something else than typing; what it leaves open stays as chosen."""
        for name, value in (("authcfg", authcfg), ("referer", referer)):
            self._chosen.pop(("", name), None)
            if value:
                self._chosen.pop((server_of(url), name), None)
                self._used[server_of(url), name] = value

    def access(self, url: str, own: Access | None = None, remembered: Access | None = None) -> Access:
        """Return how to ask the server of `url`.

        `own` comes with the address, as from a saved connection; `remembered` is what was used in a former session.
        """
        own, remembered = own or Access(), remembered or Access(timeout=preferred_timeout())
        return Access(
            self._first(url, "authcfg", own.authcfg, remembered.authcfg),
            self._first(url, "referer", own.referer, remembered.referer),
            remembered.timeout if self._timeout is None else self._timeout,
        )

    def use(self, url: str, access: Access) -> None:
        """Note how the server of `url` is asked now."""
        self._used[server_of(url), "authcfg"] = access.authcfg
        self._used[server_of(url), "referer"] = access.referer

    def _first(self, url: str, name: str, own: str, remembered: str) -> str:
        key = server_of(url), name
        if key in self._chosen:
            return self._chosen[key]
        former = (value for value in (self._used.get(key, ""), remembered) if value)
        return own or next((value for value in former if name != "authcfg" or self._is_stored(value)), "")


def server_of(url: str) -> str:
    """Return scheme, host and port of a URL, as one text."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
