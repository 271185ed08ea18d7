"""Mutation testing of the snippets: every small change of the shown functions must be noticed."""
