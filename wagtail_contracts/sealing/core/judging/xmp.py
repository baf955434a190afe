"""What a file says about itself in its XMP packet (ISO 16684-1), to compare two of them."""

from typing import Any
from xml.etree import ElementTree as ET

DATES = {
    "{http://ns.adobe.com/xap/1.0/}ModifyDate",
    "{http://ns.adobe.com/xap/1.0/}MetadataDate",
    "{http://ns.adobe.com/pdf/1.3/}Producer",
}
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
XMPMETA = "{adobe:ns:meta/}xmpmeta"


class Foreign(ValueError):
    """It holds what does not belong into a packet."""


def facts(packet: bytes) -> list[str]:
    """The facts of a packet in sorted order, attribute and element form alike. Raises Foreign.

    Dates and producer are left out.
    """
    if b"<!" in packet:  # declarations, entities, comments, CDATA: none of them belongs here
        raise Foreign("XMP metadata hold a declaration")
    # Without declarations there are no entities, so nothing can expand.
    meta = ET.fromstring(packet.decode().lstrip("\ufeff"))  # noqa: S314
    if meta.tag != XMPMETA or [child.tag for child in meta] != [RDF + "RDF"]:
        raise Foreign("XMP metadata")
    found = []
    for description in meta[0]:
        if description.tag != RDF + "Description":
            raise Foreign("XMP metadata")
        found += [
            (name, value, (), ())
            for name, value in description.attrib.items()
            if name != RDF + "about"
        ]
        found += [_fact(child) for child in description]
    return sorted(repr(fact) for fact in found if fact[0] not in DATES)


def _fact(element: ET.Element) -> tuple[Any, ...]:
    text = (element.text or "").strip()
    return (
        element.tag,
        text,
        tuple(sorted(element.attrib.items())),
        tuple(_fact(child) for child in element),
    )
