"""The READMEs of both apps are in the wheel, name what there is, and what they show works."""

import dataclasses
import inspect
import re
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command, get_commands
from django.dispatch import Signal

from wagtail_contracts.audit import kinds

APPS = ("audit", "sealing")


def text(app):
    package = Path(import_module(f"wagtail_contracts.{app}").__file__).parent
    return (package / "README.md").read_text()


def code(app, word):
    """The block of Python that has this word in it."""
    blocks = re.findall(r"^```python\n(.*?)^```$", text(app), re.MULTILINE | re.DOTALL)
    [found] = [block for block in blocks if word in block]
    return found


@pytest.mark.parametrize("app", APPS)
def test_every_setting_signal_and_command_is_named(app):
    [settings] = [
        kind
        for _name, kind in inspect.getmembers(import_module(f"wagtail_contracts.{app}.conf"))
        if dataclasses.is_dataclass(kind)
    ]
    signals = vars(import_module(f"wagtail_contracts.{app}.signals"))
    named = [field.name.upper() for field in dataclasses.fields(settings)]
    named += [name for name, found in signals.items() if isinstance(found, Signal)]
    named += [name for name, of in get_commands().items() if of == f"wagtail_contracts.{app}"]
    assert [name for name in named if f"`{name}" not in text(app)] == []


@pytest.mark.parametrize("app", APPS)
def test_what_it_proves_and_what_not_is_said(app):
    headings = re.findall("^## (.+)$", text(app), re.MULTILINE)
    assert headings[:2] == ["Install", "Five minutes"]
    assert headings[-2:] == ["What it proves", "What it does not prove"]


@pytest.mark.django_db
def test_five_minutes_of_audit_work(monkeypatch, capsys):
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    item = SimpleNamespace(pk=3, quantity=5, trail="i" * 32, save=lambda: None)
    exec(code("audit", "kinds.declare"), {})  # noqa: S102 - our own words
    exec(code("audit", "audit.record"), {"item": item})  # noqa: S102 - our own words
    assert capsys.readouterr().out == (
        "Kari Nordmann lent 2 of them to Per Hansen Per Hansen Kari Nordmann\n"
    )


@pytest.mark.django_db
def test_five_minutes_of_sealing_work(settings, tmp_path):
    call_command("sealing_identity", "create", folder=tmp_path, name="Shop")
    options = {"path": tmp_path / "seal.p12", "password_file": tmp_path / "seal.password"}
    seal = {"BACKEND": "wagtail_contracts.sealing.backends.file.Pkcs12Seal", "OPTIONS": options}
    seal["TRUST"] = [tmp_path / "authority.pem"]
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "SEALING": seal}
    found = {}
    exec(code("sealing", "document("), found)  # noqa: S102 - our own words
    assert (found["report"].verdict, found["report"].known) == ("intact", True)
