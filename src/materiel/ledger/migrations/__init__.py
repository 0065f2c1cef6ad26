"""Migrations: the steps from one version of a ledger's tables to the next, run in order when it is opened."""
