"""What is said of a frame and of who may fill its roles."""

from unittest.mock import Mock

import pytest

from materiel.model.article import Article
from materiel.reading import merging
from materiel.reading.choice import flat
from materiel.reading.drafts import draft_all, label
from materiel.reading.features import context_features
from materiel.reading.frames import find_frames
from materiel.reading.lexicon import lexicon_of
from materiel.reading.merging import likeness
from materiel.reading.pairs import settle_pairs
from materiel.reading.reader import shipped_model
from materiel.reading.roles import CANDIDATES, candidates, party_features
from materiel.reading.scene import Scene, set_scene
from materiel.world.countries import english_names


def scene(language: str, text: str) -> Scene:
    article = Article(id="x", language=language, published="2024-05-17", text=text)
    return set_scene(article, lexicon_of(language), english_names())


@pytest.mark.parametrize(
    ("language", "text", "cause"),
    [
        ("en", "Kim raised concern in Tokyo.", "KP"),
        ("id", "Kim menimbulkan kekhawatiran di Jepang.", "KP"),
        ("ru", "Ким вызвал обеспокоенность в Японии.", "KP"),
    ],
)
def test_who_causes_alarm_is_not_who_is_alarmed(language: str, text: str, cause: str) -> None:
    found = scene(language, text)
    frame = [f for f in find_frames(found) if f.kind == "reaction"][-1]
    says = {p.country: flat(party_features(found, frame, p)) for p in candidates(found, frame)}
    assert "t.role=not-who" in says[cause]
    assert all("t.role=not-who" not in f for country, f in says.items() if country != cause)


def test_the_words_beside_a_trigger_are_told_by_their_place() -> None:
    found = scene("en", "On Monday Norway quietly gave Ukraine tanks.")
    frame = next(f for f in find_frames(found) if f.kind == "transfer")
    assert [f for f in flat(context_features(found, frame)) if f.startswith(("x-", "x1", "x2"))] == [
        "x-2=norway",
        "x-1=quietl",
        "x1=ukrain",
        "x2=tanks",
    ]


def test_no_more_parties_are_weighed_than_help() -> None:
    names = ["Chad", "Mali", "Kenya", "Ghana", "Benin", "Togo", "Niger", "Sudan", "Egypt", "Libya", "Angola", "Zambia"]
    found = scene("en", f"{', '.join(names)} looked on. Norway gave Ukraine tanks.")
    frame = next(f for f in find_frames(found) if f.kind == "transfer")
    weighed = [p.country for p in candidates(found, frame)]
    assert len(weighed) == CANDIDATES
    assert weighed[:2] == ["NO", "UA"]


def test_of_many_parties_in_one_sentence_the_nearest_are_weighed() -> None:
    others = "Chad, Mali, Kenya, Ghana, Benin, Togo, Niger, Sudan, Egypt and Libya"
    found = scene("en", f"{others} looked on as Norway gave Ukraine ten tanks.")
    frame = next(f for f in find_frames(found) if f.kind == "transfer")
    weighed = [p.country for p in candidates(found, frame)]
    assert len(weighed) == CANDIDATES
    assert {"NO", "UA"} <= set(weighed)


def test_two_transfers_between_the_same_sides_are_told_so() -> None:
    found = scene("en", "Norway gave Ukraine ten tanks.\n\nNorway gave Ukraine tanks.")
    model = shipped_model()
    drafts = draft_all(found, find_frames(found), model)
    settle_pairs(drafts, model)
    for made in drafts:
        label(made, model)
    assert {"sides=2", "sides=2|class|1"} <= set(flat(likeness(found, *drafts[:2])))


def test_in_a_long_text_a_draft_is_compared_with_so_many_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    found = scene("en", " ".join(f"Norway gave Ukraine {n} tanks." for n in range(2, 30)))
    model = shipped_model()
    drafts = draft_all(found, find_frames(found), model)
    settle_pairs(drafts, model)
    for made in drafts:
        label(made, model)
    compared = Mock(side_effect=likeness)
    monkeypatch.setattr(merging, "likeness", compared)
    monkeypatch.setattr(merging, "REACH", 3)
    groups = merging.merge(found, drafts, model)
    assert sorted(id(d) for group in groups for d in group) == sorted(map(id, drafts))
    assert len(drafts) > 20
    assert compared.call_count <= 3 * len(drafts)
