"""Each law of the house is seen to be broken, and not to be broken by what only looks like it."""

from pathlib import PurePosixPath
from textwrap import dedent

import pytest

from tests.house import laws
from tests.house.laws import Module

DOOR = "contracts/admin/views.py"
FLOW = "contracts/flows/sending.py"
LONG = "def read():\n" + "    x = 1\n" * 25
DOCUMENTED = 'def read():\n    """One.\n\n    Two.\n    """\n' + "    x = 1\n" * 24


def planted(path: str, text: str) -> Module:
    """A module as it would lie in the package."""
    return Module(PurePosixPath(path), dedent(text))


@pytest.mark.parametrize(
    ("law", "path", "text"),
    [
        (laws.too_long, FLOW, "x = 1\n" * 301),
        (laws.too_long, FLOW, LONG),
        (laws.too_long, FLOW, LONG.replace("def", "async def")),
        (laws.writes, DOOR, "contract.save()"),
        (laws.writes, DOOR, "Contract.objects.filter(pk=1).update(state='signed')"),
        (laws.writes, DOOR, "Contract.objects.bulk_update(rows, ['state'])"),
        (laws.writes, DOOR, "async def post(self):\n    await contract.asave()"),
        (laws.writes, DOOR, "async def post(self):\n    await Contract.objects.acreate()"),
        (laws.writes, DOOR, "async def post(self):\n    await Contract.objects.aupdate(x=1)"),
        (laws.writes, DOOR, "rows.update(**changes)"),
        (laws.writes, DOOR, "contracts.objects.create(title='x')"),
        (laws.writes, DOOR, "contract.readers.set([user])"),
        (laws.writes, DOOR, "self.contract.readers.add(user)"),
        (laws.writes, DOOR, "contract.readers.filter(x=1).clear()"),
        (laws.writes, DOOR, "connection.cursor().execute('DELETE FROM x')"),
        (laws.writes, DOOR, "super().save().delete()"),
        (laws.asks_for_all, DOOR, "Contract.objects.get(pk=pk)"),
        (laws.asks_for_all, DOOR, "Contract.objects.out().visible_to(user)"),
        (laws.asks_for_all, DOOR, "get_object_or_404(Contract._default_manager, pk=pk)"),
        (laws.transactions, DOOR, "with transaction.atomic():\n    pass"),
        (laws.transactions, DOOR, "from django.db.transaction import atomic"),
        (laws.transactions, DOOR, "from django.db.transaction import atomic as together"),
        (laws.transactions, DOOR, "getattr(transaction, 'atomic')"),
        (laws.transactions, DOOR, "transaction.set_autocommit(False)"),
        (laws.nameless_verbs, FLOW, "@transaction.atomic\ndef send(contract): ..."),
        (laws.nameless_verbs, FLOW, "@transaction.atomic(durable=True)\ndef send(contract): ..."),
        (laws.nameless_verbs, FLOW, "@transaction.atomic\ndef send(contract, by): ..."),
        (laws.nameless_verbs, FLOW, "@method_decorator(transaction.atomic)\ndef send(self): ..."),
        (laws.nameless_verbs, FLOW, "def send():\n    with transaction.atomic():\n        pass"),
        (laws.nameless_verbs, FLOW, "def send():\n    with a, transaction.atomic():\n        pass"),
        (laws.nameless_verbs, FLOW, "def send():\n    stack.enter_context(transaction.atomic())"),
        (
            laws.nameless_verbs,
            FLOW,
            """
            from django.db.transaction import atomic as together
            @together
            def send(contract): ...
            """,
        ),
        (
            laws.nameless_verbs,
            FLOW,
            "def send():\n    if a:\n        with atomic():\n            pass",
        ),
        (laws.hiding_names, "contracts/core/utils.py", ""),
        (laws.hiding_names, "contracts/core/date_helpers.py", ""),
        (laws.hiding_names, "contracts/services/sending.py", ""),
        (laws.hiding_names, FLOW, "class ContractService: ..."),
        (laws.hiding_names, FLOW, "class SendHandler: ..."),
        (laws.raw_markup, DOOR, "mark_safe(text)"),
        (laws.raw_markup, DOOR, "from django.utils.safestring import mark_safe as fine"),
        (laws.raw_markup, DOOR, "SafeString(text)"),
        (laws.raw_markup, "contracts/rendering/html.py", "format_html('<b>{}</b>', name)"),
        (laws.away_from_home, DOOR, "import weasyprint"),
        (laws.away_from_home, FLOW, "def f():\n    from cryptography.fernet import Fernet"),
        (laws.away_from_home, "signing/flows/signing.py", "import pyhanko.sign"),
    ],
)
def test_a_planted_violation_is_found(law, path, text):
    assert law(planted(path, text)) != []


@pytest.mark.parametrize(
    ("law", "path", "text"),
    [
        (laws.too_long, FLOW, "x = 1\n" * 300),
        (laws.too_long, FLOW, DOCUMENTED),
        (laws.writes, DOOR, "def save(self):\n    return super().save()"),
        (laws.writes, DOOR, "seen = set()\nseen.add(1)"),
        (laws.writes, DOOR, "contracts.send(contract, shown, by=actor)"),
        (laws.writes, DOOR, "contracts.create(template, by=actor)"),
        (laws.writes, DOOR, "context.update({'contract': contract})"),
        (laws.asks_for_all, DOOR, "Contract.objects.visible_to(user).out()"),
        (laws.transactions, DOOR, "transaction.on_commit(tell)"),
        (laws.nameless_verbs, FLOW, "@transaction.atomic\ndef send(contract, *, by): ..."),
        (
            laws.nameless_verbs,
            FLOW,
            """
            def send(contract, *, by):
                def together():
                    with transaction.atomic():
                        pass
            """,
        ),
        (laws.nameless_verbs, "outbox/flows.py", "@transaction.atomic\ndef _claim(): ..."),
        (laws.hiding_names, "contracts/core/states.py", "class StatusReport: ..."),
        (laws.hiding_names, "contracts/flows/self_service.py", "class SelfService: ..."),
        (laws.raw_markup, DOOR, "format_html('<b>{}</b>', name)"),
        (laws.raw_markup, DOOR, "from django.utils.safestring import SafeString"),
        (laws.away_from_home, "sealing/rendering/archive.py", "import weasyprint"),
        (laws.away_from_home, FLOW, "import json"),
    ],
)
def test_what_only_looks_like_one_is_not(law, path, text):
    assert law(planted(path, text)) == []


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("contracts/admin/views.py", "is_door_for_people"),
        ("signing/public/views.py", "is_door_for_people"),
        ("signing/tasks.py", "is_door"),
        ("contracts/management/commands/contracts_expire.py", "is_door"),
        ("contracts/wagtail_hooks.py", "is_door"),
        ("audit/flows/recording.py", "may_open_transactions"),
        ("contracts/flows/sending.py", "may_open_transactions"),
        ("contracts/models/guards.py", "may_open_transactions"),
    ],
)
def test_rooms_are_known_by_their_path(path, kind):
    assert getattr(planted(path, ""), kind)
    assert not getattr(planted("contracts/models/contracts.py", ""), kind)
