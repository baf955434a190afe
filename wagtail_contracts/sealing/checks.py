"""What `manage.py check --deploy` says about seals."""

import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import global_settings, settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage, InvalidStorageError, storages
from django.utils import timezone

from wagtail_contracts.errors import Refusal
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.conf import sealing as configured
from wagtail_contracts.sealing.core import scripts
from wagtail_contracts.sealing.rendering import typefaces

ID = "wagtail_contracts"
OTHERS = stat.S_IRWXO
PUBLIC = {"default", "staticfiles"}  # storages that a web server hands out
ROOTS = "List authority.pem in WAGTAIL_CONTRACTS['SEALING']['TRUST']."
Check = Callable[[], Iterator[checks.CheckMessage]]


def _deploy(check: Check) -> Check:
    def found(app_configs: Any, **options: Any) -> list[checks.CheckMessage]:
        try:
            configured()
        except (ImproperlyConfigured, TypeError) as error:
            # Each check would stumble over it; one says so.
            hint = "Correct WAGTAIL_CONTRACTS['SEALING']; sealing_identity create prints one."
            told = checks.Error(str(error), hint=hint, id=f"{ID}.E020")
            return [told] if check is identity else []
        return list(check())

    checks.register(found, checks.Tags.security, deploy=True)
    return check


@_deploy
def identity() -> Iterator[checks.CheckMessage]:
    """E020: nothing seals, or what should does not open. E021: the key is open to others."""
    try:
        seal = sealing.identity()
    except (Refusal, ImproperlyConfigured, ImportError, TypeError, OSError) as error:
        hint = "manage.py sealing_identity create --folder FOLDER makes a local one."
        yield checks.Error(f"Nothing can be sealed: {error}", hint=hint, id=f"{ID}.E020")
        return
    for path in getattr(seal, "private_files", ()):
        if path.stat().st_mode & OTHERS:
            yield checks.Error(
                f"{path} can be read by everybody on this machine.",
                hint=f"chmod 600 {path}",
                id=f"{ID}.E021",
            )


@_deploy
def certificate() -> Iterator[checks.CheckMessage]:
    """E022: the certificate is over. W020: it is soon."""
    try:
        ends = sealing.valid_until()
    except (Refusal, ImproperlyConfigured, ImportError, TypeError, OSError):
        return  # E020 tells
    now, hint = timezone.now(), "Sealed files stay as they are; new ones need a new certificate."
    if ends <= now:
        yield checks.Error(f"The seal's certificate ended {ends}.", hint=hint, id=f"{ID}.E022")
    elif ends <= now + sealing.SOON:
        yield checks.Warning(f"The seal's certificate ends {ends}.", hint=hint, id=f"{ID}.W020")


@_deploy
def use() -> Iterator[checks.CheckMessage]:
    """E027: the certificate is for something else. W021: its algorithm retires soon, or is."""
    try:
        found = sealing.vetted()
    except (Refusal, ImproperlyConfigured, ImportError, TypeError, OSError):
        return  # E020 or E023 tells
    if not found.commits:
        yield checks.Error(
            "The certificate of the seal is not one to commit to contents with (non-repudiation).",
            hint="Ask for one for electronic seals: sealing_identity request.",
            id=f"{ID}.E027",
        )
    if found.retires and found.retires.at <= timezone.now() + sealing.SOON:
        yield checks.Warning(
            f"The seal stands on {found.retires.name}, which retires {found.retires.at:%Y-%m-%d}.",
            hint="Exchange it for another: sealing_identity rotate. Sealed files stay as they are.",
            id=f"{ID}.W021",
        )


@_deploy
def roots() -> Iterator[checks.CheckMessage]:
    """E023: our own files would be called unknown."""
    try:
        found = sealing.trust().seals
    except ImproperlyConfigured as error:
        yield checks.Error(str(error), hint=ROOTS, id=f"{ID}.E023")
        return
    if not found:
        yield checks.Error(
            "No root is trusted, so every sealed file is by an unknown signer.",
            hint=ROOTS,
            id=f"{ID}.E023",
        )


@_deploy
def fonts() -> Iterator[checks.CheckMessage]:
    """E024: a place of fonts is missing or empty."""
    for place in typefaces.places():
        if not typefaces.files([place]):
            hint = "Install the package anew, or correct WAGTAIL_CONTRACTS['SEALING']['FONTS']."
            yield checks.Error(f"There are no fonts in {place}.", hint=hint, id=f"{ID}.E024")


@_deploy
def written() -> Iterator[checks.CheckMessage]:
    """W029: what people of this site write in can't be printed."""
    chosen = settings.LANGUAGES != global_settings.LANGUAGES  # which lists all that Django speaks
    spoken = scripts.of_languages(code for code, _name in settings.LANGUAGES if chosen)
    named = [scripts.SCRIPTS[code] for code in configured().scripts]
    for script in dict.fromkeys([*named, *spoken]):
        if missing := typefaces.unprintable(script.sample):
            listed = ", ".join(script.files)
            yield checks.Warning(
                f"No font has {missing}, so {script.name} ({script.code}) can't be printed.",
                hint=f"apt-get install {script.package}, and list in FONTS: {listed}",
                id=f"{ID}.W029",
            )


@_deploy
def storage() -> Iterator[checks.CheckMessage]:
    """E025: sealed files have no storage. E026: it lies where everybody may fetch from."""
    alias = configured().storage
    try:
        storages[alias]
    except InvalidStorageError as error:
        hint = f"Add {alias!r} to STORAGES, with a location of its own."
        yield checks.Error(str(error), hint=hint, id=f"{ID}.E025")
        return
    place = _place(alias)
    public = {name: getattr(settings, name, None) for name in ("MEDIA_ROOT", "STATIC_ROOT")}
    public |= {f"STORAGES[{name!r}]": _place(name) for name in PUBLIC & set(settings.STORAGES)}
    for name, location in public.items():
        inside = place and location and place.is_relative_to(Path(location).resolve())
        if inside or name == f"STORAGES[{alias!r}]":
            yield checks.Error(
                f"The storage {alias!r} lies inside {name}: sealed files would be public.",
                hint="Give it a location elsewhere.",
                id=f"{ID}.E026",
            )
            return


def _place(alias: str) -> Path | None:
    """Where a storage writes to; None if that is no folder of this machine."""
    found = storages[alias]
    if not isinstance(found, FileSystemStorage):
        return None
    try:
        return Path(found.path("")).resolve()
    except ImproperlyConfigured:  # static files without STATIC_ROOT
        return None
