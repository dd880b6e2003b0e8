"""What stands in a row, said in the words of an entry.

Codes of a status, from the vendors' documentation:

| column                    | draft               | published   | retired            |
| ------------------------- | ------------------- | ----------- | ------------------ |
| Aliyun ``Status``         | 1 new, 3 changed    | 2           | -1 deleted         |
| Tencent ``EnableScope``   | 2 development only  | 3, 4        | 1 off              |
| Baidu ``status``          |                     | 0 in effect | 1 out of effect    |
| WeKnora ``is_enabled``    |                     | true        | false              |
| WeKnora 是否停用          |                     | false       | true               |

Aliyun's ``EffectStatus`` follows from its dates and is not read.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from assist.knowledge.extract.answers import answers_of, for_channels
from assist.knowledge.extract.columns import (
    IGNORED,
    LIST_FIELDS,
    REPEATABLE,
    field_of,
    key_of,
    parts_of,
)
from assist.knowledge.extract.texts import texts_of

_VENDOR_STATUS = {
    "aliyun": {"-1": "retired", "1": "draft", "2": "published", "3": "draft"},
    "baidu": {"0": "published", "1": "retired"},
}
_VENDOR_MARKS = {
    "aliyun": {"solutions", "knowledgeid", "effectstatus"},
    "baidu": {"dirid", "effect", "expire", "editversion", "channelanswers"},
}
_SCOPES = {"1": "retired", "2": "draft", "3": "published", "4": "published"}
_STATUS_WORDS = {
    word: status
    for status, words in {
        "draft": """draft review 草稿 待发布 未发布 待审核 审核中 编辑中 新增待发布 修改待发布
            已更新未发布 待提交 仅开发域生效 开发域生效""",
        "published": """published online active 已发布 发布 发布成功 已上线 上线 在线 在用
            生效 已生效 生效中 待生效 启用 已启用 有效 正常 仅发布域生效 发布域生效
            开发域和发布域均生效 全部生效""",
        "retired": """retired offline disabled deleted archived 停用 已停用 下线 已下线 失效
            已失效 过期 已过期 禁用 已禁用 不生效 作废 废弃 归档 已归档 删除 已删除""",
    }.items()
    for word in words.split()
}
_YES = frozenset({
    "true", "yes", "y", "1", "是", "启用", "已启用", "有效", "生效", "对", "√", "开启",
})  # fmt: skip
_NO = frozenset({
    "false", "no", "n", "0", "否", "停用", "已停用", "无效", "失效", "不", "×", "关闭", "禁用",
    "未启用",
})  # fmt: skip
_FOREVER = frozenset({
    "0", "永久", "永久有效", "永久生效", "长期", "长期有效", "永不过期", "不限", "无", "-", "—",
    "/", "never", "forever",
})  # fmt: skip
_DAY_AND_TIME = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[\sT]+(\d{1,2}:\d{2}(?::\d{2})?))?"
)
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_UNIX = re.compile(r"\d{9,10}|\d{13}")


class ColumnTwice(Exception):
    """Two columns give the same field, which takes one."""


def cells_of(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    """Return what the columns hold by field; unknown ones keep their name. Raises ColumnTwice."""
    given: dict[str, list[object]] = {}
    keys = set()
    for name, value in pairs:
        keys.add(key_of(name))
        field = field_of(name)
        if value is None or value == "" or field == IGNORED:
            continue
        parted = parts_of(name, value) if field in REPEATABLE and isinstance(value, str) else None
        held = given.setdefault(field or name.strip(), [])
        if held and field not in REPEATABLE:
            raise ColumnTwice(name)
        held.append(value if parted is None else parted)
    cells = {field: _joined(field, values) for field, values in given.items()}
    for field in LIST_FIELDS & cells.keys():
        cells[field] = texts_of(cells[field])
    _mend_answers(cells)
    _mend_status(cells, keys)
    for field in ("effective_from", "effective_to", "review_by"):
        if field in cells:
            cells[field] = _moment(cells[field])
    _mend_rest(cells)
    return cells


def _joined(field: str, values: list[object]) -> object:
    """Return the cells of several columns as one."""
    if len(values) == 1:
        return values[0]
    if field == "category" or (field in LIST_FIELDS and all(isinstance(v, str) for v in values)):
        return ("/" if field == "category" else "\n").join(map(str, values))
    return [item for value in values for item in (value if isinstance(value, list) else [value])]


def _mend_answers(cells: dict[str, object]) -> None:
    strategy = str(cells.pop("strategy", "")).strip().casefold()
    channels = cells.pop("channel", None)
    answers = answers_of(cells.pop("answers", []))
    if strategy in _YES | {"all"} and all(isinstance(answer, str) for answer in answers):
        answers = ["\n".join(map(str, answers))] if answers else []
    if channels is not None:
        answers = for_channels(answers, texts_of(channels))
    answers += answers_of(cells.pop("channel_answers", []))
    if answers:
        # One text may be JSON, which the row reads.
        cells["answers"] = (
            answers[0] if isinstance(answers[0], str) and not answers[1:] else answers
        )


def _mend_status(cells: dict[str, object], keys: set[str]) -> None:
    if "status" in cells:
        cells["status"] = _status(cells["status"], keys)
    scope = str(cells.pop("scope", "")).strip()
    if scope:
        cells["status"] = _SCOPES.get(scope) or _STATUS_WORDS.get(scope, scope)
    for field, off in (("enabled", _NO), ("disabled", _YES)):
        said = str(cells.pop(field, "")).strip().casefold()
        if said in off:
            cells["status"] = "retired"
        elif said and said not in _YES | _NO:
            cells["status"] = said  # refused by its name where rows are checked


def _status(value: object, keys: set[str]) -> object:
    said = str(value).strip().casefold()
    for vendor, marks in _VENDOR_MARKS.items():
        if marks & keys and said in _VENDOR_STATUS[vendor]:
            return _VENDOR_STATUS[vendor][said]
    return _STATUS_WORDS.get(said, value)


def _moment(value: object) -> object:
    """Return a date as ISO text, None for ever; what is not understood stays as it is."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return value
    text = str(value).strip()
    if text.casefold() in _FOREVER:
        return None
    if _UNIX.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC).isoformat()
    day = _DAY_AND_TIME.fullmatch(text) or _COMPACT_DAY.fullmatch(text)
    if day is None:
        return text
    written = f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
    time = day[4] if day.re is _DAY_AND_TIME else None
    return f"{written}T{'0' if time[1] == ':' else ''}{time}" if time else written


def _mend_rest(cells: dict[str, object]) -> None:
    if isinstance(cells.get("id"), int):
        cells["id"] = str(cells["id"])
    if isinstance(cells.get("source"), int):
        del cells["source"]  # a code for how the vendor came by the row
    if isinstance(cells.get("category"), Mapping | list):
        cells["category"] = texts_of(cells["category"])
    if isinstance(cells.get("question"), Mapping):
        cells["question"] = "".join(texts_of(cells["question"]))
    risk = cells.pop("risk", None)
    if risk is not None:
        tags = cells.get("tags", [])
        mark = f"risk:{risk}"
        cells["tags"] = f"{tags}\n{mark}" if isinstance(tags, str) else [*texts_of(tags), mark]
