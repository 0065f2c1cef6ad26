"""Reader: the whole flow of reading on one screen, from an article to its claims."""

import json
from functools import cache
from importlib.resources import files

from materiel.languages.load import available
from materiel.model.article import Article, Reading, reading_of
from materiel.model.claim import Claim
from materiel.reading.assembling import assemble
from materiel.reading.confidence import confidence_features, with_confidence
from materiel.reading.drafts import Draft, Model, draft_all, label
from materiel.reading.frames import find_frames
from materiel.reading.lexicon import lexicon_of
from materiel.reading.merging import merge
from materiel.reading.pairs import settle_pairs, spread
from materiel.reading.scene import Scene, set_scene
from materiel.reading.triage import may_report
from materiel.reading.voices import find_voices
from materiel.world.countries import english_names


@cache
def shipped_model() -> Model:
    """The weights that ship with the package, as `make train` learnt them."""
    return Model(json.loads(files("materiel.reading").joinpath("weights.json").read_text(encoding="utf-8")))


class Reader:
    """Reads articles; one reader serves any number of them and keeps nothing of any."""

    def __init__(self, model: Model | None = None) -> None:
        self.model = model if model is not None else shipped_model()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that have a pack."""
        return available()

    def read(self, article: Article) -> Reading:
        """The claims of `article`, in the order of its text; its language must be one of the packs."""
        return reading_of(article, self.claims(article))

    def claims(self, article: Article) -> list[Claim]:
        """Triage, then the stages: scene, frames, drafts, groups, claims."""
        lexicon = lexicon_of(article.language)
        if not may_report(article, lexicon):
            return []
        scene = set_scene(article, lexicon, english_names())
        self.look(scene)
        return claims_of(scene, drafts_of(scene, self.model), self.model)

    def look(self, scene: Scene) -> None:
        """Add to a scene what a deeper reader sees in it; the quick one sees nothing more."""


def drafts_of(scene: Scene, model: Model) -> list[Draft]:
    """The drafts of a scene's frames, suppliers and recipients settled over the whole article."""
    drafts = draft_all(scene, find_frames(scene), model)
    settle_pairs(drafts, model)
    return drafts


def claims_of(scene: Scene, drafts: list[Draft], model: Model) -> list[Claim]:
    """The claims that drafts make together and that are sure enough to show."""
    for made in drafts:
        label(made, model)
    likely = spread(scene, drafts)
    voices = find_voices(scene)
    claims = []
    for group in merge(scene, likely, model):
        claim = assemble(scene, group, voices, model)
        if claim is not None:
            sure = model.chance("confidence", confidence_features(scene, group, claim, likely))
            if sure >= model["least"][group[0].frame.kind]:
                claims.append(with_confidence(claim, sure))
    return claims
