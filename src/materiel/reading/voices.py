"""Voices: each who speaks in an article, by all mentions, and what ties a voice to a claim."""

from dataclasses import dataclass, field

from materiel.reading.choice import bundle, bundled
from materiel.reading.details import deep, reach
from materiel.reading.drafts import Draft
from materiel.reading.mention import NEWS
from materiel.reading.scene import Scene, once
from materiel.reading.sources import TIES, SourceMention, find_sources
from materiel.reading.text import QUOTES, lower

FAR = 3  # sentences beyond which distance is not told
LEAD = 3  # paragraphs at the start: title and first lines


@dataclass(slots=True, eq=False)
class Voice:
    """One who may be a source, by all mentions in text order."""

    mentions: list[SourceMention]
    rank: int = 0  # how many voices are named before it
    spoken: int = 0  # how often it is tied to a word of speech
    lead: bool = False  # whether it is first named where the article opens
    sentences: frozenset[int] = frozenset()  # where it is named


@dataclass(slots=True, eq=False)
class Voices:
    """All voices of an article: those that speak in each sentence, and those that spoke last before it.

    `goes_on[n]` tells whether sentence n is somebody's words though it names nobody (`he added`).
    """

    all: list[Voice]
    speaking: list[list[Voice]]
    before: list[list[Voice]] = field(default_factory=list)
    goes_on: list[bool] = field(default_factory=list)
    news: int = 0  # agencies and outlets among them


@once
def find_voices(scene: Scene) -> Voices:
    """The voices of an article: mentions that share a name are one."""
    by_name: dict[str, Voice] = {}
    found: list[Voice] = []
    news: Voice | None = None
    for mention in find_sources(scene):
        keys = [lower(name) for name in mention.names]
        if mention.sort == "stranger":
            keys += keys[0].split()  # `Wijil Jadmiko Budi`, later `Wijil`
        if mention.sort == "media" and mention.last - mention.first == 1 and news is not None:
            voice: Voice | None = news  # `the paper` is the one last named
        else:
            voice = next((by_name[key] for key in keys if key in by_name), None)
        if voice is None:
            voice = Voice([], len(found))
            found.append(voice)
        voice.mentions.append(mention)
        if mention.sort in NEWS:
            news = voice
        for key in keys:
            by_name.setdefault(key, voice)
    return _in_order(scene, found)


def _in_order(scene: Scene, found: list[Voice]) -> Voices:
    """Voices with what each sentence says of who speaks, told once for all claims of the article."""
    voices = Voices(found, [[] for _ in scene.text.sentences])
    for voice in found:
        voices.news += any(m.sort in NEWS for m in voice.mentions)
        voice.sentences = frozenset(scene.sentence(m.first) for m in voice.mentions)
        voice.spoken = sum(bool(m.spoken) for m in voice.mentions)
        voice.lead = scene.text.paragraph_of[scene.sentence(voice.mentions[0].first)] < LEAD
        for mention in voice.mentions:
            if mention.spoken:
                voices.speaking[scene.sentence(mention.first)].append(voice)
    last: list[Voice] = []
    for here, speech, (low, high) in zip(voices.speaking, scene.speech, scene.text.bounds, strict=True):
        voices.before.append(last)
        last = here or last
        said = any(kind in TIES for _, _, kind in speech) or any(word in QUOTES for word in scene.text.words[low:high])
        voices.goes_on.append(said and not here)
    return voices


def in_earshot(group: list[Draft], voices: Voices) -> list[Voice]:
    """The voices that may vouch for a claim: those named in its reach."""
    near = reach(group)
    return [voice for voice in voices.all if not near.isdisjoint(voice.sentences)]


def nearest_mention(scene: Scene, group: list[Draft], voice: Voice) -> tuple[int, SourceMention, Draft]:
    """A voice's mention nearest to a claim, how many sentences it stands after it, and after which draft."""
    found = [(scene.sentence(m.first) - d.frame.sentence, m, d) for m in voice.mentions for d in group]
    if len(found) == 1:
        return found[0]
    return min(found, key=lambda f: (abs(f[0]), not f[1].spoken, f[0], f[1].first, f[2].frame.first))


