"""Values that tell of a person: sealed before anything is decided, opened for those who may, erased."""
