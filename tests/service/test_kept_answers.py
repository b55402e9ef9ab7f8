"""What is kept of what services say: bounded in count, bytes and time, forgotten on purpose, and never another's."""

from __future__ import annotations

from image_server_layer.plugin.service.kept_answers import AnswerKey, KeptAnswers

URL, OTHER = "https://a.example/ImageServer", "https://b.example/ImageServer"


class Clock:
    """Seconds that pass when a test says so."""

    seconds = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.seconds


def key(url: str = URL, authcfg: str = "", query: str = "f=json") -> AnswerKey:
    """Return the key of an answer."""
    return AnswerKey(url, (authcfg, ""), "", query)


def test_an_answer_is_told_again_until_it_is_old() -> None:
    clock = Clock()
    store = KeptAnswers(most_seconds=60, clock=clock)
    store.add(key(), "first", 10, store.generation)
    clock.seconds = 59.0
    assert store.find(key()) == "first"
    # Being told does not make it younger.
    clock.seconds = 60.0
    assert store.find(key()) is None
    assert store.size == (0, 0)


def test_what_a_session_keeps_is_told_for_a_quarter_of_an_hour() -> None:
    clock = Clock()
    store = KeptAnswers(clock=clock)
    store.add(key(), "first", 10, store.generation)
    clock.seconds = 15 * 60 - 1.0
    assert store.find(key()) == "first"
    clock.seconds = 15 * 60.0
    assert store.find(key()) is None


def test_what_is_under_way_when_everything_is_forgotten_is_not_kept() -> None:
    store = KeptAnswers()
    began = store.generation
    store.clear()
    store.add(key(), "of before", 10, began)
    assert store.find(key()) is None


def test_it_is_told_to_nobody_with_other_credentials() -> None:
    store = KeptAnswers()
    store.add(key(authcfg="abc1234"), "secret", 10, store.generation)
    assert store.find(key()) is None
    assert store.find(key(authcfg="xyz1234")) is None
    assert store.find(key(authcfg="abc1234")) == "secret"


def test_what_was_not_used_for_longest_goes_first() -> None:
    store = KeptAnswers(most=2)
    store.add(key(query="1"), 1, 10, 0)
    store.add(key(query="2"), 2, 10, 0)
    assert store.find(key(query="1")) == 1
    store.add(key(query="3"), 3, 10, 0)
    assert [store.find(key(query=query)) for query in "123"] == [1, None, 3]
    assert store.size == (2, 20)


def test_bytes_are_bounded_and_what_is_larger_is_not_kept() -> None:
    store = KeptAnswers(most_bytes=100)
    store.add(key(query="1"), 1, 60, 0)
    store.add(key(query="2"), 2, 101, 0)
    assert (store.find(key(query="1")), store.find(key(query="2"))) == (1, None)
    store.add(key(query="3"), 3, 60, 0)
    assert (store.find(key(query="1")), store.find(key(query="3"))) == (None, 3)
    store.add(key(query="3"), 4, 50, 0)
    assert store.size == (1, 50)


def test_what_is_under_way_when_something_is_forgotten_is_not_kept() -> None:
    store = KeptAnswers()
    store.add(key(), 1, 10, 0)
    store.add(key(OTHER), 2, 10, 0)
    began = store.generation
    store.forget(URL)
    store.add(key(query="late"), 3, 10, began)
    assert (store.find(key()), store.find(key(OTHER)), store.find(key(query="late"))) == (None, 2, None)
    store.clear()
    assert store.size == (0, 0)
