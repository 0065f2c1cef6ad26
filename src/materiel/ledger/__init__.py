"""Ledger: claims of many articles become events that remember every report and every disagreement."""
