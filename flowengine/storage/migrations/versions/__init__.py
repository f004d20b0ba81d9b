"""The revisions, loaded by their files; nothing imports them."""
