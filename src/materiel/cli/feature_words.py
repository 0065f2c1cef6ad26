"""Feature words: what each feature by which two claims are compared means, in plain English."""

_SIDE_LIKE = {
    "neither": "neither tells",
    "one": "only one tells",
    "other": "other countries",
    "part": "some countries shared",
    "country": "one country, not both by name or office",
    "rank": "one office of one country",
    "name": "the same name",
    "clash": "one name shared, others not",
    "other-name": "one country, other names",
}
_EXTENT = {
    "other": "none",
    "part": "some",
    "within": "all that one of them names",
    "same": "all",
}
_GAP = {
    "unknown": "not known",
    "days": "4 or fewer",
    "weeks": "31 or fewer",
    "half-year": "200 or fewer",
    "years": "1,100 or fewer",
    "far": "more than 1,100",
}
# What a group of features is about.
LABELS = {
    "giver": "who gives or acts",
    "giver-extent": "countries of who gives or acts in common",
    "taker": "who gets it or is host",
    "taker-extent": "countries of who gets it or is host in common",
    "item": "the likest items",
    "items": "items in common",
    "quantity": "numbers",
    "told": "dates told",
    "course": "how far it came, and when",
    "span": "told as lasting several days",
    "reported": "days between the reports",
    "when": "days between what they tell",
    "status": "statuses",
    "stance": "stances",
    "mode": "gift, sale, aid …",
    "tone": "tone",
    "place": "place",
    "value": "value of the deal",
    "topic": "words that what it is about shares",
    "article": "articles",
    "batch": "order and batches",
    "stage": "article and status",
    "shape": "items and time together",
}
# What its values mean, where they do not say it themselves; `a|b` is a and b.
VALUES: dict[str, dict[str, str]] = {
    "giver": _SIDE_LIKE,
    "giver-extent": _EXTENT,
    "taker": _SIDE_LIKE,
    "taker-extent": _EXTENT,
    "item": {
        "none": "one names none",
        "other": "of other kinds",
        "vague": "one of them vague",
        "other-type": "other types of one family",
        "both-vague": "both vague",
        "family": "of one family",
        "class": "of one class",
        "type-part": "types that share part of a name",
        "type": "of one type",
    },
    "items": {"three": "three or more"},
    "quantity": {
        "part": "one can be part of the other",
        "fits": "can both hold",
        "more": "the same for several items",
    },
    "told": {
        "open": "by neither",
        "one": "by one",
        "within": "one lies in the other",
        "days": "3 days apart or less",
        "month": "31 days apart or less",
        "year": "a year apart or less",
        "far": "more than a year apart",
    },
    "course": {
        "level": "as far",
        "forward": "further later",
        "backward": "further earlier",
        "month": "within a month",
        "year": "within a year",
        "far": "over more than a year",
    },
    "reported": _GAP,
    "when": _GAP,
    "topic": {"few": "few of them", "half": "half of them", "most": "most of them"},
    "article": {"no": "two", "yes": "one and the same"},
    "batch": {
        "same": "as far",
        "ordered": "one ordered, one delivered",
        "other": "other statuses",
        "fits": "numbers can both hold",
        "part": "one number can be part of the other",
        "more": "several numbers the same",
    },
    "stage": {"same": "the same status", "other": "other statuses"},
    "shape": {
        "other-type": "other types",
        "vague": "vague items",
        "class": "one class",
        "type": "one type",
        **{gap: f"{words} days" for gap, words in _GAP.items()},
    },
}
_ANYWHERE = {
    "open": "not told by both",
    "same": "the same",
    "other": "different",
    "apart": "in two articles",
    "within": "in one article",
}
START = "to begin with"


def feature_words(name: str) -> str:
    """A feature (`giver=country`; `transfer|giver=country` where it holds for one kind) as `group: value`."""
    group, is_value, value = name.partition("=")
    if not is_value:
        return START
    group = group.rpartition("|")[2]
    parts = [_part(group, part) for part in value.split("|")]
    said = f"both {parts[0]}" if len(parts) > 1 and len(set(parts)) == 1 else ", ".join(parts)
    return f"{LABELS.get(group, group.replace('-', ' '))}: {said}"


def _part(group: str, value: str) -> str:
    words = VALUES.get(group, {}).get(value) or _ANYWHERE.get(value)
    return words or value.replace("-", " ").replace("_", " ")
