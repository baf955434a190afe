"""“Sign this document”: the other side's own PDF, read on the page and whole in the sealed file."""

from __future__ import annotations

import hashlib
import io
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.blocks import StructBlockValidationError

from tests import builders, mails, services, signatures, tables, uploads
from tests.public import visits
from tests.public.markup import read
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import TemplateUnusable
from wagtail_contracts.contracts.flows import documents
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.signing import flows as signing

DOCUMENT = reverse("wagtail_contracts_document")
TITLE = "Their terms 2027"


@pytest.fixture
def paper() -> bytes:
    """A PDF of two pages."""
    return uploads.saying("Page one of their terms", "Page two of their terms")


@pytest.fixture
def ready(template: Any, sales: Any) -> Any:
    """The ready-made template, beside one that takes no document."""
    return documents.add_document_template(sales, by=SYSTEM)


def _upload(content: bytes, **more: Any) -> dict[str, Any]:
    file = SimpleUploadedFile("terms.pdf", content, "application/pdf")
    return {"title": TITLE, "file": file, **more}


def test_a_document_goes_from_the_upload_to_the_sealed_file_whole(
    ready: Any, sender: Any, paper: bytes
) -> None:
    staff = Client()
    staff.force_login(sender)
    page = staff.get(DOCUMENT)
    assert page.status_code == 200
    answer = staff.post(DOCUMENT, _upload(paper, template=str(ready.pk)))
    contract = Contract.objects.get()
    assert (answer.status_code, answer["Location"]) == (
        302,
        reverse("wagtail_contracts_contract:parties", args=[contract.pk]),
    )

    draft = contracts.PartyDraft("theirs", "Customer AS", "1", [_kari()], kind="organisation")
    ours = builders.parties(sender)[0]
    drafts = [contracts.PartyDraft("ours", ours.name, "999999999", ours.people), draft]
    digest = contracts.parties_digest(contract)
    by = builders.actor(sender)
    contracts.name_parties(contract, drafts, digest, title=TITLE, by=by)
    contract = Contract.objects.get()
    contracts.send(contract, builders.shown(contract), into="signing", by=by)
    _read_and_sign(contract, paper)


def _kari() -> Any:
    return contracts.PersonDraft("Kari Nordmann", "kari@customer.example")


def _read_and_sign(contract: Contract, paper: bytes) -> None:
    """By the other side, then by ours; every page is there, and all of it in the sealed file."""
    kari, ola = (_person(contract, role) for role in ("theirs", "ours"))
    browser = visits.enter(kari)
    page = browser.get(visits.page("contract", kari))
    found = read(page.content)
    assert "open" in next(one for one in found.all("details") if one.get("class") == "wc-more")
    assert "The document below is what is agreed" in found.text
    leaves = [image["src"] for image in found.all("img") if image["src"].endswith(".jpg")]
    assert [browser.get(leaf)["Content-Type"] for leaf in leaves] == ["image/jpeg"] * 2
    assert "Page two of their terms" in found.text
    review = read(browser.get(visits.page("sign", kari)).content)
    assert "Not opened yet" not in review.text  # its pages are the text

    visits.sign(browser, kari)
    signatures.sign(ola)
    mails.sent()
    sealed = signing.sealed_file(Contract.objects.get().current_version)
    assert sealed is not None
    with pikepdf.open(io.BytesIO(sealing.content(sealed))) as pdf:
        inside = {name: file.get_file().read_bytes() for name, file in pdf.attachments.items()}
    [attached] = [content for name, content in inside.items() if name.endswith("terms.pdf")]
    digest = hashlib.sha256(paper).hexdigest()
    assert (attached, hashlib.sha256(attached).hexdigest()) == (paper, digest)
    assert digest.encode() in inside["evidence.json"]


def _person(contract: Contract, role: str) -> Any:
    people = Participant.objects.select_related("party__contract")
    return people.get(party__contract=contract, party__role=role)


def test_what_is_no_inert_pdf_is_refused_and_nothing_is_made(
    ready: Any, sender: Any, paper: bytes
) -> None:
    staff = Client()
    staff.force_login(sender)
    for content in (b"%PDF-no", uploads.pdf(uploads.script)):
        with tables.unchanged():
            answer = staff.post(DOCUMENT, _upload(content, template=str(ready.pk)))
        assert answer.status_code == 200
        assert answer.context["form"].errors["file"]
    assert staff.post(DOCUMENT, _upload(paper, template=str(ready.pk))).status_code == 302


def test_only_a_template_with_one_open_place_takes_a_document(
    ready: Any, template: Any, sender: Any, paper: bytes
) -> None:
    file = SimpleUploadedFile("terms.pdf", paper, "application/pdf")
    by = builders.actor(sender)
    kept = contracts.keep_file(file, sort="exhibit", by=by)
    more = {"title": TITLE, "parties": [], "owner": sender, "by": by}
    with tables.unchanged(), pytest.raises(TemplateUnusable):
        documents.sign_document(template, kept, **more)
    assert documents.sign_document(ready, kept, **more).title == TITLE


def test_whoever_makes_no_contracts_signs_no_document_and_others_templates_are_not_offered(
    ready: Any, sales: Any, sender: Any
) -> None:
    reader, elsewhere = Client(), Client()
    reader.force_login(builders.staff("reader", sales, ("view",)))
    assert reader.get(DOCUMENT).status_code == 302
    other = builders.workspace("other")
    services.template(other)
    elsewhere.force_login(builders.staff("other", other))
    page = elsewhere.get(DOCUMENT)
    assert (page.status_code, page.context["pages"]) == (200, [])
    mine = Client()
    mine.force_login(sender)
    assert [found.pk for found in mine.get(DOCUMENT).context["pages"]] == [ready.pk]


def test_the_template_can_be_written_anew_and_a_locked_place_needs_its_file(ready: Any) -> None:
    block = ready.body.stream_block.child_blocks["exhibit"]
    value = next(child.value for child in ready.body if child.block_type == "exhibit")
    assert block.clean(value)["file"] is None
    value["policy"] = "locked"
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)
    assert set(refused.value.block_errors) == {"title", "file"}


def test_who_may_publish_templates_adds_the_ready_made_one(template: Any, sales: Any) -> None:
    staff, boss = Client(), Client()
    plain = builders.staff("plain", sales)
    staff.force_login(plain)
    with tables.unchanged():
        assert staff.post(DOCUMENT, {"workspace": sales.pk}).status_code == 404
    root = builders.staff("root", sales)
    root.is_superuser = True
    root.save()
    boss.force_login(root)
    assert boss.post(DOCUMENT, {"workspace": sales.pk}).status_code == 302
    assert staff.get(DOCUMENT).context["pages"][0].title == "Sign this document"
    assert boss.post(DOCUMENT, {"workspace": sales.pk}).status_code == 404
