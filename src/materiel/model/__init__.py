"""Model: the records that all other parts share, their JSON and their errors."""
