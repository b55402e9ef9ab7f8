"""Whether to talk to a server whose certificate QGIS does not trust by itself."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsApplication, QgsAuthCertUtils
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QSslCertificate, QSslError


def trusts(url: QUrl, certificate: QSslCertificate, errors: Sequence[QSslError]) -> bool:
    """Whether the user has told QGIS to ignore every one of `errors` for this server and its certificate.

    That is what an exception in Settings ▸ Options ▸ Authentication ▸ Servers says.
    """
    server = f"{url.host()}:{url.port(443)}"
    exception = QgsApplication.authManager().sslCertCustomConfig(QgsAuthCertUtils.shaHexForCert(certificate), server)
    # There are none where there is no exception.
    ignored = exception.sslIgnoredErrorEnums()
    return all(error.error() in ignored for error in errors)
