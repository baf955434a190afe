"""S-18: contracts_check names each damage, and nothing where there is none."""

import datetime as dt
import os
import shutil
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from cryptography.fernet import Fernet
from django.core.files.storage import FileSystemStorage
from django.core.management import CommandError
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from tests import signatures, tables
from tests.database import sql
from tests.reliability.rewinding import lifted
from tests.security import s18
from tests.security.s18_damages import DAMAGES, SEAL, SIGNATURE, VERSION, path, row, update
from wagtail_contracts import canonical
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Trail
from wagtail_contracts.contracts.models import ContractVersion
from wagtail_contracts.examining import confirmed
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.sealing.flows import inspecting
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.flows.checking import contract, paging
from wagtail_contracts.signing.flows.checking.findings import HARMLESS, WORDS, Finding

NOTED = ("audit_event", "audit_trail")  # where it is told that the check ran
PART = f"{'0' * 64}.pdf.01234567.part"


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    """The site, made once; the tests of this module look at it in one transaction."""
    from django.conf import settings

    folder = tmp_path_factory.mktemp("private")
    with (
        django_db_blocker.unblock(),
        override_settings(STORAGES=s18.storages(settings, folder)),
        taken_back(),
    ):
        site = SimpleNamespace(**vars(s18.site()), folder=folder)
        assert s18.run() == (0, [])
        site.tables = tables.digests()
        yield site


