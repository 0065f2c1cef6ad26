"""From files to articles: forms, encodings, folders, and everything that can be wrong with them."""

import hashlib
import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from materiel.articles import find as finding
from materiel.articles import forms, source
from materiel.articles.load import Terms, article_of, iso_date, load
from materiel.model.article import Article
from materiel.model.codec import Given
from materiel.model.errors import ArticleError, FieldError

EN = "The ministry said that the five drones had been handed over to the army on Monday morning."
ID = "Kementerian pertahanan mengatakan bahwa lima pesawat tanpa awak itu sudah diserahkan kepada tentara."
TERMS = Terms(("en", "id", "ru"))


def read(*paths: Path | str, terms: Terms = TERMS, stdin: bytes = b"") -> list[tuple[str, Article | ArticleError]]:
    return list(load(map(str, paths), terms, io.BytesIO(stdin)))


def one(path: Path | str, terms: Terms = TERMS, stdin: bytes = b"") -> Article:
    ((_, found),) = read(path, terms=terms, stdin=stdin)
    assert isinstance(found, Article), found
    return found


def error(path: Path | str, stdin: bytes = b"") -> str:
    """The only thing that is found, an error, as a person sees it."""
    ((place, found),) = read(path, stdin=stdin)
    assert isinstance(found, ArticleError)
    return f"{place}: {found}"


def written(path: Path, data: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


# Forms


def test_plain_text_is_kept_to_the_letter(tmp_path: Path) -> None:
    text = f"\n\n  A headline\r\n\r\n{EN}\t\n"
    article = one(written(tmp_path / "a.txt", text))
    assert article.text == text
    assert (article.title, article.published, article.language) == ("", "", "en")
    assert article.id == hashlib.sha256(text.encode()).hexdigest()[:16]


def test_json_gives_its_fields_and_nothing_else(tmp_path: Path) -> None:
    fields = {"id": "x1", "language": "id", "published": "2024-05-06", "title": "T", "text": EN}
    file = written(tmp_path / "a.json", json.dumps({**fields, "claims": [{"kind": "bad"}], "n": 1}, indent=1))
    assert one(file) == Article(**fields)


def test_what_json_lacks_is_filled_in(tmp_path: Path) -> None:
    article = one(written(tmp_path / "a.json", json.dumps({"id": None, "title": "Drones given", "text": ID})))
    assert article.language == "id"
    assert article.id == hashlib.sha256(f"Drones given\n\n{ID}".encode()).hexdigest()[:16]


def test_json_may_hold_a_list(tmp_path: Path) -> None:
    file = written(tmp_path / "a.json", json.dumps([{"id": "1", "text": EN}, {"text": 3}, {"id": "3", "text": EN}]))
    first, bad, third = (found for _, found in read(file))
    assert isinstance(first, Article)
    assert isinstance(third, Article)
    assert str(bad).startswith("$[1].text: ")


def test_json_lines_name_their_lines_and_go_on(tmp_path: Path) -> None:
    lines = [{"id": "1", "text": EN}, None, {"id": "3", "text": EN}]
    data = (
        "\n".join(json.dumps(line) if line else "" for line in lines) + '\n{"text": "cut\n\r\n' + json.dumps(lines[0])
    )
    file = written(tmp_path / "a.jsonl", data)
    assert [place.removeprefix(str(file)) for place, _ in read(file)] == [":1", ":3", ":4", ":6"]
    assert [type(found).__name__ for _, found in read(file)] == [
        "Article",
        "Article",
        "ArticleError",
        "Article",
    ]


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (EN, 1),
        ("{sic} " + EN, 1),
        ("[Updated] " + EN, 1),
        ("\n\n" + json.dumps({"language": "en", "text": EN}), 1),
        (json.dumps({"language": "en", "text": EN}, indent=2), 1),
        (json.dumps([{"language": "en", "text": EN}] * 3), 3),
        (json.dumps([{"language": "en", "text": EN}] * 2, indent=4), 2),
        ((json.dumps({"language": "en", "text": EN}) + "\n") * 4, 4),
    ],
)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_the_form_of_standard_input_is_told(data: str, count: int, mark: bytes) -> None:
    found = read("-", stdin=mark + data.encode())
    assert len(found) == count
    for place, article in found:
        assert place.startswith("(standard input)")
        assert isinstance(article, Article)
        assert article.text.endswith(EN)


