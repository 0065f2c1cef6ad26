"""Llm: articles read by a language model that the user has, its answers checked word by word."""