def source_features(scene: Scene, group: list[Draft], voice: Voice, voices: Voices) -> list[str]:
    """What ties a voice to a claim."""
    away, mention, made = nearest_mention(scene, group, voice)
    kind, sort, spoken = made.frame.kind, mention.sort, mention.spoken
    where = f"away={max(-FAR, min(FAR, away))}"
    sentence = made.frame.sentence
    paragraph = scene.text.paragraph_of[scene.sentence(mention.first)]
    same_paragraph = paragraph == scene.text.paragraph_of[sentence]
    found = [
        _by_distance(kind, where, sort, spoken),
        f"paragraph={same_paragraph}|{min(FAR, abs(away))}",
        f"stance={made.label('stance')}|{sort}",
        _of_voice(scene, voices, voice, mention),
        deep(scene, sentence, where),
        _of_sentence(sentence, voice, voices, where, sort),
    ]
    if away:
        told = _told(scene, scene.sentence(mention.first), kind)
        same = any(d.frame.trigger and d.frame.trigger.trigger.id in told for d in group)
        tells = "same" if same else "kind" if told else "other"
        found += [f"tells={tells}", f"tells={tells}|{sort}"]
    else:
        found.append(f"borders={min(3, scene.between(mention.first, made.frame.first))}")
    if scene.insight:
        spans = [(m.first, m.last) for m in voice.mentions]
        found += scene.insight.detail([d.frame for d in group], "source", spans)
    return found


@once
def _told(scene: Scene, sentence: int, kind: str) -> set[str]:
    """The words of a sentence that say that something of a kind happens."""
    return {t.trigger.id for t in scene.triggers_in[sentence] if t.kind == kind}


@once
def _of_voice(_: Scene, voices: Voices, voice: Voice, mention: SourceMention) -> str:
    """Who a mention of a voice names and how much that voice speaks in the article, whatever the claim."""
    sort, spoken = mention.sort, mention.spoken
    opening = "|".join((voice.mentions[0].sort, voice.mentions[0].spoken)) if voice.lead else "no"
    found = [
        "bias",
        f"sort={sort}",
        f"spoken={spoken}",
        f"sort={sort}|{spoken}",
        f"lead={voice.lead}|{sort}",
        f"count={min(5, len(voices.all))}",
        f"heard={min(3, voice.spoken)}|{sort}",
        f"news={min(3, voices.news)}|{sort}",
        f"opens={opening}|{min(2, voices.news)}",
        f"named-again={min(3, len(voice.mentions))}|{sort}",
    ]
    if mention.party is not None:
        found += [f"office={mention.party.office}", f"named={mention.party.named}"]
    return bundle(found)


def _of_sentence(sentence: int, voice: Voice, voices: Voices, where: str, sort: str) -> str:
    """Who else speaks where a claim is told, and whether who spoke before goes on."""
    here, goes_on = voices.speaking[sentence], voices.goes_on[sentence]
    others = min(2, len(here) - here.count(voice))
    last = None if voice in here else voice in voices.before[sentence]
    return _by_others(others, last, goes_on, where, sort)


@bundled
def _by_others(others: int, last: bool | None, goes_on: bool, where: str, sort: str) -> tuple[str, ...]:
    found = (f"others={others}|{where}", f"others={others}|{sort}")
    if last is None:
        return found
    return (*found, f"last={last}|{goes_on}", f"last={last}|{others}", f"goes-on={goes_on}|{where}")


@bundled
def _by_distance(kind: str, where: str, sort: str, spoken: str) -> tuple[str, ...]:
    return (f"kind={kind}", where, f"{where}|{sort}", f"{where}|{spoken}", f"{kind}|{where}")
