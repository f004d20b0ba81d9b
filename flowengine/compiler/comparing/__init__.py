"""What changes for an order from one plan to another: two plans in, changes out, and sentences about them.

`compare` is the way in. A change of texts, of comments or of the layout of a file changes nothing for an
order and is not one. Every attribute of a plan is compared or listed as none of an order's concern.
"""

from __future__ import annotations

from flowengine.compiler.comparing.change import Change, Effect
from flowengine.compiler.comparing.process import compare

__all__ = ["Change", "Effect", "compare"]
