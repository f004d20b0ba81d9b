"""What a request brings: who asks, in which language, under which key, and what is wanted."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Depends, Header, HTTPException, Path
from pydantic import BaseModel, Field

from flowengine import Attach, Choose, Done, Principal, Write

STAFF = {
    "li": Principal.of("li.wei", "counter", name="李伟"),
    "wang": Principal.of("wang.fang", "warehouse", name="王芳"),
    "guest": Principal.of("guest"),
}


def who_asks(x_user: Annotated[str, Header()]) -> Principal:
    """Replace this by your login. It must vouch for the name and the roles: flowengine believes them."""
    try:
        return STAFF[x_user]
    except KeyError:
        raise HTTPException(401, "log in first") from None


def language_of(accept_language: Annotated[str, Header()] = "") -> Literal["en", "zh"]:
    """The language that the reader likes best of the two that there are."""
    liked: dict[str, float] = {}
    for wish in accept_language.split(","):
        tag, _, quality = wish.partition(";q=")
        try:
            liked.setdefault(tag.strip()[:2].lower(), float(quality or 1))
        except ValueError:
            continue
    return "zh" if liked.get("zh", 0.0) > liked.get("en", 0.0) else "en"


def key_of(by: Asking, idempotency_key: Annotated[str, Header(min_length=1, max_length=50)]) -> str:
    """The key of a command. Each person has keys of his own: nobody can ask for the answer to another."""
    return f"{by.id}:{idempotency_key}"


class NewOrder(BaseModel):
    """An order as it came. Whether its fields are enough is for the process to say, not for this class."""

    fields: dict[str, Any]
    gift_note: str = Field("", description="The shop's own; flowengine never sees it")


class Act(BaseModel):
    """Something done to an order. `revision` is that of the order the person looked at."""

    do: Literal["done", "attach", "write", "choose"]
    name: str = ""
    reference: str = ""
    values: dict[str, Any] = {}
    reason: str = ""
    revision: int | None = None

    @property
    def command(self) -> Done | Attach | Write | Choose:
        """The command of flowengine that this is."""
        match self.do:
            case "done":
                return Done(self.name)
            case "attach":
                return Attach(self.name, self.reference)
            case "write":
                return Write(self.values)
            case "choose":
                return Choose(self.name)


OrderId = Annotated[int, Path(gt=0, lt=2**63)]
Asking = Annotated[Principal, Depends(who_asks)]
Language = Annotated[Literal["en", "zh"], Depends(language_of)]
Key = Annotated[str, Depends(key_of)]
