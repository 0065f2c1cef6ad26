"""Running the commands of the ledger on real files."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from click.testing import CliRunner

from materiel.cli.main import cli


class Done(NamedTuple):
    """What a command wrote into pipes, and its exit status."""

    status: int
    out: str
    said: str
    raw: bytes


def materiel(*args: str | Path, stdin: bytes = b"", **env: str) -> Done:
    """Run a command in this process, which is much faster than one of its own."""
    done = CliRunner().invoke(cli, [*map(str, args)], input=stdin, env={"NO_COLOR": "1", **env})
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Done(done.exit_code, done.stdout, done.stderr, done.stdout_bytes)


class OnLedger:
    """Runs commands on one ledger."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __call__(self, *args: str | Path, stdin: bytes = b"", fails: bool = False) -> Done:
        done = materiel(*args, stdin=stdin, MATERIEL_LEDGER=str(self.file))
        assert (done.status != 0) == fails, done.said
        return done

    def text(self, *args: str | Path) -> str:
        """The text that a person would see."""
        return self(*args, "--format", "text").out

    def json(self, *args: str | Path, stdin: bytes = b"") -> Any:
        """What a program would get."""
        return json.loads(self(*args, "--format", "json", stdin=stdin).out)

    def error(self, *args: str | Path) -> str:
        """What is said of a call that fails."""
        return self(*args, fails=True).said


def article(article_id: str, *claims: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """An article with coded claims."""
    return {"id": article_id, "language": "en", "published": "2023-09-18", "claims": list(claims), **fields}


def gift(giver: str = "Vladimir Putin", **cells: Any) -> dict[str, Any]:
    """A claim that somebody of Russia gave Kim drones."""
    return {
        "kind": "transfer",
        "status": "delivered",
        "stance": "stated",
        "date": "2023-09-17",
        "mode": "gift",
        "supplier": [{"text": giver, "name": giver, "country": "RU"}],
        "recipient": [{"text": "Kim Jong Un", "name": "Kim Jong Un", "country": "KP"}],
        "items": [{"text": "five drones", "class": "uav.loitering", "quantity": 5, "qualifier": "exact"}],
        **cells,
    }


def written(path: Path, *articles: dict[str, Any]) -> Path:
    """A file of articles, one a line."""
    path.write_text("".join(json.dumps(a) + "\n" for a in articles), encoding="utf-8")
    return path
