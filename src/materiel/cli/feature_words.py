"""Feature words: what each feature by which two claims are compared means, in plain English."""

_SIDE = {
    "neither": "neither tells",
    "one": "only one tells",
    "name": "the same name",
    "country": "one country, not both by name",
    "other-name": "one country, other names",
    "other": "other countries",
}
_GAP = {
    "unknown": "not known",
    "days": "4 or fewer",
    "weeks": "31 or fewer",
    "half-year": "200 or fewer",
    "years": "1,100 or fewer",
    "far": "more than 1,100",
}
_OPEN = {"open": "not told by both", "same": "the same", "other": "different"}
# The label of each group, and its values where they do not speak for themselves.
WORDS: dict[str, tuple[str, dict[str, str]]] = {
    "giver": ("who gives or acts", _SIDE),
    "taker": ("who gets it or is host", _SIDE),
    "item": (
        "the likest items",
        {
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
    ),
    "items": (
        "items in common",
        {"none": "none", "some": "some", "one": "one", "two": "two", "three": "three or more"},
    ),
    "quantity": (
        "numbers",
        {
            "open": "not told by both",
            "other": "different",
            "fits": "can both hold",
            "same": "the same",
            "more": "the same for several items",
        },
    ),
    "told": (
        "dates told",
        {
            "open": "by neither",
            "one": "by one",
            "same": "the same",
            "within": "one lies in the other",
            "days": "3 days apart or less",
            "month": "31 days apart or less",
            "year": "a year apart or less",
            "far": "more than a year apart",
        },
    ),
    "reported": ("days between the reports", _GAP),
    "when": ("days between what they tell", _GAP),
    "mode": ("gift, sale, aid …", _OPEN),
    "tone": ("tone", _OPEN),
    "place": ("place", _OPEN),
    "value": ("value of the deal", _OPEN),
    "article": ("articles", {"no": "two", "yes": "one and the same"}),
}
START = "to begin with"
_STAGE = {"apart": "in two articles", "within": "in one article", "same": "the same status", "other": "other statuses"}


def feature_words(name: str) -> str:
    """A feature (`giver=country`; `transfer|giver=country` where it holds for one kind) as `group: value`."""
    group, is_value, value = name.partition("=")
    group = group.rpartition("|")[2]
    if not is_value:
        return START
    if group == "status":
        first, _, second = (word.replace("_", " ") for word in value.partition("|"))
        return f"statuses: both {first}" if first == second else f"statuses: {first} and {second}"
    if group == "stage":
        return "article and status: " + ", ".join(_STAGE[part] for part in value.split("|"))
    if group == "shape":
        item, gap, apart = value.split("|")
        return f"together: {item.replace('-', ' ')} item, days between {_GAP[gap]}, {_STAGE[apart]}"
    label, values = WORDS[group]
    return f"{label}: {values[value]}"
