"""Exports: events and their findings in the forms that other tools read; `formats.py` lists them."""
