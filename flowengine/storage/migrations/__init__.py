"""How the tables of a database come to a newer version: one revision after the other, in one transaction.

A revision is a file in `versions` with the next number. Its `upgrade(op)` is given Alembic's operations
instead of importing `alembic.op`, which a host's own revision may be holding at that moment. It states what
it makes in full and imports nothing of the package, because the package goes on and the revision does not.
It only adds: a table that others refer to is not rebuilt, and history is not rewritten. No way leads back.
"""
