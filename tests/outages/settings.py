"""The example site's settings; its tables are made at once, not migration by migration."""

from example_site.settings import *  # noqa: F403


class _None(dict[str, None]):
    """No app has migrations: ten seconds less."""

    def __contains__(self, label: object) -> bool:
        return True

    def __missing__(self, label: str) -> None:
        return None


MIGRATION_MODULES = _None()
# What so many visitors get wrong within minutes is no burst here, of which a trail would tell.
WAGTAIL_CONTRACTS = {
    **WAGTAIL_CONTRACTS,  # noqa: F405
    "SIGNING": {
        **WAGTAIL_CONTRACTS["SIGNING"],  # noqa: F405
        "BURST_SENDINGS": 10_000,
        "BURST_ATTEMPTS": 10_000,
    },
}
