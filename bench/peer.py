"""The same made-up claims through splink, a library for linking records, on DuckDB.

Set up as its manual says, with what it can use of a claim: kind, the state and the name on each side, first item,
number, day told or published, place, subject. It learns its weights from the claims themselves: no truth is shown to
it. The threshold for joining two is the one of THRESHOLDS that gives the best B-cubed F1, a help that it would not
have in use.
"""

import logging
import sys
from time import perf_counter, process_time
from typing import Any

import numpy as np
import pyarrow as pa

from folding import b_cubed, peak
from made_claims import Told, made_claims
from materiel.ledger.cluster import Ints
from materiel.model.claim import ROLES

THRESHOLDS = (0.1, 0.3, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999)


def measure_peer(size: int) -> None:
    """Link `size` claims and print one line as bench/folding.py does."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    wall = perf_counter()
    told = list(made_claims(size))
    table = pa.Table.from_pylist([row_of(n, one) for n, one in enumerate(told)])
    events = np.array([one.event for one in told])
    del told
    begun, of_cpu = perf_counter(), process_time()
    found = linked(table, size)
    spent, cpu = perf_counter() - begun, process_time() - of_cpu
    scores = [(b_cubed(events, group), threshold) for threshold, group in found.items()]
    (precision, recall, f1), threshold = max(scores, key=lambda s: s[0][2])
    print(
        f"{size:9,} {size / cpu:7,.0f} {'':9} {'':8} {1e6 * cpu / size:8.1f} {peak():8,.0f} "
        f"{precision:8.3f} {recall:6.3f} {f1:6.3f} {perf_counter() - wall:6.0f}  "
        f"splink at {threshold}, {spent:.0f} s by the clock",
        flush=True,
    )


def row_of(number: int, told: Told) -> dict[str, Any]:
    """A claim as a flat record."""
    claim = told.claim
    kind = claim.kind
    sides = [getattr(claim, role) for role in ROLES[kind][:2]]
    if kind == "meeting":
        sides = [claim.participants[:1], claim.participants[1:]]  # type: ignore[union-attr]
    giver, taker = [(s[0] if s else None) for s in (*sides, ())[:2]]
    items = getattr(claim, "items", ())
    item = items[0] if items else None
    day = (claim.date or told.published) if len(claim.date or told.published) == 10 else told.published
    return {
        "unique_id": number,
        "kind": kind,
        "giver": giver.country if giver else None,
        "giver_name": giver.name if giver else None,
        "taker": taker.country if taker else None,
        "taker_name": taker.name if taker else None,
        "item": item.item_class if item else None,
        "family": item.item_class.partition(".")[0] if item else None,
        "type": item.designation if item else None,
        "number": item.quantity if item else None,
        "day": day,
        "month": day[:7],
        "place": claim.places[0].name if claim.places else None,
        "topic": getattr(claim, "about", None),
    }


def linked(table: pa.Table, size: int) -> dict[float, Ints]:
    """For each threshold, the group of each record."""
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    days: dict[str, Any] = {
        "input_is_string": True,
        "metrics": ["day", "day", "day", "year"],
        "thresholds": [1, 7, 40, 1],
    }
    number = {
        "output_column_name": "number",
        "comparison_levels": [
            {
                "sql_condition": "number_l IS NULL OR number_r IS NULL",
                "label_for_charts": "none",
                "is_null_level": True,
            },
            {"sql_condition": "number_l = number_r", "label_for_charts": "same"},
            {
                "sql_condition": "abs(number_l - number_r) <= 0.15 * greatest(number_l, number_r)",
                "label_for_charts": "near",
            },
            {"sql_condition": "ELSE", "label_for_charts": "other"},
        ],
    }
    item = {
        "output_column_name": "item",
        "comparison_levels": [
            {"sql_condition": "item_l IS NULL OR item_r IS NULL", "label_for_charts": "none", "is_null_level": True},
            {"sql_condition": "item_l = item_r", "label_for_charts": "same class"},
            {"sql_condition": "family_l = family_r", "label_for_charts": "same family"},
            {"sql_condition": "ELSE", "label_for_charts": "other"},
        ],
    }
    exact = [cl.ExactMatch(c) for c in ("giver", "taker", "giver_name", "taker_name", "type", "place", "topic")]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[*exact, item, number, cl.AbsoluteDateDifferenceAtThresholds("day", **days)],
        blocking_rules_to_generate_predictions=[
            block_on("kind", "giver", "taker", "type"),
            block_on("kind", "giver", "taker", "item", "number"),
            block_on("kind", "giver", "taker", "month"),
            block_on("kind", "giver", "topic"),
            block_on("kind", "taker", "type", "number"),
            block_on("kind", "giver", "type", "number"),
        ],
    )
    api = DuckDBAPI()
    linker = Linker(api.register(table, table_name="claims"), settings, log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("kind", "giver", "taker", "type", "number", "month")], recall=0.15
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    share = min(1.0, 20_000 / size)
    for rule in (block_on("kind", "giver", "taker", "month"), block_on("type", "number", "month")):
        linker.training.estimate_parameters_using_expectation_maximisation(
            rule, record_sample_proportion=max(share, 0.2)
        )
    pairs = linker.inference.predict(threshold_match_probability=min(THRESHOLDS))
    return {threshold: _groups(linker, pairs, threshold, size) for threshold in THRESHOLDS}


def _groups(linker: Any, pairs: Any, threshold: float, size: int) -> Ints:
    made = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=threshold)
    rows = made.as_pyarrow_table()
    group = np.arange(size)
    group[rows["unique_id"].to_numpy()] = rows["cluster_id"].to_numpy().astype(np.int64)
    return group


if __name__ == "__main__":
    measure_peer(int(sys.argv[1]))
