"""The bytes around and inside a container: DER has one form, and so has the frame."""

import pytest

from wagtail_contracts.sealing.core.judging import gap
from wagtail_contracts.wire import container

LONG = b"\x04\x82\x01\x00" + bytes(256)
DER = [b"\x01\x01\xff", b"\x01\x01\x00", b"\x02\x01\x00", b"\x02\x02\x00\x80", b"\x02\x01\xff"]
NOT_DER = [
    b"\x01\x01\x01",  # a boolean that is neither
    b"\x02\x00",  # an integer of no bytes
    b"\x02\x02\x00\x7f",  # of more bytes than it needs
    b"\x02\x02\xff\x80",
    b"\x05\x01\x00",  # a null of one byte
    b"\x04\x81\x01\x00",  # a length of more bytes than it needs
    b"\x04\x82\x00\x80" + bytes(128),
    b"\x04\x80\x00\x00",  # an indefinite length
    b"\x04\x85\x00\x00\x00\x00\x01\x00",  # a length of five bytes
    b"\x1f\x81\x01\x00",  # a tag of many bytes
    b"\x04\x02\x00",  # less than it says
    b"\x04",
    b"\x30\x03\x02\x02\x01",  # an element that reaches out of its sequence
    b"\x30\x04\x02\x02\x00\x01",
]


@pytest.mark.parametrize("data", [*DER, LONG, b"\x05\x00", b"\x30\x03\x02\x01\x01", b""])
def test_what_is_der_is_read(data):
    container.check_der(data)


@pytest.mark.parametrize("data", NOT_DER)
def test_what_has_a_shorter_form_is_damage(data):
    with pytest.raises(container.Damaged):
        container.check_der(data)


VALUE = b"<3003020101" + b"0" * 10 + b">"
FRAMES = [
    (b"x" + VALUE, [1, 0, len(VALUE) + 1, 0]),  # does not begin where the file does
    (VALUE[1:], [0, 0, len(VALUE) - 1, 0]),
    (b"(" + VALUE[1:-1] + b")", [0, 0, len(VALUE), 0]),
    (VALUE[:-1], [0, 0, len(VALUE) - 1, 0]),
    (VALUE.replace(b"0>", b">"), [0, 0, len(VALUE) - 1, 0]),
    (b"<3003020 01>", [0, 0, 12, 0]),
    (b"<0203aaaaaa>", [0, 0, 12, 0]),
    (b"<300302010101>", [0, 0, 14, 0]),  # something behind the value
]


@pytest.mark.parametrize(("data", "byte_range"), FRAMES)
def test_the_frame_of_a_container(data, byte_range):
    with pytest.raises(container.Damaged):
        gap.extract(data, byte_range)
    assert gap.extract(VALUE, [0, 0, len(VALUE), 0]) == bytes.fromhex("3003020101")