def test_a_first_line_that_is_bad_does_not_hide_the_lines_after_it() -> None:
    good = json.dumps({"language": "en", "text": EN})
    places = [(place, type(found)) for place, found in read("-", stdin=f'{{"text": "cut\n{good}\n'.encode())]
    assert places == [("(standard input):1", ArticleError), ("(standard input):2", Article)]


def test_a_file_of_another_name_is_told_by_its_content(tmp_path: Path) -> None:
    assert one(written(tmp_path / "article", json.dumps({"id": "7", "text": EN}))).id == "7"


# Encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["a.txt", "a.json", "a.jsonl", "a"])
def test_encodings_with_a_mark_are_read_alike(tmp_path: Path, encoding: str, name: str) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    text = f"“Čeština” 🚀 {EN}"
    data = json.dumps({"language": "en", "text": text}, ensure_ascii=False) if "j" in name else text
    article = one(written(tmp_path / name, mark + data.encode(encoding)))
    assert article.text == text
    assert article.text.index("The ministry") == 12  # a signature is no character of the text


def test_another_encoding_is_named_by_its_byte(tmp_path: Path) -> None:
    file = written(tmp_path / "a.txt", b"First line.\nCaf\xe9 society.")
    assert error(file) == (
        f"{file}: byte 15 (0xE9, in line 2) is not UTF-8; save it as UTF-8, or convert it from the encoding "
        "that it has, say: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW"
    )


def test_another_encoding_in_one_line_leaves_the_others(tmp_path: Path) -> None:
    good = json.dumps({"language": "en", "text": EN}).encode()
    file = written(tmp_path / "a.jsonl", good + b'\n{"text": "caf\xe9"}\n' + good)
    assert [isinstance(found, Article) for _, found in read(file)] == [True, False, True]


def test_utf16_that_is_cut_is_told(tmp_path: Path) -> None:
    assert "is not UTF-16" in error(written(tmp_path / "a.txt", "abc".encode("utf-16")[:-1]))


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", EN.encode("utf-16-le")])
def test_binary_is_told(tmp_path: Path, data: bytes) -> None:
    assert "binary" in error(written(tmp_path / "a.txt", data))


# What is wrong


@pytest.mark.parametrize("name", ["a.txt", "a.json", "a.jsonl", "a"])
@pytest.mark.parametrize("data", [b"", b" \n\n ", b"\xef\xbb\xbf"])
def test_empty(tmp_path: Path, name: str, data: bytes) -> None:
    assert "empty" in error(written(tmp_path / name, data))


@pytest.mark.parametrize("head", ["<!DOCTYPE html>", "\n<html lang='en'>", "<?xml version='1.0'?>"])
def test_a_web_page_is_told(tmp_path: Path, head: str) -> None:
    assert "web page" in error(written(tmp_path / "a.html", f"{head}<p>Norway gave Iran tanks.</p>".encode()))


def test_an_article_without_words_is_empty(tmp_path: Path) -> None:
    assert "$.text: is empty" in error(written(tmp_path / "a.json", '{"text": " "}'))
    assert "empty" in error(written(tmp_path / "a.json", "[]"))


def test_cut_off_and_more_than_one(tmp_path: Path) -> None:
    assert "cut off" in error(written(tmp_path / "a.json", '{"text": "Five dro'))
    assert ".jsonl" in error(written(tmp_path / "a.json", '{"text": "a"}\n{"text": "b"}\n'))


