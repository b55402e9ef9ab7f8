"""What the fuzz run makes its inputs of: words of each format, put together rightly, wrongly, and far too often."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

CORPUS = Path(__file__).with_name("corpus")

_CHARACTERS = st.one_of(
    st.characters(),
    st.sampled_from("\x00\x01\x08\x0b\x1f\x7f\x85\u2028\u202e\u200b\ufeff\ufffe\uffff\ud800\udfff<>&\"'%\\/;=?#@:\r\n"),
)
ANY_TEXT = st.text(_CHARACTERS, max_size=60)

ADDRESS_WORDS = (
    "http://", "https://", "HTTPS://", "file:///", "ftp://", "data:", "javascript:", "//", "\\\\host\\share\\", "C:\\",
    "host", "127.0.0.1", "[::1]", "[", "]", "user:pass@", "@", ":", ":80", ":99999", ":٣", "/", "/arcgis", "/rest",
    "/services", "/Folder", "/Name", "/ImageServer", "/imageserver", "/MapServer", "/0", "/99999999999", "?", "&", "=",
    "#", "token=s3cr3t", "tok%65n=s3cr3t", "f=json", "%", "%2", "%00", "%0d%0a", "%ff", "%F0%9F", "..", ".ags", ".sde",
    "\\Name.ImageServer", "home/item.html", "id=", "sharing/rest/content/items/", "0123456789abcdef" * 2, "ß", "ı",
    "xn--",
    " ", "\t", "\n", "“", "”", "\x00", "\ud800", "My server",
)  # fmt: skip
"""Parts of addresses; `My server` is the name of a saved connection."""

MARKUP_WORDS = (
    "<p>", "</p>", "<br/>", "<a ", "<a <a", "<!--", "-->", "<!", "<![", "<![CDATA[", "]]>", "<?", "?>", "</", "<",
    ">", "&",
    "&amp;", "&#", "&#999999;", "&#99999999999999;", "&#x110000;", "&#xd800;", "&#0;", "&#1;", "&nbsp", "<script>",
    "</script>", "<style", "<title>", "<img src=x onerror=y>", "\"", "'", "=", "\x00", "\x1b[31m", "\u202e", "text",
)  # fmt: skip

SECRET_WORDS = (
    "token", "=", "%3d", "%253D", "?", "&", "#", ";", "\"", "'", ":", " ", "{", "}", "s3cr3t", "sig", "key",
    "api-key", "ticket",
    "pwd", "tok%65n", "/token/", "https://", "user", "@", "Bearer ", "Authorization: Basic ", "%", "%6", "\n", "…",
)  # fmt: skip


def words(known: tuple[str, ...], longest: int = 14) -> st.SearchStrategy[str]:
    """Return texts that are made of known words and of anything."""
    return st.lists(st.one_of(st.sampled_from(known), ANY_TEXT), max_size=longest).map("".join)


NUMBERS: st.SearchStrategy[Any] = st.one_of(
    st.integers(),
    st.floats(),
    st.sampled_from([0, -1, 1, 2**31, 2**63, 10**30, 1e308, 5e-324, "1", "-1", "1,5", "NaN", "1e999", "", "٣", "1_0"]),
)
SCALARS: st.SearchStrategy[Any] = st.one_of(st.none(), st.booleans(), NUMBERS, ANY_TEXT)
ANY_JSON: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(ANY_TEXT, inner, max_size=4)),
    max_leaves=10,
)


def changed(document: dict[str, Any], depth: int = 3) -> st.SearchStrategy[Any]:
    """Return documents like `document`, of which some parts are something else, are missing, or stand there twice."""
    return st.fixed_dictionaries(
        {}, optional={key: _changed_value(value, depth) for key, value in document.items()}
    ) | st.fixed_dictionaries({key: _changed_value(value, depth) for key, value in document.items()})


def _changed_value(value: Any, depth: int) -> st.SearchStrategy[Any]:
    # Mostly as it was, so that what is behind it is reached too.
    choices: list[st.SearchStrategy[Any]] = [st.just(value)] * 4 + [SCALARS, ANY_JSON]
    if isinstance(value, dict) and depth:
        choices += [changed(value, depth - 1)] * 3
    if isinstance(value, list) and value and depth:
        choices += [st.lists(_changed_value(value[0], depth - 1), max_size=5)] * 3
    return st.one_of(choices)


def json_bytes(documents: st.SearchStrategy[Any]) -> st.SearchStrategy[bytes]:
    """Return the bytes of JSON: whole, cut, with bytes changed, in other encodings, and what is none at all."""
    whole = documents.map(lambda document: json.dumps(document).encode())
    encodings = st.sampled_from(["utf-8-sig", "utf-16", "utf-32", "latin-1"])
    return st.one_of(
        whole,
        whole,
        st.builds(lambda content, share: content[: int(len(content) * share)], whole, st.floats(0, 1)),
        st.builds(_spliced, whole, st.binary(max_size=6), st.floats(0, 1)),
        st.builds(lambda document, encoding: json.dumps(document).encode(encoding), documents, encodings),
        st.binary(max_size=80),
    )


def _spliced(content: bytes, piece: bytes, share: float) -> bytes:
    at = int(len(content) * share)
    return content[:at] + piece + content[at + len(piece) :]


def corpus(name: str) -> list[Any]:
    """Return the inputs of a target that are tried in every run: those that once went wrong, and old acquaintances."""
    file = CORPUS / f"{name}.json"
    items: list[Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    return items
