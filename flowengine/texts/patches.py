"""Findings about processes that are written in several places (FE7xx): types, `extends`, `include`, `locked`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "finding.in_types": {
        "en": "in type {types}: {said}",
        "zh": "类型 {types} 中：{said}",
    },
    "finding.in_lanes": {
        "en": "in lane {lanes}: {said}",
        "zh": "通道 {lanes} 中：{said}",
    },
    "FE701": {
        "en": "“{word}” is the same for every type of order",
        "zh": "“{word}”对所有类型的订单都相同，不能在类型中改写",
    },
    "FE701.hint": {
        "en": "write it once for the whole process; orders that need another one are a process of their own, with `extends`",
        "zh": "请只在流程中写一次；确需不同的订单请用 `extends` 另立一个流程",
    },
    "FE702": {
        "en": "“{word}” means something only in a patch: in `types`, or in a file with `extends`",
        "zh": "“{word}”只能写在补丁里：`types` 之下，或有 `extends` 的文件中",
    },
    "FE702.hint": {
        "en": "delete it: here the stages stand in the order in which they are written",
        "zh": "请删去：此处阶段的先后就是书写的先后",
    },
    "FE703": {
        "en": "there is no “{word}” here to remove",
        "zh": "此处没有可去掉的“{word}”",
    },
    "FE704": {
        "en": "the stages “{stage}” and “{word}” follow each other in a circle",
        "zh": "阶段“{stage}”与“{word}”互相排在对方之后",
    },
    "FE704.hint": {
        "en": "let one of them follow a stage of the process",
        "zh": "请让其中一个排在流程已有的阶段之后",
    },
    "FE705": {
        "en": "“{word}” is locked ({where}) and stays as it is",
        "zh": "“{word}”已被锁定（{where}），不得改动",
    },
    "FE705.hint": {
        "en": "take this out of the patch, or have the lock lifted by whoever answers for the process",
        "zh": "请从补丁中删去这一处，或请流程负责人解除锁定",
    },
    "FE706": {
        "en": "the locked path “{path}” leads to nothing: there is no “{word}” there",
        "zh": "锁定的路径“{path}”不存在：那里没有“{word}”",
    },
    "FE707": {
        "en": "“{word}” stands here and in an included file ({where})",
        "zh": "“{word}”在此处和所含文件中（{where}）都有",
    },
    "FE707.hint": {
        "en": "`include` only adds: keep one of the two, or give one another name",
        "zh": "`include` 只增不改：请只保留一处，或换一个名称",
    },
    "FE708": {
        "en": "no file beside this one holds a process “{word}”",
        "zh": "同一文件夹中没有名为“{word}”的流程",
    },
    "FE709": {
        "en": "process “{word}” is not there in version {version}",
        "zh": "流程“{word}”没有 {version} 这个版本",
    },
    "FE709.hint": {
        "en": "found in this folder: {known}",
        "zh": "此文件夹中有：{known}",
    },
    "FE710": {
        "en": "“{word}” may mean any of these files: {files}",
        "zh": "“{word}”可能指这些文件中的任何一个：{files}",
    },
    "FE710.hint": {
        "en": "say which version is meant, as in `extends: sales-order@2026.1`, and keep each version in one file",
        "zh": "请写明版本，例如 `extends: sales-order@2026.1`；每个版本只留一个文件",
    },
    "FE711": {
        "en": "these processes extend each other in a circle: {path}",
        "zh": "这些流程互为基础，首尾相接：{path}",
    },
    "FE711.hint": {
        "en": "one of them must be written out without `extends`",
        "zh": "其中须有一个不用 `extends` 而完整写出",
    },
    "FE712": {
        "en": "“{word}” is not a file within the folder of this process",
        "zh": "“{word}”不在本流程所在的文件夹之内",
    },
    "FE712.hint": {
        "en": "move or copy it there, and write its path with `/`: company.yaml or shared/company.yaml",
        "zh": "请把它移到或复制到该文件夹中，路径用 `/` 书写，例如 company.yaml 或 shared/company.yaml",
    },
    "FE713": {
        "en": "there is no file “{word}” that could be read",
        "zh": "没有可读取的文件“{word}”",
    },
    "FE714": {
        "en": "“{word}” is a process, not a library",
        "zh": "“{word}”是流程，不是共用文件",
    },
    "FE714.hint": {
        "en": "a library has no `process`, `version`, `owner` or `stages`; to build on a process, write `extends`",
        "zh": "共用文件不写 `process`、`version`、`owner`、`stages`；要以某个流程为基础，请写 `extends`",
    },
    "FE715": {
        "en": "a process may consist of at most {limit} files",
        "zh": "一个流程最多由 {limit} 个文件组成",
    },
    "FE715.hint": {
        "en": "put what belongs together into one library",
        "zh": "请把相关内容合并到一个共用文件",
    },
}
