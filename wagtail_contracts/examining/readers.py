"""Who says who reads what an app keeps: that app's permissions, unless another one answers."""


class Readers:
    """The apps that say so in a way of their own; Django's admin then shows nothing of it."""

    def __init__(self) -> None:
        self.apps: dict[str, str] = {}

    def read_elsewhere(self, app: str, settled: str = "") -> None:
        """Say, in AppConfig.ready, that this app decides. `settled`: where it settles alarms."""
        self.apps[app] = settled

    def elsewhere(self) -> str:
        """Which app decides, and where it settles alarms; empty where none does."""
        return "; ".join(f"{app} ({place})" if place else app for app, place in self.apps.items())

    def are_here(self) -> bool:
        """Whether Django's admin may show anything at all."""
        return not self.apps
