"""Credentials, and texts that only look like them."""

from __future__ import annotations

import random
import time
from urllib.parse import quote, unquote

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
        ("?sig=abc%2F=&x=1", "?sig=…&x=1"),
        ("https://h/x?key=abc", "https://h/x?key=…"),
        ("?api-key=abc&apikey=d&api_key=e&X-Api-Key=f", "?api-key=…&apikey=…&api_key=…&X-Api-Key=…"),
        ("?subscription-key=abc", "?subscription-key=…"),
        ("?ticket=abc&pwd=d&passwd=e", "?ticket=…&pwd=…&passwd=…"),
        ("?pass=abc&passphrase=d", "?pass=…&passphrase=…"),
        ("?AWSAccessKey=abc&access-key=d", "?AWSAccessKey=…&access-key=…"),
        ("?tok%65n=abc&tok%2565n=d", "?tok%65n=…&tok%2565n=…"),
        ("?a%3D1%26token%3Dabc%26b%3D2", "?a%3D1%26token%3D…"),
        ("u=https%253A%252F%252Fh%252Fx%253Ftoken%253Dabc", "u=https%253A%252F%252Fh%252Fx%253Ftoken%253D…"),
        ("refresh_token=abc&id_token=d", "refresh_token=…&id_token=…"),
        ("https://h/token/abc123/rest", "https://h/token/…/rest"),
        ("h%2Ftoken%2Fabc123%2Frest", "h%2Ftoken%2F…%2Frest"),
        ("https%3A%2F%2Fme:k3y@h", "https%3A%2F%2Fh"),
        ("{'token': 'abc', 'x': 'y'}", "{'token': '…', 'x': 'y'}"),
        ('{"token": 12345}', '{"token": …'),
        ("Bearer abcdefgh, please", "Bearer …, please"),
        # Names of columns, words of everyday language, and places that only look like secrets.
        ("“Key=5 AND Name='x'” is refused", "“Key=5 AND Name='x'” is refused"),
        ("monkey=1&keyboard=2&design=3&bypass=4", "monkey=1&keyboard=2&design=3&bypass=4"),
        ("https://h/arcgis/tokens/generateToken?f=json", "https://h/arcgis/tokens/generateToken?f=json"),
        ("Name = 'token'", "Name = 'token'"),
        ("https://h/x?mail=a@b", "https://h/x?mail=a@b"),
        ("Invalid token. Token required", "Invalid token. Token required"),
        ("Basic elevation", "Basic elevation"),
        ("https://h/arcgis/rest/services/X/ImageServer", "https://h/arcgis/rest/services/X/ImageServer"),
    ],
)
def test_only_the_values_of_credentials_are_taken_out(text: str, expected: str) -> None:
    assert redacted(text) == expected


SECRET_NAMES = (
    "token",
    "access_token",
    "sig",
    "key",
    "api-key",
    "apikey",
    "ticket",
    "pwd",
    "password",
    "client_secret",
    "X-Amz-Signature",
    "agsToken",
)


def test_no_spelling_in_no_place_lets_a_secret_through() -> None:
    chance = random.Random(7)  # noqa: S311
    secret = "Zq3-_.~vB9x0"  # noqa: S105
    for _ in range(3000):
        name = chance.choice(SECRET_NAMES)
        name = "".join(chance.choice((character.lower(), character.upper())) for character in name)
        if chance.random() < 0.3:
            spot = chance.randrange(len(name))
            name = f"{name[:spot]}%{ord(name[spot]):02x}{name[spot + 1 :]}"
        others = [f"{chance.choice('abcxyz')}={chance.randrange(1000)}" for _ in range(chance.randrange(4))]
        parts = [*others, f"{name}={secret}"]
        chance.shuffle(parts)
        query = "&".join(parts)
        if chance.random() < 0.3:
            query = quote(query, safe="")
        text = f"{chance.choice(('See ', '', 'Error at '))}https://h.example/a/b?{query}"
        shown = redacted(text)
        assert secret not in unquote(shown), text
        assert shown.startswith(text.partition("?")[0])
        assert redacted(shown) == shown


@pytest.mark.parametrize(
    "piece",
    ["a", "token=", "://", "a://", "%3d", "key%3D", '"', '" : ', "=", "Bearer ", "/token/", "a@", "%", "é", "&="],
)
def test_the_time_grows_with_the_length_only(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        started = time.perf_counter()
        redacted(text)
        return time.perf_counter() - started

    # A quadratic expression took 10 s for 30 kB.
    assert min(seconds(30_000) for _ in range(3)) < 2


def test_errors_hold_no_credentials() -> None:
    error = ServerError("See ?token=abc", "token=def", 400, "token=ghi")
    assert (str(error), error.message, error.details, error.words) == (
        "See ?token=…",
        "See ?token=…",
        "token=…",
        "token=…",
    )
    assert repr(ImageServerLayerError("token=abc")) == "ImageServerLayerError('token=…')"
