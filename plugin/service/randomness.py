"""Finds text that looks like a token by itself, without a name beside it: long, and of high entropy.

Names are made of words, years and numbers, tokens of random characters. So each pair of neighboring characters has a
weight: positive, for a name, if letters follow each other in words, or digits follow digits; negative, for a token,
between digits and letters, and for letters that hardly ever meet. Weights are logarithms of likelihood ratios. They
were tuned with some 250 names of public services and 45,000 names of QGIS and Python, of which one in a thousand is
taken for a token, and with random tokens, of which one in a hundred of 20 characters is missed, and one in a thousand
of 32.

Linear in the length of the text.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

# In characters: a shorter text is as likely to be a name.
_SHORTEST = 20
_SHORTEST_HEX = 32
# In characters: the longest part of a divided token has at least so many. A part with very few may be in either.
_SHORTEST_PART, _TOO_SHORT_TO_TELL = 12, 3

# A run of the characters of tokens, including base64 and percent signs; or a host, which is never a token.
_RUN = re.compile(r"://[^/\s?#\"'<>]*|[A-Za-z0-9_+~%./=-]+")
_ESCAPE = r"%(?:25){0,2}[0-9a-f]{2}"
_PIECE = re.compile(rf"(?P<joint>{_ESCAPE}|[./=])|[a-z0-9_+~-]+|%", re.IGNORECASE)
_ONE_JOINT = re.compile(rf"{_ESCAPE}|[./=]", re.IGNORECASE)
_ONE_PLUS = re.compile(r"%(?:25){0,2}2b", re.IGNORECASE)
_OF_BASE64 = re.compile(rf"(?:{_ONE_PLUS.pattern}|%(?:25){{0,2}}2f|/){{1,4}}", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}([-_])[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}", re.IGNORECASE)
_HEX = re.compile(rf"(?<![a-z0-9])[0-9a-f]{{{_SHORTEST_HEX},}}(?![a-z0-9])", re.IGNORECASE)
# The beginning of JSON in base64, such as of a JSON Web Token.
_JSON_IN_BASE64 = "eyJ"

# Ids of portal items look like tokens, but are public: they stay where they are expected.
_LENGTH_OF_ITEM, _LONGEST_BEFORE_ITEM = 32, 16
_ITEM = re.compile(rf"[0-9a-f]{{{_LENGTH_OF_ITEM}}}", re.IGNORECASE)
_BEFORE_ITEM = re.compile(
    r"(?:\bitems?(?:/|%2f)|(?:[?&#]|%3f|%26)(?:id|itemid|webmap|webscene|layers)(?:=|%3d))\Z", re.IGNORECASE
)
_QUOTES = "“”„\"' \t\n"

# Each letter with those that often follow it, in English, German and the names of services.
_FOLLOWERS = """
abcdgiklmnprstuy baei caeghkmot dadeiors eabcdefghilmnprstvwx feior geilrst haeilnort iacdeglmnoprstx je kaet
lacdeilostuy maeiop nacdegilnostuz obcdflmnoprstuvw paeilorst qg racdegilmnorstuvy sacdehikopstu taehimorstuy ueglmnrst
vaeio waehio ye zeu
"""
_COMMON = frozenset(f"{group[0]}{second}" for group in _FOLLOWERS.split() for second in group[1:])

_OF_WORDS, _OF_NO_WORD, _OF_NUMBERS, _CHANGE, _HUMP, _BESIDE_MARK = 0.8, -1.3, 1.0, -0.7, -0.3, 0.4
# A text is a token if its weight is below the first of these; without digits, below the second for each character. A
# stretch of a longer text must be below the third.
_TOKEN, _TOKEN_OF_LETTERS, _TOKEN_WITHIN = -2.0, -0.2, -7.0
# The same for the longest part of a divided token, for each character.
_PART = -0.1
# In bits for each character: a text below this repeats a few characters.
_LOWEST_ENTROPY = 3.0
_LOWEST_ENTROPY_OF_HEX = 2.5


@dataclass(frozen=True)
class _Part:
    """A part of a run between two joints. Its weight is above 0 for a name, and below 0 for a token."""

    start: int
    end: int
    text: str
    joint: str
    """What stands between it and the part before."""
    weight: float
    is_token: bool

    @property
    def is_strange(self) -> bool:
        return self.is_token or self.weight < 0 or len(self.text) <= _TOO_SHORT_TO_TELL

    @property
    def is_joined(self) -> bool:
        return _ONE_JOINT.fullmatch(self.joint) is not None

    @property
    def is_after_mark(self) -> bool:
        return _OF_BASE64.fullmatch(self.joint) is not None


def random_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where tokens begin and end in a text, in order, without overlaps."""
    for run in _RUN.finditer(text):
        if run.end() - run.start() >= _SHORTEST and not run.group().startswith("://"):
            yield from _in_run(text, run.start(), run.end())