@contextmanager
def taken_back():
    """A transaction that Django takes for its own test case's: verbs that must commit run in it."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


@pytest.fixture
def whole(made, db, tmp_path):
    """The site as it was found whole, also on disk; what a test plants is taken back."""
    copy = tmp_path / "private"
    shutil.copytree(made.folder, copy)
    with taken_back():
        assert tables.digests() == made.tables
        yield made
    shutil.rmtree(made.folder)
    shutil.copytree(copy, made.folder)


@pytest.mark.parametrize("name", DAMAGES)
def test_it_names_the_damage(whole, name):
    plant, expected = DAMAGES[name]

    with lifted():
        plant(whole)

    code, found = s18.run()
    assert {item["code"] for item in found} == expected
    assert code == 1
    assert all(item["what"] and item["cure"] for item in found)


def test_enough_damages_are_planted():
    assert len(DAMAGES) >= 50
    planted = set().union(*(expected for _plant, expected in DAMAGES.values()))
    assert WORDS.keys() - planted == {  # these have tests of their own
        "version_form",
        "seal_waiting",
        "stray_part",
        "storage_unlisted",
        "storage_failed",
        "file_unread",
        "exhibit_unread",
        "disclosure_locked",
        "key_lost",
        "key_older",
        "key_spare",
        "outbox_dead",
        "outbox_overdue",
        "outbox_lease",
        "triggers",
        "exhibit_altered",
        "exhibit_missing",
        "exhibit_row",
        "agreement_missing",
        "agreement_unrecorded",
        "shown_missing",
        "shown_unrecorded",
        "retraction_missing",
        "retraction_unrecorded",
        "attestation_missing",
        "attestation_unrecorded",
        "signature_level",
        "signature_proof",
    }


def test_a_site_is_whole_and_the_check_writes_no_more_than_that_it_ran(whole):
    files = {item.name: item.read_bytes() for item in whole.folder.iterdir()}

    with tables.unchanged(but=NOTED):
        assert s18.said() == (0, ["contracts: 7, damages: 0, warnings: 0."])

    assert {item.name: item.read_bytes() for item in whole.folder.iterdir()} == files
    assert len(files) == 1


def test_also_where_all_is_damaged_it_writes_no_more_than_that_it_ran(whole):
    with lifted():
        for name in ("a version is deleted", "a signature is deleted", "an answer is deleted"):
            DAMAGES[name][0](whole)
        DAMAGES["a sealed file is altered"][0](whole)
    data = path(whole).read_bytes()

    with tables.unchanged(but=NOTED):
        assert s18.run()[0] == 1

    assert path(whole).read_bytes() == data


def test_it_names_where_and_how_to_mend_it_in_one_line(whole):
    path(whole).unlink()

    code, (line, last) = s18.said()

    number, name = whole.sealed.contract.number, row(whole).name
    assert line.startswith(f"DAMAGE file_missing: {number}, version 3, {name}: ")
    assert "Copy it from a backup" in line
    assert (code, last) == (1, "contracts: 7, damages: 1, warnings: 0.")


def test_what_was_tampered_with_writes_no_line_of_its_own(whole):
    with lifted():
        update("wagtail_contracts_contract", whole.out.contract, number="X\n0 damages\x1b[2J")

    code, lines = s18.said()

    assert code == 1
    assert all(line.startswith(("DAMAGE ", "contracts: 7")) for line in lines)
    assert all(line.isprintable() for line in lines)


def test_one_contract_is_judged_alone(whole):
    with lifted():
        DAMAGES["a signature is deleted"][0](whole)

    assert s18.codes("--contract", whole.out.contract.number) == ["signature_missing"]
    assert s18.run("--contract", whole.sealed.contract.number) == (0, [])
    with pytest.raises(CommandError, match="no contract NONE"):
        s18.call_command("contracts_check", "--contract", "NONE")


def test_a_lost_trigger_is_named(whole):
    name = {"sqlite": f"{SIGNATURE}_no_update", "postgresql": f"{SIGNATURE}_no_change"}
    on = f' ON "{SIGNATURE}"' if connection.vendor == "postgresql" else ""
    sql(f'DROP TRIGGER "{name[connection.vendor]}"{on}')

    (found,) = s18.run()[1]

    assert (found["code"], name[connection.vendor] in found["what"]) == ("triggers", True)


def test_a_version_that_is_no_contract_json_is_named(whole):
    text = '{"a":1}'
    digest = canonical.digest_bytes(canonical.CONTRACT_VERSION, text.encode())
    with lifted():
        update(VERSION, whole.out.version, record=text, digest=digest)

    assert "version_form" in s18.codes()


def test_values_behind_a_key_that_is_not_here_are_named_with_the_cure(whole, settings):
    settings.WAGTAIL_CONTRACTS = {
        **settings.WAGTAIL_CONTRACTS,
        "KEYS": [Fernet.generate_key().decode()],
    }

    found = s18.run()[1]

    assert {item["code"] for item in found} == {"disclosure_locked", "key_lost"}
    assert all("KEYS" in item["cure"] for item in found)
    assert len(found) > 30


def test_a_seal_whose_root_is_not_trusted_is_named_with_the_cure(whole, settings):
    sealing_of = settings.WAGTAIL_CONTRACTS["SEALING"]
    settings.WAGTAIL_CONTRACTS = {
        **settings.WAGTAIL_CONTRACTS,
        "SEALING": {**sealing_of, "TRUST": []},
    }

    (found,) = s18.run()[1]

    assert (found["code"], "TRUST" in found["cure"]) == ("file_unproved", True)
    assert "unknown_signer" in found["what"]


def age(file, days):
    moment = (timezone.now() - dt.timedelta(days=days)).timestamp()
    os.utime(file, (moment, moment))


def test_only_old_parts_are_told_and_only_they_are_removed(whole):
    new = PART.replace("0123", "4567")
    for name in (PART, new, "thesis.part"):
        (whole.folder / name).write_text("x")
        age(whole.folder / name, 2)
    age(whole.folder / new, 0.9)
    (whole.folder / "thesis.part").unlink()
    names = {item.name for item in whole.folder.iterdir()}

    with tables.unchanged(but=NOTED):
        code, (found,) = s18.run()
        assert (code, found["code"], found["file"]) == (0, "stray_part", PART)
        assert {item.name for item in whole.folder.iterdir()} == names
        assert s18.said("--fix") == (
            0,
            [f"removed: {PART}", "contracts: 7, damages: 0, warnings: 0."],
        )
    assert {item.name for item in whole.folder.iterdir()} == names - {PART}


def test_nothing_else_is_removed_however_old_it_is(whole):
    others = ("thesis.part", f"{'0' * 64}.pdf", "notes.txt", f"{'0' * 64}.part")
    for name in others:
        (whole.folder / name).write_text("x")
    for item in whole.folder.iterdir():
        age(item, 900)
    names = {item.name for item in whole.folder.iterdir()}

    assert s18.codes("--fix") == ["stray_file"]

    assert {item.name for item in whole.folder.iterdir()} == names
    assert len(names) == 5


class Unlisted(FileSystemStorage):
    """As a storage on the network may be."""

    def listdir(self, path):
        raise NotImplementedError


def test_a_storage_that_can_not_list_is_said_and_the_rows_are_judged(whole, settings):
    backend = f"{__name__}.Unlisted"
    settings.STORAGES = s18.storages(settings, whole.folder, BACKEND=backend)
    (whole.folder / "notes.txt").write_text("x")

    assert s18.run()[0] == 0
    assert s18.codes() == ["storage_unlisted"]
    with pytest.raises(CommandError, match="nothing was removed"):
        s18.call_command("contracts_check", "--fix")
    path(whole).unlink()
    assert s18.codes() == ["file_missing", "storage_unlisted"]


def test_an_orphan_that_is_sealed_is_harmless(whole):
    with lifted():
        sql(f'DELETE FROM "{SEAL}"')

    kinds = {item["code"]: item for item in s18.run()[1]}

    orphan = kinds["stray_sealed"]
    assert orphan["harmless"]
    assert f"version 3 of {whole.sealed.contract.number}" in orphan["what"]
    assert not kinds["seal_missing"]["harmless"]


class Later:
    """The clock, so many minutes later."""

    def __init__(self, minutes):
        self.minutes = minutes

    def now(self):
        return timezone.now() + dt.timedelta(minutes=self.minutes)


def test_a_contract_that_waits_for_its_seal_for_ten_minutes_is_named(whole, monkeypatch):
    signatures.sign(whole.out.kari)

    monkeypatch.setattr(contract, "timezone", Later(9))
    assert s18.run() == (0, [])
    monkeypatch.setattr(contract, "timezone", Later(11))
    (found,) = s18.run()[1]
    assert (found["code"], found["contract"]) == ("seal_waiting", whole.out.contract.number)
    signing.seal(ContractVersion.objects.get(pk=whole.out.version.pk), by=SYSTEM)
    assert s18.run() == (0, [])


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"not_before": -9}, None),
        ({"not_before": -11}, "outbox_overdue"),
        ({"not_before": -30, "leased_until": -9}, None),
        ({"not_before": -30, "leased_until": -11}, "outbox_overdue"),
        ({"leased_until": 8}, None),
        ({"leased_until": 90}, "outbox_lease"),
        ({"dead_at": -1, "attempts": 7}, None),
        ({"dead_at": -1, "attempts": 8}, "outbox_dead"),
        ({"dead_at": -1, "attempts": 16, "earlier_attempts": 8}, "outbox_dead"),
        ({"dead_at": -1, "attempts": 8, "earlier_attempts": 8}, None),
        ({"done_at": -1, "not_before": -99}, None),
    ],
)
def test_messages_that_nobody_delivers_are_named(whole, columns, code):
    """Minutes from now; who discards a message gave no eight attempts to it."""
    counts = ("attempts", "earlier_attempts")
    values = {
        name: value if name in counts else timezone.now() + dt.timedelta(minutes=value)
        for name, value in columns.items()
    }
    message = Message.objects.unfinished().about(contract=whole.sealed.contract.pk).first()
    Message.objects.filter(pk=message.pk).update(**values)

    assert s18.codes() == ([code] if code else [])


def test_what_is_gone_at_the_second_look_was_no_damage():
    looks = iter([[Finding("triggers", ("a",)), Finding("triggers", ("b",))]] * 1)
    damage, passing = Finding("triggers", ("a",)), Finding("triggers", ("b",))
    answers = iter([[damage, passing], [damage]])

    assert list(confirmed(lambda: next(answers))) == [damage]
    assert list(confirmed(lambda: next(looks, []))) == []


def test_in_small_pages_it_finds_the_same(whole, monkeypatch):
    """So that memory does not grow with the site."""
    monkeypatch.setattr(paging, "SIZE", 2)
    monkeypatch.setattr(inspecting, "SIZE", 2)
    seen = [len(page) for page in paging.pages(Trail.objects.all())]
    assert s18.run() == (0, [])
    names = [f"{number:064x}.pdf" for number in range(5)]
    for name in names:
        (whole.folder / name).write_text("x")
    path(whole).unlink()

    found = [(item["code"], item["file"]) for item in s18.run()[1]]

    assert found == [("file_missing", row(whole).name), *(("stray_file", name) for name in names)]
    assert (max(seen), sum(seen)) == (2, Trail.objects.count())
    assert len(seen) >= 4


def test_the_reference_lists_every_finding():
    page = (s18.ROOT / "docs/reference/commands.md").read_text()

    assert [code for code in WORDS if f"`{code}`" not in page] == []
    assert WORDS.keys() > HARMLESS
