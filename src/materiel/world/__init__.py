"""What materiel knows of the world: classes of materiel, designations, people, organisations, places."""
