"""QGIS' stored credentials: adds them to a request, on the thread that sends it."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtCore import QMetaObject, QObject, Qt, QThread, QUrl, pyqtSlot
from qgis.PyQt.QtNetwork import QNetworkRequest

from ..translation import tr
from .errors import AuthenticationError

# The method whose plugin gets another token once the old one is cleared.
_OAUTH2 = "OAuth2"

# In seconds: after the user has canceled the master password, how long they are not asked again.
_REST_AFTER_REFUSAL = 60.0

# In seconds: how long a thread waits for the user, and how often it checks for an answer.
_LONGEST_WAIT = 120.0
_POLL = 0.05

_T = TypeVar("_T")


def with_credentials(request: QNetworkRequest, authcfg: str) -> QNetworkRequest:
    """Return the request with the credentials of an authentication configuration.

    Neither the reply nor the proxy is handed to QGIS' authentication: for a reply it would wait until a sign-in that is
    under way elsewhere has ended, and the proxy would get what is meant for the service.

    Raises:
        AuthenticationError: there is no such configuration, it cannot be used, or it is for another server.
    """

    def work() -> QNetworkRequest:
        _check_resource(authcfg, request)
        is_usable, prepared = QgsApplication.authManager().updateNetworkRequest(request, authcfg)
        if not is_usable:
            message = tr("The authentication configuration “{id}” cannot be used: check it in QGIS' settings.")
            raise AuthenticationError(message.format(id=authcfg))
        return prepared

    return _apart(work)


def _check_resource(authcfg: str, request: QNetworkRequest) -> None:
    """Hold the server that is asked against the resource that the user has written into the configuration, if any.

    A project may come from somebody with other configurations; one by a stranger may name a configuration of this user
    and a server of his own.
    """
    manager = QgsApplication.authManager()
    if manager.isDisabled():
        return
    configuration = manager.availableAuthMethodConfigs().get(authcfg)
    if configuration is None:
        message = tr(
            "The authentication configuration “{id}” is not known to this QGIS: sign in by a configuration of your own "
            "(Settings ▸ Options ▸ Authentication), and choose it for the layer."
        )
        raise AuthenticationError(message.format(id=authcfg))
    resource = configuration.uri().strip()
    meant = QUrl.fromUserInput(resource).host() if resource else ""
    asked = request.url().host()
    if meant and meant != asked:
        message = tr(
            "The authentication configuration “{id}” is for the resource {meant} and is not sent to {asked}: choose "
            "another one, or change its resource in QGIS' settings."
        )
        raise AuthenticationError(message.format(id=authcfg, meant=meant, asked=asked))


def unlock(authcfg: str, raise_if_canceled: Callable[[], None]) -> None:
    """Have QGIS ask for its master password where it does not have it yet: `authcfg`, or the user's proxy, needs it.

    It must have it before anybody waits for an answer from the network, as QGIS asks on the main thread, which may be
    the one that waits. The user is asked once, however many threads want to know.

    Raises:
        AuthenticationError: the user does not tell it.
        CanceledError: as `raise_if_canceled` says.
    """
    authcfg = authcfg or str(QgsSettings().value("proxy/authcfg") or "")
    manager = QgsApplication.authManager()
    if not authcfg or manager.isDisabled() or manager.masterPasswordIsSet():
        return
    if QThread.currentThread() == QgsApplication.instance().thread():
        _unlocker().ask(is_wanted_now=True)
    else:
        _wait_for_the_main_thread(raise_if_canceled)
    if not manager.masterPasswordIsSet():
        message = tr(
            "The authentication configuration “{id}” cannot be used without the master password of QGIS' "
            "authentication: give it, and try again."
        )
        raise AuthenticationError(message.format(id=authcfg))


class _Unlocker(QObject):
    """Asks for the master password, on the main thread: elsewhere QGIS crashes when it opens the user's wallet."""

    def __init__(self) -> None:
        super().__init__()
        self.moveToThread(QgsApplication.instance().thread())
        self.refused_at = float("-inf")
        self._is_asking = False

    def has_rest(self) -> bool:
        """Whether the user has refused just now."""
        return time.monotonic() - self.refused_at < _REST_AFTER_REFUSAL

    @pyqtSlot()  # type: ignore[untyped-decorator]
    def ask(self, is_wanted_now: bool = False) -> None:
        """Ask, unless that is being done or has just been refused; `is_wanted_now` asks all the same."""
        manager = QgsApplication.authManager()
        if self._is_asking or manager.masterPasswordIsSet() or (self.has_rest() and not is_wanted_now):
            return
        self._is_asking = True
        try:
            if not manager.setMasterPassword(True):
                self.refused_at = time.monotonic()
        finally:
            self._is_asking = False


@cache
def _unlocker() -> _Unlocker:
    return _Unlocker()


def stop() -> None:
    """Forget the helper that asks for the master password; a later request makes another."""
    _unlocker.cache_clear()


def _wait_for_the_main_thread(raise_if_canceled: Callable[[], None]) -> None:
    unlocker, manager = _unlocker(), QgsApplication.authManager()
    QMetaObject.invokeMethod(unlocker, "ask", Qt.ConnectionType.QueuedConnection)
    deadline = time.monotonic() + _LONGEST_WAIT
    while not (manager.masterPasswordIsSet() or unlocker.has_rest() or time.monotonic() > deadline):
        raise_if_canceled()
        time.sleep(_POLL)


def renew(authcfg: str, status: int) -> bool:
    """Have credentials read or fetched anew at their next use, after a server has refused them.

    Returns whether it is worth asking again: HTTP 401 says nothing about a token, and a wrong password that is tried
    again and again locks an account.
    """

    def work() -> bool:
        manager = QgsApplication.authManager()
        if status == 401 and manager.configAuthMethodKey(authcfg) != _OAUTH2:
            return False
        manager.clearCachedConfig(authcfg)
        return True

    return _apart(work)


def _apart(work: Callable[[], _T]) -> _T:
    """Do what asks QGIS for credentials in a thread that ends with it, unless this is the main thread.

    QGIS opens its store of credentials once for every thread, and closes it when the thread ends. A thread that runs
    tasks ends after the store is gone when QGIS is left: QGIS 3.40 then crashes, seen with native stacks. A thread of
    its own costs 0.3 ms.
    """
    if QThread.currentThread() == QgsApplication.instance().thread():
        return work()
    with ThreadPoolExecutor(max_workers=1) as executor:
        return executor.submit(work).result()
