"""Find the respondents of a wave, and open their file by its suffix."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from wavebook.core.files import leave_no_core
from wavebook.core.problems import Problem, ProblemsError, fail
from wavebook.survey.files import delimited, parquet, spss, workbook
from wavebook.survey.files.damage import foreign, readable
from wavebook.survey.files.disguise import disguised
from wavebook.survey.files.renaming import renamed
from wavebook.survey.files.staging import Staging
from wavebook.survey.files.surveyfile import Loaded, SurveyFile, as_seen

_EXCEL, _SPSS = "In Excel, save it as .xlsx.", "In SPSS, save it as .sav."
_OTHERWISE = {  # how files of other kinds become one that is read
    **dict.fromkeys((".xls", ".xlsm", ".xlsb", ".xltx", ".xltm"), _EXCEL),
    **dict.fromkeys((".ods", ".fods", ".numbers"), "In LibreOffice, Excel or Numbers, save it as .xlsx."),
    ".por": _SPSS,
    **dict.fromkeys((".dta", ".sas7bdat", ".xpt"), "Save it as .sav, with labels: in R, haven::write_sav does."),
    **dict.fromkeys((".rds", ".rdata", ".rda"), "In R, haven::write_sav saves it as .sav."),
    **dict.fromkeys((".feather", ".arrow", ".ipc"), "Save it as .parquet: in R, arrow::write_parquet does."),
    **dict.fromkeys((".tsv", ".tab", ".txt", ".dat"), "If it is a text with a mark between fields, name it .csv."),
    **dict.fromkeys((".gz", ".zip", ".zst", ".bz2", ".xz", ".7z"), "Unpack it."),
}
FORMATS = (".sav", ".zsav", ".csv", ".parquet", ".xlsx")


def has_file(root: Path, wave: str) -> bool:
    """Tell whether there is a respondent file for a wave."""
    return any(p.suffix.lower() in FORMATS for p in (root / "data" / "responses").glob(f"{wave}.*"))


def find_file(root: Path, wave: str) -> Path:
    """The respondent file of a wave; raises ProblemsError when there is none (W101) or more than one (W102)."""
    folder = root / "data" / "responses"
    found = sorted(p for p in folder.glob(f"{wave}.*") if p.suffix.lower() in FORMATS)
    place = f"data/responses/{wave}"
    if not found:
        kinds = ", ".join(FORMATS)
        for path in sorted(folder.glob(f"{wave}.*")):
            if action := _OTHERWISE.get(path.suffix.lower()):
                fail(
                    Problem(
                        "W103", f"{place}{path.suffix}", f"cannot be read: {path.suffix} is not one of {kinds}", action
                    )
                )
        fail(Problem("W101", place, "there is no respondent file", f"Put it there, as one of {kinds}."))
    if len(found) > 1:
        names = ", ".join(p.name for p in found)
        fail(Problem("W102", place, f"there are several files: {names}", "Keep one of them."))
    return found[0]


def open_file(path: Path, *, encoding: str | None = None, sheet: str | None = None) -> SurveyFile:
    """The file at ``path``, without reading answers yet; raises ProblemsError (W103) when it cannot be opened."""
    leave_no_core()
    path = path.absolute()  # readers would take an initial ~ for somebody's home
    place = f"data/responses/{path.name}" if path.parent.name == "responses" else path.name
    with readable(place), foreign(place):
        if any("\ud800" <= letter <= "\udfff" for letter in str(path)):
            raise OSError("its name, or that of a folder above it, is not UTF-8")
        os.lstat(path)  # raises where nothing is there, or its name is too long
        if not path.is_file():
            raise OSError("it is not a regular file")
        if path.suffix.lower() in FORMATS and (said := disguised(path)):
            raise ProblemsError([Problem("W103", place, f"cannot be read: {said[0]}", said[1])])
        match path.suffix.lower():
            case ".sav" | ".zsav":
                return _guarded(renamed(as_seen(spss.open_sav(path, place, encoding))))
            case ".csv":
                return _guarded(renamed(as_seen(delimited.open_csv(path, place, encoding))))
            case ".parquet":
                return _guarded(renamed(as_seen(parquet.open_parquet(path, place))))
            case ".xlsx":
                return _guarded(renamed(as_seen(workbook.open_xlsx(path, place, sheet))))
    found = f"cannot be read: {path.suffix or 'no suffix'} is not one of {', '.join(FORMATS)}"
    action = _OTHERWISE.get(path.suffix.lower(), "Save or export it again.")
    raise ProblemsError([Problem("W103", place, found, action)])


def _guarded(file: SurveyFile) -> SurveyFile:
    """A file of which a damaged answer is a problem of the file, as damage to its top is."""

    def load(columns: Sequence[str], staging: Staging, names: Collection[str] = ()) -> Loaded:
        with readable(file.place), foreign(file.place):
            return file.load(columns, staging, names)

    return replace(file, load=load)
