"""Parquet: the trade register with typed columns, for data frames and databases."""

from collections.abc import Iterable
from itertools import islice
from typing import BinaryIO

import msgspec
import pyarrow as pa
from pyarrow.parquet import ParquetWriter

from materiel.exports.rows import COLUMNS, rows_of
from materiel.model.finding import Screened

GROUP = 10_000  # rows that are held at once
_PARTIES = ("supplier", "supplier_country", "recipient", "recipient_country")
_LISTS = (*_PARTIES, "delivery_dates", "sources", "contradictions", "articles", "embargoes")
_TYPES = {
    **dict.fromkeys(_LISTS, pa.list_(pa.string())),
    **dict.fromkeys(("number", "number_ordered", "value"), pa.float64()),
    "numbers_delivered": pa.list_(pa.float64()),
}
# Dates stay text: a month or a year is as good a date as a day.
SCHEMA = pa.schema([(column, _TYPES.get(column, pa.string())) for column in COLUMNS])


def write(screened: Iterable[Screened], stream: BinaryIO) -> None:
    """Writes one row an event and item."""
    rows = rows_of(screened)
    with ParquetWriter(stream, SCHEMA) as writer:
        while group := [msgspec.to_builtins(row) for row in islice(rows, GROUP)]:
            writer.write_table(pa.Table.from_pylist(group, schema=SCHEMA))
