import pytest

from assist.generate.plain import plain_line


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("## 二、退货", "二、退货"),
        ("- **签收日**：以物流为准", "签收日：以物流为准"),
        ("* 项目", "项目"),
        ("• 项目", "项目"),
        ("- [x] 已办", "已办"),
        ("> 引用 __重点__", "引用 重点"),
        ("1. 打开 `设置`", "1. 打开 设置"),
        ("***又粗又斜***和~~划掉~~", "又粗又斜和划掉"),
        ("the *new* plan", "the new plan"),
        ("详见[帮助](https://a.example/x_(1))。", "详见帮助（https://a.example/x_(1)）。"),
        ("see [help](https://a.example)", "see help (https://a.example)"),
        ("[https://a.example](https://a.example)", "https://a.example"),
        ("看图![追踪](https://evil.example/?q=1)吧", "看图吧"),
        ("| 时间 | 方式 |", "时间，方式"),
        ("| --- | :--: |", ""),
        ("```json", ""),
        ("***", ""),
        ("**[退货](https://a.example)**", "退货（https://a.example）"),
    ],
)
def test_markdown_is_left_out(line: str, plain: str) -> None:
    assert plain_line(line) == plain


@pytest.mark.parametrize(
    "line",
    ["拨打 *#06# 或 *#21# 查询", "**21*13800000000# 和 **61*13800000000#", "8*8=64，9*9=81",
     "按 # 号键，再按 * 号键", "流量<5GB", "- 5 度以下".replace("- ", "-"), "snake_case_name"],
)  # fmt: skip
def test_what_only_looks_like_markdown_stays(line: str) -> None:
    assert plain_line(line) == line
