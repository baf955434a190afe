"""The verifier: bytes, roots and a time in, a report out.

pyHanko, no Django, no network, no clock.
"""
