"""JSON as it goes out, and how much of it is read, and how; what is read is tested with what it means."""

from __future__ import annotations

import gc
import json
import math
from collections.abc import Iterator

import pytest

from image_server_layer.plugin.service.json_values import (
    LONGEST_JSON,
    MOST_VALUES,
    compact_json,
    is_too_much,
    load,
    whole_number,
)

# Of so many bytes, JSON is read another way: with pauses.
LONG = 256 * 2**10


@pytest.fixture
def collecting() -> Iterator[None]:
    """See to it that Python looks for garbage, whatever a test has left."""
    gc.enable()
    yield
    gc.enable()


def test_json_goes_out_without_blanks_in_ascii_and_in_its_own_order() -> None:
    assert compact_json({"b": [1, 2.5, None], "a": 'é " \\'}) == '{"b":[1,2.5,null],"a":"\\u00e9 \\" \\\\"}'
    assert compact_json({"a": "é"}, ensure_ascii=False) == '{"a":"é"}'


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_json_does_not_have_is_not_written(value: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        compact_json({"a": value})


@pytest.mark.parametrize(
    "too_much",
    [
        b"[" + b" " * (LONGEST_JSON - 1) + b"]",
        b"[" + b"[]," * 200_000 + b"1]",
        b"[" + b"1," * MOST_VALUES + b"1]",
        b"[" + b'"a":' * 200_001 + b"1]",
    ],
    ids=["bytes", "lists", "values", "names"],
)
def test_more_than_may_be_read_is_not_begun_with(too_much: bytes) -> None:
    assert is_too_much(too_much)
    # What it is in detail is not looked at: the last is no JSON at all.
    with pytest.raises(ValueError, match=r"^JSON is too long$"):
        load(too_much)


@pytest.mark.parametrize(
    "as_much",
    [
        b"[" + b" " * (LONGEST_JSON - 2) + b"]",
        b"[" + b"[]," * 199_998 + b"[]]",
        b"[" + b"1," * (MOST_VALUES - 1) + b"1]",
        b"[" + b'{"a":1,"b":2},' * 99_999 + b'{"a":1,"b":2}]',
    ],
    ids=["bytes", "lists", "values", "names"],
)
def test_as_much_as_may_be_read_is_not_too_much(as_much: bytes) -> None:
    assert not is_too_much(as_much)


@pytest.mark.parametrize("length", [100_000, LONG + 1], ids=["short", "long"])
def test_what_is_nested_beyond_reason_is_no_json(length: int) -> None:
    with pytest.raises(ValueError, match=r"^JSON is nested too deeply$"):
        load(b"[" * 100_000 + b" " * (length - 100_000))


@pytest.mark.parametrize("rest", [0, LONG], ids=["short", "long"])
def test_a_number_of_any_length_is_no_json(rest: int) -> None:
    """It would hold up QGIS for minutes: what Python takes grows with the square of the digits."""
    assert load(b"[-" + b"9" * 399 + b"]" + b" " * rest) == [-(10**399 - 1)]
    with pytest.raises(ValueError, match="too many digits"):
        load(b"[" + b"9" * 401 + b"]" + b" " * rest)
    with pytest.raises(ValueError, match="too many digits"):
        json.loads("9" * 401, parse_int=whole_number)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
@pytest.mark.parametrize("stray", ["é", "漢", "\N{ROCKET}"])
def test_a_letter_that_lies_on_the_edge_of_two_pieces_stays_whole(mark: bytes, stray: str) -> None:
    begin = mark + b'{"a":"'
    for back in range(1, len(stray.encode())):
        filler = "x" * (LONG - back - len(begin))
        content = begin + f'{filler}{stray}","b":[1,2.5,null]}}'.encode()
        assert load(content) == {"a": f"{filler}{stray}", "b": [1, 2.5, None]}


def test_long_json_is_read_as_short_json_is() -> None:
    texts = [f"text {number}" for number in range(60_000)]
    values = [{"id": number, "x": number / 3, "none": None, "all": [True, -number]} for number in range(9_000)]
    for value in (texts, values):
        content = json.dumps(value).encode()
        assert len(content) > LONG
        assert load(content) == value
    broken = b"[" + b"1," * LONG + b"]"
    with pytest.raises(json.JSONDecodeError):
        load(broken)


@pytest.mark.usefixtures("collecting")
@pytest.mark.parametrize(
    "content",
    [b"[1," + b" " * LONG + b"2]", b"[1," + b" " * LONG, b"[" * 100_000 + b" " * LONG],
    ids=["read", "broken", "too deep"],
)
def test_python_looks_for_garbage_again_after_json_was_read_and_where_it_could_not_be(content: bytes) -> None:
    try:
        load(content)
    except ValueError:
        assert b"2" not in content
    assert gc.isenabled()
    gc.disable()
    try:
        load(content)
    except ValueError:
        assert b"2" not in content
    # Who has switched it off wants it so.
    assert not gc.isenabled()
