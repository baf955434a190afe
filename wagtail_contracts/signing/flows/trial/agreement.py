"""A short agreement, so that an installation can be proved without one at hand."""

AGREEMENT = (
    "the agreement that comes with the selftest",
    """# Agreement on the trial of an installation

This agreement was made by a machine to prove an installation. It binds nobody.

1. ## What is tried

   1. The two parties walk the whole way of a contract: it is written, sent, answered, signed by
      both, sealed and verified.
   2. The trial begins on this day: [date of the trial]
   3. Letters are drawn as they should be: æøå ÆØÅ, ÄÖÜß, éèçñ, “quoted”, § 1, € 5, 20 %.

2. ## What is asked

   1. Who looks after the installation: [name]
   2. How often the trial is repeated:

      - [x] after each change of the installation
      - [ ] every month

3. ## What remains

   | What | Where |
   |------|-------|
   | Rows | in a database that is dropped |
   | Mails | in memory |
   | Files | in a folder that is removed |
""",
)
