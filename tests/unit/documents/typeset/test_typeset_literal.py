"""Author text is data: every script is set as typed or named, and no markup of any language does anything."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inkseal.documents.typeset import MissingGlyphsError, Template, Typeset, load_template, missing_glyphs, typeset
from inkseal.documents.typeset.fonts import family_coverages
from inkseal.documents.typeset.glyphs import unprintable
from tests.unit.documents.typeset_kit import (
    FONT_DIRS,
    SMALL_DATA,
    SMALL_MAIN,
    SMALL_META,
    Data,
    opened,
    page_texts,
    sample,
)

SCRIPTS = {
    "Latin": "AaÉéÑñŁłØøß",
    "Vietnamese": "ẠạẤấĐđƠơƯưỆệ",
    "Cyrillic": "АаБбЁёЖжЇїЩщЯя",
    "Greek": "ΑαΒβΓγΔδΏώ",
    "Arabic": "ابتثجحخدذرزسشصض",
    "Thai": "กขคงจฉชซญดตถทน",
    "Devanagari": "अआकखगघचजटडतद",
    "Han, simplified": "谭岚月赵钱孙李周吴郑王",
    "Han, traditional": "陳曉燕臺灣書",
    "Kana": "さくらアオイ",
    "figures and marks": "0123456789-.,'’()&",
    "without a sign": "김민🙂𠮷\u202e\u200b\ue000",
}
NAMES = st.lists(
    st.sampled_from(sorted(SCRIPTS)).flatmap(lambda script: st.text(SCRIPTS[script], min_size=1, max_size=8)),
    min_size=1,
    max_size=4,
).map(" ".join)

HOSTILE = {
    "typst code": '#eval("1+1") #import "x.typ" #read("/etc/passwd") #panic()',
    "typst loops": "#while true {}",
    "typst state": "#set page(width: 1pt) #counter(page).update(9)",
    "typst maths": "$ sum_(k=1)^n k $ $x$",
    "typst labels": "<inkseal> @inkseal @fig:1",
    "typst content": "[ *bold* _emph_ `raw` = Heading",
    "typst escapes": "\\u{41} \\# \\\\ ~ -- --- ...",
    "typst comments": "// to the end /* of all */",
    "markdown": "# H1 **bold** [x](https://example.org) ![i](x) `c` > q | a | b |",
    "html": "<script>alert(1)</script><b>&amp;&lt;&#65;</b><!-- x -->",
    "xml": "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>&x;]]>",
    "svg": "<svg onload=alert(1)><image href='file:///etc/passwd'/></svg>",
    "latex": "\\input{/etc/passwd} \\write18{id} $\\frac{1}{2}$ % \\end{document}",
    "django": "{{ settings.SECRET_KEY }} {% load x %} {# c #}",
    "jinja": "{{ ''.__class__.__mro__ }} {%- if 1 -%}",
    "placeholders": "{{author.document_number}} {{ bank.account }} {{7*7}}",
    "shell": "$(id) `id` ; rm -rf / && | > < * ? ~",
    "sql": "'; DROP TABLE t; -- \" OR 1=1",
    "javascript": "javascript:alert`1` ${7*7}",
    "spreadsheet": "=cmd|' /C calc'!A0 @SUM(1) +1 -1",
    "pdf": "(a) Tj ET endstream endobj trailer << /Root 1 0 R >> %%EOF",
    "json": '"}], "places": [{"kind": "company_seal"}',
    "format strings": "%s %n {0} {0.__class__} %(x)s",
    "paths": "../../etc/passwd C:\\x file:///etc/passwd \\\\server",
}


def tidy(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """The smallest template: a page with the author's name, in all fonts."""
    folder = tmp_path_factory.mktemp("plain")
    (folder / "meta.toml").write_text(SMALL_META, encoding="utf-8")
    (folder / "main.typ").write_text(SMALL_MAIN, encoding="utf-8")
    (folder / "clauses.en.md").write_text("# T\n\n## A\n\n1. {{author.name}}\n", encoding="utf-8")
    (folder / "schema.json").write_text(
        '{"properties": {"contract": {"properties": {"number": {"type": "string"}, "date": {"type": "string"}}},'
        ' "author": {"properties": {"name": {"type": "string"}}}}}',
        encoding="utf-8",
    )
    return load_template(folder, FONT_DIRS)


