"""Whether to talk to a server whose certificate QGIS does not trust by itself."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsApplication, QgsAuthCertUtils
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QSslCertificate, QSslError


def trusts(url: QUrl, certificate: QSslCertificate, errors: Sequence[QSslError]) -> bool:
    """Whether the user has an exception for this server, its certificate, and every one of `errors`.

    Exceptions are in Settings ▸ Options ▸ Authentication ▸ Servers.
    """
    server = f"{url.host()}:{url.port(443)}"
    exception = QgsApplication.authManager().sslCertCustomConfig(QgsAuthCertUtils.shaHexForCert(certificate), server)
    # There are none where there is no exception.
    ignored = exception.sslIgnoredErrorEnums()
    return all(error.error() in ignored for error in errors)
