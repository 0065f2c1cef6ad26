"""What Alembic runs: the steps on the connection that database.py hands over, in its transaction."""

from alembic import context

given = context.config.attributes
context.configure(connection=given["connection"], version_table=given["version_table"], render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
