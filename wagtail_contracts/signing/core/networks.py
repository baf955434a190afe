"""The network that an address is of, on which limits for strangers hang. Pure.

Whoever has one IPv6 address has a whole /64 of them (RFC 6177, RFC 8981): a limit for each would be
none. Of IPv4 each address counts for itself.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

OF_ONE_HAND = 64  # bits of an IPv6 address
COARSE4, COARSE6 = 24, 48  # bits that tell of a place, and of nobody


def network(address: str) -> str:
    """What a limit hangs on; an address that can't be read is its own."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(IPv6Network((int(found), OF_ONE_HAND), strict=False))


def coarse(address: str) -> str:
    """The first address of the larger network around it; nothing where it can't be read."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    if isinstance(found, IPv4Address):
        return str(IPv4Network((int(found), COARSE4), strict=False).network_address)
    return str(IPv6Network((int(found), COARSE6), strict=False).network_address)
