"""The command group: version, help, schema, and what starting it costs."""

import json
import re
import shlex
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from materiel.cli.main import COMMANDS, cli


def python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True, timeout=120).stdout


def materiel(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "materiel", *args], capture_output=True, text=True, timeout=120, check=False
    )


def test_version_and_help() -> None:
    assert version("materiel") in materiel("--version").stdout
    said = materiel("--help").stdout
    for command in COMMANDS:
        assert f"  {command} " in said


def commands(group: click.Group = cli) -> list[click.Command]:
    """All commands, those of groups too."""
    found = [group.get_command(click.Context(group), name) for name in group.list_commands(click.Context(group))]
    return [c for one in found if one for c in ([*commands(one)] if isinstance(one, click.Group) else [one])]


@pytest.mark.parametrize("command", commands(), ids=lambda command: str(command.name))
def test_help_has_an_example_that_can_be_run(command: click.Command) -> None:
    said = " ".join((command.help or "").split())
    example = re.search(r"Example: materiel (.*)$", said)
    assert example
    words = shlex.split(example[1].partition(" > ")[0])
    args = words[words.index(str(command.name)) + 1 :]
    context = click.Context(command)
    _, rest, _ = command.make_parser(context).parse_args(args)
    assert not rest


@pytest.mark.parametrize("kind", ["article", "reading"])
def test_schema_prints_what_is_published(kind: str) -> None:
    published = Path(__file__).parents[2] / "docs" / "schema" / f"{kind}.json"
    assert materiel("schema", f"--{kind}").stdout == published.read_text(encoding="utf-8")


def test_schema_alone_is_that_of_readings() -> None:
    assert json.loads(materiel("schema").stdout)["$ref"] == "#/$defs/Reading"


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import materiel", ["msgspec", "click", "babel", "numpy", "py3langid"]),
        ("import materiel.cli.main", ["msgspec", "babel", "numpy", "py3langid", "materiel.languages"]),
        (
            "import materiel.cli.read",
            ["numpy", "scipy", "py3langid", "materiel.learning", "materiel.reading", "materiel.llm", "httpx"],
        ),
    ],
)
def test_nothing_is_loaded_before_it_is_needed(code: str, absent: list[str]) -> None:
    loaded = set(python(f"import sys; {code}; print(*sys.modules)").split())
    assert not loaded & set(absent)


def test_an_extra_that_is_missing_is_told() -> None:
    code = (
        "import sys; sys.modules['scipy'] = None; sys.argv = ['materiel', 'train', '.']\n"
        "import materiel.cli.train as t, materiel.cli.main as m\n"
        "t.train.callback = lambda **_: __import__('scipy')\n"
        "m.main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1
    assert done.stderr == "Error: scipy is not installed; pip install 'materiel[train]'\n"


def test_the_library_reads_a_text() -> None:
    code = (
        "import materiel\n"
        "text = 'Russia delivered five drones to Belarus on Monday.'\n"
        "claims = materiel.read(text, language='en', published='2024-05-08')\n"
        "print(*(type(c).__name__ for c in claims))"
    )
    assert python(code).split() == ["Transfer"]


def test_the_library_tells_what_it_cannot_read() -> None:
    code = (
        "import materiel, materiel.model.errors as e\n"
        "for given in ({'language': 'tlh'}, {'published': 'May'}, {'text': ' '}):\n"
        "    try: materiel.read(**{'text': 'Five drones were given to the army.', **given})\n"
        "    except e.ArticleError as error: print(type(error).__name__)"
    )
    assert python(code).split() == ["LanguageUnknownError", "FieldError", "FieldError"]


def test_annotated_articles_that_are_cut_off_are_named(tmp_path: Path) -> None:
    (tmp_path / "cut.json").write_text('{"id": "cut", "language": "en", ')
    done = CliRunner().invoke(cli, ["evaluate", str(tmp_path)])
    assert done.exit_code == 1
    assert "cut.json:1: " in done.stderr
