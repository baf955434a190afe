"""Whatever a site can set, catch, subscribe to, run or be told by a check is described."""

import dataclasses
import importlib
import inspect
import re

import pytest
from django.dispatch import Signal

from tests.house.laws import HOUSE
from wagtail_contracts import events
from wagtail_contracts.audit import conf as audit_conf
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.contracts import signals
from wagtail_contracts.errors import Refusal
from wagtail_contracts.sealing import conf as sealing_conf
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.signing import urls

PAGES = {
    path.relative_to(HOUSE.parent / "docs").as_posix(): path.read_text()
    for folder in ("reference", "how-to")
    for path in (HOUSE.parent / "docs" / folder).glob("*.md")
}
EVERYWHERE = "\n".join(PAGES.values())
APPS = ("audit", "contracts", "outbox", "sealing", "signing")
ALONE = ("audit", "sealing")
CONFS, FLOWS = {"audit": audit_conf, "sealing": sealing_conf}, {"audit": audit, "sealing": sealing}


def rooms(name):
    """The module of this name in each app that has one, or a folder of modules."""
    places = {app: (HOUSE / app / f"{name}.py", HOUSE / app / name / "__init__.py") for app in APPS}
    present = [app for app, found in places.items() if any(path.exists() for path in found)]
    return [importlib.import_module(f"wagtail_contracts.{app}.{name}") for app in present]


def settings():
    """Every key of every section."""
    for module in rooms("conf"):
        for _, kind in inspect.getmembers(module, dataclasses.is_dataclass):
            if kind.__module__ == module.__name__:
                yield from (field.name.upper() for field in dataclasses.fields(kind))


def refusals():
    """Every class and code."""
    for module in rooms("errors"):
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if issubclass(kind, Refusal) and kind.__module__.startswith(module.__name__):
                yield from (kind.__name__, kind.code)


def addresses():
    """The name of every address that somebody without an account can reach."""
    names = (pattern.name for pattern in (*urls.urlpatterns, *urls.AT_THE_ROOT))
    return {name for name in names if not name.startswith("mine")}


def commands():
    """Every management command."""
    for path in HOUSE.glob("*/management/commands/*.py"):
        if path.stem != "__init__":
            yield path.stem


def checks():
    """Every id of a check, without the label of its app."""
    for path in HOUSE.glob("*/checks.py"):
        yield from re.findall(r"\b[EW]\d{3}\b", path.read_text())


@pytest.mark.parametrize("key", sorted(set(settings())))
def test_every_setting_is_described(key):
    assert f"`{key}`" in PAGES["reference/settings.md"]


@pytest.mark.parametrize("key", sorted(set(settings())))
def test_every_setting_is_read(key):
    """A setting that nothing reads would promise what it does not keep."""
    others = (path.read_text() for path in HOUSE.rglob("*.py") if path.name != "conf.py")
    assert any(f".{key.lower()}" in text for text in others)


@pytest.mark.parametrize("word", sorted(set(refusals())))
def test_every_refusal_is_described(word):
    assert f"`{word}`" in EVERYWHERE


@pytest.mark.parametrize("name", sorted(addresses()))
def test_every_public_address_is_described(name):
    assert re.search(rf"^\| .*`{name}`.* \| `/", PAGES["reference/public-pages.md"], re.MULTILINE)


@pytest.mark.parametrize("name", sorted(v for k, v in vars(events).items() if k.isupper()))
def test_every_event_is_described(name):
    assert f"`{name}`" in PAGES["reference/events.md"]


@pytest.mark.parametrize(
    "name", [name for name, value in vars(signals).items() if isinstance(value, Signal)]
)
def test_every_signal_is_described_and_named_after_its_event(name):
    assert f"`{name}`" in PAGES["reference/events.md"]
    assert name.replace("_", ".", 1) in vars(events).values()


@pytest.mark.parametrize("name", sorted(set(commands())))
def test_every_command_is_described(name):
    assert re.search(rf"\b{name}\b", EVERYWHERE)


@pytest.mark.parametrize("id_", sorted(set(checks())))
def test_every_check_is_described(id_):
    assert re.search(rf"\b{id_}`", EVERYWHERE)


@pytest.mark.parametrize("app", ALONE)
def test_an_app_that_stands_alone_names_its_checks_in_its_page_and_in_its_readme(app):
    ids = set(re.findall(r"\b[EW]\d{3}\b", (HOUSE / app / "checks.py").read_text()))
    assert len(ids) > 4
    for text in (PAGES[f"reference/{app}.md"], (HOUSE / app / "README.md").read_text()):
        assert sorted(id_ for id_ in ids if id_ not in text) == []


@pytest.mark.parametrize("app", ALONE)
def test_an_app_that_stands_alone_describes_its_verbs_and_each_key_in_their_tables(app):
    page = PAGES[f"reference/{app}.md"]
    keys, verbs = (
        part.split("\n## ")[0] for part in re.split("\n## (?:Settings|Verbs)\n", page)[1:]
    )
    (kind,) = [kind for _, kind in inspect.getmembers(CONFS[app], dataclasses.is_dataclass)]
    wanted = {field.name.upper() for field in dataclasses.fields(kind)}
    assert sorted(key for key in wanted if f"`{key}`" not in keys) == []
    named = [name for name, verb in vars(FLOWS[app]).items() if inspect.isfunction(verb)]
    assert len(named) > 30
    assert sorted(name for name in named if f"`{name}(" not in verbs) == []
