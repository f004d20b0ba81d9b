"""Use cases over narrow ports: load, decide, save. Knows no SQL, no HTTP and no files."""
