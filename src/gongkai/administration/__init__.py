"""Placing agencies and people, by who may do it, with a line in the trail for every change.

Each verb checks, writes and records in one transaction; pages and commands call the same ones. An
actor of None is whoever runs the installation at its command line.
"""
