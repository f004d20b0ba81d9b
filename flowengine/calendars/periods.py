"""Placeholder until the real one arrives."""
from __future__ import annotations
from dataclasses import dataclass

@dataclass(frozen=True, slots=True)
class Period:
    length: int
