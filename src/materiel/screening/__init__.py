"""Screening: which embargoes, in force on its day, an event falls under, in words that an officer could quote."""
