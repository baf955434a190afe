"""A time-stamp authority and an issuer's lists, as servers that tests stop, slow and make lie."""
