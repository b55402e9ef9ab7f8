"""Keep credentials out of everything a person or a file may see. Linear in the length of the text, whatever it is."""

from __future__ import annotations

import re
import string
from urllib.parse import unquote

from .randomness import random_spans

# What separates a name from its value: in a query or form, also encoded once or twice, and in JSON.
_SEPARATOR = re.compile(r"=|%(?:25)?3d|[\"']\s{0,8}:\s{0,8}[\"']?", re.IGNORECASE)
_NAME_CHARACTERS = string.ascii_letters + string.digits + "_.%-"
_LONGEST_NAME = 48
_VALUE = re.compile(r"[^&\s\"'<>#;]+")

# Names are compared in lower case, decoded, and without these.
_JOINTS = re.compile(r"[-_.]")
_PARTS = re.compile(r"[?&#;=/]")
_SECRET_ENDINGS = (
    "token",
    "apikey",
    "accesskey",
    "subscriptionkey",
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "secret",
    "signature",
    "ticket",
)
_SECRET_NAMES = ("sig", "pass")
# "Key" is also an everyday word and a common column name, so it marks a secret only in an address.
_KEY = "key"
_ADDRESS_MARKS = ("", "?", "&", "#", ";")

_PATHS = re.compile(r"((?:/|%2f)token(?:/|%2f))[^/\s?#&\"'<>%]+", re.IGNORECASE)
_HEADERS = re.compile(r"((?:\bBearer|\bAuthorization\W{1,3}Basic)\s{1,8})[A-Za-z0-9._~+/=-]{6,}", re.IGNORECASE)
_USER_INFO = re.compile(r"((?:://|%3a%2f%2f))[^/\s?#]{1,512}@", re.IGNORECASE)


def redacted(text: str) -> str:
    """Return `text` with the values of tokens, keys and passwords, and what looks like one, replaced by three dots."""
    text = _PATHS.sub(r"\1…", _without_values(text))
    text = _HEADERS.sub(r"\1…", text)
    return _without_random(_USER_INFO.sub(r"\1", text))


def harmless(text: str) -> str:
    """Return a text that may be kept in a file, such as a Referer: nothing in place of one that holds a secret."""
    return text if redacted(text) == text else ""


def is_secret_name(name: str, mark: str = "?") -> bool:
    """Whether a parameter of this name holds a secret; `mark` is the character before it, empty at the beginning."""
    parts = _PARTS.split(unquote(unquote(name)))
    plain = _JOINTS.sub("", parts[-1]).lower()
    if plain == _KEY:
        return mark in _ADDRESS_MARKS or len(parts) > 1
    return plain.endswith(_SECRET_ENDINGS) or plain in _SECRET_NAMES


def _without_random(text: str) -> str:
    kept: list[str] = []
    done = 0
    for start, end in random_spans(text):
        kept += [text[done:start], "…"]
        done = end
    return "".join([*kept, text[done:]])


def _without_values(text: str) -> str:
    kept: list[str] = []
    done = 0
    for separator in _SEPARATOR.finditer(text):
        if separator.start() < done:
            continue
        first = max(separator.start() - _LONGEST_NAME, done)
        before = text[first : separator.start()]
        name = before[len(before.rstrip(_NAME_CHARACTERS)) :]
        start = separator.start() - len(name)
        if not name or not is_secret_name(name, text[start - 1 : start] if start else ""):
            continue
        value = _VALUE.match(text, separator.end())
        if value is not None:
            kept += [text[done : separator.end()], "…"]
            done = value.end()
    return "".join([*kept, text[done:]])
