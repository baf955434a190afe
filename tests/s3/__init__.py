"""A server that speaks S3, and one between us and it that tests stop, slow down and make lie."""
