"""English: all words that readers of an English page see."""

from wavebook.language.lexicon import Notation, Patterns, Prose, Theme, Words

_COUNT = (
    r"(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|"
    r"(?:a |one )?hundred|half)"
)
_PARTS = "half|halves thirds? quarters?|fourths? fifths? sixths? sevenths? eighths? ninths? tenths?"
_SCALES = "thousand|million|billion|dozen"
_ORDERED = (  # what is the third of its kind, and no third of anything
    "(?! (?:reason|question|survey|wave|round|time|point|option|group|step|phase|explanation|argument|way|example|"
    "study|poll|party|person|aspect|difference|dimension|category|type|kind|source|chapter|lesson|conclusion|cause|place|"
    "factor|finding|recommendation|of an hour|of a century)s?\\b)"
)
_PART = r"(?:thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)"
_COUNTS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty twenty-one twenty-two twenty-three twenty-four "
    "twenty-five twenty-six twenty-seven twenty-eight twenty-nine thirty thirty-one thirty-two "
    "thirty-three thirty-four thirty-five thirty-six thirty-seven thirty-eight thirty-nine forty "
    "forty-one forty-two forty-three forty-four forty-five forty-six forty-seven forty-eight forty-nine "
    "fifty fifty-one fifty-two fifty-three fifty-four fifty-five fifty-six fifty-seven fifty-eight "
    "fifty-nine sixty sixty-one sixty-two sixty-three sixty-four sixty-five sixty-six sixty-seven "
    "sixty-eight sixty-nine seventy seventy-one seventy-two seventy-three seventy-four seventy-five "
    "seventy-six seventy-seven seventy-eight seventy-nine eighty eighty-one eighty-two eighty-three "
    "eighty-four eighty-five eighty-six eighty-seven eighty-eight eighty-nine ninety ninety-one "
    "ninety-two ninety-three ninety-four ninety-five ninety-six ninety-seven ninety-eight ninety-nine "
    "hundred"
)

