"""Credentials, and texts that only look like them."""

from __future__ import annotations

import pytest

from image_server_layer.plugin.service.errors import ImageServerLayerError, ServerError
from image_server_layer.plugin.service.redaction import redacted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://h/x?f=json&token=abc.-_123&y=1", "https://h/x?f=json&token=…&y=1"),
        ("https://h/x?TOKEN=abc", "https://h/x?TOKEN=…"),
        ("x?token%3Dabc%26y", "x?token%3D…"),
        ("#access_token=abc&expires_in=1", "#access_token=…&expires_in=1"),
        ("apikey=abc api_key=def", "apikey=… api_key=…"),
        ("password=k3y;user=me", "password=…;user=me"),
        ('{"token":"abc","password" : "def"}', '{"token":"…","password" : "…"}'),
        ("Authorization: Basic c3VydmV5b3I6azN5", "Authorization: Basic …"),
        ("X-Esri-Authorization: Bearer abcdefgh", "X-Esri-Authorization: Bearer …"),
        ("https://me:k3y@h/x", "https://h/x"),
        ("ftp://me:k@3y@h/x", "ftp://h/x"),
        ("https://h/x?mail=a@b", "https://h/x?mail=a@b"),
        ("Invalid token. Token required", "Invalid token. Token required"),
        ("Basic elevation", "Basic elevation"),
        ("https://h/arcgis/rest/services/X/ImageServer", "https://h/arcgis/rest/services/X/ImageServer"),
    ],
)
def test_only_the_values_of_credentials_are_taken_out(text: str, expected: str) -> None:
    assert redacted(text) == expected


def test_errors_hold_no_credentials() -> None:
    error = ServerError("See ?token=abc", "token=def", 400, "token=ghi")
    assert (str(error), error.message, error.details, error.words) == (
        "See ?token=…",
        "See ?token=…",
        "token=…",
        "token=…",
    )
    assert repr(ImageServerLayerError("token=abc")) == "ImageServerLayerError('token=…')"
