"""Knots are what hangs together, loosened where it is too large; found from one claim or for all, they are the same."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from materiel.ledger import cluster
from materiel.ledger.cluster import JOINED, TOP, Edges, knot_around, knots

Link = tuple[int, int, int]  # two nodes and a level
NODES = 30


@st.composite
def links(draw: st.DrawFn) -> list[Link]:
    """Links of few levels among few nodes, so that much hangs together; now and then one that a person made."""
    node, level = st.integers(0, NODES - 1), st.sampled_from([0, 0, 1, 2, 3, TOP, JOINED])
    made = draw(st.lists(st.tuples(node, node, level), max_size=60))
    return list({(min(a, b), max(a, b)): (a, b, level) for a, b, level in made if a != b}.values())


def found(made: list[Link]) -> list[int]:
    """The first node of each node's knot, of all at once."""
    a, b, level = np.array(made, dtype=np.int64).reshape(-1, 3).T
    first: list[int] = knots(NODES, a, b, level.astype(np.uint8)).tolist()
    return first


def found_singly(made: list[Link], order: list[int]) -> list[int]:
    """The same, from one node after another; what is known to be too large is kept for those that follow."""
    edges: dict[int, list[tuple[int, int]]] = {n: [] for n in range(NODES)}
    for a, b, level in made:
        edges[a].append((level, b))
        edges[b].append((level, a))

    def edges_of(node: int, _: Edges) -> Edges:
        return edges[node]

    large: dict[int, int] = {}
    around = {node: knot_around(node, edges_of, large) for node in order}
    return [min(around[node]) for node in range(NODES)]


@pytest.mark.parametrize("largest", [1, 3, 8, 40])
@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(links(), st.permutations(range(NODES)))
def test_a_knot_is_the_same_from_each_of_its_nodes(
    largest: int, monkeypatch: pytest.MonkeyPatch, made: list[Link], order: list[int]
) -> None:
    monkeypatch.setattr(cluster, "LARGEST", largest)
    first = found(made)
    assert found_singly(made, order) == first
    by_hand = [link for link in made if link[2] >= TOP]
    free = [n for n in range(NODES) if all(n not in link[:2] for link in by_hand)]
    assert all(first.count(first[n]) <= largest for n in free)


def test_what_is_small_enough_hangs_together_by_its_weakest_link(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "LARGEST", 3)
    assert found([(0, 1, 0), (1, 2, 0)])[:3] == [0, 0, 0]


def test_what_is_too_large_is_parted_at_its_weakest_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "LARGEST", 3)
    assert found([(0, 1, 2), (1, 2, 1), (2, 3, 0), (3, 4, 1)])[:5] == [0, 0, 0, 3, 3]


def test_what_a_person_joined_is_never_parted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "LARGEST", 2)
    made = [(n, n + 1, JOINED) for n in range(NODES - 1)]
    assert found(made) == found_singly(made, list(range(NODES))) == [0] * NODES
