"""Text that is encrypted at rest, in tables and in Wagtail's revisions alike.

Keys come from `WAGTAIL_CONTRACTS["KEYS"]`: a list of Fernet keys, the first encrypts, all decrypt,
so that keys rotate.
There is no default key. What must be found again without being readable is kept as a digest under
a key made from these.
"""

import hashlib
import hmac
import json
from contextlib import suppress
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models

MARK = "enc1:"
CURRENT, OLDER, LOST = "current", "older", "lost"  # the key that opens a stored text


def cipher() -> MultiFernet:
    """The configured keys. Raises ImproperlyConfigured when there is none."""
    return MultiFernet(_fernets())


def _fernets() -> list[Fernet]:
    keys = getattr(settings, "WAGTAIL_CONTRACTS", {}).get("KEYS")
    if not keys:
        raise ImproperlyConfigured(
            "WAGTAIL_CONTRACTS['KEYS'] is missing: a list of keys from "
            "cryptography.fernet.Fernet.generate_key()."
        )
    try:
        return [_fernet(key) for key in keys]
    except ValueError as error:
        raise ImproperlyConfigured(
            "WAGTAIL_CONTRACTS['KEYS'] holds a key that Fernet does not take."
        ) from error


@lru_cache(maxsize=16)
def _fernet(key: str | bytes) -> Fernet:
    return Fernet(key)


def seal_text(value: str) -> str:
    """Ciphertext of `value`; an empty value stays empty."""
    return MARK + cipher().encrypt(value.encode()).decode() if value else value


def open_text(value: str) -> str:
    """The text behind `seal_text`; text without its mark is returned as it is.

    Raises ValueError.
    """
    if not value.startswith(MARK):
        return value
    try:
        return cipher().decrypt(value.removeprefix(MARK).encode()).decode()
    except InvalidToken as error:
        raise ValueError(
            "This text was encrypted with a key that is not in WAGTAIL_CONTRACTS['KEYS']."
        ) from error


def standing(stored: str) -> str:
    """Whether the key that encrypts opens a stored text, an older one, or none.

    Text without its mark is plain: it has still to come under a key.
    """
    if not stored.startswith(MARK):
        return OLDER
    token, fernets = stored.removeprefix(MARK).encode(), _fernets()
    for place, fernet in enumerate(fernets):
        with suppress(InvalidToken):
            fernet.decrypt(token)
            return OLDER if place else CURRENT
    return LOST


def renewed(stored: str) -> str:
    """The same under the key that encrypts, whatever opens it now. Raises ValueError."""
    return seal_text(open_text(stored))


def keyed_digests(value: str) -> list[str]:
    """Digests of `value` that nobody makes without a key: 32 hex characters, one for each key.

    That of the key that encrypts comes first: it is the one to store.
    """
    cipher()  # raises where there is no key, or one that is none
    ours: Any = settings.WAGTAIL_CONTRACTS
    made = [hmac.new(_derived(key), value.encode(), hashlib.sha256) for key in ours["KEYS"]]
    return [digest.hexdigest()[:32] for digest in made]


def _derived(key: str | bytes) -> bytes:
    """Another key for another purpose, so that digests tell nothing about what encrypts."""
    plain = key.encode() if isinstance(key, str) else key
    return hmac.new(plain, b"wagtail-contracts/keyed-digest/v1", hashlib.sha256).digest()


class EncryptedTextField(models.TextField):
    """A TextField whose column, and whose value in a revision, is ciphertext.

    It can't be searched or compared; `keyed_digests` can.
    """

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return seal_text(value) if value else value

    def from_db_value(self, value: Any, expression: object, connection: object) -> Any:
        return open_text(value) if value else value

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return open_text(value) if value else value

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """Take what was typed as it is: no form opens ciphertext for whoever has some."""
        self.validate(value, model_instance)
        self.run_validators(value)
        return value

    def value_to_string(self, obj: models.Model) -> str:
        return seal_text(str(self.value_from_object(obj) or ""))


class EncryptedJSONField(EncryptedTextField):
    """The same for what JSON says; one that is empty is encrypted, too."""

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else seal_text(json.dumps(value))

    def from_db_value(self, value: Any, expression: object, connection: object) -> Any:
        return json.loads(open_text(value)) if value else value

    def to_python(self, value: Any) -> Any:
        return json.loads(open_text(value)) if isinstance(value, str) and value else value

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.get_prep_value(self.value_from_object(obj)) or "")
