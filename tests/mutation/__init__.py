"""Mutation testing of the snippets: every small change of the shown NumPy code must be noticed."""
