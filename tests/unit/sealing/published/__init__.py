"""The attacks on signed PDF files that were published since 2019, built for a sealed file.

- Mladenov, Mainka, Meyer zu Selhausen, Grothe, Schwenk: "1 Trillion Dollar Refund" (CCS 2019):
  universal signature forgery, incremental saving, signature wrapping.
- Mainka, Mladenov, Rohlmann: "Shadow Attacks" (NDSS 2021): hide, replace, hide and replace.
- Rohlmann, Mladenov, Mainka, Schwenk: "Breaking the Specification: PDF Certification" (IEEE S&P
  2021): evil annotation, sneaky signature.
"""
