"""What people are told by mail, and when it is too late to tell it."""

import re
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.template.defaultfilters import filesizeformat

from tests import builders, journeys, mails, signatures
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.contracts.models.notifications import Kind
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing import tasks
from wagtail_contracts.signing.models import Challenge
from wagtail_contracts.signing.rendering.letters import LETTERS
from wagtail_contracts.signing.rendering.letters.people import PEOPLE
from wagtail_contracts.signing.rendering.letters.talk import TALK

KINDS = {
    "invitation": "Eksempel AS: Hosting 2027 for you to read and sign",
    "new_version": "Hosting 2027: version 2 has ",
    "signing_opened": "Hosting 2027 can be signed now",
    "reminder": "Reminder: Hosting 2027 – answer by",
    "new_link": "Your new link to Hosting 2027",
    "your_turn": "Your turn to sign: Hosting 2027",
    "extended": "Hosting 2027: more time, until",
    "declined": "Hosting 2027 was declined",
    "withdrawn": "Eksempel AS withdrew Hosting 2027",
    "sealed": "Signed: Hosting 2027 – your copy",
    "completed": "The seal is completed: Hosting 2027 – your copy",
}
ELSEWHERE = {"reopened", "expired", "code", "answered", "signed_one", "seal_delayed", "undelivered"}
ELSEWHERE |= {*TALK, *PEOPLE}  # in test_told.py
ELSEWHERE |= {"retraction", "retracted"}  # in test_retracting.py
ELSEWHERE |= {"package", "package_reminder"}  # in test_packages.py
ELSEWHERE |= {"entry_code", "copy_code"}  # in test_confidential.py and test_fetching.py


class Words(HTMLParser):
    """The words of the markup, without its links."""

    def __init__(self, markup):
        super().__init__()
        self.found = []
        self.feed(markup)

    def handle_data(self, data):
        self.found += data.split()


@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_says_the_same_in_text_and_markup_and_comes_from_us(answered, kind):
    letter = mails.one(answered.kari, kind)

    assert letter.subject.startswith(KINDS[kind])
    assert letter.to == ["kari@customer.example"]
    assert letter.from_email == "Ola Nordmann via Eksempel AS <intranet@eksempel.example>"
    assert letter.reply_to == ["ola@eksempel.example"]
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    assert answered.contract.uuid.hex in letter.extra_headers["References"]
    marked = {word.rstrip(":") for word in Words(mails.html(letter)).found}
    assert {word.rstrip(":") for word in letter.body.split()} <= marked
    assert mails.swallowed(letter) == []
    assert "<img" not in mails.html(letter)
    assert len(mails.html(letter)) < 30 << 10


def test_an_invitation_to_a_review_asks_for_no_signature(in_review):
    letter = mails.one(in_review.kari, "invitation")
    assert letter.subject == "Eksempel AS: Hosting 2027 for your review"
    assert "signing comes later" in letter.body


def test_an_invitation_to_sign_says_nothing_of_later(sent):
    assert "signing comes later" not in mails.one(sent.kari, "invitation").body


def test_every_kind_of_mail_is_tried_here():
    assert set(LETTERS) == set(KINDS) | ELSEWHERE


@pytest.mark.parametrize("kind", KINDS)
def test_no_mail_quotes_the_contract(answered, kind):
    letter = mails.one(answered.kari, kind)
    said = letter.body + mails.html(letter) + letter.subject
    for secret in ("5300", "pay@customer.example", "99 %", "Customer AS", "office"):
        # As a word: the digits may stand in a link or in a digest by chance.
        assert not re.search(rf"(?<![\w-]){secret}(?![\w-])", said)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"withdrawn"}))
def test_a_mail_carries_one_fresh_link_for_its_reader_alone(answered, kind):
    (link,) = [link for link in mails.links(mails.one(answered.kari, kind)) if "/c/" in link]

    path, _question, target = link.partition("?to=")
    secret = re.fullmatch(r"http://127\.0\.0\.1:8000/c/([A-Za-z0-9_-]{43})/", path).group(1)
    assert signing.invited(secret) == answered.kari
    assert target == ("changes" if kind == "new_version" else "")


def test_a_member_of_staff_is_led_into_the_admin(answered):
    (link,) = mails.links(mails.one(answered.ola, "reminder"))

    assert "/admin/" in link
    assert str(answered.contract.pk) in link


