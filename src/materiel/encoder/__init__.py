"""Encoder: a trained multilingual encoder that tells the stages of reading what words alone do not."""
