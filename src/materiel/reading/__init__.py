"""Reading: an article becomes claims, each cell with the words it rests on."""
