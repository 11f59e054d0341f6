"""English: all words that readers of an English page see."""

from wavebook.language.lexicon import Notation, Patterns, Prose, Theme, Words

_COUNT = (
    r"(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|"
    r"(?:a |one )?hundred|half)"
)
_PART = r"(?:thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)"

WORDS = Words(
    name="English",
    locale="en_GB",
    bibtex="english",
    stemmer="en",
    notation=Notation(
        decimal=".",
        thousands=",",
        percent="{n}%",
        months=tuple("January February March April May June July August September October November December".split()),
        day="{day} {month} {year}",
        pair="{0} and {1}",
    ),
    numbers=tuple("zero one two three four five six seven eight nine ten eleven twelve".split()),
    plurals={"one": "i = 1 and v = 0"},
    units={
        "percent": ("per cent", "per cent"),
        "percentage_point": ("percentage point", "percentage points"),
        "point": ("point", "points"),
        "respondent": ("respondent", "respondents"),
    },
    trends=(
        ("rose", "fell", "hardly changed", "did not demonstrably change"),
        ("rises", "falls", "hardly changes", "does not demonstrably change"),
        ("rise", "fall", "hardly change", "do not demonstrably change"),
        ("risen", "fallen", "hardly changed", "not demonstrably changed"),
        # with its article, which differs
        ("an increase", "a decrease", "hardly any change", "no demonstrable change"),
        ("higher", "lower", "about as high", "not demonstrably higher or lower"),
        ("higher than", "lower than", "about as high as", "not demonstrably higher or lower than"),
        ("larger", "smaller", "about as large", "not demonstrably larger or smaller"),
        ("more", "fewer", "about as many", "not demonstrably more or fewer"),
        ("more than", "fewer than", "about as many as", "not demonstrably more or fewer than"),
        ("more often", "less often", "about as often", "not demonstrably more or less often"),
        ("grew", "shrank", "hardly changed", "did not demonstrably change"),
    ),
    marks={"provisional": "[p]", "revised": "[r]", "perturbed": "[~]", "perturbed_revised": "[r~]"},
    charts={
        "lines": "Line chart",
        "bars": "Bar chart",
        "part": "Bar of 100 per cent, partly filled",
        "tally": "Dot chart with one dot per unit",
        "change": "Dumbbell chart from {first} to {last}",
        "noted": "Between {start} and {end}: {reason}.",
        "full": "Not comparable across {start}–{end}: {reason}.",
        "interval": "The whiskers show the 95% confidence interval.",
        "ci": "95% interval {low} to {high}",
        "no_n": "Number of respondents unknown.",
        "provisional": "provisional figure",
        "revised": "revised figure",
        "perturbed": "figure with noise, to protect respondents",
        "perturbed_revised": "revised figure with noise, to protect respondents",
        "unknown": "unknown",
        "per_wave": "{n} per wave",
        "span": "{low} to {high}",
        "of": "{value} of {of}",
        "lower": "at least {value}",
        "upper": "at most {value}",
        "in": "{value} in {wave}",
        "from_to": "from {first} to {last}",
        "state": "As of {date}.",
        "year": "Year",
        "topic": "Topic",
        "value": "Value",
        "all": "total",
        "difference": "Difference",
        "since": "difference from {wave}: {size}",
        "absent": "There are no figures for this about {about}.",
        "source": "Source",
    },
    axes={
        "grade": "grade (1–10)",
        "percent": "percentage",
        "percentage_point": "percentage points",
        "count": "number",
        "window": "{unit}, axis from {low} to {high}",
        "break": "break in the series",
        "break_short": "break",
    },
    claims={
        "rises": ("{what}: higher in {last} than in {first}", "{what}: not higher in {last} than in {first}"),
        "falls": ("{what}: lower in {last} than in {first}", "{what}: not lower in {last} than in {first}"),
        "stable": (
            "{what}: {first} and {last} differ by at most {margin}",
            "{what}: {first} and {last} differ by more than {margin}",
        ),
        "always_rises": (
            "{what}: higher in each wave than in the one before",
            "{what}: not higher in each wave than in the one before",
        ),
        "always_falls": (
            "{what}: lower in each wave than in the one before",
            "{what}: not lower in each wave than in the one before",
        ),
        "linear": (
            "{what}: every wave lies within {margin} of one straight line",
            "{what}: whatever the straight line, at least one wave lies more than {margin} from it",
        ),
        "straight": (
            "{what}: one straight line fits all waves",
            "{what}: no straight line fits all waves",
        ),
        "peaks": (
            "{what}: higher in {wave} than in any other wave",
            "{what}: in at least one other wave as high as in {wave}, or higher",
        ),
        "bottoms": (
            "{what}: lower in {wave} than in any other wave",
            "{what}: in at least one other wave as low as in {wave}, or lower",
        ),
        "more": ("{one} is higher than {times}{two}", "{one} is not higher than {times}{two}"),
        "ranked": ("from high to low: {keys}", "not from high to low: {keys}"),
        "always_more": ("{one}: higher than {two} in every wave", "{one}: not higher than {two} in at least one wave"),
        "largest": ("{what} is higher than {among}", "{what} is not higher than {among}"),
        "smallest": ("{what} is lower than {among}", "{what} is not lower than {among}"),
        "above": ("{what}: higher than {limit}", "{what}: not higher than {limit}"),
        "below": ("{what}: lower than {limit}", "{what}: not lower than {limit}"),
        "at_least": ("{what}: at least {limit}", "{what}: less than {limit}"),
        "at_most": ("{what}: at most {limit}", "{what}: more than {limit}"),
        "about": ("{what}: within {margin} of {limit}", "{what}: more than {margin} from {limit}"),
        "widens": (
            "the difference between {one} and {two}: {by}larger in {last} than in {first}",
            "the difference between {one} and {two}: not {by}larger in {last} than in {first}",
        ),
        "narrows": (
            "the difference between {one} and {two}: {by}smaller in {last} than in {first}",
            "the difference between {one} and {two}: not {by}smaller in {last} than in {first}",
        ),
        "gains_on": (
            "{one}: rose more than {two} between {first} and {last}, or fell less",
            "{one}: rose no more than {two} between {first} and {last}, and fell no less",
        ),
        "in_each": ("in each part ({breakdown}): {inner}", "not in each part ({breakdown}): {inner}"),
        "unknown": ("the sources give no figure for {what}", "the sources give a figure for {what}"),
        "undecided": (
            "rounding leaves open whether this is so: {inner}",
            "rounding does not leave open whether this is so: {inner}",
        ),
        "uncertain": (
            "chance makes it uncertain whether this is so: {inner}",
            "chance leaves no doubt whether this is so: {inner}",
        ),
        "and": ("{one}; and {two}", "not both: {one}; and {two}"),
        "or": ("{one}; or {two}", "neither: {one}; or {two}"),
        "known": ("{inner} (of what is known)", "{denied} (of what is known)"),
        "dated": ("{what} in {wave}", ""),
        "others": ("the other answers", ""),
        "other_parts": ("the other groups", ""),
        "by": ("more than {by} ", ""),
        "times": ("{times} times ", ""),
    },
    prose=Prose(
        abbreviations=frozenset(
            "approx apr art aug ca cf ch co corp dec dept dr ed eds eng est etc excl feb fig figs gov inc incl "
            "jan jr ltd max min mr mrs ms no nos nov nr oct para pp pres prof resp sec sept sr st tab tel viz vol "
            "vs".split()
        ),
        quotes=(("“", "”"), ("‘", "’")),
    ),
    patterns=Patterns(
        number=(
            rf"\b(?:{_COUNT} (?:point {_COUNT} )?(?:per ?cent|percentage points?)|{_COUNT} point {_COUNT}|"
            rf"{_COUNT} (?:in|out of) (?:every )?{_COUNT}|(?:an?|{_COUNT})[ -]{_PART}|half of)\b"
        ),
        known=r"\b(?:un)?known\b|\bwe know\b",
        further=(
            r"\b(?:better|improv\w*|worse|worsen\w*|deteriorat\w*|grow(?:s|n|ing)?|grew|shr[aiu]nk\w*|chang(?:ed|es|ing)|"
            r"progress\w*|significant\w*|demonstrab\w*|proven|really)\b"
        ),
        moved=r"\bfrom\b.*\bto\b|\bby\b|\bto\b",
    ),
    tables={
        "unknown": "unknown",
        "not_applicable": "n/a",
        "everyone": "everyone",
        "fails": "not what the figures say",
        "open": "cannot be tested",
        "not certain": "not certain: may be chance",
        "holds": "holds",
        "source": "Source",
        "data": "Figures behind this chart",
        "permalink": "Link to this figure",
        "explore": "Explore the figures",
        "done": "Done exploring",
        "hint": "Point at a figure or use the arrow keys. Back: Escape.",
        "explored": "chart to explore",
        "failed": "The chart to explore could not be loaded. The table has all figures.",
        "wave": "Wave",
        "what": "What",
        "value": "Figure",
        "n": "n",
        "ci": "95% interval",
        "base": "Asked of",
        "date": "Date",
        "bureau": "Bureau",
        "client": "Client",
        "of": "of",
        "at_least": "more than",
        "at_most": "fewer than",
        "sentence": "Sentence",
        "page": "Page",
        "verdict": "Verdict",
        "tested": "What is tested",
        "figures": "Figures",
        "scroll": "Table, scroll to see all",
        "break": (
            "Comparisons between {start} or earlier and {end} or later cross a break in the series: {reason}. "
            "The publisher of the reports treats the figures as one series. So does this book, with this remark."
        ),
        "chance": (
            "No margin of error is known for these figures; a difference may be chance. So the sentences say what the "
            "figures do, not what happened to everybody."
        ),
        "derived": "The margins of error of these figures follow from what is stated of the respondents: {samples}.",
        "sample_n": "{n} respondents",
        "sample_n_effective": "worth as much as {n} respondents drawn at random",
        "sample_deviation": "standard deviation of the answers {n}",
        "assumed": "assumption: {why}",
        "exact": "no sample",
        "measured": "margin of error measured",
        "declared": "margin of error derived",
        "figures only": "margin of error unknown",
        "covers": "About",
        "not_known": "not known: {what}",
        "reported": "Not tested",
        "reported_are": "These sentences about the survey rest only on what the source named says.",
        "tests": "Tested sentences",
        "all_series": "All series",
        "all_rows": "all figures of this series",
        "pages_are": (
            "This book has {count} figures, which is too many for one page. So each series has a page "
            "of its own, or several."
        ),
        "whole": "Everything in one file",
        "find_series": "Search for a series or a group",
        "found_pages": "Pages found",
        "found_none": "Nothing found. Type a part of the name.",
        "series": "This series",
        "marks": "Marks beside a figure: {marks}.",
        "cite": "Cite this figure",
        "cited": "{author} ({year}). ‘{caption}’. In: {title}, survey of {wave}. {address}",
        "no_year": "n.d.",
        "none": "none",
        "before": "Was",
        "after": "Is",
        "reason": "Why",
        "revisions": "Revised figures",
        "revisions_are": "These figures were calculated anew after publication.",
        "no_revisions": "No figures have been revised.",
        "corrections": "Corrected mistakes",
        "corrections_are": "These mistakes stood in an earlier version and have been put right.",
        "no_corrections": "No mistakes have been corrected.",
        "noise": (
            "To protect respondents, there is noise in the figures of {wave}. To each figure and each number of "
            "respondents something was added, or taken off, as chance had it. So a figure says little of what one "
            "respondent answered. The noise is nil on average. Mostly it counts for no more than the answer of {noise} "
            "{people} (one standard deviation, by those who count most), and never for more than that of {most}. The "
            "smaller the group, the more it matters; the intervals include it. So percentages do not add up to exactly "
            "a hundred, nor groups to exactly the whole."
        ),
    },
    panels={
        "asked": "Asked of",
        "wave": "Wave",
        "n": "Respondents",
        "interval": "95% interval",
        "unknown": "number not known",
        "needs": "cannot be computed: the source gives no margin of error",
        "span": "{low} to {high}",
        "derived": "derived from the number of respondents",
        "status": "Status",
        "estimated": "estimated from the answers",
        "provisional": "provisional",
        "revised": "revised",
        "perturbed": "estimated from the answers, with noise",
        "perturbed_revised": "revised, with noise",
        "noise": "Noise",
        "added": (
            "added or taken off to protect respondents: mostly no more than the answer of {noise} {people}, never more "
            "than that of {most}; the interval includes it"
        ),
        "source": "Source",
        "date": "Date",
        "row": "See this figure among all figures",
        "fact_row": "See this fact with all figures",
        "glossary": "All terms",
    },
    downloads={
        "figures": "Figures",
        "indicators": "Indicators",
        "waves": "Waves",
        "sources": "Sources",
        "name": "name",
        "definition": "what was measured",
        "unit": "unit",
        "base": "asked of",
        "bureau": "bureau",
        "client": "client",
        "noise": "noise (standard deviation, in respondents)",
        "title": "title",
        "author": "author",
        "year": "year",
    },
    accessibility={
        "tested": "What a computer has tested",
        "by": "On {date}, all {pages} pages of this book were tested, from disk and without a network, in Chromium "
        "{chromium} and with axe-core {axe}. Below is what was looked at, and on how many pages it is in order.",
        "untested": "The pages of this book have not been tested yet.",
        "stale": "Something changed after that: {changed}. The results do not hold for it.",
        "pages": "the list of pages",
        "checks": "the list of checks",
        "look": "the design",
        "what": "What was looked at",
        "criteria": "WCAG",
        "seen": "Times looked",
        "passed": "In order",
        "of": "{passed} of {all}",
        "deviations": "Known deviations",
        "deviations_are": "Each deviation has the same four points as in the Dutch accessibility statement.",
        "no_deviations": "No deviations are known.",
        "criterion": "Success criterion {criterion}",
        "cause": "Cause",
        "effect": "Consequence",
        "alternative": "Alternative",
        "measure": "Measure",
    },
    checks={
        "axe": "The rules of axe-core for WCAG, in light and dark colours.",
        "contrast": "Text stands out enough from what is behind it.",
        "keyboard": "The Tab key reaches everything, in the order of the page, and back again. You can skip the menu.",
        "focus": "A ring shows where the Tab key has taken you, and nothing covers it.",
        "charts": (
            "Each chart has a name, a description and a table. Lines and areas stand out enough, in grey too. They "
            "differ in more than colour."
        ),
        "reflow": "Everything fits a narrow screen, and the page does not scroll sideways.",
        "text-size": "With letters twice as large, nothing is cut off or lies over anything else.",
        "text-spacing": (
            "With more room between letters, words and lines, nothing is cut off or lies over anything else."
        ),
        "forced-colours": "With the colours that your computer imposes, buttons, links and charts can still be seen.",
        "reduced-motion": "Readers who want no motion get none.",
        "language": "What is in another language is marked as that language.",
        "offline": "The page works without a network and asks for nothing from elsewhere.",
        "no-script": "Without JavaScript, everything is still there.",
    },
    news={
        "edition": "Edition on the survey of {wave}",
        "revision": "Figure revised in the edition on {wave}",
        "revised": "{figure}: was {before}, is now {after}.",
        "correction": "Mistake corrected in the edition on {wave}",
    },
    references={"and": " and ", "others": " et al.", "report": "report"},
    theme=Theme(
        words={
            "skip": "Skip to content",
            "menu": "Contents",
            "chapters": "Chapters",
            "wave": "Survey",
            "search": "Search",
            "search_label": "Search this publication",
            "search_button": "Search",
            "search_help": "Searching for several words finds the pages that contain all of them.",
            "search_noscript": (
                "Search needs JavaScript. Nothing else in this publication does: use the chapters at the top instead."
            ),
            "in_page": "On this page",
            "turn": "Previous and next page",
            "previous": "Previous",
            "next": "Next",
            "start": "Start reading",
            "source": "Source",
            "licence": "Licence",
            "data": "All figures",
            "accountability": "Methods and accountability",
            "languages": "Other languages",
            "about": "About this publication",
            "address": "This page is at",
            "draft": "Draft.",
            "made_up": "Made-up figures.",
            "made_up_text": (
                "This is a demonstration. The newest wave on these pages was made by a computer and says nothing about "
                "the world."
            ),
            "draft_text": "This text is not final. Figures and sentences that do not hold are marked.",
            "table": "Table",
            "missing": "This page does not exist",
            "missing_text": (
                "The address may have been mistyped, or the page may have moved. Choose a chapter, search for a word, "
                "or start at the front page."
            ),
            "missing_brief": "This page does not exist. Choose a chapter or search for a word.",
            "frozen": "You are reading the edition on the survey of",
            "newest": "Go to the newest edition",
            "editions": "This page in each edition",
            "feed": "Changes",
            "accessibility": "Accessibility",
            "one_of_many": "You are reading one of the editions",
            "one_about": "namely the one about",
            "all_editions": "Go to all editions",
            "pick": "All editions",
            "pick_text": "There is an edition of this publication for each group. Choose one.",
            "pick_label": "Search for an edition",
            "pick_found": "editions found",
            "pick_none": "No edition found. Type a part of the name.",
            "numbered_figure": "Figure %s",
            "numbered_table": "Table %s",
            "numbered_code-block": "Code %s",
            "numbered_section": "Section %s",
            "repository": "Source code",
            "edit_page": "Edit this page",
            "issues": "Report a mistake",
        },
        phrases={
            "Show code cell source": "Show code cell source",
            "Hide code cell source": "Hide code cell source",
            "Show code cell content": "Show code cell content",
            "Hide code cell content": "Hide code cell content",
            "Show code cell output": "Show code cell output",
            "Hide code cell output": "Hide code cell output",
            "Show code cell outputs": "Show code cell outputs",
            "Hide code cell outputs": "Hide code cell outputs",
        },
        permalinks={
            "Link to this heading": "Link to this heading",
            "Link to this image": "Link to this figure",
            "Link to this table": "Link to this table",
            "Link to this code": "Link to this code",
            "Link to this term": "Link to this term",
            "Link to this definition": "Link to this definition",
            "Link to this toctree": "Link to this overview",
        },
        search={
            "searching": "Searching",
            "preparing": "Preparing search...",
            "results": "Search Results",
            "in": ", in ",
            "nothing": (
                "Your search did not match any documents. Please make sure that all words are spelled correctly and "
                "that you've selected enough categories."
            ),
            "found": "Search finished, found ${resultCount} page(s) matching the search query.",
            "found_one": "Search finished, found one page matching the search query.",
            "found_more": "Search finished, found ${resultCount} pages matching the search query.",
        },
    ),
)