@pytest.mark.parametrize("date", ["6 May 2024", "2024-13-01", "2024-05", "yesterday"])
def test_a_bad_date_names_its_field(tmp_path: Path, date: str) -> None:
    file = written(tmp_path / "a.json", json.dumps({"text": EN, "language": "en", "published": date}))
    assert f"$.published: '{date}' is no date" in error(file)


def test_a_wrong_type_names_its_field(tmp_path: Path) -> None:
    said = error(written(tmp_path / "a.json", '{"text": "a", "published": 20240506}'))
    assert said.endswith("$.published: expected str | null, got int")


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("2024-05-06", "2024-05-06"),
        ("2024-05-06T23:10:00Z", "2024-05-06"),
        (" 2024-05-06 07:00+09:00", "2024-05-06"),
    ],
)
def test_a_date_may_have_a_time(given: str, day: str) -> None:
    assert iso_date(given) == day


def test_paths_that_lead_nowhere(tmp_path: Path) -> None:
    assert "no such file or folder" in error(tmp_path / "none.txt")
    assert "no such file or folder" in error(tmp_path / "none" / "none")
    assert "'': a path is empty" in error("")
    empty = tmp_path / "empty"
    written(empty / "README.md", "nothing")
    assert "no articles in this folder (*.txt, *.json, *.jsonl)" in error(empty)


def test_permission_denied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = written(tmp_path / "b.txt", EN), written(tmp_path / "a.txt", EN)
    opened = Path.open

    def guarded(path: Path, mode: str) -> object:
        if path == bad:
            raise PermissionError(13, "Permission denied")
        return opened(path, mode)

    monkeypatch.setattr(Path, "open", guarded)
    (place, problem), (_, article) = read(tmp_path)
    assert (place, str(problem)) == (
        str(bad),
        "permission denied; make it readable (chmod u+r, for a folder u+rx)",
    )
    assert isinstance(article, Article), good


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("folder", [True, False])
def test_permission_denied_by_the_system(tmp_path: Path, folder: bool) -> None:
    file = written(tmp_path / "f" / "a.txt", EN)
    closed = file.parent if folder else file
    closed.chmod(0)
    try:
        assert "permission denied" in str(read(tmp_path)[0][1])
    finally:
        closed.chmod(0o700)


def test_an_error_of_the_system_while_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(tmp_path / "a.txt", EN)

    def failing(_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(source.Source, "whole", failing)
    assert error(file) == f"{file}: Input/output error; check the path and the disk"


# Sizes


def test_what_is_too_long_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    long = b"x" * 50_000_000
    assert "longer than 20 MB" in error(written(tmp_path / "a.txt", long))
    good = json.dumps({"id": "good", "language": "en", "text": EN}).encode()
    lines = good + b'\n{"text": "' + long + b'"}\n' + good
    for path, stdin in ((written(tmp_path / "a.jsonl", lines), b""), ("-", lines)):
        (_, first), (place, bad), (_, last) = read(path, stdin=stdin)
        assert isinstance(first, Article) and isinstance(last, Article)
        assert place.endswith(":2")
        assert "longer than 20 MB" in str(bad)


def test_utf16_is_read_whole_and_so_has_a_limit_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "LIMIT", 200)
    assert "UTF-16; save it as UTF-8" in error("-", stdin=(EN * 2).encode("utf-16"))


def test_a_first_line_that_is_too_long_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "LIMIT", 200)
    monkeypatch.setattr(forms, "LIMIT", 200)
    good = json.dumps({"id": "good", "language": "en", "text": EN})
    found = read("-", stdin=('{"text": "' + "x" * 900 + '"}\n' + good).encode())
    assert [place[-2:] for place, _ in found] == [":1", ":2"]
    assert isinstance(found[1][1], Article)


@pytest.mark.parametrize("extra", [-1, 0, 1])
def test_the_limit_is_exact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extra: int) -> None:
    monkeypatch.setattr(source, "LIMIT", 200)
    monkeypatch.setattr(forms, "LIMIT", 200)
    text = (EN * 3)[: 200 + extra]
    assert isinstance(read(written(tmp_path / "a.txt", text))[0][1], Article) == (extra < 1)