WORDS = Words(
    name="English",
    locale="en_GB",
    bibtex="english",
    stemmer="en",
    notation=Notation(
        decimal=".",
        thousands=",",
        percent="{n}%",
        currency="{sign}{symbol}{n}",
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
        "second": ("second", "seconds"),
        "minute": ("minute", "minutes"),
        "hour": ("hour", "hours"),
        "day": ("day", "days"),
        "week": ("week", "weeks"),
        "month": ("month", "months"),
        "year": ("year", "years"),
        "clock": ("hours", "hours"),
        "million": ("million", "million"),
        "billion": ("billion", "billion"),
    },
    periods={
        "half_1": "H1 {year}",
        "half_2": "H2 {year}",
        "half_short": "H{number} {year}",
        "quarter_1": "Q1 {year}",
        "quarter_2": "Q2 {year}",
        "quarter_3": "Q3 {year}",
        "quarter_4": "Q4 {year}",
        "quarter_short": "Q{number} {year}",
        "week": "week {number} of {year}",
        "week_short": "wk {number} {year}",
        "months_short": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "span": "{first} to {last}",
        "halves": "first second",
        "quarters": "first second third fourth",
        "the_half": "the {ordinal} half of {year}",
        "in_half": "in the {ordinal} half of {year}",
        "the_quarter": "the {ordinal} quarter of {year}",
        "in_quarter": "in the {ordinal} quarter of {year}",
        "the_week": "week {number} of {year}",
        "in_week": "in week {number} of {year}",
        "the_span": "the period {first} to {last}",
        "in_span": "in the period {first} to {last}",
        "in_year": "in {year}",
        "in_month": "in {month}",
        "the_day": "{day}",
        "in_day": "on {day}",
        "in_label": "in {label}",
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
    turns={
        "compared": (
            ("higher", "lower"),
            ("larger", "smaller"),
            ("more often", "less often"),
            ("more likely", "less likely"),
            ("more satisfied", "less satisfied"),
            ("better", "worse"),
        ),
        "extreme": (("highest", "lowest"), ("largest", "smallest"), ("most", "least"), ("most often", "least often")),
        "bound": (
            ("more than", "less than", "at least", "at most"),
            ("more than", "fewer than", "at least", "at most"),
            ("higher than", "lower than", "at least", "at most"),
            ("above", "below", "", ""),
            ("just over", "nearly", "", ""),
            ("just over", "almost", "", ""),
        ),
        "half": (
            ("a majority", "a minority", "at least half", "at most half"),
            ("the majority", "a minority", "at least half", "at most half"),
            ("over half", "less than half", "at least half", "at most half"),
            ("over half", "nearly half", "", ""),
            ("over half", "almost half", "", ""),
        ),
        "than": (("than",),),
        "not": (
            (
                "not",
                "no",
                "none",
                "never",
                "nobody",
                "nothing",
                "neither",
                "nor",
                "without",
                "hardly",
                "ended",
                "ends",
                "stopped",
                "halted",
                "reversed",
                "temporary",
                "gone",
            ),
        ),
    },
    compared={
        "up": "{size} higher than {wave:in}",
        "down": "{size} lower than {wave:in}",
        "higher": "higher than {wave:in}",
        "lower": "lower than {wave:in}",
        "same": "about as high as {wave:in}",
        "alike": "as high as {wave:in} once rounded",
        "unsure": "not demonstrably higher or lower than {wave:in}",
        "unknown": "not comparable with {wave:the}, as that figure is not known",
        "barred": "not comparable with {wave:the}, because of a break in the series",
    },
    marks={"provisional": "[p]", "revised": "[r]", "perturbed": "[~]", "perturbed_revised": "[r~]"},
    charts={
        "lines": "Line chart",
        "post": "Marks on a door post",
        "bars": "Bar chart",
        "part": "Bar of 100 per cent, partly filled",
        "tally": "Dot chart with one dot per unit",
        "change": "Dumbbell chart from {first:the} to {last:the}",
        "heat": "Table in which the colour rises with the value",
        "map": "Map in which the colour rises with the value",
        "multiples": "{n} charts of the same form",
        "pyramid": "Pyramid with {left} on the left and {right} on the right",
        "widest": "Largest difference: {name}, with {left} ({a}) against {right} ({b})",
        "higher_in": "{name} is higher in {n} of the {of} rows",
        "no_figure": "no figure",
        "ranked_down": "From high to low",
        "ranked_up": "From low to high",
        "ranked": "All values",
        "between": "… {n} in between",
        "most_in_class": "In {n} of the {of} the value is {values}",
        "rises_north": "Towards the north, values are generally higher",
        "rises_south": "Towards the south, values are generally higher",
        "rises_east": "Towards the east, values are generally higher",
        "rises_west": "Towards the west, values are generally higher",
        "no_figures": "No figure ({n}): {named}",
        "interval_in_table": "The table gives the 95% confidence interval.",
        "one_class": "all values",
        "class_below": "below {high}",
        "class_between": "{low} to {high}",
        "class_above": "{low} and above",
        "hidden": "hidden: too few respondents",
        "withheld": "hidden",
        "highest": "Highest",
        "lowest": "Lowest",
        "with_value": "{what}: {name}, {value}",
        "leads_columns": "{name} is highest in {n} of the {of} columns",
        "leads_rows": "{name} is highest in {n} of the {of} rows",
        "hidden_cells": "Hidden, as too few people answered ({n}): {named}",
        "unknown_cells": "Not known ({n}): {named}",
        "noted": "Between {start:the} and {end:the}: {reason}.",
        "full": "Not comparable across {start}–{end}: {reason}.",
        "interval": "The whiskers show the 95% confidence interval.",
        "ci": "95% interval {low} to {high}",
        "unchecked": "This picture was drawn with another program. "
        "What it shows was not tested; the figures in the table were.",
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
        "in": "{value} {wave:in}",
        "from_to": "from {first} to {last}",
        "peak": "highest value {value}",
        "trough": "lowest value {value}",
        "largest_step": "largest step {size}, from {start:the} to {end:the}",
        "series_range": "{n} series {wave:in}: from {low} to {high}",
        "rose_most": "Largest rise from {start:the} to {end:the}: {name}, {size}",
        "fell_most": "Largest fall from {start:the} to {end:the}: {name}, {size}",
        "gap": "The dotted line bridges waves whose figure is unknown: {waves}",
        "state": "As of {date}.",
        "year": "Year",
        "topic": "Topic",
        "value": "Value",
        "all": "total",
        "difference": "Difference",
        "since": "difference from {wave:the}: {size}",
        "absent": "There are no figures for this about {about}.",
        "source": "Source",
        "stacked": "Stacked bars of 100 per cent",
        "stacked_around": "Stacked bars around the middle of the scale",
        "dots": "Dot plot",
        "slope": "Slope chart from {first:the} to {last:the}",
        "beside": "Bar chart with, beside each other: {names}",
        "left_out": "not shown",
        "extremes": "lowest: {lowest} ({low}), highest: {highest} ({high}), difference: {span}",
        "most_up": "largest rise: {what}, {change}",
        "most_down": "largest fall: {what}, {change}",
        "changes": "{up} higher, {down} lower, {same} the same",
        "in_table": "The table has all values",
    },
    axes={
        "grade": "grade ({low}–{high})",
        "percent": "percentage",
        "percentage_point": "percentage points",
        "count": "number",
        "score": "score ({low}–{high})",
        "balance": "balance",
        "index": "index",
        "amount": "amount",
        "clock": "hours:minutes",
        "thousands": "{unit}, in thousands",
        "millions": "{unit}, in millions",
        "window": "{unit}, axis from {low} to {high}",
        "break": "break in the series",
        "break_short": "break",
        "unknown": "unknown",
        "noted_reason": "break: {reason}",
        "full_reason": "not comparable: {reason}",
    },
    claims={
        "rises": ("{what}: higher {last:in} than {first:in}", "{what}: not higher {last:in} than {first:in}"),
        "falls": ("{what}: lower {last:in} than {first:in}", "{what}: not lower {last:in} than {first:in}"),
        "stable": (
            "{what}: {first:the} and {last:the} differ by at most {margin}",
            "{what}: {first:the} and {last:the} differ by more than {margin}",
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
            "{what}: higher {wave:in} than in any other wave",
            "{what}: in at least one other wave as high as {wave:in}, or higher",
        ),
        "bottoms": (
            "{what}: lower {wave:in} than in any other wave",
            "{what}: in at least one other wave as low as {wave:in}, or lower",
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
            "the difference between {one} and {two}: {by}larger {last:in} than {first:in}",
            "the difference between {one} and {two}: not {by}larger {last:in} than {first:in}",
        ),
        "narrows": (
            "the difference between {one} and {two}: {by}smaller {last:in} than {first:in}",
            "the difference between {one} and {two}: not {by}smaller {last:in} than {first:in}",
        ),
        "gains_on": (
            "{one}: rose more than {two} between {first:the} and {last:the}, or fell less",
            "{one}: rose no more than {two} between {first:the} and {last:the}, and fell no less",
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
        "dated": ("{what} {wave:in}", ""),
        "others": ("the other answers", ""),
        "other_parts": ("the other groups", ""),
        "by": ("more than {by} ", ""),
        "times": ("{times} times ", ""),
        "apart": ("a difference of {size}", ""),
        "gap": ("the difference changed by {size}", ""),
        "limit": ("{size} from the limit", ""),
        "aim": ("{size} away", ""),
        "closest": ("at its closest: {inner}", ""),
        "rounding": ("rounding accounts for at most {size}", ""),
        "by_chance": ("chance explains at most {size}", ""),
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
            rf"\b(?:(?:a|{_COUNT}) (?:point {_COUNT} )?(?:per ?cent|percentage points?)|{_COUNT} point {_COUNT}|"
            rf"(?P<ratio>{_COUNT}(?: |-)(?:in|out of)(?: |-)(?:every )?{_COUNT}|"
            rf"(?:two|three|four|five|six|seven|eight|nine) of (?:the|every) (?:four|five|six|eight|ten|hundred))|"
            rf"(?:an?|{_COUNT})(?: |-){_PART}{_ORDERED}|every (?!quarter\b){_PART}|"
            r"(?:one|a) half(?!-)|(?<!first\s)(?<!second\s)(?<!other\s)half (?:of|the|as|our|their|all|those)|"
            rf"(?:twice|double|{_COUNT} times) (?:as|the|more|higher)|(?:more|less|fewer) than half|"
            rf"{_COUNT} (?:{_SCALES})|(?:half )?a (?:million|billion|dozen)|factor of {_COUNT}|"
            rf"(?:half a|a|{_COUNT}) points? (?:higher|lower|up|down|more|less)|"
            rf"(?:mark|score|grade)s? (?:of|is|was) (?:an? )?(?:four|five|six|seven|eight|nine|ten))\b"
        ),
        parts=_PARTS,
        counts=_COUNTS,
        multiples=(
            r"doubl(?:ed|es|ing)|(?:to|may|will|could|would)\sdouble|two-?fold|halv(?:e|ed|es|ing) "
            r"tripl(?:ed|es|ing)|trebl(?:ed|es|ing)|three-?fold quadrupl(?:ed|es|ing)|four-?fold "
            r"quintupl(?:ed|es|ing)|five-?fold six-?fold seven-?fold eight-?fold nine-?fold ten-?fold"
        ),
        scales=_SCALES,
        known=r"\b(?:un)?known\b|\bwe know\b",
        further=(
            r"\b(?:better|improv\w*|worse|worsen\w*|deteriorat\w*|grow(?:s|n|ing)?|grew|shr[aiu]nk\w*|chang(?:ed|es|ing)|"
            r"progress\w*|significant\w*|demonstrab\w*|proven|really)\b"
        ),
        moved=r"\bfrom\b.*\bto\b|\bby\b|\bto\b",
        path=r"\bfrom\b[^.;]*\d[^.;]*\bto\b[^.;]*\d",
        rose=(
            r"\b(?:rose|rises?|risen|rising|gr[eo]w(?:s|n|ing|th)?|climb\w*|increas\w*|went up|"
            r"go(?:es|ne|ing)? up|doubled|tripled|soar\w*|surg(?:ed|es|ing)|jump(?:ed|s)|edged up|crept up|"
            r"recover\w*|(?:became|become|becomes) (?:\w+ )?(?:higher|larger|more))\b"
        ),
        fell=(
            r"\b(?:f[ae]ll(?:s|en|ing)?(?! (?:short|outside|within|into|under|behind|between|ill|apart)\b)|"
            r"shr[aiu]nk\w*|dropp(?:ed|ing)|drops?|declin\w*|decreas\w*|went down|go(?:es|ne|ing)? down|"
            r"halved|slipp(?:ed|ing)|sank|sunk|sinks|plung(?:ed|es|ing)|plummet\w*|dipp(?:ed|ing)|slid|tumbl\w*|"
            r"edged down|diminish\w*|(?:became|become|becomes) (?:\w+ )?(?:lower|smaller|fewer|less))\b"
        ),
        same=(
            r"\b(?:(?:stay|remain)(?:ed|s)? (?:\w+ ){0,2}(?:the same|stable|flat|unchanged|constant|level|steady|"
            r"as (?:high|low|large|small))|"
            r"(?:is|are) (?:\w+ ){0,2}(?:unchanged|stable)|stagnat\w*)\b"
        ),
        wider=(
            r"\b(?:wid(?:er|en(?:s|ed|ing)?)|larger|bigger|greater|gr[eo]w(?:s|n|ing|th)?|increas\w*|"
            r"moved apart|further apart|farther apart|rose|rises?|risen|doubled)\b"
        ),
        closer=(
            r"\b(?:narrow(?:er|s|ed|ing)?|smaller|closer|shr[aiu]nk\w*|decreas\w*|declin\w*|diminish\w*|"
            r"caught up|catch(?:es|ing)? up|halved)\b"
        ),
        attributive=(
            r"\b(?:the|an?|this|our|their) (?:\w+(?:ed|en|wn)|(?:grow|ris|fall|shrink|increas|declin|decreas)ing)"
            r"(?= \w)(?! (?:of|in|by|since|between|over|from|to|was|is|has)\b)"
        ),
        every_wave=(
            r"\b(?:(?:every|each) (?:year|quarter|half[- ]year|survey|wave|round)|"
            r"all (?:years|quarters|surveys|waves|rounds)|year (?:after|on|by) year|time after time|in a row|"
            r"(?:years|surveys|waves|rounds|months) running|without interruption|uninterrupted\w*|"
            r"never (?:before|so|been|was|were)|ever (?:measured|recorded|given)|"
            r"(?:highest|lowest) (?:\w+ )?(?:ever|since)|all-time|record (?:high|low)\w*)\b"
        ),
        each=(
            r"\b(?:each|every|all)(?: of the| the)?(?: other| age| income)? (?P<of>[\w’'-]++)"
            r"(?! (?:together|combined|taken)\b)"
        ),
        group="group",
        nearly_all=(r"\b(?:almost|nearly|virtually|practically) (?:every(?:one|body)|all (?:people|of (?:them|us)))\b"),
        nearly_none=(
            r"\b(?:(?:almost|virtually|practically|hardly) (?:nobody|no one|anyone|anybody)|a handful|very few)\b"
        ),
        follows=r"\b(?:followed by|then|next)\b",
        passing=(
            r"\b(?:now|nowadays|still|today|currently|at present|at the moment|not yet|so far|until now|by now|"
            r"(?:this|last|next|past) (?:year|month|wave|survey)|(?:in|over) recent \w+|the (?:latest|newest)|"
            r"meanwhile|most recent|recent(?:ly)?|lately|since then|soon|upcoming)\b"
        ),
        screen=(
            r"\b(?:click(?:s|ing)?|tap (?:on|a|the)|press (?:a|an|the|any) (?:number|"
            r"figure|button|link|word|chart)|scroll (?:down|up|to|on))\b"
        ),
    ),
    tables={
        "unknown": "unknown",
        "no_n": "The number of respondents behind these figures is not known.",
        "no_ci": "The margin of error of these figures is not known.",
        "no_n_waves": "For none of these waves is it known how many people took part.",
        "everyone": "everyone",
        "fails": "not what the figures say",
        "open": "cannot be tested",
        "not certain": "not certain: may be chance",
        "holds": "holds",
        "source": "Source",
        "source_is": "Source:",
        "data": "Figures",
        "data_of": "Figures behind this chart: {caption}",
        "between": "; ",
        "sources_more": "{first} and {others} more",
        "files": "Download",
        "share": "Share",
        "permalink": "Link to this figure",
        "explore": "Explore",
        "done": "Done",
        "hint": "Point at a figure or use the arrow keys. Back: Escape.",
        "tap": "Tap a figure, or slide a finger over the chart.",
        "explored": "chart to explore",
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
        "back": "Back to the text",
        "scroll": "Table, scroll to see all",
        "break": (
            "Comparisons between {start:the} or earlier and {end:the} or later cross a break in the series: {reason}. "
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
        "not_known": "not known: {what}",
        "holds_rounding": "holds, rounding taken into account; margin of error unknown",
        "holds_chance": "holds, chance taken into account ({basis})",
        "not_tested": "not tested: this is what the source says",
        "counted": "Sentences tested: {tested}. Sentences of a source, which we do not test: {reported}.",
        "proof": "tested",
        "test": "Test",
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
        "cite": "Cite this figure:",
        "cited": "{author} ({year}). ‘{caption}’. In: {title}, survey of {wave:the}. {address}",
        "no_year": "n.d.",
        "none": "none",
        "before": "Was",
        "after": "Is",
        "reason": "Why",
        "unknown_because": "unknown ({reason})",
        "altered": "not as published",
        "final": "final",
        "question": "what was asked",
        "revisions": "Revised figures",
        "revisions_are": "These figures were calculated anew after publication.",
        "no_revisions": "No figures have been revised.",
        "corrections": "Corrected mistakes",
        "corrections_are": "These mistakes stood in an earlier version and have been put right.",
        "no_corrections": "No mistakes have been corrected.",
        "noise": (
            "To protect respondents, there is noise in the figures of {wave:the}. To each figure and each number of "
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
        "segments": "Breakdowns",
        "waves": "Waves",
        "facts": "Facts",
        "fact": "fact",
        "fact_label": "name of the fact",
        "date": "date",
        "value": "value",
        "of": "out of",
        "bound": "bound",
        "sources": "Sources",
        "label": "name for readers",
        "start": "first day",
        "end": "last day",
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
    travel={
        "own_page": "This chart on a page of its own, to show elsewhere too",
        "chart": "Chart",
        "what": "What was measured",
        "whom": "Asked of",
        "when": "When",
        "breaks": "Break in the series",
        "notes": "Note",
        "released": "Released on",
        "publication": "Publication",
        "address": "Address",
        "citation": "How to cite this chart",
        "story": "In the story: {title}",
        "table": "The figures",
        "about": "About these figures",
        "files": "Download",
        "embed": "Show it on another site",
        "embed_how": (
            "Copy this code into the HTML of your page. The chart adapts to the width it gets, and loads no scripts."
        ),
        "code": "Code to copy",
        "xlsx": "Excel, with notes",
        "csv": "CSV, for programs",
        "svg": "SVG, a drawing that stays sharp",
        "png": "PNG, a picture",
        "sheet": "Figures",
        "sheet_about": "Notes",
        "wave": "Wave",
        "indicator": "Subject",
        "population": "Who",
        "segment_by": "Breakdown",
        "segment": "Group",
        "category": "Answer",
        "value": "Value",
        "unit": "Unit",
        "n": "Number of respondents",
        "n_effective": "Effective number",
        "se": "Standard error",
        "ci_low": "Lower bound (95%)",
        "ci_high": "Upper bound (95%)",
        "status": "Status",
        "source": "Source",
        "locator": "Place in the source",
        "fact": "Fact",
        "date": "Date",
        "of": "Out of",
        "bound": "Bound",
        "published": "published",
        "lower": "at least",
        "upper": "at most",
    },
    banners={
        "sheet_read_me": "Read me",
        "sheet_contents": "Contents",
        "sheet_method": "Method",
        "title": "Tables by group",
        "workbook": "Excel workbook",
        "back": "← Contents",
        "to_method": "→ Method",
        "everyone": "everyone",
        "total": "Total",
        "population": "Who",
        "book": "Publication",
        "publisher_author": "By",
        "survey": "Survey",
        "period": "Period",
        "asked_of": "Asked of",
        "since": "Compared with",
        "sources": "Sources",
        "licence": "Licence",
        "address": "Address",
        "tables": "Tables",
        "tables_are": (
            "{tables} tables, one on each sheet. The first column of figures is everyone together; beside it are "
            "the groups of each breakdown. The sheet Contents leads to each table."
        ),
        "pages_are": "{tables} tables, each on a page of its own, with for each breakdown the total and its groups.",
        "number": "No.",
        "subject": "Subject",
        "question": "What was measured",
        "unit": "Unit",
        "answer": "Answer",
        "what": "Figure",
        "n": "Respondents (unweighted)",
        "n_effective": "Effective number",
        "higher": "Higher than",
        "low": "95% from",
        "high": "95% to",
        "change": "Difference from {wave:the} ({unit})",
        "moved": "Shown change",
        "signs": "Signs",
        "hidden": "hidden, as too few people are behind it or another figure would follow from it",
        "absent": "not known, or not asked of this group",
        "letter": (
            "The figure is higher than that of column A, B, … of the same breakdown: more than chance explains, at 95%."
        ),
        "small": "The same, at 90% but not at 95%.",
        "few": "Fewer than {least} respondents: no letters for this column.",
        "up": "Higher than {wave:in}, more than chance explains, at 95%.",
        "down": "Lower than {wave:in}, more than chance explains, at 95%.",
        "lowest": "Respondents differ between the answers; the smallest number is shown.",
        "derived": (
            "The errors of some figures were not measured: they follow from the number of respondents, as if these "
            "had been drawn at random."
        ),
        "no_errors": "The errors of these figures are not known, so there are neither margins nor letters.",
        "none_shown": "No differences between groups are shown to exist.",
        "several": "People could give several answers, so the percentages may add up to more than 100.",
        "compared": "Which figures are compared",
        "compared_are": (
            "Every two groups of one breakdown, for each answer. Groups of different breakdowns are not compared, "
            "as people are in both. The total is compared with no group, as it contains that group. A breakdown of "
            "more than {most} groups has no letters."
        ),
        "test": "The test",
        "test_is": (
            "The difference of two figures, beside its standard error: √(a² + b² − 2·r·a·b), where a and b are the "
            "standard errors of the two figures and r is the correlation of the two estimates. Where the errors "
            "were measured, they follow from the design of the sample: strata, clusters and weights. Means are "
            "judged by Student’s t with the degrees of freedom of the design. Percentages are judged by their "
            "exact limits (Clopper and Pearson 1934; for designs Korn and Graubard 1998), which Zou and Donner "
            "(2008) combine into those of a difference. The test is two-sided, and the same as that of the "
            "statements in the publication."
        ),
        "correlation": "Correlations",
        "correlation_worst": (
            "Where the correlation of two groups was measured, it counts. Where it was not, it is taken to be "
            "whatever is least favourable. So fewer letters are given than if the groups were taken to be "
            "independent, and none too many."
        ),
        "correlation_independent": (
            "Where the correlation of two groups was measured, it counts. Where it was not, the groups were taken "
            "to be independent; whoever made these tables chose to do so. That is right only if nobody is in two "
            "groups and no cluster of the sample is."
        ),
        "several_tests": "Many comparisons",
        "holm": (
            "The comparisons of one row within one breakdown are judged together, by Holm’s procedure (1979). If "
            "nothing differs, the chance that any letter appears in that part of a row is at most 5%. There are "
            "many rows: one letter by itself is no finding yet."
        ),
        "none": (
            "Each comparison is judged by itself. If nothing differs, about one pair in twenty gets a letter "
            "nonetheless. One letter by itself is no finding yet."
        ),
        "no_letters": "Where there is no letter",
        "no_letters_are": (
            "A figure without a known error, of fewer than {least} respondents or of an unknown number is not "
            "compared. Neither is a hidden one. If rounding could tell otherwise, there is no letter. No letter "
            "does not mean that two groups are equal."
        ),
        "margins": "Margins",
        "margins_are": (
            "“95% from” and “95% to” are the ends of the 95% confidence interval, as published. They are empty "
            "where the error is not known."
        ),
        "bases": "Bases",
        "bases_are": (
            "The number of respondents is unweighted. The effective number is that of a simple random sample which "
            "would be equally accurate; of several answers, the smallest is shown. The weighted number of "
            "respondents is not published."
        ),
        "protection": "Hidden figures",
        "protection_is": (
            "These tables hold what the published table of figures holds, and nothing else. What is hidden there "
            "is hidden here, and no figure was made from one that is hidden."
        ),
        "rounding": "Rounding",
        "rounding_is": (
            "Cells hold the published number; what is shown is rounded. Differences are of the published numbers."
        ),
        "moves": "Changes",
        "moves_are": (
            "Changes from {wave:the} are tested one by one, at 95%. Two waves are taken to be independent, unless "
            "the correlation of their estimates was measured. Across a full break in a series nothing is compared."
        ),
    },
    methods={
        "bureau": "Carried out by",
        "client": "Commissioned by",
        "population": "Who could take part",
        "mode": "How people were asked",
        "panel": "Panel",
        "fieldwork": "Fieldwork",
        "fieldwork_start": "fieldwork, first day",
        "fieldwork_end": "fieldwork, last day",
        "drawn": "Invited",
        "screened": "Short questionnaire beforehand",
        "responded": "Took part",
        "response": "Response rate",
        "weighting": "Weighting",
        "questionnaire": "Questionnaire",
        "report": "Report",
        "remark": "Remarks",
        "breaks": "Break in the series",
        "same": "No break in the series",
        "described": "Described in",
        "people": "{n} people",
        "dates": "{first} to {last}",
        "download": "download the questionnaire",
        "changed": "between {start:the} and {end:the}: {reason}",
        "all_unknown": "Of these waves we do not know: {what}.",
        "some_unknown": "Of {waves} we do not know: {what}.",
        "unknown_population": "who exactly could take part",
        "unknown_mode": "how people were asked",
        "unknown_fieldwork": "on which days people were asked",
        "unknown_drawn": "how many people were invited",
        "unknown_responded": "how many people took part",
        "unknown_weighting": "how the answers were weighted",
        "unknown_questionnaire": "exactly how the questions were worded",
        "commissioned": "commissioned by {client}",
        "earlier": "earlier waves by {bureaus}",
    },
    paper={
        "opening": "Introduction",
        "contents": "Contents",
        "notes": "Notes",
        "note": "Note {n}",
        "notes_are": (
            "The small figure after a number refers to these notes. They say what was asked, of whom and in "
            "which wave, and where the number can be found. Where they give no number of respondents and no "
            "margin, we do not know it."
        ),
        "terms": "Terms",
        "sources": "Sources of the notes",
        "terms_are": "A word explained here is underlined with dashes where the text first uses it.",
        "online": "All figures, and the tests of the sentences, are at",
        "at_page": "(p.\u00a0{page})",
        "to_page": "To page {page}",
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
        "measure": "Remedy",
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
        "text-size": "With text at twice the size, nothing is cut off or lies over anything else.",
        "text-spacing": (
            "With more room between letters, words and lines, nothing is cut off or lies over anything else."
        ),
        "forced-colours": "With the colours that your computer imposes, buttons, links and charts can still be seen.",
        "reduced-motion": "Nothing moves if you do not want it to.",
        "language": "What is in another language is marked as that language.",
        "offline": "The page works without a network and asks for nothing from elsewhere.",
        "no-script": "Without JavaScript, everything is still there.",
    },
    news={
        "edition": "Edition on the survey of {wave:the}",
        "revision": "Figure revised in the edition on {wave:the}",
        "revised": "{figure}: was {before}, is now {after}.",
        "correction": "Mistake corrected in the edition on {wave:the}",
    },
    drafts={
        "wave": "measurement of {wave:the}",
        "demo": "made-up demonstration {wave}",
        "made_up": "made up",
        "no_findings": "MADE-UP DATA, no findings",
        "nobody": "nobody: made-up data",
        "reworded": "made up: another question in the demonstration",
        "group": "group {number} (made up)",
        "municipality": "municipality",
        "one_municipality": "Municipality {number}",
        "country": "the whole country",
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
            "search_help": (
                "Capitals, accents and plurals make no difference. You can also search for a number or a year."
            ),
            "search_noscript": (
                "Search needs JavaScript. Nothing else in this publication does: use the chapters at the top instead."
            ),
            "in_page": "On this page",
            "turn": "Previous and next page",
            "previous": "Previous",
            "next": "Next",
            "start": "Start reading",
            "based_on": "after {source}",
            "released": "published on {date}",
            "changed": "last changed on {date}",
            "unreleased": "not published yet",
            "makers": "Makers",
            "commissioner": "Survey commissioned by",
            "publisher": "Publisher",
            "contact": "Contact",
            "cite": "Cite as",
            "cited": "{author} ({year}). {title}, {wave} wave.",
            "source": "Source",
            "licence": "Licence",
            "data": "All figures",
            "accountability": "Methods and accountability",
            "languages": "Other languages",
            "about": "About this publication",
            "address": "This page is at",
            "embargoed": "Under embargo.",
            "embargo": "These pages may go out on {day}, at {time} ({zone}). Do not share them before then.",
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
            "frozen": "You are reading the edition on the survey of {wave:the}.",
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
            "formula": "Formula",
            "task_done": "done",
            "task_open": "to do",
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
            "Link to this equation": "Link to this equation",
            "Link to this term": "Link to this term",
            "Link to this definition": "Link to this definition",
            "Link to this toctree": "Link to this overview",
        },
        search={
            "percent": "percent|per cent",
            "found_one": "One page found for ‘{query}’.",
            "found_more": "{pages} pages found for ‘{query}’.",
            "some": "No page has all of your words: below are the pages with most of them.",
            "near": "‘{typed}’ is not in this publication. You see where ‘{near}’ is.",
            "nothing": "‘{query}’ is not in this publication.",
            "maybe": "Did you mean {near}?",
            "more_here": "More on this page ({count})",
            "more_pages": "More pages ({count})",
        },
    ),
)
