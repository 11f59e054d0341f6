import polars as pl

from wavebook.survey.files.errors import is_error

ERRORS = """#N/A #N/B #NV #REF! #VERW! #BEZUG! #DIV/0! #DEEL/0! #VALUE! #WAARDE! #WERT! #VALEUR! #NAME? #NAAM? #NOM? 
#NUM! #GETAL! #ZAHL! #NOMBRE! #NULL! #LEEG! #NUL! #¿NOMBRE? #¡DIV/0! #SPILL! #OVERLOOP! #ÜBERLAUF! #CALC!
Err:502 Fout:502"""
OTHERS = ["#", "#1", "# 3", "#metoo", "#JAN JANSEN", "#JAN!", "N/A", "N/B", "REF!", "#NA is dat?", "Err:", "5%"]


def test_errors_are_known_in_every_language_and_nothing_else_is():
    texts = [*ERRORS.split(), *OTHERS]
    found = pl.DataFrame({"t": texts}).select(is_error(pl.col("t")))["t"].to_list()
    assert [text for text, error in zip(texts, found, strict=True) if error] == ERRORS.split()
