"""Running the commands of the ledger as people do: real processes on real files."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

Done = subprocess.CompletedProcess[bytes]


def materiel(*args: str | Path, stdin: bytes = b"", cwd: Path | None = None, **env: str) -> Done:
    """What a command writes into a pipe, and its exit status."""
    return subprocess.run(
        [sys.executable, "-m", "materiel", *map(str, args)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        timeout=240,
        check=False,
        env={**os.environ, "NO_COLOR": "1", **env},
    )


class OnLedger:
    """Runs commands on one ledger."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __call__(self, *args: str | Path, stdin: bytes = b"", fails: bool = False) -> Done:
        done = materiel(*args, stdin=stdin, MATERIEL_LEDGER=str(self.file))
        assert (done.returncode != 0) == fails, done.stderr.decode()
        assert b"Traceback" not in done.stderr
        return done

    def text(self, *args: str | Path) -> str:
        """The text that a person would see."""
        return self(*args, "--format", "text").stdout.decode()

    def json(self, *args: str | Path, stdin: bytes = b"") -> Any:
        """What a program would get."""
        return json.loads(self(*args, "--format", "json", stdin=stdin).stdout)

    def error(self, *args: str | Path) -> str:
        """What is said of a call that fails."""
        return self(*args, fails=True).stderr.decode()


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
