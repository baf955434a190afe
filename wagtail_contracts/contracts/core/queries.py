"""What an address of a list looks for, in one form, so that two can be compared."""

from urllib.parse import parse_qsl, urlencode

PASSING = frozenset({"p", "next", "id", "childOf", "_w_filter_fragment"})  # no part of it


def canonical(query: str) -> str:
    """The filters and words of a query string in one order, without what is empty or passes."""
    told = {pair for pair in parse_qsl(query) if pair[0] not in PASSING}
    return urlencode(sorted(told))
