import io
from collections.abc import Sequence

import pytest
from pypdf import PdfWriter

from assist.knowledge.extract.found import Refused
from assist.knowledge.extract.pdf_text import pdf_text


def pdf(pages: Sequence[Sequence[str]]) -> io.BytesIO:
    """Return a PDF whose font writes each character by its code point, as Chinese ones do."""
    characters = sorted({character for page in pages for line in page for character in line})
    told = "\n".join(f"<{ord(one):04x}> <{ord(one):04x}>" for one in characters)
    cmap = f"begincmap {len(characters)} beginbfchar\n{told}\nendbfchar endcmap"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids "
        f"[{' '.join(f'{6 + 2 * at} 0 R' for at in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H "
        "/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 1000 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        f"<< /Length {len(cmap)} >> stream\n{cmap}\nendstream",
    ]
    for lines in pages:
        shown = " ".join(
            f"<{''.join(f'{ord(one):04x}' for one in line)}> Tj 0 -20 Td" for line in lines
        )
        content = f"BT /F 12 Tf 50 700 Td {shown} ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] "
            f"/Resources << /Font << /F 3 0 R >> >> /Contents {len(objects) + 2} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >> stream\n{content}\nendstream")
    out = "%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    out += (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    )
    return io.BytesIO(out.encode())


def test_the_text_comes_page_by_page() -> None:
    pages = [["退货政策", "可以退。"], ["第二页"]]
    assert pdf_text(pdf(pages)).text == "退货政策\n可以退。\n\n第二页"


def test_a_line_broken_for_want_of_room_goes_on() -> None:
    lines = ["自签收次日起七天内可以申请无理由退", "货，商品应当完好无损。", "另一段。"]
    assert pdf_text(pdf([lines])).text == "".join(lines[:2]) + "\n另一段。"
    lines = ["自签收次日起七天内可以申请无理由退货", "二、商品应当完好无损"]
    assert pdf_text(pdf([lines])).text == "\n".join(lines)
    lines = ["You can return the goods you bought", "within seven days."]
    assert pdf_text(pdf([lines])).text == " ".join(lines)


def test_margins_that_every_page_repeats_are_dropped() -> None:
    pages = [
        ["示例移动 服务手册", f"正文{word}。", f"第 {at} 页"] for at, word in enumerate("甲乙丙丁")
    ]
    assert pdf_text(pdf(pages)).text == "正文甲。\n\n正文乙。\n\n正文丙。\n\n正文丁。"


def test_a_scanned_pdf_is_refused() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    file = io.BytesIO()
    writer.write(file)
    with pytest.raises(Refused, match="scanned"):
        pdf_text(file)


def test_a_pdf_behind_a_password_is_refused() -> None:
    writer = PdfWriter(clone_from=pdf([["密"]]))
    writer.encrypt("secret", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    with pytest.raises(Refused, match="encrypted"):
        pdf_text(file)


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(Refused, match="damaged"):
        pdf_text(io.BytesIO(b"hello"))
