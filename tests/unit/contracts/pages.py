"""HTML as a list of what is in it."""

from html.parser import HTMLParser

VOID = {"br", "img", "input", "link", "meta"}


class Page(HTMLParser):
    """Elements with attributes in order, their words, and whether all are closed."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), "an attribute twice"
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self.open[-1] if self.open else "", " ".join(data.split())))

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        """The attributes of the elements with this name and these attributes."""
        return [
            given
            for name, given in self.elements
            if name == tag and all(given.get(key) == value for key, value in wanted.items())
        ]

    def with_class(self, name: str) -> list[str]:
        """The names of the elements of a class."""
        return [tag for tag, given in self.elements if name in given.get("class", "").split()]

    @property
    def words(self) -> str:
        """All words, a space between the elements."""
        return " ".join(text for _tag, text in self.texts)

    @property
    def headings(self) -> list[int]:
        """The levels of all headings."""
        return [
            int(tag[1]) for tag, _given in self.elements if tag in {f"h{n}" for n in range(1, 7)}
        ]
