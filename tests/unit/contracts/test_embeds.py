"""Videos elsewhere: what a provider's answer is trusted for, which is little."""

import socket

import pytest
from wagtail.embeds.exceptions import EmbedNotFoundException
from wagtail.embeds.models import Embed

from wagtail_contracts.contracts.backends import embeds
from wagtail_contracts.contracts.backends.base import NotFound

PLAYER = "https://player.example/embed/1"


@pytest.mark.parametrize(
    ("html", "found"),
    [
        (f'<iframe src="{PLAYER}" allowfullscreen></iframe>', True),
        (f'<div><iframe src="{PLAYER}"></iframe></div>', True),
        (f'<iframe src="{PLAYER}"></iframe><iframe src="{PLAYER}"></iframe>', False),
        ('<iframe src="http://player.example/1"></iframe>', False),
        ('<iframe src="javascript:alert(1)"></iframe>', False),
        ('<iframe src="https://player.example; script-src *"></iframe>', False),
        ('<iframe src="https://user@player.example/1"></iframe>', False),
        ('<iframe src="https://player.example:8443/1"></iframe>', False),
        ('<script src="https://player.example/1.js"></script>', False),
        ("<iframe></iframe>", False),
        ("", False),
    ],
)
def test_a_player_is_one_plain_frame(html, found):
    if found:
        assert embeds.player(html) == PLAYER
        return
    with pytest.raises(NotFound):
        embeds.player(html)


ADDRESSES = [
    (["93.184.215.14"], True),
    (["2606:2800:21f:cb07:6820:80da:af6b:8b2c"], True),
    (["127.0.0.1"], False),
    (["10.0.0.1"], False),
    (["169.254.169.254"], False),
    (["100.64.0.1"], False),
    (["::1"], False),
    (["::ffff:127.0.0.1"], False),
    (["fe80::1%eth0"], False),
    (["224.0.0.1"], False),
    (["::127.0.0.1"], False),
    (["64:ff9b::7f00:1"], False),
    (["2002:7f00:1::"], False),
    (["fec0::1"], False),
    (["168.63.129.16"], False),
    (["168.63.129.17"], True),
    (["93.184.215.14", "127.0.0.1"], False),
]


@pytest.mark.parametrize(("found", "public"), ADDRESSES)
def test_a_poster_comes_from_a_public_address(monkeypatch, found, public):
    asked = []

    def resolve(host, port, **options):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (text, port)) for text in found]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    if public:
        assert embeds.public("pictures.example") == found[0]
    else:
        with pytest.raises(NotFound):
            embeds.public("pictures.example")
    assert asked == ["pictures.example"]


@pytest.mark.parametrize("address", ["http://x.example/a.jpg", "file:///etc/passwd", "//x", ""])
def test_a_poster_is_fetched_by_https_alone(monkeypatch, address):
    monkeypatch.setattr(socket, "create_connection", lambda *args: pytest.fail("was asked"))
    with pytest.raises(NotFound):
        embeds.fetched(address)


def known(**changes):
    html = f'<iframe src="{PLAYER}"></iframe>'
    facts = {"type": "video", "title": "Film", "provider_name": "P", "html": html}
    return Embed(**{**facts, "thumbnail_url": "https://x.example/a.jpg", **changes})


def test_what_wagtail_finds_is_taken_over(monkeypatch):
    monkeypatch.setattr(embeds, "fetched", lambda address: address.encode())
    monkeypatch.setattr(embeds, "get_embed", lambda address: known())
    found = embeds.WagtailEmbeds().find("https://x.example/1")
    assert (found.title, found.provider, found.player) == ("Film", "P", PLAYER)
    assert found.poster == b"https://x.example/a.jpg"


@pytest.mark.parametrize("changes", [{"type": "rich"}, {"thumbnail_url": ""}, {"html": ""}])
def test_what_is_no_video_with_a_picture_is_none(monkeypatch, changes):
    monkeypatch.setattr(embeds, "get_embed", lambda address: known(**changes))
    with pytest.raises(NotFound):
        embeds.WagtailEmbeds().find("https://x.example/1")


def test_what_wagtail_does_not_find_is_none(monkeypatch):
    def lost(address):
        raise EmbedNotFoundException

    monkeypatch.setattr(embeds, "get_embed", lost)
    with pytest.raises(NotFound):
        embeds.WagtailEmbeds().find("https://x.example/1")
