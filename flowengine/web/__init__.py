"""Pages for people outside, to be mounted into the application of a host. Needs the extra `web`."""

from __future__ import annotations

from flowengine.web.answers import answers

__all__ = ["answers"]
