"""flowengine: order processes written in YAML by operations analysts, checked, rehearsed and run.

    engine = flowengine.connect("orders.db", keys=flowengine.MasterKeys.of(key))
    engine.deploy(Path("processes/sales-order.yaml"))
    me = flowengine.Principal.of("li.wei", "sales_rep")
    order = engine.start("sales-order", {"customer": "张三", …}, by=me).or_raise()
    engine.do(order.order_id, flowengine.Done("customer_qualified"), by=me, key="request-91")

Importing it loads no database driver; that happens with the first `connect`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from flowengine.assembly import connect
    from flowengine.errors import (
        CallFailed,
        ChangedMeanwhile,
        CheckpointRefused,
        ConnectionLost,
        DefinitionRefused,
        FlowEngineError,
        KeyReused,
        NoCrypto,
        NoMasterKey,
        NotAllowed,
        NotFound,
        OrderBusy,
        OrderDamaged,
        OutcomeUnknown,
        Refused,
        StoreUnusable,
        TransactionTooLate,
        VersionTaken,
        WrongDirectory,
        WrongInput,
        WrongMasterKey,
    )
    from flowengine.kernel.commands import (
        Abstain,
        AddSigner,
        Amend,
        Approve,
        Attach,
        Choose,
        Claim,
        Confirm,
        Copy,
        Create,
        Delegate,
        Done,
        GiveBack,
        Hold,
        Open,
        Principal,
        Raise,
        Reassign,
        Reckon,
        Refuse,
        Release,
        RequestLane,
        Return,
        RevokeLane,
        Split,
        Transfer,
        Urge,
        Waive,
        Withdraw,
        Write,
    )
    from flowengine.kernel.decision import Blocker, Decision, Verdict
    from flowengine.runtime.checkpoints import Checkpoint
    from flowengine.runtime.engine import Engine
    from flowengine.runtime.flow import Flow
    from flowengine.runtime.health import Check, Health
    from flowengine.runtime.inside import Inside
    from flowengine.runtime.ports import Keys
    from flowengine.runtime.privacy.master import MasterKeys, new_master_key
    from flowengine.runtime.receiving import Received
    from flowengine.runtime.result import Result
    from flowengine.storage.schema import migrate

__all__ = [
    "Abstain",
    "AddSigner",
    "Amend",
    "Approve",
    "Attach",
    "Blocker",
    "CallFailed",
    "ChangedMeanwhile",
    "Check",
    "Checkpoint",
    "CheckpointRefused",
    "Choose",
    "Claim",
    "Confirm",
    "ConnectionLost",
    "Copy",
    "Create",
    "Decision",
    "DefinitionRefused",
    "Delegate",
    "Done",
    "Engine",
    "Flow",
    "FlowEngineError",
    "GiveBack",
    "Health",
    "Hold",
    "Inside",
    "KeyReused",
    "Keys",
    "MasterKeys",
    "NoCrypto",
    "NoMasterKey",
    "NotAllowed",
    "NotFound",
    "Open",
    "OrderBusy",
    "OrderDamaged",
    "OutcomeUnknown",
    "Principal",
    "Raise",
    "Reassign",
    "Received",
    "Reckon",
    "Refuse",
    "Refused",
    "Release",
    "RequestLane",
    "Result",
    "Return",
    "RevokeLane",
    "Split",
    "StoreUnusable",
    "TransactionTooLate",
    "Transfer",
    "Urge",
    "Verdict",
    "VersionTaken",
    "Waive",
    "Withdraw",
    "Write",
    "WrongDirectory",
    "WrongInput",
    "WrongMasterKey",
    "connect",
    "migrate",
    "new_master_key",
]

_HOMES: Final = {
    "flowengine.assembly": ("connect",),
    "flowengine.errors": (
        "CallFailed",
        "ChangedMeanwhile",
        "CheckpointRefused",
        "ConnectionLost",
        "DefinitionRefused",
        "FlowEngineError",
        "KeyReused",
        "NoCrypto",
        "NoMasterKey",
        "NotAllowed",
        "NotFound",
        "OrderBusy",
        "OrderDamaged",
        "OutcomeUnknown",
        "Refused",
        "StoreUnusable",
        "TransactionTooLate",
        "VersionTaken",
        "WrongDirectory",
        "WrongInput",
        "WrongMasterKey",
    ),
    "flowengine.kernel.commands": (
        "Abstain",
        "AddSigner",
        "Amend",
        "Approve",
        "Attach",
        "Choose",
        "Claim",
        "Confirm",
        "Copy",
        "Create",
        "Delegate",
        "Done",
        "GiveBack",
        "Hold",
        "Open",
        "Principal",
        "Raise",
        "Reassign",
        "Reckon",
        "Refuse",
        "Release",
        "RequestLane",
        "Return",
        "RevokeLane",
        "Split",
        "Transfer",
        "Urge",
        "Waive",
        "Withdraw",
        "Write",
    ),
    "flowengine.kernel.decision": ("Blocker", "Decision", "Verdict"),
    "flowengine.runtime.checkpoints": ("Checkpoint",),
    "flowengine.runtime.engine": ("Engine",),
    "flowengine.runtime.flow": ("Flow",),
    "flowengine.runtime.health": ("Check", "Health"),
    "flowengine.runtime.inside": ("Inside",),
    "flowengine.runtime.ports": ("Keys",),
    "flowengine.runtime.privacy.master": ("MasterKeys", "new_master_key"),
    "flowengine.runtime.receiving": ("Received",),
    "flowengine.runtime.result": ("Result",),
    "flowengine.storage.schema": ("migrate",),
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415 - a hundred modules for one string

        return version("flowengine-orders")
    for module, names in _HOMES.items():
        if name in names:
            found = globals()[name] = getattr(import_module(module), name)
            return found
    raise AttributeError(f"module 'flowengine' has no attribute {name!r}")
