"""Learning: annotated articles and examples become the weights of the reader, and its score."""
