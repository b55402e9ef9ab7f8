"""Credentials in QGIS' store; the fixture `stored` takes them out again."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qgis.core import QgsApplication, QgsAuthMethodConfig

Store = Callable[[str, Mapping[str, str]], str]


def store_credentials(method: str, values: Mapping[str, str]) -> str:
    """Put credentials for a method (`Basic`, `EsriToken` …) into QGIS' store; return the id that they have there."""
    config = QgsAuthMethodConfig(method)
    config.setName("Test")
    config.setConfigMap(dict(values))
    is_stored, config = QgsApplication.authManager().storeAuthenticationConfig(config)
    assert is_stored
    return str(config.id())
