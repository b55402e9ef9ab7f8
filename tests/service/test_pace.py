"""The pace of requests follows the server: half of them when it refuses, one less when it slows down, then one more."""

from __future__ import annotations

import pytest

from image_server_layer.plugin.service.pace import AdaptivePace


def answered(pace: AdaptivePace, count: int, status: int = 200, seconds: float = 0.2) -> None:
    for _ in range(count):
        pace.answered(status, seconds, 10)


def test_a_quick_server_gets_as_many_as_there_may_be() -> None:
    pace = AdaptivePace(4, 6)
    assert (pace.limit, pace.at_a_time) == (4, 4)
    answered(pace, 100)
    assert (pace.limit, pace.at_a_time, pace.received) == (6, 8, 1000)


@pytest.mark.parametrize("status", [429, 503, 504])
def test_a_refusal_halves_it_once_for_all_that_were_under_way(status: int) -> None:
    pace = AdaptivePace(4, 6)
    answered(pace, 4, status)
    assert pace.limit == 2
    answered(pace, 2, status)
    assert pace.limit == 1
    answered(pace, 20, status)
    assert pace.at_a_time == 1


def test_a_slow_server_gets_less_and_more_again_when_it_is_quick() -> None:
    pace = AdaptivePace(4, 4)
    answered(pace, 10, seconds=0.5)
    answered(pace, 30, seconds=5.0)
    assert pace.limit == 1
    answered(pace, 60, seconds=0.5)
    assert pace.limit == 4


@pytest.mark.parametrize(("status", "seconds"), [(0, 9.0), (404, 0.2), (200, 0.9)])
def test_other_failures_and_answers_within_a_second_change_nothing(status: int, seconds: float) -> None:
    pace = AdaptivePace(4, 4)
    answered(pace, 3, seconds=0.01)
    answered(pace, 50, status, seconds)
    assert pace.limit == 4
