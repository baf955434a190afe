"""From the text of an expression to its tree.

or := and {"or" and}; and := not {"and" not}; not := "not" not | test;
test := sum [sign sum | "contains" sum | "is" ("filled" "in" | "empty")];
sum := product {("+" | "-") product}; product := signed {("*" | "/") signed};
signed := "-" signed | atom [unit];
atom := number [currency] | date | text | "yes" | "no" | key | "{" key "}" | "(" or ")"
| name "(" or {"," or} ")".
"""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from wagtail_contracts.contracts.core.expressions.amounts import UNITS, Money
from wagtail_contracts.contracts.core.expressions.tokens import Invalid, Token, tokens

DEEPEST = 20  # brackets and signs within each other
SIGNS = ("=", "!=", "<", "<=", ">", ">=")
FUNCTIONS = ("min", "max", "round")
RESERVED = frozenset(("and", "or", "not", "is", "contains", "yes", "no"))


class Node(NamedTuple):
    """A step of the work: what to do, where it is written, with what, and the word for it."""

    op: str
    at: int
    parts: tuple["Node", ...] = ()
    word: Any = None


@lru_cache(maxsize=2048)  # a page asks for the same few conditions again and again
def parsed(text: str) -> Node:
    """The tree of an expression. Raises Invalid."""
    parser = Parser(text)
    tree = parser.either()
    if parser.next.kind != "end":
        raise parser.unexpected()
    return tree


class Parser:
    """Reads one expression from left to right, one word ahead."""

    def __init__(self, text: str) -> None:
        self._rest = tokens(text)
        self._depth = 0
        self.next = next(self._rest)

    def either(self) -> Node:
        """Read conditions joined by "or"."""
        return self._chain("or", self._both)

    def _both(self) -> Node:
        return self._chain("and", self._negated)

    def _chain(self, word: str, part: Callable[[], Node]) -> Node:
        at, parts = self.next.at, [part()]
        while self._is_word(word):
            self._step()
            parts.append(part())
        return parts[0] if len(parts) == 1 else Node(word, at, tuple(parts))

    def _negated(self) -> Node:
        if not self._is_word("not"):
            return self._test()
        at = self._step().at
        return Node("not", at, (self._deeper(self._negated),))

    def _test(self) -> Node:
        left = self._sum()
        if self._is_word("is"):
            left = self._filled(left)
        elif self.next.said in SIGNS or self._is_word("contains"):
            sign = self._step()
            op = "contains" if sign.kind == "word" else "compare"
            left = Node(op, sign.at, (left, self._sum()), sign.said)
        if self.next.said in SIGNS or self._is_word("contains") or self._is_word("is"):
            raise Invalid("chain", self.next.at)
        return left

    def _filled(self, left: Node) -> Node:
        at = self._step().at
        if self._is_word("empty"):
            self._step()
            return Node("empty", at, (left,))
        for word in ("filled", "in"):
            if not self._is_word(word):
                raise Invalid("is", self.next.at)
            self._step()
        return Node("filled", at, (left,))

    def _sum(self) -> Node:
        return self._signs("sum", "+-", self._product)

    def _product(self) -> Node:
        return self._signs("product", "*/", self._signed)

    def _signs(self, op: str, signs: str, part: Callable[[], Node]) -> Node:
        first, parts = part(), []
        while self.next.kind == "sign" and self.next.said in signs:
            sign = self._step()
            parts.append(Node(sign.said, sign.at, (part(),)))
        return Node(op, first.at, (first, *parts)) if parts else first

    def _signed(self) -> Node:
        if self.next.said == "-" and self.next.kind == "sign":
            at = self._step().at
            return Node("minus", at, (self._deeper(self._signed),))
        atom = self._atom()
        if self.next.kind == "word" and self.next.said.removesuffix("s") in UNITS:
            return Node("period", atom.at, (atom,), self._step().said.removesuffix("s"))
        return atom

    def _atom(self) -> Node:
        token = self._step()
        if token.said == "(" and token.kind == "sign":
            inner = self._deeper(self.either)
            self._expect(")")
            return inner
        if token.kind == "word" and token.said not in RESERVED and self.next.said == "(":
            return self._call(token)
        read = ATOMS.get(token.kind)
        if read is None or token.said in RESERVED - {"yes", "no"}:
            raise self.unexpected(token)
        if token.kind == "number" and self.next.kind == "currency":
            money = Money(Fraction(token.said), self._step().said)
            return Node("literal", token.at, word=money)
        return read(token)

    def _call(self, name: Token) -> Node:
        if name.said not in FUNCTIONS:
            raise Invalid("unknown_function", name.at, name=name.said)
        self._expect("(")
        parts = [self._deeper(self.either)]
        while self.next.said == ",":
            self._step()
            parts.append(self._deeper(self.either))
        self._expect(")")
        return Node("call", name.at, tuple(parts), name.said)

    def _deeper(self, part: Callable[[], Node]) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Invalid("too_deep", self.next.at, most=DEEPEST)
        made = part()
        self._depth -= 1
        return made

    def _is_word(self, said: str) -> bool:
        return self.next.kind == "word" and self.next.said == said

    def _step(self) -> Token:
        token = self.next
        if token.kind != "end":
            self.next = next(self._rest)
        return token

    def _expect(self, said: str) -> None:
        if self.next.kind != "sign" or self.next.said != said:
            raise self.unexpected()
        self._step()

    def unexpected(self, token: Token | None = None) -> Invalid:
        """Say that this word (the next one) doesn't belong here."""
        token = token or self.next
        if token.kind == "end":
            return Invalid("unfinished", token.at)
        return Invalid("unexpected", token.at, said=token.said)


def _text(token: Token) -> Node:
    said = token.said[1:-1]
    said = said.replace('""', '"') if token.said[0] == '"' else said
    return Node("literal", token.at, word=said)


def _word(token: Token) -> Node:
    if token.said in ("yes", "no"):
        return Node("literal", token.at, word=token.said == "yes")
    return Node("key", token.at, word=token.said)


def _date(token: Token) -> Node:
    try:
        return Node("literal", token.at, word=date.fromisoformat(token.said))
    except ValueError as error:
        raise Invalid("date", token.at, said=token.said) from error


ATOMS: dict[str, Callable[[Token], Node]] = {
    "date": _date,
    "number": lambda token: Node("literal", token.at, word=Fraction(token.said)),
    "text": _text,
    "key": lambda token: Node("key", token.at, word=token.said[1:-1]),
    "word": _word,
}