def test_a_code_mail_holds_the_code_and_neither_link_nor_proof(answered):
    mails.forget()
    asked = signatures.challenge(answered.kari)
    (letter,) = mails.sent()

    code = letter.subject[:6]
    assert letter.subject == f"{code} is your code for Hosting 2027"
    assert f"Your code is {code}. It is valid for 10 minutes." in letter.body
    assert (mails.links(letter), "audit trail" in letter.body) == ([], False)
    assert signing.identify(asked, code, by=builders.guest(answered.kari))


def test_a_code_that_is_over_is_not_mailed(answered):
    mails.forget()
    signatures.challenge(answered.kari)
    Challenge.objects.update(used_at=answered.version.frozen_at)

    assert mails.sent() == []


def test_mails_hold_where_the_trail_stands(answered):
    body = mails.one(answered.kari, "reminder").body

    assert re.search(r"audit trail [0-9a-f]{32}, event \d+, [0-9a-f]{32}\.", body)


def revise(stage):
    contract = Contract.objects.get(pk=stage.contract.pk)
    contract.title = "Hosting 2028"
    contract.save()
    contracts.revise(contract, builders.shown(contract), "New year", by=stage.owner)


LAPSED = "Your signature on version 2 no longer counts"


def test_a_new_version_says_which_signature_it_made_void(answered):
    signatures.sign(answered.kari)
    mails.forget()
    revise(answered)

    told = {letter.to[0]: letter.body for letter in mails.sent()}
    assert LAPSED in told["kari@customer.example"]
    assert LAPSED not in told["ola@eksempel.example"]


def test_who_has_signed_the_newest_version_is_not_told_that_an_old_signature_lapsed(answered):
    signatures.sign(answered.kari)
    revise(answered)
    signatures.sign(answered.kari)

    assert LAPSED not in mails.one(answered.kari, "new_version").body


OVERTAKEN = [
    ("invitation", "withdraw"),
    ("reminder", "withdraw"),
    ("new_version", "withdraw"),
    ("extended", "withdraw"),
    ("signing_opened", "reopen"),
    ("your_turn", "reopen"),
    ("your_turn", "withdraw"),
    ("reopened", "nothing"),
    ("expired", "nothing"),
]
ACTS = {
    "withdraw": lambda stage: contracts.withdraw(stage.contract, "Why", by=stage.owner),
    "reopen": lambda stage: contracts.reopen(stage.contract, "Why", by=stage.owner),
    "nothing": lambda stage: None,
}


@pytest.mark.parametrize(("kind", "act"), OVERTAKEN)
def test_a_mail_that_is_no_longer_true_is_not_sent(answered, kind, act):
    ACTS[act](answered)
    mails.forget()
    with transaction.atomic():
        contracts.tell([answered.kari], kind)
        if kind in Kind:
            contracts.tell_owner(answered.contract, kind)

    assert mails.sent() == []


@pytest.mark.parametrize("act", ["withdraw", "nothing"])
def test_a_new_link_is_mailed_in_every_state(answered, act):
    ACTS[act](answered)
    mails.forget()
    signing.reissue(answered.kari, by=answered.owner)

    (letter,) = mails.sent()
    assert len(mails.links(letter)) == 1


def test_an_expired_contract_is_told_with_its_deadline(answered, client):
    with unguarded():
        Contract.objects.update(deadline="2026-01-31")
    mails.forget()
    contracts.expire(answered.contract, by=SYSTEM)

    told = {letter.to[0]: letter for letter in mails.sent()}
    assert len(told) == 2
    for letter in told.values():
        assert "was 31 January 2026. Nobody can sign any more." in letter.body
    theirs, ours = told["kari@customer.example"], told["ola@eksempel.example"]
    assert "Ask Ola Nordmann for it on the page of the contract." in theirs.body
    assert "Ask for more time:" in theirs.body
    (link,) = mails.links(theirs)
    page = client.post(link.removeprefix("http://127.0.0.1:8000"), follow=True)
    assert page.status_code == 200
    assert 'id="write-h">Ask for more time' in page.content.decode()
    assert "Extend the deadline:" in ours.body
    assert "more time" not in ours.body
    assert mails.links(ours)[0].endswith(f"/extend/{answered.contract.pk}/")


@pytest.mark.parametrize(("largest", "attached"), [(8 << 20, True), (1, False)])
def test_a_sealed_file_is_attached_unless_it_is_too_large(answered, monkeypatch, largest, attached):
    monkeypatch.setattr(tasks, "LARGEST_ATTACHMENT", largest)
    signatures.sign_all(answered)
    mails.forget()
    kept = signing.seal(answered.version, by=SYSTEM)

    told = {letter.to[0]: letter for letter in mails.sent()}
    letter = told["kari@customer.example"]
    assert bool(letter.attachments) == attached
    size = filesizeformat(kept.size)
    assert (f"The sealed PDF is attached ({size})." in letter.body) == attached
    assert (f"too large for a mail ({size}): get it on the page" in letter.body) != attached
    assert kept.digest in letter.body


