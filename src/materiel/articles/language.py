"""Language: which of the languages that can be read a text is in; `None` for them means any language."""

import re
from functools import cache
from typing import TYPE_CHECKING

from materiel.model.errors import LanguageUnknownError

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

Known = tuple[str, ...] | None
CODE = re.compile("[a-z]{2,3}")
# Enough to tell any language; the rest of a long text would only cost time.
SAMPLE = 20_000
# A text whose likeliest language is less likely than this has no words to tell it by (numbers, one name).
LEAST = 0.03
# Near relatives (Indonesian and Malay, Norwegian and Danish) are told apart with little certainty: one that
# can be read is taken where it is this likely beside the likeliest.
NEAR = 0.2


def tell_language(text: str, known: Known) -> str:
    """The language of a text, one of `known`."""
    chances: dict[str, float] = dict(_identifier().rank(text[:SAMPLE]))
    best = max(chances, key=chances.__getitem__)
    if chances[best] < LEAST:
        codes = "CODE" if known is None else "|".join(known)
        raise LanguageUnknownError(f"its language cannot be told; give it: --language {codes}")
    if known is None:
        return best
    guess = max((code for code in known if code in chances), key=chances.__getitem__, default=None)
    if guess is None or chances[guess] < NEAR * chances[best]:
        raise LanguageUnknownError(f"it seems to be in '{best}', {_cannot(known)}; or give --language")
    return guess


def as_known(code: str, known: Known) -> str:
    """The language that a code or tag (`en`, `en-GB`) names, one of `known`."""
    primary = code.strip().replace("_", "-").split("-")[0].lower()
    if known is None:
        if not CODE.fullmatch(primary):
            raise LanguageUnknownError(f"'{code[:20]}' is no code of a language; write two or three letters (ISO 639)")
    elif primary not in known:
        raise LanguageUnknownError(f"it is in the language '{code[:20]}', {_cannot(known)}")
    return primary


def _cannot(known: tuple[str, ...]) -> str:
    return f"which cannot be read (only {', '.join(known) or 'none'}); add its data (docs/languages.md)"


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
