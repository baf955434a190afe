"""S-59: a crash changes nothing, says nothing, and has a number by which it is found in the log."""

import logging
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client

from tests import tables
from tests.public import stages, visits
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.signing import flows as signing

pytestmark = pytest.mark.django_db  # its stages are made by name, so no fixture tells

TEXT = "could not connect to 10.0.0.7 as kari@customer.example"
NUMBER = re.compile(r">([0-9A-F]{8})<")
VERBS = [  # what breaks, the page whose form uses it, and the form
    (contracts, "view", "landing", {}),
    (signing, "admit", "landing", {}),
    (contracts, "save_answers", "answers", {"do": "save"}),
    (contracts, "answer", "answers", {"do": "review"}),
    (contracts, "fields_of", "answers", {"do": "review"}),
    (signing, "ask_code", "sign", {"name": "Kari"}),
    (signing, "identify", "code", {"code": "123456"}),
    (signing, "decline", "decline", {"kind": "price"}),
    (signing, "fetch", "sealed", {}),
]


@pytest.fixture
def quiet():
    """A browser, as Django answers it when no test watches."""
    return Client(raise_request_exception=False)


def broken(*args, **kwargs):
    raise RuntimeError(TEXT)


def address(name, participant):
    return visits.landing(participant) if name == "landing" else visits.page(name, participant)


def insist(answer, caplog, status=500):
    """A page of ours, which says nothing but a number that the log has too."""
    assert answer.status_code == status
    page = answer.content.decode()
    for secret in (TEXT, "RuntimeError", "Traceback", "10.0.0.7"):
        assert secret not in page
    (number,) = NUMBER.findall(page)
    assert answer["X-Frame-Options"] == "DENY"
    found = [entry for entry in caplog.records if number in entry.getMessage()]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("case", VERBS, ids=lambda case: f"{case[1]} on {case[2]}")
def test_when_a_verb_breaks_nothing_is_stored_or_said(case, answered, quiet, caplog, monkeypatch):
    module, verb, name, form = case
    visits.enter(answered.kari, quiet)
    if name == "code":
        visits.agree(quiet, answered.kari)
    where = address(name, answered.kari)
    monkeypatch.setattr(module, verb, broken)

    counted = {"view": ["_signingsession", "_ratewindow"], "answer": ["_ratewindow"]}
    with tables.unchanged(but=counted.get(verb, [])):
        answer = quiet.post(where, {**visits.shown(answered.kari), **visits.TYPED, **form})

    entry = insist(answer, caplog)
    assert entry.exc_info
    assert "We are not sure that it was saved" in answer.content.decode()
    assert not hasattr(entry, "request") or entry.request is None


@pytest.mark.parametrize("name", ["contract", "changes", "sign", "done", "decline"])
def test_when_a_page_breaks_it_says_no_more_than_that(name, request, quiet, caplog, monkeypatch):
    at = stages.build("signed_by_one" if name == "done" else "answered", request)
    visits.enter(at.kari, quiet)
    monkeypatch.setattr(signing, "standing", broken)

    with tables.unchanged():
        answer = quiet.get(visits.page(name, at.kari))

    insist(answer, caplog)
    assert "This is our fault, not yours" in answer.content.decode()


def test_when_the_judge_breaks_nothing_of_the_file_is_kept(db, quiet, caplog, monkeypatch):
    monkeypatch.setattr(signing, "verify", broken)

    answer = quiet.post("/verify/", {"file": SimpleUploadedFile("x.pdf", b"%PDF-1.7")})

    insist(answer, caplog)


def test_a_database_that_is_away_is_said_to_be_so(answered, quiet, caplog, monkeypatch):
    visits.enter(answered.kari, quiet)

    def away(*args, **kwargs):
        raise OperationalError(TEXT)

    monkeypatch.setattr(signing, "session_of", away)
    answer = quiet.get(visits.page("contract", answered.kari))

    insist(answer, caplog, status=503)
    assert answer["Retry-After"] == "30"


def test_refusals_are_written_to_the_log_of_security_without_personal_data(answered, caplog):
    caplog.set_level(logging.INFO, "wagtail_contracts.security")
    client = Client(enforce_csrf_checks=True)
    client.post(visits.landing(answered.kari))
    client.get(visits.page("contract", answered.kari))

    lines = [
        entry.getMessage() for entry in caplog.records if entry.name == "wagtail_contracts.security"
    ]
    assert [line.split(" reference=")[0] for line in lines] == [
        "code=forbidden status=403 method=POST",
        "code=not_found status=404 method=GET",
    ]
    assert not [line for line in lines if "kari" in line.lower()]


def test_too_many_attempts_are_told_when_to_come_again(answered):
    client = visits.enter(answered.kari)
    for _time in range(3):
        assert visits.agree(client, answered.kari).status_code == 303

    with tables.unchanged():
        refused = visits.agree(client, answered.kari)

    assert refused.status_code == 429
    assert refused["Retry-After"] == "3600"
    assert "Wait an hour" in refused.content.decode()


FORM = "multipart/form-data; boundary=x"
PART = 'Content-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
TYPED = "application/x-www-form-urlencoded"
LONE = "\\ud800"  # half a character, where the bytes are read as Python writes text


def posted(client, participant, kind, fields):
    """A form as no browser of today sends it."""
    body = "".join(f"--x\r\n{PART.format(name, value)}" for name, value in fields.items())
    where = visits.page("threads", participant)
    return client.generic("POST", where, f"{body}--x--\r\n", content_type=kind)


@pytest.mark.parametrize(
    "kind",
    [
        *(f"{FORM}; charset={name}" for name in ("unicode_escape", "rot13", "idna", "utf-16")),
        *(f"{TYPED}; charset={name}" for name in ("latin-1", "utf-7")),
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\xe9",
    ],
)
def test_what_cannot_be_read_is_refused_and_no_crash(in_review, quiet, caplog, kind):
    visits.enter(in_review.kari, quiet)
    said = {"begin": "new", "text-new": "Hello", "block-new": "", "shown": LONE}
    with tables.unchanged():
        refused = posted(quiet, in_review.kari, kind, said)
    assert refused.status_code == 400
    assert not [entry for entry in caplog.records if entry.levelno >= logging.ERROR]
    assert posted(quiet, in_review.kari, f"{FORM}; charset=UTF8", said).status_code == 303


def test_nor_is_an_address_read_in_another_alphabet(in_review, quiet):
    visits.enter(in_review.kari, quiet)
    where = f"{visits.page('threads', in_review.kari)}?block=%5Cud800"
    kinds = [f"text/plain; charset={name}" for name in ("unicode_escape", "utf-8")]
    answers = [quiet.get(where, headers={"Content-Type": kind}) for kind in kinds]
    assert [answer.status_code for answer in answers] == [400, 200]


@pytest.mark.parametrize("length", ["9" * 5000, "-1", "1e9", "\xb2"])
def test_a_length_that_is_no_number_of_ours_is_refused_and_no_crash(in_review, quiet, length):
    where = visits.page("threads", in_review.kari)
    visits.enter(in_review.kari, quiet)
    with tables.unchanged():
        assert quiet.post(where, {"reply": "x"}, CONTENT_LENGTH=length).status_code == 413
    assert quiet.post(where, {"reply": "x"}).status_code == 404
