"""Why a file is not taken."""


class FileRefused(Exception):
    """A code, and what a sentence about it names."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code, self.detail = code, detail
