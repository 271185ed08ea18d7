"""Lighthouse's verdict on every built page, as a phone on a slow network sees it."""
