"""Which failures are asked again, how often, and after how long."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from image_server_layer.plugin.service.retries import LONGEST_PAUSE, Attempts, parse_retry_after

NOON = datetime(2026, 3, 1, 12, 0, 0, tzinfo=timezone.utc)


def test_a_question_is_asked_three_times_with_growing_pauses() -> None:
    attempts = Attempts()
    first, second, third = (attempts.pause_after(is_late=False, retry_after=None) for _ in range(3))
    assert first is not None
    assert second is not None
    assert 0 < first < second < LONGEST_PAUSE
    assert third is None


def test_a_timeout_is_asked_again_once() -> None:
    attempts = Attempts()
    assert attempts.pause_after(is_late=True, retry_after=None) is not None
    assert attempts.pause_after(is_late=True, retry_after=None) is None


def test_the_server_may_ask_for_a_longer_pause_but_not_for_too_long_a_one() -> None:
    assert Attempts().pause_after(is_late=False, retry_after=7.0) == 7.0
    assert Attempts().pause_after(is_late=False, retry_after=0.0) == Attempts().pause_after(
        is_late=False, retry_after=None
    )
    assert Attempts().pause_after(is_late=False, retry_after=LONGEST_PAUSE + 1) is None


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("", None),
        ("3", 3.0),
        (" 120 ", 120.0),
        ("Sun, 01 Mar 2026 12:00:30 GMT", 30.0),
        ("Sunday, 01-Mar-26 12:00:30 GMT", 30.0),
        ("Sun, 01 Mar 2026 13:00:30 +0100", 30.0),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("9" * 4000, 999999999.0),
        ("²", None),
        ("Sun, 99 Mar 2026 12:00:30 GMT", None),
        ("Sun, 01 Mar 99999999999 12:00:30 GMT", None),
    ],
)
def test_the_header_is_seconds_or_a_date_or_nothing(header: str, seconds: float | None) -> None:
    assert parse_retry_after(header, NOON) == seconds
