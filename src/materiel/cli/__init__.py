"""Cli: the commands, one module each."""