def test_lines_are_read_as_they_are_asked_for() -> None:
    line = json.dumps({"language": "en", "text": EN}).encode() + b"\n"
    stream = io.BytesIO(line * 1000)
    found = load(["-"], TERMS, stream)
    for _ in range(3):
        next(found)
    assert stream.tell() <= 5 * len(line)


# Folders


def test_folders_are_searched_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.json", "a/B.TXT", "c.jsonl", ".hidden/x.txt", ".x.txt", "notes.md"):
        written(tmp_path / name, json.dumps({"language": "en", "text": EN}) if "j" in name else EN)
    places = [place.removeprefix(f"{tmp_path}{os.sep}") for place, _ in read(tmp_path)]
    assert places == [f"a{os.sep}B.TXT", f"a{os.sep}z.json", "b.txt", "c.jsonl:1"]


def test_several_paths_in_the_order_given(tmp_path: Path) -> None:
    a, b = written(tmp_path / "a.txt", EN), written(tmp_path / "b.txt", EN)
    assert [place for place, _ in read(b, "-", a, stdin=EN.encode())] == [str(b), "(standard input)", str(a)]


def test_a_folder_that_holds_itself_is_read_once(tmp_path: Path) -> None:
    written(tmp_path / "a" / "a.txt", EN)
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (_, article), (place, problem) = read(tmp_path)
    assert isinstance(article, Article)
    assert place == str(tmp_path / "a" / "loop")
    assert f"leads back to {tmp_path}" in str(problem)


def test_links_to_nothing_and_to_themselves(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "never.txt")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (_, gone), (_, self) = read(tmp_path)
    assert "no such file" in str(gone)
    assert isinstance(self, ArticleError)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_in_a_folder_does_not_make_it_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert "no regular file" in error(tmp_path)


def test_a_folder_of_a_files_name_is_a_folder(tmp_path: Path) -> None:
    written(tmp_path / "old.txt" / "a.txt", EN)
    assert isinstance(one(tmp_path), Article)


def test_the_forms_of_names_have_readers() -> None:
    assert set(finding.FORM_OF.values()) == set(forms.FORMS)


# Terms


def test_a_language_given_counts_for_all() -> None:
    article = article_of(Given(text=EN, language="en"), TERMS._replace(language="id"))
    assert article.language == "id"


def test_a_date_given_counts_where_there_is_none() -> None:
    terms = TERMS._replace(published="2024-01-01")
    assert article_of(Given(text=EN), terms).published == "2024-01-01"
    assert article_of(Given(text=EN, published="2023-02-03"), terms).published == "2023-02-03"


def test_a_headline_alone_is_an_article() -> None:
    assert article_of(Given(text="", title="Five drones were given to the army"), TERMS).text == ""
    with pytest.raises(FieldError):
        article_of(Given(text="", title=" "), TERMS)


@given(
    st.binary(max_size=300)
    | st.text(max_size=100).map(str.encode)
    | st.text('{}[]"textid:, \n', max_size=99).map(str.encode)
)
def test_no_bytes_do_more_than_fail(data: bytes) -> None:
    for form in (None, *forms.FORMS):
        for _, found in forms.articles_in(io.BytesIO(data), form):
            assert isinstance(found, Given | ArticleError)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")).filter(str.strip))
def test_text_is_never_altered(text: str) -> None:
    ((_, found),) = forms.articles_in(io.BytesIO(text.encode()), "text")
    assert isinstance(found, Given)
    assert found.text == text.removeprefix("\ufeff")


@given(st.lists(st.binary(max_size=40), max_size=9), st.integers(0, 9))
def test_a_source_gives_back_what_it_looked_at(lines: list[bytes], looks: int) -> None:
    data = b"\n".join(lines)
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        stream = source.Source(io.BytesIO(data))
        for _ in range(looks):
            stream.look()
        assert b"".join(iter(stream.line, b"")) == data
