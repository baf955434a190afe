"""What `manage.py check` says about contracts; `--deploy` says more."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage, InvalidStorageError, storages
from django.db import DatabaseError
from django.utils.module_loading import import_string

from wagtail_contracts import APPS
from wagtail_contracts.conf import backend
from wagtail_contracts.contracts.conf import Contracts, contracts
from wagtail_contracts.contracts.models import ContractTemplateMixin
from wagtail_contracts.contracts.models.templates import indexes

ID = "wagtail_contracts"
FIELDS = 10_000
READY_MADE = "wagtail_contracts.contracts.template_pages"
PUBLIC = {"default", "staticfiles"}  # storages that a web server hands out
SECTIONS = {"AUDIT", "CONTRACTS", "KEYS", "SEALING", "SIGNING", "TRUST_PAGE"}
Messages = list[checks.CheckMessage]


@checks.register()
def all_apps(app_configs: Any, **options: Any) -> Messages:
    """E013: an app of ours is not installed; the template pages are left to the site."""
    needed = [name for name in APPS if name != READY_MADE]
    missing = [name for name in needed if not apps.is_installed(name)]
    if not missing:
        return []
    return [
        checks.Error(
            f"INSTALLED_APPS lacks {', '.join(missing)}: contracts can't be sent or signed.",
            hint="Begin INSTALLED_APPS with *wagtail_contracts.APPS.",
            id=f"{ID}.E013",
        )
    ]


@checks.register()
def template_page(app_configs: Any, **options: Any) -> Messages:
    """E014: the importer would make pages of a type that is none of a template."""
    try:
        name = contracts().template_page
        model = apps.get_model(name)
    except (ImproperlyConfigured, TypeError, AttributeError):
        return []  # E015 tells
    except (LookupError, ValueError):
        model = None
    if model is not None and issubclass(model, ContractTemplateMixin):
        return []
    return [
        checks.Error(
            f"TEMPLATE_PAGE is {name!r}, which is no installed page type for templates.",
            hint=f"Install {READY_MADE}, or name your own page type with ContractTemplateMixin "
            "in WAGTAIL_CONTRACTS['CONTRACTS']['TEMPLATE_PAGE'].",
            id=f"{ID}.E014",
        )
    ]


@checks.register()
def section_names(app_configs: Any, **options: Any) -> Messages:
    """E015: what was set is read by nobody, or can't be read."""
    given = getattr(settings, "WAGTAIL_CONTRACTS", {})
    try:
        unknown = sorted(set(given) - SECTIONS)
        words = f"WAGTAIL_CONTRACTS: unknown {unknown}." if unknown else ""
        contracts()
    except (ImproperlyConfigured, TypeError, AttributeError) as error:
        words = f"WAGTAIL_CONTRACTS can't be read: {error}"
    hint = f"It is a dictionary with the sections {', '.join(sorted(SECTIONS))}."
    return [checks.Error(words, hint=hint, id=f"{ID}.E015")] if words else []


@checks.register(checks.Tags.models)
def no_api(app_configs: Any, **options: Any) -> Messages:
    """E011: Wagtail's API would read and write contracts past every flow."""
    found = [
        model._meta.label
        for model in apps.get_app_config("wagtail_contracts").get_models()
        if getattr(model, "api_fields", None)
    ]
    return [
        checks.Error(
            f"{label} has api_fields: Wagtail's API would write it past every flow.",
            hint="Remove them.",
            id=f"{ID}.E011",
        )
        for label in found
    ]


@checks.register(checks.Tags.security)
def long_forms(app_configs: Any, **options: Any) -> Messages:
    """W011: the editor of a long template posts more fields than Django takes."""
    most: int | None = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    if most is None or most >= FIELDS:
        return []
    return [
        checks.Warning(
            f"A template with more than {most // 7} clauses can't be saved.",
            hint=f"Set DATA_UPLOAD_MAX_NUMBER_FIELDS to {FIELDS}.",
            id=f"{ID}.W011",
        )
    ]


