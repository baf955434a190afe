"""The example site's settings; its tables are made at once, not migration by migration."""

from example_site.settings import *  # noqa: F403


class _None(dict[str, None]):
    """No app has migrations: ten seconds less."""

    def __contains__(self, label: object) -> bool:
        return True

    def __missing__(self, label: str) -> None:
        return None


MIGRATION_MODULES = _None()
