"""S-52: keys turn over all that is encrypted; an old one goes when nothing needs it any more."""

import re
from io import StringIO

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.management import CommandError, call_command
from wagtail.models import Revision

from tests import signatures, tables
from tests.security import s18
from wagtail_contracts import append_only
from wagtail_contracts.audit.models import Disclosure
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.signing.flows.privacy import rotating

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
TOKEN = re.compile(r"enc1:([A-Za-z0-9_=-]+)")


@pytest.fixture
def turn(settings):
    """Put a new key before those that there are; gives it."""

    def turned():
        key = Fernet.generate_key().decode()
        keys(settings, [key, *settings.WAGTAIL_CONTRACTS["KEYS"]])
        return key

    return turned


def keys(settings, found):
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "KEYS": found}


def tokens():
    """Every ciphertext in every table, as it is stored."""
    found = "\n".join(repr(tables.rows(name)) for name in tables.names())
    return TOKEN.findall(found)


def opened_by(key):
    """How many of them this key opens, and how many it doesn't."""
    fernet, opened, closed = Fernet(key), 0, 0
    for token in tokens():
        try:
            fernet.decrypt(token.encode())
            opened += 1
        except InvalidToken:
            closed += 1
    return opened, closed


def run():
    output = StringIO()
    call_command("contracts_rotate_keys", stdout=output)
    return output.getvalue()


def test_all_that_is_encrypted_comes_under_the_new_key_and_the_old_one_may_go(
    answered, turn, settings
):
    answered.contract.save_revision()
    signatures.sign(answered.kari)
    key = turn()
    assert opened_by(key)[0] == 0

    run()

    opened, closed = opened_by(key)
    assert closed == 0
    assert opened > 20
    keys(settings, [key])
    assert Participant.objects.get(pk=answered.kari.pk).email == "kari@customer.example"
    revised = Revision.objects.for_instance(answered.contract).latest("pk").as_object()
    assert "kari@customer.example" in {
        person.email for party in revised.parties.all() for person in party.people.all()
    }
    assert Contract.objects.called("kari@customer.example").exists()


def test_what_is_plain_in_an_encrypted_column_is_encrypted(sent, turn):
    table = Participant._meta.db_table
    s18_update = f"UPDATE {table} SET phone = '+4790000000' WHERE id = {sent.kari.pk}"
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(s18_update)
    turn()

    run()

    stored = dict(rotating._stored(Participant, "phone"))[sent.kari.pk]
    assert stored.startswith("enc1:")
    assert Participant.objects.get(pk=sent.kari.pk).phone == "+4790000000"


def test_a_second_run_has_nothing_to_do(sent, turn):
    turn()
    assert run() != "Values: 0, revisions: 0.\n"

    assert run() == "Values: 0, revisions: 0.\n"


def test_the_check_says_what_is_left_and_when_the_old_key_may_go(sent, turn):
    assert s18.codes() == []
    turn()
    assert s18.codes() == ["key_older"]

    run()

    assert s18.codes() == ["key_spare"]


def test_a_key_that_went_too_early_is_told_by_the_check_and_by_the_command(sent, settings):
    kept = settings.WAGTAIL_CONTRACTS["KEYS"]
    keys(settings, [Fernet.generate_key().decode()])

    code, found = s18.run()

    assert code == 1
    assert "key_lost" in {item["code"] for item in found}
    with (
        tables.unchanged(but=("searchtext", "searchtext_fts")),
        pytest.raises(CommandError, match="put the one"),
    ):
        run()
    keys(settings, [*settings.WAGTAIL_CONTRACTS["KEYS"], *kept])
    assert run().startswith("Values: ")


def test_no_encrypted_column_is_in_a_table_whose_rows_can_not_change():
    """Nobody could turn its key, or erase it: what must go later is a disclosure."""
    kept = {
        rule.table for rule in append_only.kept() if "no_update" in "".join(rule.triggers["sqlite"])
    }

    assert kept
    assert [m._meta.label for m, _name in rotating.columns() if m._meta.db_table in kept] == []


def test_every_encrypted_column_is_found():
    assert (Disclosure, "value") in rotating.columns()
    assert (Participant, "email") in rotating.columns()
