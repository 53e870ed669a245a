"""Pages made from the code hold what the code holds."""

from tools import reference

EXAMPLE = """# Head of the file, not about a setting.

# Where files are kept.
#INKSEAL_VAR_DIR=var
# The port.
# It has a second line; the last one counts.
#INKSEAL_SMTP_PORT=8025
#INKSEAL_EMPTY=
"""


def test_a_setting_is_its_assignment_and_the_comment_line_before_it() -> None:
    assert list(reference.listed_settings(EXAMPLE))[:2] == [
        ("INKSEAL_VAR_DIR", "var", "Where files are kept."),
        ("INKSEAL_SMTP_PORT", "8025", "It has a second line; the last one counts."),
    ]


def test_a_setting_without_a_default_has_an_empty_cell() -> None:
    assert "| `INKSEAL_EMPTY` |  |" in reference.settings_page(EXAMPLE)


def test_the_page_of_commands_shows_options_and_leaves_hidden_ones_out() -> None:
    page = reference.commands_page()
    worker = page.split("## inkseal worker\n", 1)[1].split("\n## ", 1)[0]
    assert "--once" in worker
    assert "--supervised" not in worker


def test_the_words_of_the_glossary_stay_when_its_tables_are_made_anew() -> None:
    page = reference.glossary_page(f"# Glossary\n\n| author | signs |\n\n{reference.TABLES_HEADING}\n\nold\n")
    assert page.startswith(f"# Glossary\n\n| author | signs |\n\n{reference.TABLES_HEADING}\n")
    assert "\nold\n" not in page


def test_tables_pair_column_names_with_python_names() -> None:
    section = reference.tables_section()
    assert "### novelscontract\n" in section
    assert "| CBID | book_id |" in section


def test_tables_of_other_packages_are_left_out() -> None:
    assert "django_session" not in reference.tables_section()
