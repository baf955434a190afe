"""What `manage.py check` says about the pages of participants; `--deploy` says more."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from wagtail_contracts.audit import flows as audit
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Workspace
from wagtail_contracts.errors import Refusal
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.signing.backends.elsewhere import unnamed
from wagtail_contracts.signing.backends.methods import OURS, method
from wagtail_contracts.signing.backends.sms import sms_backend, sms_offered
from wagtail_contracts.signing.conf import signing, trust_page
from wagtail_contracts.signing.tasks import SEAL_LEASE

ID = "wagtail_contracts"
# Addresses of the shapes that people get: a personal link, a contract, the page for everybody.
SHAPES = {"landing": ["x" * 43], "contract": ["x" * 22], "verify": []}
INCLUDE = 'path("", include("wagtail_contracts.urls"))'
AT_THE_ROOT = 'path("", include("wagtail_contracts.urls.root"))'
SECURITY_TXT = "/.well-known/security.txt"
Messages = list[checks.CheckMessage]


@checks.register(checks.Tags.urls)
def addresses(app_configs: Any, **options: Any) -> Messages:
    """E030: participants have no address. E031: something else answers there."""
    if not getattr(settings, "ROOT_URLCONF", None):
        return []
    try:
        found = {name: reverse(f"{ID}:{name}", args=words) for name, words in SHAPES.items()}
    except NoReverseMatch:
        words = "There are no addresses for participants, so nothing can be sent to them."
        hint = f"Add {INCLUDE} to {settings.ROOT_URLCONF}."
        return [checks.Error(words, hint=hint, id=f"{ID}.E030")]
    hidden = [address for name, address in found.items() if _answers(address) != f"{ID}:{name}"]
    if not hidden:
        return []
    words = f"Another pattern answers before ours at {', '.join(hidden)}."
    hint = f"Put {INCLUDE} before Wagtail's own addresses, which take all that is left."
    return [checks.Error(words, hint=hint, id=f"{ID}.E031")]


def _answers(address: str) -> str:
    """The name of the pattern that takes this address."""
    try:
        return resolve(address).view_name
    except Resolver404:
        return ""


@checks.register()
def section(app_configs: Any, **options: Any) -> Messages:
    """E032: the section SIGNING can't be read."""
    try:
        signing()
    except (ImproperlyConfigured, TypeError, AttributeError) as error:
        words = f"WAGTAIL_CONTRACTS['SIGNING'] can't be read: {error}"
        return [checks.Error(words, hint="Correct or remove the key.", id=f"{ID}.E032")]
    return []


@checks.register()
def sms_gateway(app_configs: Any, **options: Any) -> Messages:
    """E034: the class that sends SMS can't be made."""
    try:
        configured = sms_offered()
    except (ImproperlyConfigured, TypeError, AttributeError):
        return []  # E032 tells
    try:
        if configured:
            sms_backend()
    except (ImportError, ImproperlyConfigured, TypeError) as error:
        words = f"WAGTAIL_CONTRACTS['SIGNING']['SMS'] names no class that sends: {error}"
        return [checks.Error(words, hint="Correct BACKEND and OPTIONS.", id=f"{ID}.E034")]
    return []


@checks.register()
def means(app_configs: Any, **options: Any) -> Messages:
    """E035: a means of identification can't be made, or lacks what it needs."""
    try:
        added = signing().methods
    except (ImproperlyConfigured, TypeError, AttributeError):
        return []  # E032 tells
    found: Messages = []
    for key in added:
        words = f"WAGTAIL_CONTRACTS['SIGNING']['METHODS'][{key!r}]: "
        found += [checks.Error(words + fault, id=f"{ID}.E035") for fault in _faults(key)]
    return found


def _faults(key: str) -> list[str]:
    if key in OURS:
        return ["a means of ours has this key. Take another one."]
    try:
        made = method(key)
        return made.faults() if made else []
    except (ImportError, ImproperlyConfigured, TypeError) as error:
        return [str(error)]


@checks.register()
def one_time_codes(app_configs: Any, **options: Any) -> Messages:
    """W031: staff can't set up a device, and have no means but mail to confirm with."""
    if contracts.factors_offered():
        return []
    words = "Staff can't set up a second factor: no one-time codes of a device, no recovery codes."
    hint = "Add django_otp, django_otp.plugins.otp_totp and …otp_static to INSTALLED_APPS."
    return [checks.Warning(words, hint=hint, id=f"{ID}.W031")]


