"""What every error has in common: one sentence of a readable length, details, and no secrets."""

from __future__ import annotations

import pytest

from image_server_layer.plugin.service.errors import (
    AuthenticationError,
    ImageServerLayerError,
    OptionError,
    ServerError,
    shortened,
)

CLAUSE = "Year = 2020 OR " * 200 + "Year = 2021"


def test_a_short_sentence_stays_as_it_is() -> None:
    error = ImageServerLayerError("There is no field “Jahr”.", "https://h/x")
    assert (str(error), error.message, error.details) == ("There is no field “Jahr”.",) * 2 + ("https://h/x",)


@pytest.mark.parametrize(
    "error",
    [
        ImageServerLayerError(f"The where clause “{CLAUSE}” picks nothing.", "https://h/x"),
        OptionError("where", f"The where clause “{CLAUSE}” picks nothing.", "https://h/x"),
        ServerError(f"The where clause “{CLAUSE}” picks nothing.", "https://h/x", 400, CLAUSE),
        AuthenticationError(f"The where clause “{CLAUSE}” picks nothing.", "https://h/x", 499),
    ],
)
def test_a_long_one_is_cut_between_words_and_stands_whole_in_the_details(error: ImageServerLayerError) -> None:
    assert len(error.message) <= 400
    assert error.message.endswith(("Year…", "=…", "2020…", "OR…"))
    assert str(error) == error.message
    assert error.details == f"The where clause “{CLAUSE}” picks nothing.\nhttps://h/x"


def test_the_words_of_a_server_are_cut_too() -> None:
    assert len(ServerError("No.", "", 400, CLAUSE).words) <= 400


def test_a_text_without_blanks_is_cut_where_it_is() -> None:
    assert shortened("x" * 1000) == "x" * 399 + "…"
    assert shortened("x" * 400) == "x" * 400
    assert shortened(f"{'x' * 10} {'y' * 1000}", 100) == f"{'x' * 10} {'y' * 88}…"