def _in_run(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    parts: list[_Part] = []
    last = start
    for found in _PIECE.finditer(text, start, end):
        if not found["joint"]:
            parts.append(_part(text, found.start(), found.end(), text[last : found.start()]))
            last = found.end()
    hidden = _tokens(parts)
    _spread(parts, hidden, text[start:end])
    for is_hidden, group in groupby(zip(hidden, parts), key=lambda pair: pair[0]):
        if is_hidden:
            members = [part for _, part in group]
            yield members[0].start, members[-1].end


def _tokens(parts: list[_Part]) -> list[bool]:
    """Return which parts are tokens, either alone or together with other strange parts beside them."""
    hidden = [part.is_token for part in parts]
    first = 0
    for index in range(len(parts) + 1):
        # Several marks between parts, such as the slashes after a scheme, separate different things.
        if index < len(parts) and parts[index].is_strange and (index == first or parts[index].is_joined):
            continue
        if _is_divided_token(parts[first:index]):
            # Short parts at the ends are not counted in.
            strange = [place for place in range(first, index) if len(parts[place].text) > _TOO_SHORT_TO_TELL]
            hidden[strange[0] : strange[-1] + 1] = [True] * (strange[-1] + 1 - strange[0])
        first = index if index < len(parts) and parts[index].is_strange else index + 1
    return hidden


def _is_divided_token(chain: list[_Part]) -> bool:
    if len(chain) < 2:
        return False
    has_long_part = any(len(part.text) >= _SHORTEST_PART and part.weight < _PART * len(part.text) for part in chain)
    has_token = any(part.is_token for part in chain)
    whole = "".join(part.text for part in chain)
    return has_token or (has_long_part and _is_token(whole, sum(part.weight for part in chain)))


def _spread(parts: list[_Part], hidden: list[bool], run: str) -> None:
    """Hide parts of a token that look like words: the rest of a JSON Web Token, and pieces of base64."""
    # Slashes divide the names of a path, but may be a part of base64 elsewhere.
    has_marks = run.endswith("=") or any(
        "+" in part.text or _ONE_PLUS.fullmatch(part.joint) for part, is_token in zip(parts, hidden) if is_token
    )
    is_base64 = has_marks and not run.startswith("/")
    is_json_token = False
    for index in range(1, len(parts)):
        before, part = parts[index - 1], parts[index]
        is_json_token = is_json_token if part.joint == "." else False
        is_json_token = is_json_token or before.text.startswith(_JSON_IN_BASE64)
        if hidden[index - 1] and ((is_json_token and part.joint == ".") or (is_base64 and part.is_after_mark)):
            hidden[index] = True
    if is_base64:
        for index in range(len(parts) - 1, 0, -1):
            hidden[index - 1] = hidden[index - 1] or (hidden[index] and parts[index].is_after_mark)


def _part(text: str, start: int, end: int, joint: str) -> _Part:
    plain = _UUID.sub("-", text[start:end])
    if _is_item(text, start, end):
        plain = ""
    total, lowest = _weights(plain)
    is_token = (
        _is_token(plain, total)
        or (lowest < _TOKEN_WITHIN and _is_token(plain, lowest))
        or (plain.startswith(_JSON_IN_BASE64) and len(plain) >= _SHORTEST)
        or any(_is_mixed(found.group()) for found in _HEX.finditer(plain))
    )
    return _Part(start, end, plain, joint, total, is_token)


def _weights(text: str) -> tuple[float, float]:
    """Return the weight of all pairs, and the lowest weight of a stretch that is long enough for a token."""
    total = stretch = lowest = 0.0
    length = 0
    for first, second in zip(text, text[1:]):
        weight = _weight(first, second)
        total += weight
        if stretch + weight < weight:
            stretch, length = stretch + weight, length + 1
        else:
            stretch, length = weight, 1
        if length + 1 >= _SHORTEST:
            lowest = min(lowest, stretch)
    return total, lowest


def _weight(first: str, second: str) -> float:
    if not (first.isalnum() and second.isalnum()):
        return _BESIDE_MARK
    if first.isdigit() and second.isdigit():
        return _OF_NUMBERS
    if first.isdigit() or second.isdigit():
        return _CHANGE
    if first.islower() and second.isupper():
        return _HUMP
    return _OF_WORDS if f"{first}{second}".lower() in _COMMON else _OF_NO_WORD


def _is_token(text: str, weight: float) -> bool:
    if len(text) < _SHORTEST or weight >= _TOKEN or _entropy(text) < _LOWEST_ENTROPY:
        return False
    has_digits = any(character.isdigit() for character in text)
    return has_digits or weight < _TOKEN_OF_LETTERS * len(text)


def _is_mixed(text: str) -> bool:
    """Whether hexadecimal digits look random: unlike plain numbers, and unlike repeated zeros."""
    digits = sum(character.isdigit() for character in text)
    return 0 < digits < len(text) and _entropy(text) >= _LOWEST_ENTROPY_OF_HEX


def _is_item(text: str, start: int, end: int) -> bool:
    """Whether a part is the id of a portal item: it is where such ids are expected, or is all of the text."""
    if _ITEM.fullmatch(text, start, end) is None:
        return False
    before, after = text[max(0, start - _LONGEST_BEFORE_ITEM) : start], text[end : end + 1]
    is_quoted = before.endswith("“") and after == "”"
    return is_quoted or _BEFORE_ITEM.search(before) is not None or len(text.strip(_QUOTES)) == _LENGTH_OF_ITEM


def _entropy(text: str) -> float:
    """Return Shannon's entropy of the characters, in bits for each."""
    length = len(text)
    return -sum(count / length * math.log2(count / length) for count in Counter(text).values())
