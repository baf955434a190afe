"""The staff's code app, in place of their phones: only for a demo."""

import time
from base64 import b32encode
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice


def devices() -> list[TOTPDevice]:
    """Whoever has one."""
    return list(TOTPDevice.objects.select_related("user"))


def code(device: TOTPDevice) -> str:
    """What it shows now."""
    return f"{totp(device.bin_key, device.step, device.t0, device.digits):0{device.digits}}"


def secret(device: TOTPDevice) -> str:
    """What a real code app is given."""
    return b32encode(device.bin_key).decode()


def view(request: HttpRequest) -> HttpResponse:
    """The codes, and for how long."""
    shown: list[dict[str, Any]] = [
        {
            "user": device.user,
            "code": code(device),
            "left": device.step - int(time.time()) % device.step,
        }
        for device in devices()
    ]
    response = render(request, "example_site/code_app.html", {"devices": shown})
    response["Cache-Control"] = "no-store"
    return response


urlpatterns = [path("", view, name="code_app")]
