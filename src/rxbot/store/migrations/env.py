"""How Alembic reaches the database: by the connection that `schema.py` hands over, and in no other way."""

from alembic import context

from rxbot.store.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
