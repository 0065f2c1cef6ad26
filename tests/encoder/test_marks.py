"""Marks: what the recognisers know stands on the very pieces that it is known of, in every language."""

import numpy as np

from materiel.encoder.marks import CLUES, MARKS, MENTIONS, STARTS, TRIGGERS, marks_of
from materiel.encoder.pieces import pieces_of
from materiel.model.article import Article
from materiel.reading.lexicon import lexicon_of
from materiel.reading.scene import set_scene
from materiel.world.countries import english_names


def marked(language: str, text: str) -> dict[str, list[int]]:
    """The marks of the first piece of each word of a text."""
    scene = set_scene(Article(id="a", language=language, text=text), lexicon_of(language), english_names())
    pieces = pieces_of(scene.text.string)
    marks = marks_of(scene, pieces)
    assert marks.shape == (len(pieces.ids), len(STARTS))
    assert ((marks >= 0) & (marks < MARKS)).all()
    found = {}
    for word in text.replace(".", " ").split():
        at = int(np.searchsorted(pieces.ends, scene.text.string.index(word), side="right"))
        found[word] = marks[at].tolist()
    return found


def test_words_have_the_marks_of_what_they_are() -> None:
    found = marked("en", "Norway has delivered 14 howitzers to Ukraine, and nobody in Oslo minded.")
    assert found["Norway"][0] == STARTS[0] + MENTIONS.index("name")
    assert found["howitzers"][0] == STARTS[0] + MENTIONS.index("item")
    assert found["14"][0] in (STARTS[0] + MENTIONS.index("item"), STARTS[0] + MENTIONS.index("number"))
    assert found["delivered"][1] == STARTS[1] + TRIGGERS.index(("transfer", "delivered"))
    assert not any(found["minded"])
    assert found["to"][5] == STARTS[5] + CLUES.index("to")


def test_a_country_has_one_mark_under_all_its_names() -> None:
    found = marked("ru", "Норвегия передала Украине гаубицы. Осло молчит, Киев доволен.")
    assert found["Норвегия"][3] == found["Осло"][3] == STARTS[3]
    assert found["Украине"][3] == found["Киев"][3] == STARTS[3] + 1
