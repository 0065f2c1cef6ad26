"""Details: what ties an end use or a date to a claim."""

import pytest

from materiel.model.article import Article
from materiel.reading.choice import flat
from materiel.reading.details import deep
from materiel.reading.frames import find_frames
from materiel.reading.lexicon import lexicon_of
from materiel.reading.roles import party_features
from materiel.reading.scene import Scene, set_scene
from materiel.world.countries import english_names


def scene(language: str, text: str) -> Scene:
    article = Article(id="x", language=language, published="2024-05-17", title="", text=text)
    return set_scene(article, lexicon_of(language), english_names())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "North Korea sent Russia shells for its war in Ukraine."),
        ("id", "Korea Utara mengirim peluru artileri kepada Rusia untuk perang di Ukraina."),
        ("ru", "КНДР поставила России снаряды для войны против Украины."),
    ],
)
def test_a_word_for_a_war_tells_whose_war_it_is(language: str, text: str) -> None:
    found = scene(language, text)
    frame = next(f for f in find_frames(found) if f.kind == "transfer")
    led = {p.country for p in found.parties if any(f.startswith("war=") for f in flat(party_features(found, frame, p)))}
    assert led == {"UA"}


def test_how_far_into_the_article_a_claim_is_told() -> None:
    found = scene("en", "\n\n".join(f"Poland got {n} tanks." for n in range(2, 12)))
    assert flat([deep(found, 0, "none")])[0] == "deep=0"
    assert [flat([deep(found, n, "none")])[2] for n in (0, 9)] == ["part=0", "part=4"]
