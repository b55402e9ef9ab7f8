"""Errors that ArcGIS reports inside its answers, and answers that are something else than expected."""

from __future__ import annotations

import json

import pytest

from image_server_layer.plugin.service.errors import AuthenticationError, ResponseError, ServerError
from image_server_layer.plugin.service.response import Response, check_body, json_object

HOST = "gis.example.org"
URL = f"https://{HOST}/arcgis/rest/services/X/ImageServer"
INVALID = f"{HOST} does not accept the credentials: they are invalid or have expired. Sign in again."
REQUIRED = f"{HOST} wants credentials: choose an authentication configuration, or check the one that is chosen."
FORBIDDEN = f"{HOST} does not permit this: choose credentials that have access, or ask the owner of the service for it."


def response(content: bytes) -> Response:
    return Response(content, "text/plain", 200, URL)


@pytest.mark.parametrize(
    ("error", "kind", "code", "sentence", "details"),
    [
        (
            {"code": 400, "message": "Invalid or missing input parameters.", "details": []},
            ServerError,
            400,
            f"{HOST} answered with an error: Invalid or missing input parameters.",
            "Invalid or missing input parameters.",
        ),
        (
            {"code": 500, "message": "Service X/ImageServer not found", "details": ["No such service.", "", None]},
            ServerError,
            500,
            f"{HOST} answered with an error: Service X/ImageServer not found: No such service.",
            "Service X/ImageServer not found\nNo such service.",
        ),
        (
            {"code": "400", "message": "Bad where", "details": "near 'x'"},
            ServerError,
            400,
            f"{HOST} answered with an error: Bad where: near 'x'",
            "Bad where\nnear 'x'",
        ),
        (
            {"code": 400, "message": "Cannot do that.", "details": ["Cannot do that.", "No field x.", "Line 1."]},
            ServerError,
            400,
            f"{HOST} answered with an error: Cannot do that: No field x.",
            "Cannot do that.\nNo field x.\nLine 1.",
        ),
        ({"code": 498, "message": "Invalid Token"}, AuthenticationError, 498, INVALID, "Invalid Token"),
        ({"code": 498, "message": "Ungültiges Token."}, AuthenticationError, 498, INVALID, "Ungültiges Token."),
        (
            {"code": 499, "message": "Token Required", "details": []},
            AuthenticationError,
            499,
            REQUIRED,
            "Token Required",
        ),
        ({"code": 401, "message": ""}, AuthenticationError, 401, REQUIRED, ""),
        ({"code": 403, "message": "No", "messageCode": "GWM_0003"}, AuthenticationError, 403, FORBIDDEN, "No"),
        ({"code": 599}, ServerError, 599, f"{HOST} answered with an error (code 599) and gave no reason.", ""),
        ({}, ServerError, 0, f"{HOST} answered with an error (code 0) and gave no reason.", ""),
        (None, ServerError, 0, f"{HOST} answered with an error (code 0) and gave no reason.", ""),
        ("Out of order", ServerError, 0, f"{HOST} answered with an error: Out of order", "Out of order"),
        # A text that speaks of tokens does not make a code of another kind.
        (
            {"code": 400, "message": "Token Required"},
            ServerError,
            400,
            f"{HOST} answered with an error: Token Required",
            "Token Required",
        ),
    ],
)
def test_an_error_is_told_by_its_code(
    error: object, kind: type[ServerError], code: int, sentence: str, details: str
) -> None:
    for read in (check_body, json_object):
        with pytest.raises(ServerError) as caught:
            read(response(json.dumps({"error": error}).encode()))
        assert type(caught.value) is kind
        assert (str(caught.value), caught.value.code) == (sentence, code)
        assert caught.value.details == "\n".join(filter(None, (URL, details)))


def test_long_words_of_a_server_are_cut_in_the_sentence_and_whole_in_the_details() -> None:
    words = "near the field Acquisition " * 200
    with pytest.raises(ServerError) as caught:
        check_body(response(json.dumps({"error": {"code": 400, "message": words}}).encode()))
    error = caught.value
    assert str(error).startswith(f"{HOST} answered with an error: near the field Acquisition near")
    assert str(error).endswith(("near…", "the…", "field…", "Acquisition…"))
    assert len(str(error)) <= 400
    assert len(error.words) <= 400
    assert words.strip() in error.details


def test_the_words_of_the_server_are_at_hand_without_credentials() -> None:
    with pytest.raises(ServerError) as caught:
        check_body(
            response(
                b'\xef\xbb\xbf {"error":{"code":400,"message":"Bad ?token=s3cr3t&x=1","details":["token=s3cr3t"]}}'
            )
        )
    assert caught.value.words == "Bad ?token=…&x=1: token=…"
    assert caught.value.details == f"{URL}\nBad ?token=…&x=1\ntoken=…"


@pytest.mark.parametrize(
    "content",
    [b"", b"II*\0\x08\0\0\0", b"<html>", b"{not json", b'{"errors": []}', b'{"value":"error"}', b'["error"]', b"{}"],
)
def test_other_bodies_are_no_errors(content: bytes) -> None:
    check_body(response(content))


def test_a_json_object_is_returned() -> None:
    assert json_object(response(b'\xef\xbb\xbf\n{"count": 3}')) == {"count": 3}


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "an empty answer"),
        (b"<!DOCTYPE html><html></html>", "a web page (perhaps one to sign in on)"),
        (b"[1]", "something else"),
        (b"{'a': 1}", "something else"),
        (b"\x89PNG\r\n", "something else"),
    ],
)
def test_anything_but_a_json_object_is_named(content: bytes, what: str) -> None:
    with pytest.raises(ResponseError) as caught:
        json_object(response(content))
    assert (
        str(caught.value)
        == f"{HOST} sent {what} instead of JSON: check whether it needs credentials, or try again later."
    )
    assert caught.value.details == URL
