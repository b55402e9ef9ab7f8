"""What people wrote about a service: HTML, as editors in portals make it, is read as a person would see it."""

from __future__ import annotations

import pytest

from image_server_layer.tests.service.root_documents import described


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<p>Scenes of <b>Olinda</b> &amp; Recife</p>", "Scenes of Olinda & Recife"),
        (
            '<div style="color:red">One<br/>two<BR>\n three</div><p>&nbsp;</p><p>Four\nfive &#233;</p>',
            "One\ntwo\nthree\nFour five é",
        ),
        ("<ul><li>U8<li>31985</ul>Source: <a href='https://x.org/?a=1&amp;b=2'>INPE</a>", "U8\n31985\nSource: INPE"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a\nb"),
        ("<style>p{color:red}</style><script>if (a<b) {x('</p>')}</script>Hi <!-- no -->there<br>", "Hi there"),
        ("<title>Untitled</title><h1>Landsat</h1>7", "Landsat\n7"),
        ("<b>cloud < 10</b> and > 5 &lt;%&gt;", "cloud < 10 and > 5 <%>"),
        ("R&amp;D &lt;b&gt;", "R&D <b>"),
        ("&nbsp;", ""),
    ],
)
def test_html_is_read_as_a_person_sees_it(written: str, read: str) -> None:
    service = described({"description": written, "copyrightText": written})
    assert (service.description, service.copyright) == (read, read)
    assert described({"serviceDescription": written}).description == read


@pytest.mark.parametrize(
    "written",
    [
        "cloud < 10",
        "a<b and c>d",
        "significant where p<0.05, and p <your limit>",
        "One\n\n  two",
        "R&D; see https://x.org/?a=1&copy=2&lt=3",
        "‹é› 100 % & more",
    ],
)
def test_what_is_no_html_stays_as_it_is(written: str) -> None:
    assert described({"description": written}).description == written


def test_a_description_without_words_leaves_it_to_the_other_one() -> None:
    service = described({"description": "<p>&nbsp;</p>", "serviceDescription": "Landsat"})
    assert service.description == "Landsat"
