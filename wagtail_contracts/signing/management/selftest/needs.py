"""What a site needs before a contract can be sealed, and how to mend what is missing.

All of it is looked at, and nothing remains.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterable

from django.conf import settings
from django.core import checks
from django.core.checks.registry import registry
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from wagtail_contracts.errors import Refusal
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.rendering import typefaces
from wagtail_contracts.signing.flows.trial import TRACE, Missing, Unmet

HOUSE = "wagtail_contracts"
FACES = [
    f"Noto{family}-{face}.ttf"
    for family in ("Sans", "Serif")
    for face in ("Regular", "Bold", "Italic", "BoldItalic")
]
SEALED_BY_OURS = f"{HOUSE}.E020"  # `identity` says it with the file that is missing
TRYING = {f"{HOUSE}.E004", f"{HOUSE}.E016"}  # a site on somebody's own machine may be so
KEY = "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"
CURES = {
    f"{HOUSE}.E002": f"Put one into WAGTAIL_CONTRACTS['KEYS']; python -c '{KEY}' makes it.",
    f"{HOUSE}.E024": "Put fonts there, or take the folder out of FONTS; our own come with the "
    "wheel: install wagtail-contracts again.",
    f"{HOUSE}.E023": "Put the file back, or name in WAGTAIL_CONTRACTS['SEALING']['TRUST'] where "
    "it is: sealing_identity create made it as authority.pem.",
}
REFERENCE = "The reference of checks tells of {id}."
MAKE = "manage.py sealing_identity create --folder FOLDER --name NAME"
LIBRARIES = "apt install libpango-1.0-0 libpangoft2-1.0-0"
WRITABLE = (
    "Let this user write at the location of the storage: it is in STORAGES, under the name that "
    "WAGTAIL_CONTRACTS['SEALING']['STORAGE'] gives, otherwise 'wagtail_contracts'."
)
DRAWING = "import wagtail_contracts.sealing.rendering.archive"


def settings_are_right() -> str:
    """What our own checks say; what a machine for trying may lack is only told."""
    found = [
        message
        for check in registry.get_checks(include_deployment_checks=True)
        if check.__module__.startswith(f"{HOUSE}.")
        for message in check(app_configs=None, databases=list(connections))
        if message.id != SEALED_BY_OURS and not message.is_silenced()
    ]
    lacks = [one for one in found if one.level >= checks.ERROR and one.id not in TRYING]
    notes = [f"{one.id}: {one.msg}" for one in found if one not in lacks]
    _insist(Missing(one.msg, one.hint or _cure_of_check(one.id or "")) for one in lacks)
    return "\n".join(notes)


def tables_are_there() -> str:
    """Every migration is applied where contracts live."""
    executor = MigrationExecutor(connections["default"])
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    words = ", ".join(f"{one.app_label}.{one.name}" for one, _back in waiting[:3])
    more = f" and {len(waiting) - 3} more" if len(waiting) > 3 else ""
    _insist(Missing(f"Not migrated: {words}{more}.", "manage.py migrate") for _one in waiting[:1])
    return f"{len(executor.loader.applied_migrations)} migrations"


def identity() -> str:
    """There is a seal, and it opens."""
    try:
        sealing.identity().certificate()
    except (Refusal, ImproperlyConfigured, ImportError, TypeError, OSError) as error:
        _insist([Missing(str(error), _cure_of_identity(error))])
    return repr(sealing.identity())


def fonts() -> str:
    """The bundled typefaces are all there."""
    lost = [face for face in FACES if not (typefaces.BUNDLED / face).is_file()]
    cure = f"They come with the wheel: install {HOUSE.replace('_', '-')} again."
    _insist(Missing(f"{face} is missing from {typefaces.BUNDLED}.", cure) for face in lost)
    return f"{len(typefaces.files(typefaces.places()))} files"


def storage() -> str:
    """The private storage can be written to."""
    try:
        return sealing.probe()
    except Exception as error:
        what = f"Sealed files can't be stored: {type(error).__name__}: {error}"
        raise Unmet([Missing(what, WRITABLE)]) from error


def cure(error: Exception) -> str:
    """How to mend what a step raised."""
    code = getattr(error, "code", "")
    if isinstance(error, DatabaseError):
        return "Start the database, see DATABASES in the settings; lacks it tables, then migrate."
    if code == "import_refused":
        return "Change the text there: see the guide on importing from Markdown."
    if code == "scratch_refused":
        user = settings.DATABASES["default"].get("USER")
        return f'ALTER ROLE "{user}" CREATEDB; it can be taken away again afterwards.'
    if lost := _cannot_draw():
        return f"{LIBRARIES} (drawing needs them: {lost})"
    return TRACE


def _insist(missing: Iterable[Missing]) -> None:
    if lacks := list(missing):
        raise Unmet(lacks)


def _cure_of_check(id_: str) -> str:
    return CURES.get(id_, REFERENCE.format(id=id_))


def _cure_of_identity(error: Exception) -> str:
    lost = getattr(error.__cause__, "filename", None)
    if lost and getattr(error.__cause__, "errno", 0) == errno.ENOENT:
        return f"Put {lost} back from your copy; without one, {MAKE} makes another seal."
    if lost:
        return f"Let this user read {lost}."
    if error.__cause__ is not None:
        return "Name the right password: OPTIONS say where it is read, password_file or _env."
    return f"{MAKE} makes one and prints the settings."


def _cannot_draw() -> str:
    """What the process that draws says when it can't begin."""
    said = subprocess.run(  # noqa: S603 - our own module, found where that process finds it
        [sys.executable, "-P", "-c", DRAWING],
        env={"PATH": os.defpath, "PYTHONPATH": str(typefaces.BUNDLED.parents[3])},
        capture_output=True,
        text=True,
        check=False,
    )
    return said.stderr.strip().splitlines()[-1][:200] if said.returncode else ""