def test_a_new_version_takes_the_place_of_a_reminder_that_has_not_left(answered):
    mails.forget()
    with transaction.atomic():
        contracts.tell([answered.kari, answered.ola], "reminder")
        contracts.tell([answered.kari], "new_version")

    told = [(letter.to[0], letter.subject.split(":")[0]) for letter in mails.sent()]
    assert sorted(told) == [
        ("kari@customer.example", "Hosting 2027"),
        ("ola@eksempel.example", "Reminder"),
    ]


def test_a_reminder_says_whether_and_when_it_was_opened(sent):
    assert "You have not opened it yet." in mails.one(sent.kari, "reminder").body
    contracts.view(sent.kari, sent.version.digest, by=builders.guest(sent.kari))
    body = mails.one(sent.kari, "reminder").body

    at = Event.objects.of(sent.contract.trail).named("contract.viewed").get().at
    opened = at.astimezone(ZoneInfo("Europe/Oslo"))
    assert f"You opened it last on {opened.day} {opened:%B %Y}." in body


def test_a_decline_names_who_declined_and_no_reason(answered):
    signatures.decline(answered.kari)
    mails.forget()
    letter = mails.one(answered.ola, "declined")

    assert letter.subject == "Kari Nordmann declined Hosting 2027"
    assert "The reason is on the contract page." in letter.body


def test_the_owner_is_told_who_signed_and_who_answered(sent):
    mails.forget()
    by = builders.guest(sent.kari)
    contracts.answer(sent.kari, sent.version.digest, builders.ANSWERS, by=by)
    stage = journeys.stage(sent.contract, sent.sender)
    signatures.sign(stage.kari)

    told = [letter for letter in mails.sent() if letter.to == ["ola@eksempel.example"]]
    assert [letter.subject for letter in told] == [
        "Hosting 2027 was filled in",
        "Kari Nordmann signed Hosting 2027 – 1 left",
    ]
    assert all("/admin/" in mails.links(letter)[0] for letter in told)


def test_an_owner_without_an_address_is_sent_nothing(answered):
    answered.sender.email = ""
    answered.sender.save()
    mails.forget()
    with transaction.atomic():
        contracts.tell_owner(answered.contract, "answered")

    assert mails.sent() == []


@pytest.fixture
def sealed_secret(sales, sender):
    """Sealed with an account number; its owner, Erna, neither takes part nor may read that."""
    made = builders.made
    field = made.field("iban", "account", "Account", "supplier", sensitive=True)
    body = [made.text(f"To {made.chip('account')}."), builders.BODY[-1]]
    page = builders.template(sales, "With account", fields=[field], body=body)
    contract = builders.contract(page, sender, values={"account": "NO9386011117947"})
    contracts.send(contract, builders.shown(contract), into="signing", by=builders.actor(sender))
    erna = builders.staff("erna", sales, ("view",))
    with unguarded():
        Contract.objects.filter(pk=contract.pk).update(owner=erna)
    stage = journeys.stage(contract, erna)
    signatures.sign_all(stage)
    signing.seal(stage.version, by=SYSTEM)
    return stage


def test_a_sealed_file_with_sensitive_values_is_mailed_to_those_who_may_read_them(sealed_secret):
    def told():
        with transaction.atomic():
            contracts.tell_all(sealed_secret.contract, "sealed")
        return {letter.to[0]: letter for letter in mails.sent()}

    def has_file(letter):
        attached = [content for _name, content, _kind in letter.attachments]
        assert ("The sealed PDF is attached (" in letter.body) == bool(attached)
        return bool(attached)

    mails.forget()
    behind = told()["kari@customer.example"]
    assert not has_file(behind)
    assert "where you show who you are" in " ".join(behind.body.split())

    with unguarded():
        Contract.objects.update(sealed_copy="attached")
    mails.forget()
    letters = told()
    assert {to: has_file(letter) for to, letter in letters.items()} == {
        "kari@customer.example": True,
        "ola@eksempel.example": True,  # signs for our side
        "erna@eksempel.example": False,
    }
    refused = letters["erna@eksempel.example"]
    assert refused.subject == "Signed: Hosting 2027"
    assert "holds sensitive data, so it is not in this mail" in refused.body
    group = sealed_secret.sender.groups.get()
    group.workspace_permissions.create(workspace=sealed_secret.contract.workspace, verb="sensitive")
    mails.forget()
    assert has_file(told()["erna@eksempel.example"])
