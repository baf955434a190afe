"""An expression as people read it: labels for keys, words for signs, in the contract's language."""

from collections.abc import Mapping

from wagtail_contracts.contracts.core.expressions.tokens import Invalid, Token, tokens

SIGNS = {"*": "×", "/": "÷", "<=": "≤", ">=": "≥", "-": "–"}
ENGLISH = {"=": "is", "!=": "is not"}
BOKMAL = {
    "=": "er",
    "!=": "er ikke",
    "is": "er",
    "filled": "fylt",
    "in": "ut",
    "empty": "tom",
    "and": "og",
    "or": "eller",
    "not": "ikke",
    "contains": "inneholder",
    "yes": "ja",
    "no": "nei",
}
NYNORSK = {**BOKMAL, "!=": "er ikkje", "not": "ikkje", "contains": "inneheld"}
WORDS = {"en": ENGLISH, "nb": BOKMAL, "nn": NYNORSK, "no": BOKMAL}


def said(expression: str, names: Mapping[str, str], language: str) -> str:
    """The expression with the label of each key in `names`; as it is where it can't be read.

    `names` has the labels of fields, options and rows by their keys.
    """
    words = WORDS.get(language.split("-")[0], ENGLISH)
    try:
        found = [_word(token, names, words) for token in tokens(expression)]
    except Invalid:
        return expression
    return " ".join(found).replace("( ", "(").replace(" )", ")").replace(" ,", ",").strip()


def _word(token: Token, names: Mapping[str, str], words: Mapping[str, str]) -> str:
    key = token.said.strip('{}"“”')
    if token.kind == "text" or token.said in names or token.kind == "key":
        return f"“{names.get(key, key)}”"
    return words.get(token.said, SIGNS.get(token.said, token.said))
