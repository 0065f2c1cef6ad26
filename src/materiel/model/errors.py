"""Errors: what a person can mend; each message says what is wrong and what to do about it."""


class ArticleError(Exception):
    """An article cannot be read as it was given; articles beside it can."""


class FieldError(ArticleError):
    """A field of an article is missing, of a wrong type or senseless; `path` names it (`$.published`)."""

    def __init__(self, path: str, what: str) -> None:
        self.path = path
        self.what = what
        super().__init__(f"{path}: {what}")


class LanguageUnknownError(ArticleError):
    """An article is in a language that cannot be read, or its language cannot be told."""


class ReadingError(Exception):
    """A reader failed at an article that is as it should be (a server is down, an answer is cut off)."""


class ExportError(Exception):
    """Events cannot be written in the form that was asked for."""


class LedgerError(Exception):
    """A ledger cannot be opened, read or written, or has not what was asked for."""
