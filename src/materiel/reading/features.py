"""Features: what can be said of a frame: its words, and what surrounds it in terms that no language owns."""

from collections import Counter

from materiel.reading.choice import bundle, bundled
from materiel.reading.frames import Frame
from materiel.reading.roles import attachment, bin_of
from materiel.reading.scene import CLAUSE_WORDS, PREPOSITIONS, Scene, TriggerMention, once

NEAR_CUE = 4  # pieces between a modal or negation and its verb
CHAINED = 2  # pieces between two triggers of which the first rules the second
GRAMMAR = PREPOSITIONS | CLAUSE_WORDS | {"and", "or"}
# Cues whose presence anywhere in an article bears on all of it.
TELLING = (
    "sale",
    "gift",
    "aid",
    "loan",
    "exchange",
    "licence",
    "allegation",
    "denial",
    "halted",
    "sport",
    "crime",
    "exercise",
)
TITLE = "title="  # begins the features that the title's triggers give
STEM = 6  # letters by which words of a sentence count as one (`dikirim`, `dikirimkan`)


def trigger_features(trigger: TriggerMention) -> tuple[str, str]:
    """What a trigger says by itself: its word, and the form of that word."""
    t = trigger.trigger
    return _by_word(t.id, t.status, t.mode, t.subject, t.tone, t.weak), _by_form(t.status, trigger.shape, trigger.voice)


@bundled
def _by_word(
    word: str, status: str, mode: str | None, subject: str | None, tone: str | None, weak: bool
) -> tuple[str, ...]:
    return (
        f"t.id={word}",
        f"t.status={status}",
        f"t.mode={mode}",
        f"t.subject={subject}",
        f"t.tone={tone}",
        f"t.weak={weak}",
    )


@bundled
def _by_form(status: str, shape: str, voice: str) -> tuple[str, ...]:
    return (f"t.status={status}|{shape}", f"t.shape={shape}", f"t.voice={voice}")


def sentence_cues(scene: Scene, sentence: int, tag: str) -> list[str]:
    """The cue classes of a sentence that bear on what it reports; mere grammar left out."""
    if not 0 <= sentence < len(scene.cues):
        return []
    return [f"{tag}={c}" for c in dict.fromkeys(c for _, c in scene.cues[sentence] if c not in GRAMMAR)]


@once
def _around(scene: Scene, sentence: int) -> str:
    """The words of a sentence, its cues and those of its neighbours, when and where it is; the same for all frames."""
    first, last = scene.text.bounds[sentence]
    found = [*dict.fromkeys(f"w={word[:STEM]}" for word in scene.text.words[first:last] if len(word) > 2)]
    for tag, near in (("cue", sentence), ("prev", sentence - 1), ("next", sentence + 1)):
        found += sentence_cues(scene, near, tag)
    return bundle([*found, *_time_features(scene, sentence), *_place_features(scene, sentence)])


@once
def article_features(scene: Scene) -> str:
    """What an article says as a whole of manner and status; it bears on the labels of all its frames alike."""
    cues = Counter(cue for found in scene.cues for _, cue in found)
    titled = (t for found in scene.triggers_in for t in found if scene.text.starts[t.first] < scene.text.body)
    found = [f"all={cue}|{min(2, cues[cue])}" for cue in TELLING if cues[cue]]
    return bundle([*found, *(f"{TITLE}{s}" for s in dict.fromkeys(f"{t.kind}|{t.trigger.status}" for t in titled))])


def context_features(scene: Scene, frame: Frame) -> list[str]:
    """What surrounds a frame: its words, the cues near them, its place in the article."""
    found = ["bias", f"kind={frame.kind}"]
    anchor = frame.trigger.first if frame.trigger else frame.first
    if frame.trigger:
        found += trigger_features(frame.trigger)
    else:
        found.append("t=none")
    if frame.second:
        found += [
            f"u.status={frame.second.trigger.status}",
            f"u.mode={frame.second.trigger.mode}",
            f"u.kind={frame.second.kind}",
        ]
    if frame.trigger and frame.second and 0 <= frame.trigger.first - frame.second.last <= CHAINED:
        ruling = frame.second.trigger.status  # `interested in` + `buying`: the first word says how far it is
        found += [f"chain={ruling}", f"chain={ruling}|{frame.trigger.trigger.status}"]
    if frame.lead:
        found += [f"lead.status={frame.lead.trigger.status}", f"lead.mode={frame.lead.trigger.mode}"]
    found += _words_beside(scene, frame)
    status = frame.trigger.trigger.status if frame.trigger else ""
    for at, cue in scene.cues[frame.sentence]:
        if scene.borders[at] == scene.borders[anchor]:
            found.append(_by_cue("clause", cue, status))
        if 0 < anchor - at <= NEAR_CUE:
            found.append(_by_cue("near", cue, status))
    found += _beyond_clause(scene, frame)
    return [*dict.fromkeys(found), _around(scene, frame.sentence)]


