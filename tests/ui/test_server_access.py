"""Which credentials, Referer and timeout a server is asked with."""

from __future__ import annotations

import pytest

from image_server_layer.plugin.service.access import Access
from image_server_layer.ui.service.server_access import ServerAccess, server_of

HERE, BESIDE, THERE = "https://here/a", "https://here/b", "https://there/a"


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("https://here/arcgis", "https://here"),
        ("https://here:6443/arcgis", "https://here:6443"),
        ("http://here/arcgis", "http://here"),
        ("", ""),
    ],
)
def test_scheme_host_and_port_tell_servers_apart(url: str, server: str) -> None:
    assert server_of(url) == server


def test_a_choice_is_for_its_server_only_and_counts_also_where_it_is_empty() -> None:
    servers = ServerAccess(lambda _: True)
    servers.choose(HERE, authcfg="chosen")
    own = Access("own", "own")
    assert servers.access(BESIDE, own) == Access("chosen", "own")
    assert servers.access(THERE, own) == Access("own", "own")
    servers.choose(HERE, authcfg="", referer="")
    assert servers.access(HERE, own, Access("recent", "recent")) == Access()


def test_what_comes_with_the_address_precedes_what_was_used_and_that_what_is_remembered() -> None:
    servers = ServerAccess(lambda _: True)
    remembered = Access("recent", "recent", 99)
    assert servers.access(HERE, remembered=remembered) == remembered
    servers.use(HERE, Access("used", ""))
    assert servers.access(BESIDE, remembered=remembered) == Access("used", "recent", 99)
    assert servers.access(BESIDE, Access("own"), remembered) == Access("own", "recent", 99)


def test_what_is_chosen_before_there_is_an_address_is_for_the_next_server_only() -> None:
    servers = ServerAccess(lambda _: True)
    servers.choose("", authcfg="chosen", referer="chosen")
    assert servers.access(HERE) == Access()
    servers.adopt(HERE)
    servers.adopt(THERE)
    assert servers.access(HERE) == Access("chosen", "chosen")
    assert servers.access(THERE) == Access()


def test_an_address_from_elsewhere_replaces_choices_by_what_it_says() -> None:
    servers = ServerAccess(lambda _: True)
    servers.choose("", referer="before")
    servers.choose(HERE, authcfg="chosen", referer="chosen")
    servers.begin(HERE, "browser", "")
    servers.adopt(HERE)
    assert servers.access(HERE) == Access("browser", "chosen")


def test_a_chosen_timeout_is_for_all_servers() -> None:
    servers = ServerAccess(lambda _: True)
    servers.choose_timeout(45)
    assert servers.access(HERE, remembered=Access(timeout=99)).timeout == 45
    assert servers.access(THERE).timeout == 45
