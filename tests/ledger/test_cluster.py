"""Knots are what hangs together, loosened where it is too large; found from one claim or for all, they are the same."""

from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from materiel.ledger import cluster
from materiel.ledger.cluster import JOINED, TOP, caps, knot_around, knots

Link = tuple[int, int, int]  # two nodes and a level
NODES = 30


@st.composite
def links(draw: st.DrawFn) -> list[Link]:
    """Links of few levels among few nodes, so that much hangs together; now and then one that a person made."""
    node, level = st.integers(0, NODES - 1), st.sampled_from([0, 0, 1, 2, 3, TOP, JOINED])
    made = draw(st.lists(st.tuples(node, node, level), max_size=60))
    return list({(min(a, b), max(a, b)): (a, b, level) for a, b, level in made if a != b}.values())


def found(made: list[Link]) -> list[tuple[int, int]]:
    """The first node of each node's knot and the knot's level, of all at once."""
    a, b, level = np.array(made, dtype=np.int64).reshape(-1, 3).T
    return list(zip(*(of.tolist() for of in knots(NODES, a, b, level.astype(np.uint8))), strict=True))


def edges_by_node(made: list[Link]) -> dict[int, list[tuple[int, int]]]:
    """The edges of each node as `knot_around` takes them."""
    edges: dict[int, list[tuple[int, int]]] = {n: [] for n in range(NODES)}
    for a, b, level in made:
        edges[a].append((level, b))
        edges[b].append((level, a))
    return edges


def found_singly(made: list[Link], order: list[int], large: dict[int, int]) -> list[tuple[int, int]]:
    """The same, from one node after another; what is known to be too large is kept for those that follow."""
    edges = edges_by_node(made)
    around = {node: knot_around(node, lambda one, _: edges[one], large) for node in order}
    return [(min(members), level) for members, level in (around[node] for node in range(NODES))]


@pytest.mark.parametrize("largest", [1, 3, 8, 40])
@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(links(), st.permutations(range(NODES)))
def test_a_knot_is_the_same_from_each_of_its_nodes(
    largest: int, monkeypatch: pytest.MonkeyPatch, made: list[Link], order: list[int]
) -> None:
    monkeypatch.setattr(cluster, "LARGEST", largest)
    assert found_singly(made, order, {}) == found(made)
    first = [node for node, _ in found(made)]
    by_hand = [link for link in made if link[2] >= TOP]
    free = [n for n in range(NODES) if all(n not in link[:2] for link in by_hand)]
    assert all(first.count(first[n]) <= largest for n in free)


def test_what_is_small_enough_hangs_together_by_its_weakest_link(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "LARGEST", 3)
    assert found([(0, 1, 0), (1, 2, 0)])[:3] == [(0, 0)] * 3


def test_what_is_too_large_is_parted_at_its_weakest_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "LARGEST", 3)
    assert found([(0, 1, 2), (1, 2, 1), (2, 3, 0), (3, 4, 1)])[:5] == [*[(0, 1)] * 3, *[(3, 1)] * 2]


def test_what_a_person_joined_is_never_parted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "LARGEST", 2)
    made = [(n, n + 1, JOINED) for n in range(NODES - 1)]
    assert found(made) == found_singly(made, list(range(NODES)), {}) == [(0, TOP)] * NODES


@pytest.mark.parametrize("largest", [1, 3, 8])
@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(links(), links(), st.randoms(use_true_random=False))
def test_what_was_too_large_still_is_but_for_what_broken_links_held_together(
    largest: int, monkeypatch: pytest.MonkeyPatch, made: list[Link], more: list[Link], chance: Random
) -> None:
    monkeypatch.setattr(cluster, "LARGEST", largest)
    level_of = [level for _, level in found(made)]
    gone = chance.sample(made, min(len(made), 2))
    ends = {frozenset(link[:2]) for link in made}
    now = [link for link in made if link not in gone] + [m for m in more if frozenset(m[:2]) not in ends]
    edges = edges_by_node(now)
    known: dict[int, int] = {}
    large = {node: level - 1 for node, level in enumerate(level_of)}
    for *pair, level in gone:
        for node in pair:
            found_caps = caps(node, min(level, level_of[node] - 1), lambda one, _: edges[one], known)
            large.update((one, min(cap, large[one])) for one, cap in found_caps.items())
    assert found_singly(now, list(range(NODES)), large) == found(now)