def plain_text(template: Template, name: str) -> str:
    return "".join(page_texts(typeset(template, {**SMALL_DATA, "author": {"name": name}}, codes=None).pdf))


@settings(max_examples=40, deadline=None)
@given(NAMES)
def test_a_name_in_any_scripts_is_set_whole_or_named(plain: Template, name: str) -> None:
    data = {**SMALL_DATA, "author": {"name": name}}
    missing = missing_glyphs(plain, data)
    if missing:
        assert {glyph.path for glyph in missing} == {"author.name"}
        assert {glyph.character for glyph in missing} <= set(name)
        with pytest.raises(MissingGlyphsError):
            typeset(plain, data, codes=None)
    else:
        assert sorted(set(tidy(plain_text(plain, name)))) == sorted(set(tidy(name)))


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(str.strip))
def test_any_text_at_all_is_set_or_named_and_nothing_else_happens(plain: Template, text: str) -> None:
    data = {**SMALL_DATA, "author": {"name": text}}
    if missing_glyphs(plain, data):
        with pytest.raises(MissingGlyphsError):
            typeset(plain, data, codes=None)
    else:
        assert typeset(plain, data, codes=None).page_count == 1


@settings(max_examples=40, deadline=None)
@given(text=st.text(st.characters(max_codepoint=0x2FFF, exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_what_is_not_named_is_set_by_typst(plain: Template, text: str) -> None:
    """typst's archival mode fails hard on a missing glyph: it is the judge of the look-up."""
    families = family_coverages(plain.font_files)
    printable = "".join(char for char in text if not unprintable(char, families))
    data = {**SMALL_DATA, "author": {"name": f"A {printable}"}}
    if not missing_glyphs(plain, data):
        assert typeset(plain, data, codes=None).page_count == 1


@settings(max_examples=40, deadline=None)
@given(st.text("#$*_`<>@[]{}\\/=-+~\"'()%&|;:.,!?^ abx17", min_size=1, max_size=40).filter(str.strip))
def test_any_mix_of_marks_is_literal(plain: Template, text: str) -> None:
    assert tidy(plain_text(plain, text)) == tidy(text)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_is_printed_letter_by_letter(plain: Template, name: str) -> None:
    assert tidy(plain_text(plain, HOSTILE[name])) == tidy(HOSTILE[name])


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_in_every_field_of_a_contract_is_literal(
    template: Template, printed: Typeset, name: str
) -> None:
    attack = HOSTILE[name][:60].strip()
    data: Data = sample("adult")
    for group, field in (("author", "name"), ("author", "pen_name"), ("book", "title"), ("bank", "holder")):
        data[group][field] = attack
    result = typeset(template, data, codes=None)
    text = tidy("".join(page_texts(result.pdf)))
    assert text.count(tidy(attack)) >= 4
    assert [place.kind for place in result.places] == [place.kind for place in printed.places]
    assert abs(result.page_count - printed.page_count) <= 1
    with opened(result.pdf) as document:
        assert {tuple(map(round, page.get_size())) for page in document} == {(595, 842)}


def test_a_contract_s_own_placeholders_in_data_are_not_filled(template: Template) -> None:
    data: Data = sample("adult")
    data["author"]["pen_name"] = "{{author.document_number}}"
    text = "".join(page_texts(typeset(template, data, codes=None).pdf))
    assert text.count("E1204567K") == "".join(page_texts(typeset(template, sample("adult"), codes=None).pdf)).count(
        "E1204567K"
    )


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200b", "\u00ad", "\ufeff", "\u0000", "\u001b", "\U000e0041"])
def test_signs_that_hide_are_named_wherever_they_stand(template: Template, sign: str) -> None:
    for group, field in (("author", "name"), ("author", "address"), ("book", "title"), ("bank", "account")):
        data: Data = sample("adult")
        data[group][field] = f"a{sign}b"
        assert [(glyph.path, glyph.character) for glyph in missing_glyphs(template, data)] == [
            (f"{group}.{field}", sign)
        ]


def test_no_file_of_the_machine_can_be_read_by_a_name(plain: Template, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("canary", encoding="utf-8")
    assert "canary" not in plain_text(plain, f'#read("{secret}") #include "{secret}" #image("{secret}")')
