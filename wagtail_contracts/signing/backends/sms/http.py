"""SMS through a gateway that takes HTTP: any that is told number and text in JSON or in a form."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ImproperlyConfigured

from wagtail_contracts.signing.backends.sms.base import NotSent
from wagtail_contracts.wire.calls import Rules, call

PLACE = re.compile(r"\{(to|number|text|id)\}")
METHODS = ("POST", "PUT")


class HttpSms:
    """Calls `url` with what `json` or `form` say, a template of either.

    In texts of the template {to} stands for the number with its plus, {number} for its digits,
    {text} for what is sent and {id} for what is the same at each attempt. `headers` hold the
    secret. Called are public addresses by HTTPS alone, and networks that `inside` lists.
    """

    def __init__(
        self,
        *,
        url: str,
        json: Any = None,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        method: str = "POST",
        **rules: Any,
    ) -> None:
        if (json is None) == (form is None):
            raise ImproperlyConfigured("An SMS gateway is told by JSON or by FORM, one of them.")
        if method not in METHODS:
            raise ImproperlyConfigured(f"An SMS gateway is called by {' or '.join(METHODS)}.")
        self.url, self.json, self.form, self.method = url, json, form, method
        self.headers, self.rules = dict(headers or {}), Rules(**rules)

    def send(self, number: str, text: str, *, identity: str) -> None:
        """Call the gateway once. Raises NotSent, Refused, Undelivered."""
        said = {"to": number, "number": number.lstrip("+"), "text": text, "id": identity}
        kind, body = self._body(said)
        headers = {"Content-Type": kind, **self.headers}
        answer = call(self.url, body, headers, self.rules, method=self.method)
        if not answer.taken:
            raise NotSent(f"the gateway answered {answer.code}")

    def _body(self, said: Mapping[str, str]) -> tuple[str, bytes]:
        if self.form is not None:
            filled = {name: _filled(value, said) for name, value in self.form.items()}
            return "application/x-www-form-urlencoded", urlencode(filled).encode()
        return "application/json", json.dumps(_filled(self.json, said)).encode()


def _filled(template: Any, said: Mapping[str, str]) -> Any:
    """The template with what is said in its places, once: a text that holds a place keeps it."""
    if isinstance(template, str):
        return PLACE.sub(lambda found: said[found[1]], template)
    if isinstance(template, Mapping):
        return {name: _filled(value, said) for name, value in template.items()}
    if isinstance(template, list):
        return [_filled(value, said) for value in template]
    return template
