"""What the owner of the database, or of the disk, could do to a site, and what names it."""

import datetime as dt
import hashlib
import json

from django.db import connection
from django.utils import timezone

from tests.database import sql
from wagtail_contracts import canonical
from wagtail_contracts.audit.models import Disclosure, Event, Trail
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing.models import Identification, Signature

VERSION = "wagtail_contracts_contractversion"
CONTRACT = "wagtail_contracts_contract"
PARTICIPANT = "wagtail_contracts_participant"
SIGNATURE = "wagtail_contracts_signing_signature"
IDENTIFICATION = "wagtail_contracts_signing_identification"
DECLINE = "wagtail_contracts_signing_decline"
ANSWER = "wagtail_contracts_answer"
SEAL = "wagtail_contracts_sealing_sealedfile"
EVENT = "wagtail_contracts_audit_event"
TRAIL = "wagtail_contracts_audit_trail"
DISCLOSURE = "wagtail_contracts_audit_disclosure"


def update(table, row, **values):
    columns = ", ".join(f'"{name}" = %s' for name in values)
    sql(f'UPDATE "{table}" SET {columns} WHERE id = %s', *values.values(), row.pk)


def delete(table, row):
    sql(f'DELETE FROM "{table}" WHERE id = %s', row.pk)


def signature(stage, version=None):
    return Signature.objects.get(participant=stage.ola, version=version or stage.version)


def row(site):
    return SealedFile.objects.get(subject=site.sealed.version.digest)


def path(site):
    return site.folder / row(site).name


def event(stage, name):
    return Event.objects.of(stage.contract.trail).named(name).last()


def trail(stage):
    return Trail.objects.get(key=stage.contract.trail)


def rewrite(version):
    """Another text, with digests that fit it."""
    told = json.loads(version.record)
    told["content"]["title"] = "Hosting 2029"
    told["content_digest"] = canonical.digest(canonical.CONTRACT_CONTENT, told["content"])
    text = canonical.encode(told)
    digest = canonical.digest_bytes(canonical.CONTRACT_VERSION, text)
    more = {"record": text.decode(), "content_digest": told["content_digest"]}
    update(VERSION, version, digest=digest, **more)


def cut(stage, length):
    """The end of a trail is gone, and its head says nothing of it."""
    kept = Event.objects.of(stage.contract.trail).get(sequence=length)
    sql(f'DELETE FROM "{EVENT}" WHERE trail_id = %s AND sequence > %s', kept.trail_id, length)
    update(TRAIL, trail(stage), length=length, head=kept.digest)


def swap(stage):
    one, other = Event.objects.of(stage.contract.trail)[2:4]
    update(EVENT, one, record=other.record, digest=other.digest)
    update(EVENT, other, record=one.record, digest=one.digest)


def forge(stage):
    """A signature that nobody gave, with an identification of its own."""
    proof = Identification.objects.create(
        participant=stage.kari, version=stage.version, method="email_code", at=timezone.now()
    )
    given = Signature.objects.get(pk=signature(stage).pk)
    given.pk, given.participant, given.identification = None, stage.kari, proof
    given.save(force_insert=True)


def garble(site):
    data = path(site).read_bytes()
    path(site).write_bytes(data[:-100] + bytes([data[-100] ^ 1]) + data[-99:])


def exchange(site):
    """The file, its name, its row: another one that nobody sealed."""
    data, kept = b"%PDF-1.7 nobody sealed this", row(site)
    digest = hashlib.sha256(data).hexdigest()
    path(site).unlink()
    (site.folder / f"{digest}.pdf").write_bytes(data)
    update(SEAL, kept, digest=digest, name=f"{digest}.pdf", size=len(data))


def first(stage):
    return stage.contract.versions.get(number=1)


def disclosed(stage, name="contract.sent", kind="label"):
    return Disclosure.objects.get(commitment=event(stage, name).commitments[kind])


def bring_back(site):
    gone = Event.objects.named("disclosure.erased").get()
    Disclosure.objects.create(commitment=gone.data["commitments"][0], salt="00" * 32, value="x")