@checks.register(checks.Tags.security, deploy=True)
def test_identity(app_configs: Any, **options: Any) -> Messages:
    """E033: nothing seals what the workspaces for training make."""
    try:
        trains = Workspace.objects.filter(training=True).exists()
    except DatabaseError:
        return []  # no tables yet; E001 tells
    if not trains or not (fault := contracts.seal_fault(test=True)):
        return []
    words = f"Contracts of workspaces for training can't be sealed: {fault}"
    hint = "manage.py sealing_identity create --test --folder FOLDER makes a local identity."
    return [checks.Error(words, hint=hint, id=f"{ID}.E033")]


@checks.register(checks.Tags.security, deploy=True)
def seals_in_time(app_configs: Any, **options: Any) -> Messages:
    """W032: who is asked for a seal may take longer than a worker holds the contract."""
    try:
        longest = sealing.longest().total_seconds()
    except (Refusal, ImproperlyConfigured, ImportError, TypeError, OSError):
        return []  # E020 tells
    lease = SEAL_LEASE.total_seconds()
    if longest < lease:
        return []
    words = (
        f"One seal can take {longest:.0f} seconds; another worker begins anew after {lease:.0f}."
    )
    hint = "Lower deadline in WAGTAIL_CONTRACTS['SEALING']['CALLS']."
    return [checks.Warning(words, hint=hint, id=f"{ID}.W032")]


@checks.register(checks.Tags.security, deploy=True)
def stamps_trusted(app_configs: Any, **options: Any) -> Messages:
    """W033: nobody, or not the site that judges files, trusts who stamps the checkpoints."""
    words = ""
    with suppress(ImproperlyConfigured, TypeError, AttributeError):  # E006 or E020 tells
        words = _distrusted() if audit.authority() else ""
    hint = "List the root in TIMESTAMP_TRUST of both, WAGTAIL_CONTRACTS['AUDIT'] and ['SEALING']."
    return [checks.Warning(words, hint=hint, id=f"{ID}.W033")] if words else []


def _distrusted() -> str:
    try:
        given = audit.roots()
    except ImproperlyConfigured as error:
        return f"No checkpoint can be time-stamped: {error}"
    if not given:
        return "No checkpoint can be time-stamped: TIMESTAMP_TRUST in AUDIT names no root."
    known = {one.dump() for one in sealing.trust().timestamps}
    missing = [one.subject.human_friendly for one in given if one.dump() not in known]
    words = (
        "Files are not renewed by checkpoints that lead to these roots, which AUDIT trusts alone"
    )
    return f"{words}: {'; '.join(missing)}." if missing else ""


@checks.register(checks.Tags.security, deploy=True)
def proxies(app_configs: Any, **options: Any) -> Messages:
    """W030: behind a proxy, limits take all participants for one."""
    try:
        counted = signing().proxies
    except (ImproperlyConfigured, TypeError, AttributeError):
        return []  # E032 tells
    if counted or not settings.SECURE_PROXY_SSL_HEADER:
        return []
    words = (
        "SECURE_PROXY_SSL_HEADER tells of a proxy, and PROXIES of none: everybody has its address."
    )
    hint = "Set WAGTAIL_CONTRACTS['SIGNING']['PROXIES'] to how many there are."
    return [checks.Warning(words, hint=hint, id=f"{ID}.W030")]


@checks.register()
def trust_section(app_configs: Any, **options: Any) -> Messages:
    """E040: the section TRUST_PAGE can't be read."""
    try:
        trust_page()
    except (ImproperlyConfigured, TypeError, AttributeError) as error:
        words = f"WAGTAIL_CONTRACTS['TRUST_PAGE'] can't be read: {error}"
        return [checks.Error(words, hint="Correct or remove the key.", id=f"{ID}.E040")]
    return []


@checks.register(checks.Tags.security, deploy=True)
def processors(app_configs: Any, **options: Any) -> Messages:
    """W040: data leave the site, and the page about trust names nobody who gets them."""
    try:
        missing = unnamed()
    except (ImproperlyConfigured, ImportError, TypeError, AttributeError):
        return []  # E032, E034, E035 or E040 tells
    if not missing:
        return []
    words = f"Data leave the site by {', '.join(missing)}, and PROCESSORS names nobody for it."
    hint = "Add who gets them to WAGTAIL_CONTRACTS['TRUST_PAGE']['PROCESSORS'], with SERVES."
    return [checks.Warning(words, hint=hint, id=f"{ID}.W040")]


@checks.register(checks.Tags.security, deploy=True)
def security_txt(app_configs: Any, **options: Any) -> Messages:
    """W041: whoever finds a weakness finds nobody to tell."""
    if _answers(SECURITY_TXT) == f"{ID}_root:security_txt":
        return []
    words = f"There is no {SECURITY_TXT}: whoever finds a weakness finds nobody to tell."
    hint = f"Add {AT_THE_ROOT} to {settings.ROOT_URLCONF}, before Wagtail's own addresses."
    return [checks.Warning(words, hint=hint, id=f"{ID}.W041")]
