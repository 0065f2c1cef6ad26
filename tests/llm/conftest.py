"""What a person has set up on this machine has no part in the tests."""

import pytest


@pytest.fixture(autouse=True)
def nothing_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """No model, no key, and no proxy between us and this machine."""
    for name in ("MATERIEL_LLM_URL", "MATERIEL_LLM_MODEL", "MATERIEL_LLM_KEY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")