@checks.register(checks.Tags.security, deploy=True)
def public_address(app_configs: Any, **options: Any) -> Messages:
    """E010: mails would have no address to lead to. W010: it is not encrypted."""
    try:
        address = urlsplit(contracts().public_base_url)
    except (ImproperlyConfigured, TypeError, AttributeError):
        return []  # E015 tells
    if address.scheme not in ("http", "https") or not address.netloc:
        hint = "For example https://contracts.example.org, in WAGTAIL_CONTRACTS['CONTRACTS']."
        return [
            checks.Error("PUBLIC_BASE_URL is missing or no address.", hint=hint, id=f"{ID}.E010")
        ]
    if address.scheme == "http":
        words = "PUBLIC_BASE_URL is not https: whoever listens can open contracts."
        hint = "Serve the site by https, and set an address that begins with it."
        return [checks.Warning(words, hint=hint, id=f"{ID}.W010")]
    return []


@checks.register(checks.Tags.security, deploy=True)
def debugging(app_configs: Any, **options: Any) -> Messages:
    """E016: an error page would show the text and the people of a contract to whoever met it."""
    if not settings.DEBUG:
        return []
    words = "DEBUG is on: a page about an error shows contracts and personal links to everybody."
    return [checks.Error(words, hint="Set DEBUG to False.", id=f"{ID}.E016")]


@checks.register(checks.Tags.security, deploy=True)
def hidden_templates(app_configs: Any, **options: Any) -> Messages:
    """E012: a template index without a view restriction shows its titles to everybody."""
    try:
        return [
            checks.Error(
                f"Everybody can read the titles of the templates below “{page}”.",
                hint="Set the page's privacy to logged-in users or groups.",
                id=f"{ID}.E012",
            )
            for page in indexes()
            if not page.get_view_restrictions().exists()
        ]
    except DatabaseError:
        return []  # no tables yet; E001 tells


@checks.register(checks.Tags.security, deploy=True)
def file_storage(app_configs: Any, **options: Any) -> Messages:
    """E017: uploads have no storage. E018: everybody may fetch from it."""
    if (chosen := _readable()) is None:
        return []  # E015 tells
    alias = chosen.storage
    if alias not in settings.STORAGES:
        hint = f"Add {alias!r} to STORAGES, with a location of its own."
        return [checks.Error("Uploaded files have no storage.", hint=hint, id=f"{ID}.E017")]
    place = _place(alias)
    public = [getattr(settings, name, None) for name in ("MEDIA_ROOT", "STATIC_ROOT")]
    public += [_place(name) for name in PUBLIC & set(settings.STORAGES)]
    if alias in PUBLIC or (place and any(_is_inside(place, other) for other in public if other)):
        words = f"The storage {alias!r} is public: everybody could fetch uploaded files."
        return [checks.Error(words, hint="Give it a location elsewhere.", id=f"{ID}.E018")]
    return []


@checks.register(checks.Tags.security, deploy=True)
def scanner(app_configs: Any, **options: Any) -> Messages:
    """W012: nobody looks for viruses in uploads. E019: what should can't be made."""
    if (chosen := _readable()) is None:
        return []  # E015 tells
    hint = "For example wagtail_contracts.contracts.backends.clamav.ClamAV."
    if not chosen.scanner:
        words = "No SCANNER is set: nobody looks for viruses in uploaded files."
        return [checks.Warning(words, hint=hint, id=f"{ID}.W012")]
    try:
        backend(chosen.scanner, chosen.scanner_options)
    except (ImportError, TypeError, ValueError) as error:
        words = f"SCANNER can't be used, so every upload waits: {error}"
        return [checks.Error(words, hint=hint, id=f"{ID}.E019")]
    return []


@checks.register(deploy=True)
def manager(app_configs: Any, **options: Any) -> Messages:
    """E029: nobody could be asked where a rule of approval names the manager."""
    chosen = _readable()
    if chosen is None or not chosen.manager:
        return []
    try:
        usable = callable(import_string(chosen.manager))
    except ImportError:
        usable = False
    words = f"MANAGER names no function: {chosen.manager}"
    hint = "It takes a user and returns their manager, or None."
    return [] if usable else [checks.Error(words, hint=hint, id=f"{ID}.E029")]


def _readable() -> Contracts | None:
    try:
        return contracts()
    except (ImproperlyConfigured, TypeError, AttributeError):
        return None


def _place(alias: str) -> Path | None:
    """Where a storage writes to; None if that is no folder of this machine."""
    try:
        found = storages[alias]
        return Path(found.path("")).resolve() if isinstance(found, FileSystemStorage) else None
    except (ImproperlyConfigured, InvalidStorageError):
        return None


def _is_inside(place: Path, other: str | Path) -> bool:
    return place.is_relative_to(Path(other).resolve())
