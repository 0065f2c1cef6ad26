"""Claims stand in the order of their keys, and keep their links; both are derived anew by whoever writes next."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Empty the keys, which come in another form, and give each folded claim room for its links."""
    op.drop_table("keys")
    columns = (("key", sa.BigInteger()), ("day", sa.Integer()), ("claim", sa.BigInteger()))
    op.create_table(
        "keys",
        *(sa.Column(name, kind, primary_key=True, autoincrement=False) for name, kind in columns),
        sqlite_with_rowid=False,
    )
    op.add_column("folded", sa.Column("level", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("folded", sa.Column("links", sa.LargeBinary(), nullable=False, server_default=""))
