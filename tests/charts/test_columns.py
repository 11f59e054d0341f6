"""The columns of a chart's CSV."""

from itertools import pairwise

from wavebook.charts.columns import FIGURES, labels_of
from wavebook.figures import COLUMNS


def test_each_code_has_its_label_right_after_it():
    assert [name for name in FIGURES if not name.endswith("_label")] == list(COLUMNS)
    labelled = [name for name, after in pairwise(FIGURES) if after == f"{name}_label"]
    assert labelled == ["wave", "indicator", "population", "segment_by", "segment", "category"]


def test_labels_are_the_words_of_the_pages(small):
    def told(key, language):
        figures = small.load(language=language)
        return list(labels_of(figures[key], figures).values())

    assert told("share.yes@2014", "nl") == ["2014", "antwoord", "iedereen", "", "", "ja"]
    assert told("grade@2014,theme=work", "en") == ["2014", "grade", "everyone", "theme", "work", ""]
    assert told("grade@2014,population=citizens", "en") == ["2014", "grade", "citizens", "", "", ""]
