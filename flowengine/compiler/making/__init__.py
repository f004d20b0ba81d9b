"""The making of one plan out of the words of a process: a reader, and a module for each part of a plan."""
