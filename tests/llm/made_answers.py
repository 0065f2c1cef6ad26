"""Answers of a model, made for tests, in the form of the schema that a model is given."""

from typing import Any

TEXT = (
    "NORTHPORT, May 8 - Russia delivered five Geran-2 drones to Belarus on Monday, TASS reported.\n\n"
    "Belarus had asked for “more of the same” in 2023. Minsk denied it."
)


def party(text: str, name: str = "", country: str | None = None) -> dict[str, Any]:
    return {"text": text, "name": name or text, "country": country}


def item(text: str, **cells: Any) -> dict[str, Any]:
    return {
        "text": text, "class": "uav.loitering", "designation": None, "quantity": None, "qualifier": None, "unit": None,
        "quotes": {"quantity": None, "designation": None}, **cells,
    }  # fmt: skip


def transfer(**cells: Any) -> dict[str, Any]:
    """A claim of which every cell stands in `TEXT`, but for what is given."""
    return {
        "kind": "transfer",
        "quotes": {"status": "delivered", "stance": None, "date": "on Monday", "mode": None, "value": None},
        "status": "delivered",
        "stance": "stated",
        "sources": ["TASS"],
        "places": [],
        "date": "2024-05-06",
        "supplier": [party("Russia", "Russia", "RU")],
        "recipient": [party("Belarus", "Belarus", "BY")],
        "intermediary": [],
        "end_use": [],
        "items": [
            item(
                "five Geran-2 drones", designation="Geran-2", quantity=5, qualifier="exact",
                quotes={"quantity": "five", "designation": "Geran-2"},
            )
        ],
        "mode": None,
        "value": None,
        **cells,
    }  # fmt: skip
