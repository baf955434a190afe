"""ZIP files, read by their format and not by the library that writes them."""

from __future__ import annotations

import struct
import zlib

END, ENTRY, LOCAL = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"


def read(data: bytes) -> dict[str, bytes]:
    """The files by name. Source: APPNOTE.TXT of PKWARE, 4.3."""
    end = data.rindex(END)
    count, size, place = struct.unpack("<HII", data[end + 10 : end + 20])
    assert place + size == end
    found = {}
    for _number in range(count):
        assert data[place : place + 4] == ENTRY
        method, crc, packed, plain = struct.unpack(
            "<H4xIII", data[place + 10 : place + 12] + data[place + 12 : place + 28]
        )
        name, extra, comment = struct.unpack("<HHH", data[place + 28 : place + 34])
        [start] = struct.unpack("<I", data[place + 42 : place + 46])
        title = data[place + 46 : place + 46 + name].decode()
        found[title] = _content(data, start, method, packed)
        assert (len(found[title]), zlib.crc32(found[title])) == (plain, crc)
        place += 46 + name + extra + comment
    assert place == end
    return found


def _content(data: bytes, start: int, method: int, packed: int) -> bytes:
    assert data[start : start + 4] == LOCAL
    name, extra = struct.unpack("<HH", data[start + 26 : start + 30])
    begins = start + 30 + name + extra
    content = data[begins : begins + packed]
    return content if method == 0 else zlib.decompress(content, -15)
