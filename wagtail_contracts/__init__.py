"""Living digital contracts inside Wagtail."""

__version__ = "0.1.0"

APPS = [
    "wagtail_contracts.audit",
    "wagtail_contracts.sealing",
    "wagtail_contracts.outbox",
    "wagtail_contracts.contracts",
    "wagtail_contracts.contracts.template_pages",
    "wagtail_contracts.signing",
]
