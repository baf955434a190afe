"""The sections SIGNING and TRUST_PAGE of the settings."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from wagtail_contracts.conf import section
from wagtail_contracts.signing.core import levels as known

KEY = re.compile("[a-z][a-z0-9_]{0,31}")


@dataclass(frozen=True)
class Signing:
    """How long links and codes live, the cookie's name, how many proxies stand in front.

    `methods` are means of identification by key, each with BACKEND and OPTIONS; `levels` says what
    a signature is worth after each: a level, or levels by the provider's word for its assurance.
    `sms` names the class that sends SMS as BACKEND, its arguments as OPTIONS; empty: nobody is
    invited by SMS. `administrators` are the addresses that get reports of abuse and alerts; without
    any it is those of the superusers. Of `burst_sendings` by one person, and of `burst_attempts`
    (wrong codes; lost links and reports), within an hour they are told. What the examination finds
    goes to `alarms`, or to them where that is empty; it comes by everything once in
    `examine_hours`, judges every seal once in `judge_hours`, and takes `examine_seconds` of each
    minute for each of its walks.
    """

    link_days: int = 30
    code_minutes: int = 10
    cookie: str = "__Host-c"
    proxies: int = 0
    sms: dict[str, Any] = field(default_factory=dict)
    methods: dict[str, dict[str, Any]] = field(default_factory=dict)
    levels: dict[str, Any] = field(default_factory=dict)
    administrators: Sequence[str] = ()
    burst_sendings: int = 20
    burst_attempts: int = 30
    alarms: Sequence[str] = ()
    examine_hours: float = 24
    judge_hours: float = 24
    examine_seconds: float = 2

    def __post_init__(self) -> None:
        """Only what a backend is made of. Raises ImproperlyConfigured."""
        if unknown := sorted(set(self.sms) - {"BACKEND", "OPTIONS"}):
            text = f"WAGTAIL_CONTRACTS['SIGNING']['SMS']: unknown {unknown}."
            raise ImproperlyConfigured(f"{text} Known are BACKEND and OPTIONS.")
        self._insist_on_methods()
        self._insist_on_levels()
        if self.sms and not self.sms.get("BACKEND"):
            text = "WAGTAIL_CONTRACTS['SIGNING']['SMS'] has no BACKEND: the class that sends."
            raise ImproperlyConfigured(text)

    def _insist_on_methods(self) -> None:
        for key, said in self.methods.items():
            if (
                not KEY.fullmatch(key)
                or set(said) - {"BACKEND", "OPTIONS"}
                or "BACKEND" not in said
            ):
                text = f"WAGTAIL_CONTRACTS['SIGNING']['METHODS'][{key!r}]: a key is of lower-case "
                raise ImproperlyConfigured(f"{text}letters, digits and _, and has a BACKEND.")

    def _insist_on_levels(self) -> None:
        for key, said in self.levels.items():
            given = [said] if isinstance(said, str) else [*dict(said).values()]
            if wrong := sorted(set(given) - set(known.ORDER)):
                text = f"WAGTAIL_CONTRACTS['SIGNING']['LEVELS'][{key!r}]: unknown {wrong}."
                raise ImproperlyConfigured(f"{text} Known are {', '.join(known.ORDER)}.")


def signing() -> Signing:
    """The settings as given, with defaults."""
    return section("SIGNING", Signing)


@dataclass(frozen=True)
class Processor:
    """Somebody who gets data from this site, and what for.

    `serves` says what of the settings it stands behind: mail, sms, files, time, or the key of a
    means of identification.
    """

    name: str
    purpose: str
    country: str
    url: str = ""
    serves: Sequence[str] = ()

    @property
    def host(self) -> str:
        """Of its address; empty where it has none."""
        return urlsplit(self.url).netloc


@dataclass(frozen=True)
class TrustPage:
    """What the page *Security and privacy*, and security.txt, can't read from the site itself.

    `contact` is an e-mail address or whole address for whoever finds a weakness; without it they
    are led to the form for reports. `policy`, `privacy_notice` and `accessibility` are addresses,
    `languages` those in which one may write. `processors` are dictionaries with the fields of
    `Processor` in capitals.
    """

    contact: str = ""
    policy: str = ""
    privacy_notice: str = ""
    accessibility: str = ""
    languages: Sequence[str] = ()
    processors: Sequence[Any] = ()

    def __post_init__(self) -> None:
        """Read each processor. Raises ImproperlyConfigured."""
        read = [item if isinstance(item, Processor) else _read(item) for item in self.processors]
        object.__setattr__(self, "processors", read)


def trust_page() -> TrustPage:
    """The settings as given, with defaults."""
    return section("TRUST_PAGE", TrustPage)


def _read(given: Mapping[str, Any]) -> Processor:
    try:
        return Processor(**{key.lower(): value for key, value in given.items()})
    except (TypeError, AttributeError) as error:
        text = "WAGTAIL_CONTRACTS['TRUST_PAGE']['PROCESSORS']: each has NAME, PURPOSE and COUNTRY, "
        raise ImproperlyConfigured(f"{text}and may have URL and SERVES. {error}") from error
