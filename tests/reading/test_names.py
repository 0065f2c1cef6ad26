"""Every name that a language pack lists is recognised where its examples use it."""

import pytest

from materiel.languages.load import available, load_language
from materiel.languages.markup import Example, read_examples
from materiel.model.article import Article
from materiel.reading.lexicon import lexicon_of
from materiel.reading.scene import set_scene
from materiel.world.countries import english_names

NAMES = [(code, e) for code in available() for e in read_examples(load_language(code)) if e.names]


@pytest.mark.parametrize(("code", "example"), NAMES, ids=[f"{code}/{e.name}" for code, e in NAMES])
def test_names_are_recognised(code: str, example: Example) -> None:
    scene = set_scene(Article(id="a", language=code, text=example.text), lexicon_of(code), english_names())
    starts, ends = scene.text.starts, scene.text.ends
    named = {(starts[p.first], ends[p.last - 1]): p.country for p in scene.parties}
    missed = [
        example.text[m.start : m.end]
        for m in example.spans
        if not any(s < m.end and m.start < e and country == m.value for (s, e), country in named.items())
    ]
    assert missed == []
