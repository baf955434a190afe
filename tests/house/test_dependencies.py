"""S-55: what the package imports is declared, and each declared library has its reason."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.house import laws
from tests.house.laws import HOUSE

PROJECT = tomllib.loads((HOUSE.parent / "pyproject.toml").read_text())
GROUPS = PROJECT["dependency-groups"]
REASONS = (HOUSE.parent / "docs" / "explanation" / "dependencies.md").read_text()
# Wagtail's own interfaces speak in these: they are as much Wagtail as `wagtail` is.
OF_WAGTAIL = {
    "django-filter",
    "django-taggit",
    "django-treebeard",
    "draftjs-exporter",
    "modelsearch",
    "telepath",
}


def names(lines: list) -> set[str]:
    """The distributions in a list of requirements."""
    plain = [line for line in lines if isinstance(line, str)]
    return {re.split(r"[\[>=<~! ;]", line)[0].lower().replace("_", "-") for line in plain}


DECLARED = names(PROJECT["project"]["dependencies"])
OPTIONAL = PROJECT["project"]["optional-dependencies"]
EXTRAS = names(OPTIONAL["oidc"]) | names(OPTIONAL["pkcs11"])
EVERY = DECLARED.union(*(names(group) for group in GROUPS.values()))


def imported() -> set[str]:
    """The distributions that the package imports, wherever in a module."""
    roots = set()
    for module in laws.modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Import):
                roots |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                roots.add((node.module or "").split(".")[0])
    known = packages_distributions()
    foreign = roots - set(sys.stdlib_module_names) - {HOUSE.name}
    return {known.get(root, [root])[0].lower().replace("_", "-") for root in foreign}


def test_everything_that_is_imported_is_declared():
    assert imported() - DECLARED - EXTRAS - OF_WAGTAIL == set()


def test_everything_that_is_declared_is_imported():
    assert (DECLARED | EXTRAS) - imported() == set()


@pytest.mark.parametrize("name", sorted(EVERY))
def test_each_library_has_its_reason(name):
    assert f"`{name}`" in REASONS


def test_bounds_are_lower_bounds_only():
    lines = PROJECT["project"]["dependencies"]
    assert [line for line in lines if not re.fullmatch(r"[\w\[\]-]+>=[\d.]+", line)] == []


@pytest.mark.parametrize("name", ["cryptography", "django", "pyhanko", "weasyprint"])
def test_the_ground_floor_is_tested_with_the_bounds_of_the_package(name):
    [bound] = [line for line in PROJECT["project"]["dependencies"] if line.startswith(f"{name}>")]
    assert bound in GROUPS["ground"]
