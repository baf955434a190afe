"""One bit of a file, or of the values inside its signature containers."""

from collections.abc import Callable
from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader

from wagtail_contracts.sealing.core.judging import gap

Verdict = Callable[[bytes], str]


def flipped(data: bytes, place: int, bit: int) -> bytes:
    changed = bytearray(data)
    changed[place] ^= 1 << bit
    return bytes(changed)


def containers(data: bytes) -> list[tuple[int, int, bytes]]:
    """Each signature's gap, from bracket to bracket, and the DER value in it."""
    ranges = [
        [int(item) for item in signature.sig_object["/ByteRange"]]
        for signature in PdfFileReader(BytesIO(data)).embedded_signatures
    ]
    return [(item[1], item[2], gap.extract(data, item)) for item in ranges]


def written(data: bytes, start: int, end: int, der: bytes) -> bytes:
    """The file with another value in that gap."""
    filled = der.hex().upper().encode().ljust(end - start - 2, b"0")
    return data[: start + 1] + filled + data[end - 1 :]


def flipped_inside(data: bytes, number: int, place: int, bit: int) -> bytes:
    """The file with one bit of the value in a container changed."""
    start, end, der = containers(data)[number]
    return written(data, start, end, flipped(der, place, bit))
