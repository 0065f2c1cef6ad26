"""Articles: from files, folders and streams to `Article`."""