@bundled
def _by_cue(tag: str, cue: str, status: str) -> tuple[str, ...]:
    return (f"{tag}={cue}", f"{tag}={cue}|{status}") if status else (f"{tag}={cue}",)


def _words_beside(scene: Scene, frame: Frame) -> list[str]:
    """The two words on either side of a frame's trigger, or of its item where no word leads it."""
    (low, high), led = scene.text.bounds[frame.sentence], frame.trigger or frame
    places = (led.first - 2, led.first - 1, led.last, led.last + 1)
    found = zip((-2, -1, 1, 2), places, strict=True)
    return [f"x{away}={scene.text.words[at][:STEM]}" for away, at in found if low <= at < high]


def _beyond_clause(scene: Scene, frame: Frame) -> list[str]:
    """What the sentence and the article around a frame's clause say, and what an encoder makes of it."""
    found = []
    for other in scene.triggers_in[frame.sentence]:
        if other is not frame.trigger:
            found.append(f"also={other.kind}|{other.trigger.status}")
    if frame.item:
        found += _item_features(scene, frame)
    if scene.insight:
        found += scene.insight.frame(frame)
    return found


def _time_features(scene: Scene, sentence: int) -> list[str]:
    """When it is that a sentence tells of."""
    found = []
    published = scene.article.published
    for when in scene.dates_in[sentence]:
        later = bool(published) and when.value[: len(published)] > published[: len(when.value)]
        found += [f"date={'later' if later else 'past'}", f"date.sort={when.sort}"]
        if published and when.value[:4] < published[:4]:
            found.append("date=old")
    return list(dict.fromkeys(found)) or ["date=none"]


def _place_features(scene: Scene, sentence: int) -> list[str]:
    """Where in the article a sentence stands, how many countries it names, and who speaks in it."""
    start = scene.text.sentences[sentence][0]
    where = (
        "title" if start < scene.text.body else f"para={bin_of(scene.text.paragraph_of[sentence], (0, 2, 4, 8, 14))}"
    )
    found = [
        where,
        f"countries={min(3, len(scene.countries_in[sentence]))}",
        f"speech={min(2, len(scene.speech[sentence]))}",
    ]
    found += [f"says={s}" for _, _, s in scene.speech[sentence]]
    return list(dict.fromkeys(found))


@once
def _classes(scene: Scene) -> Counter[str]:
    """How often an article names something of each class."""
    return Counter(item.item_class for item in scene.items)


def _item_features(scene: Scene, frame: Frame) -> list[str]:
    item = frame.item
    assert item is not None
    quantity = item.qualifier if item.quantity != 1 else "one"
    prep = scene.preposition(item.first)
    found = [_by_item(item.item_class, item.top, item.designation is not None, quantity, prep)]
    if frame.trigger:
        t = frame.trigger
        side = "after" if t.last <= item.first else "before"
        gap = item.first - t.last if side == "after" else t.first - item.last
        borders = min(2, scene.between(item.first, t.first))
        found += (
            _by_side(side, t.voice, t.trigger.object, t.trigger.weak, t.trigger.status, borders),
            f"t.gap={bin_of(gap, (0, 2, 5, 10, 18))}",
            f"t.{side}|{t.trigger.id}|{borders}",
        )
    found += [f"attached={tie}" for p in scene.parties_in[frame.sentence] if (tie := attachment(scene, frame, p))]
    others = [i for i in scene.items_in[frame.sentence] if i is not item]
    found.append(f"items={min(3, len(others))}")
    found.append(f"again={min(3, _classes(scene)[item.item_class] - 1)}")
    return found


@bundled
def _by_item(item_class: str, top: str, designated: bool, quantity: str | None, prep: str) -> tuple[str, ...]:
    return (
        f"class={item_class}",
        f"top={top}",
        f"designation={designated}",
        f"quantity={quantity}",
        f"prep={prep}",
    )


@bundled
def _by_side(side: str, voice: str, passed: str | None, weak: bool, status: str, borders: int) -> tuple[str, ...]:
    """What it says that a thing stands on one side of a trigger; `passed` is what the trigger's object is."""
    return (
        f"t.{side}|{voice}",
        f"t.borders={borders}",
        f"t.{side}|{voice}|{passed}|{borders}",
        f"t.weak={weak}|{borders}",
        f"t.status={status}|{side}",
    )
