"""A short agreement, so that an installation can be proved without one at hand."""

AGREEMENT = (
    "the agreement that comes with the selftest",
    """# Agreement on the trial of an installation

This agreement was made by a machine to prove an installation. It binds nobody.

## What is tried

1. The two parties walk the whole way of a contract: it is written, sent, answered, signed by both,
   sealed and verified.
   1. The trial begins on [date of the trial].
   2. Letters are drawn as they should be: æøå ÆØÅ, ÄÖÜß, éèçñ, “quoted”, § 1, € 5, 20 %.
2. Nothing of it remains.

## What is asked

Who looks after the installation: [name]

How often the trial is repeated:

- [x] after each change of the installation
- [ ] every month

## Where it was

| What | Where |
|------|-------|
| Rows | in a database that is dropped |
| Mails | in memory |
| Files | in a folder that is removed |
""",
)
