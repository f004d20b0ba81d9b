"""What is asked for and is not there, or not for whoever asks: one sentence for each kind of thing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "denied.order": {
        "en": "order {order} needs one of the roles {roles}",
        "zh": "订单 {order} 须由以下角色之一查看：{roles}",
    },
    "denied.process": {
        "en": "process {process} needs one of the roles {roles}",
        "zh": "流程 {process} 须由以下角色之一查看：{roles}",
    },
    "denied.links": {
        "en": "the links of order {order} are no concern of {by}",
        "zh": "订单 {order} 的确认链接与 {by} 无关",
    },
    "denied.event": {"en": "event {id} is for {owner}", "zh": "事件 {id} 由{owner}处理"},
    "denied.person": {
        "en": "what is kept of a person is asked for by the host itself",
        "zh": "某人的隐私信息只能由宿主系统查询",
    },
    "reused.key": {
        "en": "the key '{key}' was used for another command on order {number}",
        "zh": "键“{key}”已用于订单 {number} 的另一条命令",
    },
    "missing.order_id": {"en": "there is no order with id {id}", "zh": "找不到 id 为 {id} 的订单"},
    "missing.order": {
        "en": "there is no order '{number}'; list what exists with `flowengine list`",
        "zh": "找不到订单“{number}”；可用 `flowengine list` 查看现有的订单",
    },
    "missing.one_order": {
        "en": "'{number}' is an order of {one} and of {other}: name the process",
        "zh": "{one} 与 {other} 中都有订单“{number}”：请指明流程",
    },
    "missing.private_field": {
        "en": "no process has a private field '{field}' (there are: {known})",
        "zh": "找不到私密字段“{field}”（现有：{known}）",
    },
    "missing.person": {
        "en": "nothing is kept of such a person, or they were erased",
        "zh": "找不到此人的资料，或已被删除",
    },
    "missing.event": {
        "en": "no event {id} waits; list those that do with `flowengine event list`",
        "zh": "等待的事件中找不到编号 {id}；可用 `flowengine event list` 查看",
    },
    "missing.link": {
        "en": "order {order} has no link '{id}' that is good still",
        "zh": "订单 {order} 找不到仍然有效的链接“{id}”",
    },
    "missing.parcel": {
        "en": "nothing of the id {key} was given up; list what was with `flowengine outbox --dead`",
        "zh": "已放弃的内容中找不到编号 {key}；可用 `flowengine outbox --dead` 查看",
    },
    "missing.process": {
        "en": "no process '{process}' is deployed (deployed: {known}); run `flowengine deploy FILE`",
        "zh": "找不到流程“{process}”（已部署：{known}）；请运行 `flowengine deploy 文件`",
    },
    "missing.brought": {
        "en": "{definition} brings no process '{process}'",
        "zh": "{definition} 中找不到流程“{process}”",
    },
    "missing.version": {
        "en": "no version '{version}' of process '{process}' is deployed (deployed: {known})",
        "zh": "找不到流程“{process}”的版本“{version}”（已部署：{known}）",
    },
    "missing.definition": {
        "en": "definition {id} is not in this store",
        "zh": "此数据库中找不到编号为 {id} 的流程定义",
    },
}
