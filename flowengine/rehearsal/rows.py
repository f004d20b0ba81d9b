"""Filling the columns of a scenario's row into its steps."""

from __future__ import annotations

from flowengine.definition.columns import Row, filled, filled_names

__all__ = ["Row", "filled", "filled_names"]
