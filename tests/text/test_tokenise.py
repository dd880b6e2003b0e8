from assist.text.tokenise import analyse, names, noun_places, word_edges, words


def test_terms_are_words_characters_and_pairs() -> None:
    terms = analyse("套餐流量")
    assert {"套", "餐", "套餐", "餐流", "流量"} <= set(terms)


def test_traditional_and_full_width_text_gives_the_same_terms() -> None:
    assert analyse("賬戶餘額ＡＸ３０００") == analyse("账户余额AX3000")


def test_a_code_is_found_however_it_is_spaced() -> None:
    for spelling in ("X1Pro", "X1 Pro", "x1-pro"):
        assert "x1pro" in analyse(spelling)
    assert "ax3000" in analyse("AX 3000")
    assert "wifi" in analyse("Wi-Fi")


def test_codes_keep_their_digits() -> None:
    assert "5g" in analyse("5G套餐")


def test_english_plurals_meet_their_singular() -> None:
    assert set(analyse("cards")) & set(analyse("card"))
    assert "address" in analyse("address")


def test_punctuation_gives_no_terms() -> None:
    assert analyse(" ，。!? ") == ()


def test_words_stand_where_they_are_written() -> None:
    text = "賬戶 餘額\u200b查詢"
    found = words(text)
    assert [span.text for span in found][:2] == ["賬戶", "餘額"]
    assert all(text[span.start : span.end] == span.text for span in found)


def test_words_take_any_text() -> None:
    assert words("") == ()
    assert words("\ud800好")[-1].text == "好"


def test_names_are_nouns_and_latin_words_however_they_are_written() -> None:
    assert names("請問手機的發票怎麼開，昨天買的 X1 Pro 要 3 张") == ("手机", "发票", "x1", "pro")
    assert names("可以吗？") == ()
    assert names("") == ()


def test_words_begin_and_end_where_they_are_written() -> None:
    assert {1, 3} <= word_edges("大概念")
    assert 2 not in word_edges("大概念")
    assert word_edges("") == {0}


def test_nouns_begin_where_they_are_written() -> None:
    assert 2 in noun_places("一般险種七天")
    assert 2 not in noun_places("一般不收")


def test_names_take_any_text() -> None:
    assert names("\ud800发票") == ("发票",)
