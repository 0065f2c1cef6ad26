"""A complete pack of an invented language, written to a folder, for tests to break."""

from pathlib import Path

from materiel.languages.shape import CUES

CODE = "zz"


def nonsense(cue: str) -> str:
    """A made-up word for a cue class."""
    return "q" + cue.replace("_", "")


FILES = {
    "pack.toml": """code = "zz"
name = "Nonsense"
decimal = "."
thousands = ","
licence = "Apache-2.0"
floor = 0.5
endings = ["s"]
abbreviations = ["Dr"]
""",
    "names.tsv": "# names\nform\tsort\tref\nRuria\tname\tRU\nPhilia\tname\tPH\n",
    "items.tsv": "class\tforms\nuav\tdrone|flyer\nmissile\trocket*\n",
    "triggers.toml": """[[trigger]]
id = "give"
kind = "transfer"
subject = "supplier"
object = "item"
status = "delivered"
base = ["gib"]
past = ["gub"]

[[trigger]]
id = "regret"
kind = "reaction"
subject = "who"
tone = "concern"
past = ["grumbled"]
""",
    "cues.toml": "".join(f'{cue} = ["{nonsense(cue)}"]\n' for cue in sorted(CUES)),
    "numbers.toml": """articles = ["oon"]
counters = []
[cardinals]
"dree" = 3
[multipliers]
"tonk" = 10
[vague]
some = ["tonks"]
[qualifiers]
about = ["roond"]
[currencies]
USD = ["$"]
""",
    "dates.toml": """past = ["lest"]
[months]
"Janver" = 1
[weekdays]
"Moonday" = 0
[seasons]
"sprong" = [3, 5]
""",
    "titles.toml": """[[title]]
forms = ["preziden"]
english = "President"
sort = "head"

[[body]]
forms = ["armee"]
english = "Army"
sort = "army"
""",
    "speech.toml": 'verbs = ["zegt"]\n',
    "furniture.toml": 'starts = ["Lees ook:"]\n',
    "examples/first.txt": """# give
[source TASS] zegt: [supplier=RU preziden of Ruria] [transfer=delivered gub] [recipient=PH Philia] \
[item=uav;quantity=3;designation=Blip 2;qualifier=about roond dree flyers] on [date=2024-01-15 Moonday].
published: 2024-01-17
mode: gift

# regret
The armee of [who=PH Philia] [reaction=concern grumbled] \\[sic\\].

# two
[supplier/1,2=RU Ruria] [transfer=delivered gub] [item=uav oon drone] and [transfer/2=agreed gib] \
[item/2=missile rockets] for [value/2=5000,USD $ 5,000], tonk, tonks, lest Janver, sprong.
stance/2: alleged

# furniture
Lees ook: more of this.
silence
""",
    "examples/words.txt": "# words\n" + " ".join(nonsense(cue) for cue in sorted(CUES)) + "\nsilence\n",
}


def write_pack(folder: Path, **changes: str | None) -> Path:
    """Write the pack, with other contents for the files named (dots as `_`), without those that are None."""
    for name, content in FILES.items():
        path = folder / CODE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        changed = changes.get(path.name.replace(".", "_"), content)
        if changed is not None:
            path.write_text(changed, encoding="utf-8")
    return folder / CODE


def line_of(name: str, part: str) -> int:
    """The line of a file of the unbroken pack that has `part`."""
    return next(n for n, line in enumerate(FILES[name].split("\n"), 1) if part in line)
