import pytest
from pydantic import ValidationError

from wavebook.core.problems import ProblemsError
from wavebook.definitions import ResponseFile, load_definitions


@pytest.mark.parametrize("written", ["17.475", "17.000", "{ north = 17.475, south = 950 }"])
def test_a_population_size_with_a_mark_for_thousands_is_refused(small, written):
    text = small.path("waves.toml").read_text(encoding="utf-8")
    block = f'\n[waves.2014.responses]\nsource = "report"\nlocator = "x"\npopulation_size = {written}\n'
    small.write("waves.toml", f'{text}{block}[waves.2014.responses.columns]\ngrade = "v"\n')
    with pytest.raises(ProblemsError, match=r"W203 data/waves.toml, waves.2014.responses.population_size"):
        load_definitions(small.root)


def block(**fields) -> ResponseFile:
    return ResponseFile.model_validate({"source": "report", "locator": "x", "columns": {"grade": "v1"}, **fields})


def test_one_column_or_code_may_be_written_without_a_list():
    file = block(columns={"grade": "v1", "channel": {"phone": ["v2", "v3"]}}, strata="region", missing=98)
    assert file.columns == {"grade": {"": ("v1",)}, "channel": {"phone": ("v2", "v3")}}
    assert (file.strata, file.missing) == (("region",), ("98",))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"columns": {"grade": ["v1", 2]}}, "write the name of a column"),
        ({"columns": {"grade": []}}, "write the name of a column"),
        ({"missing": [True]}, "write codes"),
        ({"missing": ["9..1"]}, "is not a code or a range"),
        ({"codes": {"grade": {"1": ["a"]}}}, "write what each code means"),
        ({"formats": {"v1": "dd-mm-yy"}}, "a year has four digits"),
    ],
)
def test_what_no_column_code_or_format_can_be_is_refused(fields, message):
    with pytest.raises(ValidationError, match=message):
        block(**fields)


def test_the_codes_of_a_category_come_before_those_of_all():
    file = block(codes={"channel": {"1": "yes", "phone": {"2": "yes"}}})
    assert file.meanings("channel", "phone") == {"2": "yes"}
    assert file.meanings("channel", "post") == {"1": "yes"}


def test_a_column_or_a_name_may_have_codes_for_no_answer_of_its_own():
    file = block(missing=[98, 99], missing_in={"V1": [97], "channel": []}, codes={"grade": {"99": "missing"}})
    assert file.missing_codes("grade", "v1") == [(97.0, 97.0)]
    assert file.missing_codes("channel", "v2") == []
    assert file.missing_codes("grade", "v3") == [(98.0, 98.0), (99.0, 99.0)]
    assert file.missing_everywhere("grade", "v1") == []
    assert file.missing_everywhere("grade", "v3") == [(98.0, 98.0)]


def test_what_separates_answers_is_of_all_names_or_of_one():
    assert block(separator=";").separator_of("channel") == ";"
    assert block(separator={"channel": ";"}).separator_of("grade") is None