DAMAGES = {
    "a version's text is changed": (
        lambda site: update(
            VERSION, site.sealed.version, record=site.sealed.version.record.replace("99 %", "9 %")
        ),
        {"version_text", "file_other"},
    ),
    "a version's text is no text": (
        lambda site: update(VERSION, site.out.version, record="{"),
        {"version_text", "contract_unreadable"},
    ),
    "an old version is rewritten with its digests": (
        lambda site: rewrite(first(site.sealed)),
        {"version_previous", "version_missing", "version_unrecorded"},
    ),
    "a signed version is rewritten with its digests": (
        lambda site: rewrite(site.out.version),
        {"version_missing", "version_unrecorded", "signature_digest"},
    ),
    "a content digest is changed": (
        lambda site: update(VERSION, site.out.version, content_digest="0" * 64),
        {"version_content", "version_missing", "version_unrecorded"},
    ),
    "a version gets another time": (
        lambda site: update(VERSION, site.out.version, frozen_at=timezone.now()),
        {"version_row"},
    ),
    "a version goes over to another contract": (
        lambda site: update(VERSION, site.out.version, contract_id=site.draft.pk),
        {
            "version_row",
            "version_gap",
            "version_current",
            "version_missing",
            "version_unrecorded",
            "signature_missing",
            "signature_unrecorded",
            "identification_missing",
            "identification_unrecorded",
            "answer_missing",
            "answer_unrecorded",
        },
    ),
    "a version is deleted": (
        lambda site: delete(VERSION, first(site.out)),
        {"version_gap", "version_missing"},
    ),
    "the newest version is deleted": (
        lambda site: delete(VERSION, site.declined.version),
        {"version_current", "version_missing", "decline_missing", "row_dangling"},
    ),
    "a contract points at an old version": (
        lambda site: update(CONTRACT, site.out.contract, current_version_id=first(site.out).pk),
        {"version_current"},
    ),
    "a signed contract is open again": (
        lambda site: update(CONTRACT, site.sealed.contract, state="signing"),
        {"contract_row"},
    ),
    "a contract is signed by nobody": (
        lambda site: update(CONTRACT, site.out.contract, state="signed"),
        {"contract_row", "contract_unsigned"},
    ),
    "a draft has been sent": (
        lambda site: update(CONTRACT, site.draft, state="negotiating"),
        {"contract_row"},
    ),
    "a deadline is moved": (
        lambda site: update(CONTRACT, site.out.contract, deadline=dt.date(2090, 1, 1)),
        {"contract_row"},
    ),
    "a contract is deleted": (
        lambda site: delete(CONTRACT, site.out.contract),
        {"contract_gone", "row_dangling"},
    ),
    "a contract is deleted with its trail": (
        lambda site: (
            sql(f'DELETE FROM "{EVENT}" WHERE trail_id = %s', trail(site.out).pk),
            delete(TRAIL, trail(site.out)),
            delete(CONTRACT, site.out.contract),
        ),
        {"row_dangling", "disclosure_loose"},
    ),
    "a participant is deleted": (
        lambda site: delete(PARTICIPANT, site.declined.ola),
        {"participant_missing"},
    ),
    "a signature is deleted": (
        lambda site: delete(SIGNATURE, signature(site.out)),
        {"signature_missing"},
    ),
    "a sealed signature is deleted": (
        lambda site: delete(SIGNATURE, signature(site.sealed)),
        {"signature_missing", "contract_unsigned", "file_other"},
    ),
    "a signature names another digest": (
        lambda site: update(SIGNATURE, signature(site.out), digest="0" * 64),
        {"signature_digest", "signature_missing", "signature_unrecorded"},
    ),
    "a sealed signature has another name": (
        lambda site: update(SIGNATURE, signature(site.sealed), name="Somebody Else"),
        {"file_other"},
    ),
    "a signature is another person's": (
        lambda site: update(SIGNATURE, signature(site.out), participant_id=site.declined.kari.pk),
        {
            "signature_stranger",
            "signature_identification",
            "signature_missing",
            "signature_unrecorded",
        },
    ),
    "a signature that nobody gave": (
        lambda site: forge(site.out),
        {"signature_unrecorded", "identification_unrecorded"},
    ),
    "an identification is deleted": (
        lambda site: delete(IDENTIFICATION, signature(site.out).identification),
        {
            "signature_identification",
            "identification_missing",
            "signature_missing",
            "signature_unrecorded",
            "row_dangling",
        },
    ),
    "an identification is another person's": (
        lambda site: update(
            IDENTIFICATION, signature(site.out).identification, participant_id=site.out.kari.pk
        ),
        {"signature_identification", "identification_missing", "identification_unrecorded"},
    ),
    "a decline is deleted": (
        lambda site: sql(f'DELETE FROM "{DECLINE}"'),
        {"decline_missing"},
    ),
    "a decline is another": (
        lambda site: sql(f"UPDATE \"{DECLINE}\" SET kind = 'price'"),
        {"decline_missing", "decline_unrecorded"},
    ),
    "an answer is changed": (
        lambda site: update(ANSWER, site.out.version.answers.first(), value='"none"'),
        {"answer_other"},
    ),
    "an answer is deleted": (
        lambda site: delete(ANSWER, site.out.version.answers.first()),
        {"answer_missing"},
    ),
    "an answer that nobody gave": (
        lambda site: update(ANSWER, site.out.version.answers.first(), key="price"),
        {"answer_other", "answer_missing", "answer_unrecorded"},
    ),
    "a seal's row is deleted": (
        lambda site: delete(SEAL, row(site)),
        {"seal_missing", "stray_sealed"},
    ),
    "a seal's row has other pages": (
        lambda site: update(SEAL, row(site), pages=99),
        {"file_row"},
    ),
    "a seal's row has another day": (
        lambda site: update(SEAL, row(site), sealed_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)),
        {"file_row"},
    ),
    "a seal's row names another digest": (
        lambda site: update(SEAL, row(site), digest="0" * 64),
        {"file_row", "seal_missing", "seal_unrecorded"},
    ),
    "a seal's row is about another version": (
        lambda site: update(SEAL, row(site), subject=site.out.version.digest),
        {"file_other", "file_trail", "seal_missing", "seal_unrecorded"},
    ),
    "a seal's row is about nothing": (
        lambda site: update(SEAL, row(site), subject="0" * 64),
        {"seal_orphan", "seal_missing"},
    ),
    "an event is changed": (
        lambda site: update(
            EVENT,
            event(site.out, "contract.sent"),
            record=event(site.out, "contract.sent").record.replace("negotiating", "signing"),
        ),
        {"trail_broken"},
    ),
    "an event reads otherwise in lists": (
        lambda site: update(EVENT, event(site.out, "contract.sent"), name="contract.viewed"),
        {"trail_broken"},
    ),
    "an event is removed": (
        lambda site: delete(EVENT, event(site.out, "version.created")),
        {"trail_broken"},
    ),
    "events are swapped": (lambda site: swap(site.out), {"trail_broken"}),
    "the last event is removed": (
        lambda site: delete(EVENT, event(site.out, "signature.given")),
        {"trail_broken"},
    ),
    "the end of a trail is cut off and its head moved back": (
        lambda site: cut(site.out, event(site.out, "signature.given").sequence - 1),
        {"signature_unrecorded", "disclosure_loose"},
    ),
    "the end of a sealed trail is cut off and its head moved back": (
        lambda site: cut(site.sealed, event(site.sealed, "contract.signed").sequence - 1),
        {"contract_row", "seal_unrecorded", "file_trail"},
    ),
    "the trail of our own side is broken": (
        lambda site: sql(
            f'UPDATE "{EVENT}" SET digest = %s WHERE name = %s', "0" * 64, "staff.looked"
        ),
        {"trail_broken"},
    ),
    "a trail is gone": (
        lambda site: (
            sql(f'DELETE FROM "{EVENT}" WHERE trail_id = %s', trail(site.out).pk),
            delete(TRAIL, trail(site.out)),
        ),
        {"trail_missing"},
    ),
    "a disclosed value is deleted": (
        lambda site: delete(DISCLOSURE, disclosed(site.out)),
        {"disclosure_missing"},
    ),
    "a disclosed value is another's": (
        lambda site: update(
            DISCLOSURE,
            disclosed(site.out),
            value=stored(DISCLOSURE, "value", disclosed(site.out, kind="address")),
        ),
        {"disclosure_other"},
    ),
    "an erased value is back": (bring_back, {"disclosure_back"}),
    "a disclosed value that no event names": (
        lambda site: Disclosure.objects.create(commitment="0" * 64, salt="00" * 32, value="x"),
        {"disclosure_loose"},
    ),
    "a sealed file is gone": (lambda site: path(site).unlink(), {"file_missing"}),
    "a sealed file is altered": (garble, {"file_altered"}),
    "a sealed file is cut off": (
        lambda site: path(site).write_bytes(path(site).read_bytes()[:-1]),
        {"file_altered"},
    ),
    "a sealed file gives way to another, with its row": (
        exchange,
        {"file_unproved", "seal_missing", "seal_unrecorded"},
    ),
    "a stray file": (
        lambda site: (site.folder / "notes.txt").write_text("x"),
        {"stray_file"},
    ),
    "a stray file with the name of a sealed one": (
        lambda site: (site.folder / f"{'0' * 64}.pdf").write_bytes(path(site).read_bytes()),
        {"stray_file"},
    ),
    "a stray file with the name of its digest": (
        lambda site: (site.folder / f"{hashlib.sha256(b'x').hexdigest()}.pdf").write_bytes(b"x"),
        {"stray_file"},
    ),
}


def stored(table, column, found):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM "{table}" WHERE id = %s', [found.pk])
        return cursor.fetchone()[0]
