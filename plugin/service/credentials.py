"""Credentials that QGIS keeps: laid over a request, on the thread of whoever asks."""

from __future__ import annotations

import threading
import time

from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtCore import QThread
from qgis.PyQt.QtNetwork import QNetworkRequest

from ..translation import tr
from .errors import AuthenticationError

# A method that renews its token itself, once it is told to forget the one it has.
_OAUTH2 = "OAuth2"

# In seconds: whoever has just refused the master password is not asked again for every picture of a map.
_REST_AFTER_REFUSAL = 60.0

_unlocking = threading.Lock()


class _Refusal:
    """When the user last did not tell the master password."""

    moment = float("-inf")


def with_credentials(request: QNetworkRequest, authcfg: str) -> QNetworkRequest:
    """Return the request with the credentials of an authentication configuration.

    Neither the reply nor the proxy is handed to QGIS' authentication: for a reply it would wait until a sign-in that is
    under way elsewhere has ended, and the proxy would get what is meant for the service.

    Raises:
        AuthenticationError: there is no such configuration, it cannot be used, or its store stays locked.
    """
    unlock(authcfg)
    is_usable, prepared = QgsApplication.authManager().updateNetworkRequest(request, authcfg)
    if not is_usable:
        message = tr("The authentication configuration “{id}” cannot be used: check it in QGIS' settings.")
        raise AuthenticationError(message.format(id=authcfg))
    return prepared


def unlock(authcfg: str) -> None:
    """Have QGIS ask for its master password, where it does not have it yet.

    It must have it before anybody waits for an answer from the network: QGIS asks on the main thread, which may be the
    one that waits. The user is asked once, however many threads want to know.

    Raises:
        AuthenticationError: the user does not tell it.
    """
    manager = QgsApplication.authManager()
    if manager.isDisabled() or manager.masterPasswordIsSet():
        return
    is_main = QThread.currentThread() == QgsApplication.instance().thread()
    # The main thread must not wait for one that waits for it: QGIS lets only one of them ask.
    if not _unlocking.acquire(blocking=not is_main):
        raise _locked(authcfg)
    try:
        if manager.masterPasswordIsSet():
            return
        if not is_main and time.monotonic() - _Refusal.moment < _REST_AFTER_REFUSAL:
            raise _locked(authcfg)
        if not manager.setMasterPassword(True):
            _Refusal.moment = time.monotonic()
            raise _locked(authcfg)
    finally:
        _unlocking.release()


def unlock_for_proxy() -> None:
    """Do the same where the credentials of the user's proxy are in QGIS' store."""
    authcfg = str(QgsSettings().value("proxy/authcfg") or "")
    if authcfg:
        unlock(authcfg)


def renew(authcfg: str, status: int) -> bool:
    """Have credentials read or fetched anew at their next use, after a server has refused them.

    Returns whether it is worth asking again: HTTP 401 says nothing about a token, and a wrong password that is tried
    again and again locks an account.
    """
    manager = QgsApplication.authManager()
    if status == 401 and manager.configAuthMethodKey(authcfg) != _OAUTH2:
        return False
    manager.clearCachedConfig(authcfg)
    return True


def _locked(authcfg: str) -> AuthenticationError:
    message = tr(
        "The authentication configuration “{id}” cannot be used without the master password of QGIS' authentication: "
        "give it, and try again."
    )
    return AuthenticationError(message.format(id=authcfg))
