"""Why a file or a row cannot be taken, in the reader's words."""

from assist.errors import FileTooLarge, FileTypeUnknown, ImportRefused
from assist.knowledge.extract.found import RefusalCode, RowCode
from assist.records import Language

_FILE: dict[RefusalCode, dict[Language, str]] = {
    "unreadable": {"zh": "无法读取：{detail}", "en": "it cannot be read: {detail}"},
    "type": {
        "zh": "不支持“{detail}”文件；可导入 {known}",
        "en": "no reader takes “{detail}”; it may be one of {known}",
    },
    "file_size": {
        "zh": "文件超过 {detail} MiB 的上限",
        "en": "it is over the limit of {detail} MiB",
    },
    "encoding": {
        "zh": "文字编码不是 UTF-8、UTF-16 或 GB18030（GBK）",
        "en": "its text is neither UTF-8, UTF-16 nor GB18030 (GBK)",
    },
    "broken_utf8": {
        "zh": "第 {detail} 行的 UTF-8 编码已损坏",
        "en": "its UTF-8 is broken in line {detail}",
    },
    "not_text": {"zh": "不是文本文件", "en": "it is not a text file"},
    "no_text": {"zh": "没有文字内容", "en": "there is no text in it"},
    "text_size": {
        "zh": "正文超过 {detail} 字，请拆成几个文件",
        "en": "its text is over {detail} characters; split it into several files",
    },
    "column_twice": {
        "zh": "表头里有两列都是“{detail}”",
        "en": "the header names the column “{detail}” twice",
    },
    "no_columns": {
        "zh": "没有找到表头：需要“问题”和“答案”两列",
        "en": "no sheet has a header with the columns question and answer",
    },
    "extra": {
        "zh": "读取 {detail} 文件需要安装组件：pip install 'answer-assist[files]'",
        "en": "to read {detail} files, run: pip install 'answer-assist[files]'",
    },
    "ole": {
        "zh": "是旧版 Office 格式（.xls/.doc）或有密码，请另存为不带密码的 .xlsx/.docx",
        "en": "it is an old Office file (.xls, .doc) or has a password; save it as .xlsx or .docx",
    },
    "archive_bad": {
        "zh": "不是完好的 Office 文件 {detail}",
        "en": "it is not an intact Office file {detail}",
    },
    "archive_entries": {
        "zh": "压缩包内超过 {detail} 个条目",
        "en": "it packs more than {detail} entries",
    },
    "archive_ratio": {
        "zh": "压缩比超过 {detail}，疑似压缩炸弹",
        "en": "it unpacks to more than {detail} times its size, as a zip bomb does",
    },
    "archive_size": {
        "zh": "解压后超过 {detail} MiB",
        "en": "it unpacks to more than {detail} MiB",
    },
    "archive_name": {
        "zh": "压缩包内的路径“{detail}”越出了目录",
        "en": "it packs the path “{detail}”, which leads out of it",
    },
    "archive_nested": {
        "zh": "压缩包内还有压缩包“{detail}”",
        "en": "it packs another archive, “{detail}”",
    },
    "doctype": {
        "zh": "含有 DOCTYPE 或实体声明",
        "en": "its XML declares a DOCTYPE or entities",
    },
    "encrypted": {"zh": "有密码保护", "en": "it is protected by a password"},
    "scanned": {
        "zh": "PDF 里没有文字（可能是扫描件），请先做文字识别（OCR）",
        "en": "the PDF holds no text, it may be scanned; run OCR on it first",
    },
    "rows": {"zh": "超过 {detail} 行", "en": "it has more than {detail} rows"},
    "damaged": {"zh": "文件已损坏 {detail}", "en": "it is damaged {detail}"},
    "memory": {
        "zh": "解析所需内存超过上限",
        "en": "to parse it takes more memory than the limit",
    },
    "time": {
        "zh": "解析时间超过 {detail} 秒",
        "en": "to parse it takes more than {detail} seconds",
    },
    "output": {
        "zh": "内容超过 {detail} MiB",
        "en": "what it holds is over {detail} MiB",
    },
    "front_matter": {"zh": "文件头不对：{detail}", "en": "its front matter is wrong: {detail}"},
}
_ROW: dict[RowCode, dict[Language, str]] = {
    "line": {"zh": "这一行读不出来：{}", "en": "the line cannot be read: {}"},
    "not_object": {"zh": "不是一个 JSON 对象", "en": "not a JSON object"},
    "too_many_cells": {
        "zh": "单元格比表头多",
        "en": "more cells than the header has columns",
    },
    "uncomputed": {
        "zh": "单元格 {} 是公式且没有结果，请粘贴为数值",
        "en": "the cell {} is a formula without a result; paste it as a value",
    },
    "cell_error": {"zh": "单元格出错：{}", "en": "the cell holds an error: {}"},
    "no_header": {
        "zh": "这个工作表没有“问题”和“答案”两列，未导入",
        "en": "this sheet has no columns question and answer, so nothing of it was taken",
    },
}
_TOO_LARGE = frozenset(
    {"file_size", "text_size", "archive_entries", "archive_ratio", "archive_size", "rows", "output"}
)


def refusal(
    code: RefusalCode, name: str, language: Language, detail: str = "", *, known: str = ""
) -> ImportRefused:
    """Return the error that says what is wrong with the file ``name``."""
    colon = "：" if language == "zh" else ": "
    why = _FILE[code][language].format(detail=detail, known=known).rstrip()
    message = f"{name}{colon}{why}"
    if code == "type":
        return FileTypeUnknown(message)
    return FileTooLarge(message) if code in _TOO_LARGE else ImportRefused(message)


def row_reason(code: RowCode, detail: str, language: Language) -> str:
    """Return what is wrong with one row."""
    return _ROW[code][language].format(detail)
