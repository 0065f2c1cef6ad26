"""Find: the article files that paths lead to, folders searched in order of name."""

from collections.abc import Iterator
from pathlib import Path

from materiel.model.errors import ArticleError

FORM_OF = {".txt": "text", ".json": "json", ".jsonl": "jsonl"}


def form_of(path: Path) -> str | None:
    """The form that a file's name tells; None where it tells none."""
    return FORM_OF.get(path.suffix.lower())


def find(path: Path) -> Iterator[tuple[Path, ArticleError | None]]:
    """The file itself, or the article files in the folder; with an error where one cannot be searched."""
    found = False
    for file, problem in _search(path):
        found = True
        yield file, problem
    if not found:
        forms = ", ".join(f"*{suffix}" for suffix in FORM_OF)
        yield path, ArticleError(f"there are no articles in this folder ({forms}); name the files themselves")


def _search(top: Path) -> Iterator[tuple[Path, ArticleError | None]]:
    """The path itself if it is a file, else the article files below it; hidden ones (`.name`) left out."""
    seen: dict[tuple[int, int], Path] = {}
    waiting = [top]
    while waiting:
        path = waiting.pop()
        try:
            if path.is_dir():
                status = path.stat()
                first = seen.setdefault((status.st_dev, status.st_ino), path)
                if first is path:
                    waiting += sorted((p for p in path.iterdir() if not p.name.startswith(".")), reverse=True)
                else:
                    yield path, ArticleError(f"this link leads back to {first}, read once; remove it")
            elif path is top:
                yield path, None
            elif form_of(path):
                # A pipe or device would make the whole folder wait.
                special = path.exists() and not path.is_file()
                yield path, ArticleError("this is no regular file; name it itself") if special else None
        except OSError as error:
            yield path, from_os(error)


def from_os(error: OSError) -> ArticleError:
    """What the system says of a file, with what to do about it."""
    match error:
        case FileNotFoundError():
            return ArticleError("there is no such file or folder; check the path")
        case PermissionError():
            return ArticleError("permission denied; make it readable (chmod u+r, for a folder u+rx)")
        case _:
            return ArticleError(f"{error.strerror or error}; check the path and the disk")
