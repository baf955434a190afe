"""S-27: rendering reads nothing but what it is given."""

import socket
from io import BytesIO

import pikepdf
import pytest

from tests import bundles
from tests.unit.sealing import listening
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.errors import RenderingRefused


@pytest.fixture(scope="module")
def web():
    with listening.server() as found:
        yield found


@pytest.fixture(scope="module")
def secret(tmp_path_factory):
    """A file of the server's that no contract may show."""
    path = tmp_path_factory.mktemp("server") / "secret.svg"
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    return path.as_uri()


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">%s</svg>'
REFUSED = {
    "a picture": '<img src="WEB/a.png" alt="">',
    "a file": '<img src="FILE" alt="">',
    "a linked style": '<link rel="stylesheet" href="WEB/a.css">',
    "an imported style": "<style>@import 'FILE'</style>",
    "a font": "<style>@font-face { font-family: X; src: url(WEB/x) } p { font-family: X }</style>",
    "a background": "<div style=\"background: url('WEB/')\">x</div>",
    "an object": '<object data="FILE"></object>',
    "an embedded file": '<embed src="WEB/a.svg">',
    "a picture in SVG": SVG % '<image href="FILE" width="9" height="9"/>',
    "content": "<style>h1::before { content: url(WEB/a.png) }</style>",
    "a relative name": '<img src="style.css" alt="">',
    "a name outside": '<img src="bundle:/../style.css" alt="">',
    "a name that is not there": '<img src="bundle:/missing.png" alt="">',
    "data": '<img src="data:image/png;base64,AA" alt="">',
    "a variable": "<style>:root { --p: url(WEB/a.png) } h1 { background: var(--p) }</style>",
    "a list": "<ul style=\"list-style: url('WEB/a.png')\"><li>x</li></ul>",
    "another host": '<img src="//127.0.0.1/a.png" alt="">',
}
HARMLESS = {
    "a plain link": '<a href="WEB/a.html">x</a>',
    "SVG that uses": SVG % '<use xlink:href="WEB/a.svg#x"/>',
    "an attached file": '<link rel="attachment" href="FILE">',
    "a frame": '<iframe src="WEB/"></iframe>',
    "a script": '<script src="WEB/a.js"></script>',
}


def bundle(markup, web, secret):
    return bundles.bundle(extra=markup.replace("WEB", web[0]).replace("FILE", secret))


@pytest.mark.parametrize("vector", REFUSED)
def test_what_lies_outside_the_bundle_refuses_the_file(web, secret, vector):
    with pytest.raises(RenderingRefused):
        sealing.render(bundle(REFUSED[vector], web, secret))
    assert web[1] == []


@pytest.mark.parametrize("vector", HARMLESS)
def test_what_asks_for_nothing_asks_for_nothing(web, secret, vector):
    try:
        data = sealing.render(bundle(HARMLESS[vector], web, secret))
    except RenderingRefused:
        data = None
    if data:
        with pikepdf.open(BytesIO(data)) as pdf:
            assert len(pdf.attachments) == 3
    assert web[1] == []
    assert (vector in ("a plain link", "SVG that uses")) <= (data is not None)


def test_the_server_that_nobody_asks_would_have_noticed(web):
    port = int(web[0].rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)) as visitor:
        visitor.sendall(b"GET /")
        assert visitor.recv(100).startswith(b"HTTP/1.0 200")
    assert web[1].pop() == b"GET /"


PICTURE = SVG % '<rect width="9" height="9"/>'


def test_what_the_bundle_holds_is_drawn():
    markup = '<p><img src="bundle:/a.svg" alt="a square" width="9"></p>'
    assert sealing.render(bundles.bundle(extra=markup, resources={"a.svg": PICTURE.encode()}))


@pytest.mark.parametrize("vector", ["a picture", "a file", "an imported style"])
def test_a_picture_of_the_bundle_asks_for_nothing_either(web, secret, vector):
    inner = {
        "a picture": '<image href="WEB/a.png" width="9" height="9"/>',
        "a file": '<image href="FILE" width="9" height="9"/>',
        "an imported style": "<style>@import 'WEB/a.css';</style>",
    }[vector]
    picture = (SVG % inner).replace("WEB", web[0]).replace("FILE", secret)
    markup = '<p><img src="bundle:/a.svg" alt="a square" width="9"></p>'
    with pytest.raises(RenderingRefused, match=r"bundle:/a\.svg"):
        sealing.render(bundles.bundle(extra=markup, resources={"a.svg": picture.encode()}))
    assert web[1] == []
