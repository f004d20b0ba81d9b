"""Rehearsing a process: scenario files played through the real engine on a virtual clock."""
