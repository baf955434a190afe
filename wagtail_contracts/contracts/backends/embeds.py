"""Videos as Wagtail's embed finders know them; the poster is fetched once, here, and kept.

The provider's answer is not trusted: the player is the one https frame in it, and the poster comes
from a public address, without redirects, in little time, and is made anew like any picture.
"""

import http.client
import ipaddress
import socket
import ssl
from html.parser import HTMLParser
from urllib.parse import urlsplit

from wagtail.embeds.embeds import get_embed
from wagtail.embeds.exceptions import EmbedException

from wagtail_contracts.contracts.backends.base import Found, NotFound

LARGEST = 5 << 20
SECONDS = 10
# Public by their registers, and ways inside all the same: addresses that hold one of version 4, old
# and local ones, and the one at which a cloud answers its own machines.
INSIDE = tuple(
    ipaddress.ip_network(each)
    for each in (
        "::/96",
        "64:ff9b::/96",
        "2001::/32",
        "2002::/16",
        "5f00::/16",
        "fec0::/10",
        "192.88.99.0/24",
        "168.63.129.16/32",
    )
)


class WagtailEmbeds:
    """Asks the finders in WAGTAILEMBEDS_FINDERS."""

    def find(self, address: str) -> Found:
        """The video at an address. Raises NotFound."""
        try:
            embed = get_embed(address)
        except EmbedException as error:
            raise NotFound(str(error)) from error
        if embed.type != "video" or not embed.thumbnail_url:
            raise NotFound("no video with a picture")
        return Found(
            title=embed.title or address,
            provider=embed.provider_name or str(urlsplit(address).hostname),
            player=player(embed.html),
            poster=fetched(embed.thumbnail_url),
        )


class _Frames(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "iframe":
            self.addresses.append(dict(attrs).get("src") or "")


def player(html: str) -> str:
    """The address of the one frame in a provider's HTML. Raises NotFound."""
    frames = _Frames()
    frames.feed(html)
    if len(frames.addresses) != 1 or not is_plain(frames.addresses[0]):
        raise NotFound("no player that a page can hold")
    return frames.addresses[0]


def is_plain(address: str) -> bool:
    """Whether an address is https to a named host, and may stand in a policy of a page."""
    if not address.isascii() or any(c <= " " or c in "\\;,'\"<>" for c in address):
        return False
    parts = urlsplit(address)
    return parts.scheme == "https" and bool(parts.hostname) and parts.netloc == parts.hostname


def fetched(address: str) -> bytes:
    """A picture from a public address. Raises NotFound."""
    if not is_plain(address):
        raise NotFound("no address of a picture")
    try:
        return _fetched(address)
    except (OSError, http.client.HTTPException) as error:
        raise NotFound(str(error)) from error


def _fetched(address: str) -> bytes:
    parts = urlsplit(address)
    host = str(parts.hostname)
    wire = socket.create_connection((public(host), 443), SECONDS)
    connection = http.client.HTTPSConnection(host, timeout=SECONDS)
    connection.sock = ssl.create_default_context().wrap_socket(wire, server_hostname=host)
    try:
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        connection.request("GET", path, headers={"User-Agent": "wagtail-contracts"})
        answer = connection.getresponse()
        content = answer.read(LARGEST + 1)
    finally:
        connection.close()
    if answer.status != 200 or len(content) > LARGEST:
        raise NotFound(f"no picture: {answer.status}")
    return content


def public(host: str) -> str:
    """The first address of a host, if all of them are public. Raises NotFound.

    One inner address among public ones is an attack; the name is asked once.
    """
    found = [str(item[4][0]) for item in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)]
    for text in found:
        given = ipaddress.ip_address(text.partition("%")[0])
        plain = getattr(given, "ipv4_mapped", None) or given
        if not plain.is_global or plain.is_multicast or any(plain in net for net in INSIDE):
            raise NotFound("the host is not public")
    return found[0]
