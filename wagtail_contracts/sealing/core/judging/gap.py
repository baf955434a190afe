"""The gap that a signature of a PDF leaves for its container."""

from collections.abc import Sequence

from wagtail_contracts.wire import container


def extract(data: bytes, byte_range: Sequence[int]) -> bytes:
    """The DER value in the gap of a signature: upper-case hexadecimal, then zeros."""
    start, end = byte_range[0] + byte_range[1], byte_range[2]
    gap = data[start:end]
    if byte_range[0] != 0 or gap[:1] != b"<" or gap[-1:] != b">":
        raise container.Damaged("container framing")
    if not set(gap[1:-1]) <= set(b"0123456789ABCDEF") or len(gap) % 2:
        raise container.Damaged("container is not hexadecimal")
    raw = bytes.fromhex(gap[1:-1].decode())
    size = container.element(raw, 0, len(raw))[1]
    if any(raw[size:]):
        raise container.Damaged("bytes behind the container")
    return raw[:size]
