"""Where an outgoing call may go: judged by the URL, then by what its name resolves to."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from urllib.parse import SplitResult, urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# Public for Python (some of them only for older versions), and yet inside, or a way to the inside.
DENIED: tuple[Network, ...] = tuple(
    ipaddress.ip_network(text)
    for text in (
        "168.63.129.16/32",  # the inner address of one large cloud
        "192.88.99.0/24",  # 6to4 relays
        "::/96",  # IPv4 in IPv6, the old way
        "64:ff9b::/96",  # NAT64
        "64:ff9b:1::/48",
        "2001::/32",  # Teredo
        "2002::/16",  # 6to4
        "5f00::/16",
        "fec0::/10",  # site-local, the old way
    )
)


PORTS = {"https": 443, "http": 80}


class Refused(Exception):
    """The address is never called; the text is for the owner of the endpoint."""


def checked(url: str, ports: Sequence[int], schemes: Sequence[str] = ("https",)) -> SplitResult:
    """The parts of an address that may be called at all. Raises Refused."""
    if not url.isascii() or any(character <= " " or character == "\\" for character in url):
        raise Refused("the address holds characters that it must not hold")
    parts = urlsplit(url)
    if parts.scheme not in schemes:
        raise Refused(f"only {' or '.join(schemes)}")
    if parts.username is not None or parts.password is not None:
        raise Refused("no user or password in the address")
    if port(parts) not in ports:
        raise Refused(f"only the ports {', '.join(map(str, ports))}")
    if not parts.hostname or _is_literal(parts.hostname):
        raise Refused("a host name, not an address")
    return parts


def allowed(found: Sequence[str], inside: Sequence[Network]) -> Address:
    """The first address, if all may be called: one bad record among good ones is an attack."""
    addresses = [_unwrapped(ipaddress.ip_address(text.partition("%")[0])) for text in found]
    for address in addresses:
        if not _may_be_called(address, inside):
            raise Refused("the name leads to an address that is not public")
    return addresses[0]


def _may_be_called(address: Address, inside: Sequence[Network]) -> bool:
    if any(address in network for network in inside):
        return True
    return (
        address.is_global
        and not address.is_multicast
        and not any(address in network for network in DENIED)
    )


def _unwrapped(address: Address) -> Address:
    return getattr(address, "ipv4_mapped", None) or address


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def port(parts: SplitResult) -> int:
    """The one of the address, or that of its scheme. Raises Refused."""
    try:
        return PORTS[parts.scheme] if parts.port is None else parts.port
    except ValueError as wrong:
        raise Refused("the port is not a port") from wrong
