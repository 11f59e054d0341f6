"""Dutch: all words that readers of a Dutch page see."""

from wavebook.language.lexicon import Notation, Patterns, Prose, Theme, Words

_COUNT = (
    r"(?:nul|een|[eé]én|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|"
    r"zeventien|achttien|negentien|(?:\w+[eë]n)?(?:twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig)|"
    r"\w*honderd\w*|\w*duizend\w*|\w*half|halve?)"
)
_PARTS = "halve|half|helft derden? vierden?|kwart vijfden? zesden? zevenden? achtsten? negenden? tienden?"
_PART = r"(?:derden?|vierden?|kwart|vijfden?|zesden?|zevenden?|achtsten?|negenden?|tienden?)"
_GRADE = r"(?:vier|vijf|zes|zeven|acht|negen|tien)"
_SCALES = "duizend|miljoen|miljard"
_ORDERED = (  # what is the third of its kind, and no third of anything
    "(?! (?:reden|vraag|meting|ronde|keer|punt|optie|groep|stap|fase|verklaring|argument|mogelijkheid|manier|voorbeeld|"
    "onderzoek|peiling|partij|persoon|aspect|kenmerk|verschil|wiel|dimensie|categorie|type|soort|bron|hoofdstuk|les|"
    "conclusie|oorzaak|gemeente|plaats|variant|factor|bevinding|aanbeveling)(?:en|s)?\\b)"
)
_COUNTS = (
    "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
    "zeventien achttien negentien twintig eenentwintig tweeëntwintig drieëntwintig vierentwintig "
    "vijfentwintig zesentwintig zevenentwintig achtentwintig negenentwintig dertig eenendertig "
    "tweeëndertig drieëndertig vierendertig vijfendertig zesendertig zevenendertig achtendertig "
    "negenendertig veertig eenenveertig tweeënveertig drieënveertig vierenveertig vijfenveertig "
    "zesenveertig zevenenveertig achtenveertig negenenveertig vijftig eenenvijftig tweeënvijftig "
    "drieënvijftig vierenvijftig vijfenvijftig zesenvijftig zevenenvijftig achtenvijftig negenenvijftig "
    "zestig eenenzestig tweeënzestig drieënzestig vierenzestig vijfenzestig zesenzestig zevenenzestig "
    "achtenzestig negenenzestig zeventig eenenzeventig tweeënzeventig drieënzeventig vierenzeventig "
    "vijfenzeventig zesenzeventig zevenenzeventig achtenzeventig negenenzeventig tachtig eenentachtig "
    "tweeëntachtig drieëntachtig vierentachtig vijfentachtig zesentachtig zevenentachtig achtentachtig "
    "negenentachtig negentig eenennegentig tweeënnegentig drieënnegentig vierennegentig vijfennegentig "
    "zesennegentig zevenennegentig achtennegentig negenennegentig honderd"
)

WORDS = Words(
    name="Nederlands",
    locale="nl_NL",
    bibtex="dutch",
    stemmer="nl",
    notation=Notation(
        decimal=",",
        thousands=".",
        percent="{n}%",
        currency="{symbol}\u00a0{sign}{n}",
        months=tuple("januari februari maart april mei juni juli augustus september oktober november december".split()),
        day="{day} {month} {year}",
        pair="{0} en {1}",
    ),
    numbers=tuple("nul een twee drie vier vijf zes zeven acht negen tien elf twaalf".split()),
    plurals={"one": "i = 1 and v = 0"},
    units={
        "percent": ("procent", "procent"),
        "percentage_point": ("procentpunt", "procentpunt"),
        "point": ("punt", "punt"),
        "respondent": ("deelnemer", "deelnemers"),
        "second": ("seconde", "seconden"),
        "minute": ("minuut", "minuten"),
        "hour": ("uur", "uur"),
        "day": ("dag", "dagen"),
        "week": ("week", "weken"),
        "month": ("maand", "maanden"),
        "year": ("jaar", "jaar"),
        "clock": ("uur", "uur"),
        "million": ("miljoen", "miljoen"),
        "billion": ("miljard", "miljard"),
    },
    periods={
        "half_1": "1e halfjaar {year}",
        "half_2": "2e halfjaar {year}",
        "half_short": "H{number} {year}",
        "quarter_1": "1e kwartaal {year}",
        "quarter_2": "2e kwartaal {year}",
        "quarter_3": "3e kwartaal {year}",
        "quarter_4": "4e kwartaal {year}",
        "quarter_short": "K{number} {year}",
        "week": "week {number} van {year}",
        "week_short": "wk {number} {year}",
        "months_short": "jan feb mrt apr mei jun jul aug sep okt nov dec",
        "span": "{first} tot en met {last}",
        "halves": "eerste tweede",
        "quarters": "eerste tweede derde vierde",
        "the_half": "de {ordinal} helft van {year}",
        "in_half": "in de {ordinal} helft van {year}",
        "the_quarter": "het {ordinal} kwartaal van {year}",
        "in_quarter": "in het {ordinal} kwartaal van {year}",
        "the_week": "week {number} van {year}",
        "in_week": "in week {number} van {year}",
        "the_span": "de periode {first} tot en met {last}",
        "in_span": "in de periode {first} tot en met {last}",
        "in_year": "in {year}",
        "in_month": "in {month}",
        "the_day": "{day}",
        "in_day": "op {day}",
        "in_label": "in {label}",
    },
    trends=(
        ("steeg", "daalde", "bleef vrijwel gelijk", "veranderde niet aantoonbaar"),
        ("stegen", "daalden", "bleven vrijwel gelijk", "veranderden niet aantoonbaar"),
        ("stijgt", "daalt", "blijft vrijwel gelijk", "verandert niet aantoonbaar"),
        ("stijgen", "dalen", "blijven vrijwel gelijk", "veranderen niet aantoonbaar"),
        ("gestegen", "gedaald", "vrijwel gelijk gebleven", "niet aantoonbaar veranderd"),
        ("stijging", "daling", "vrijwel gelijke stand", "niet aantoonbaar andere stand"),
        ("hoger", "lager", "vrijwel even hoog", "niet aantoonbaar hoger of lager"),
        ("hoger dan", "lager dan", "vrijwel even hoog als", "niet aantoonbaar hoger of lager dan"),
        ("groter", "kleiner", "vrijwel even groot", "niet aantoonbaar groter of kleiner"),
        ("meer", "minder", "vrijwel evenveel", "niet aantoonbaar meer of minder"),
        ("meer dan", "minder dan", "vrijwel evenveel als", "niet aantoonbaar meer of minder dan"),
        ("vaker", "minder vaak", "vrijwel even vaak", "niet aantoonbaar vaker of minder vaak"),
        ("groeide", "kromp", "bleef vrijwel gelijk", "veranderde niet aantoonbaar"),
    ),
    turns={
        "compared": (
            ("hoger", "lager"),
            ("hogere", "lagere"),
            ("groter", "kleiner"),
            ("grotere", "kleinere"),
            ("meer", "minder"),
            ("vaker", "minder vaak"),
            ("beter", "slechter"),
        ),
        "extreme": (
            ("hoogst", "laagst"),
            ("hoogste", "laagste"),
            ("grootst", "kleinst"),
            ("grootste", "kleinste"),
            ("meest", "minst"),
            ("vaakst", "minst vaak"),
            ("bovenaan", "onderaan"),
            ("hoogtepunt", "dieptepunt"),
        ),
        "bound": (
            ("meer dan", "minder dan", "minstens", "hooguit"),
            ("hoger dan", "lager dan", "minstens", "hooguit"),
            ("meer dan", "minder dan", "ten minste", "ten hoogste"),
            ("meer dan", "minder dan", "minimaal", "maximaal"),
            ("ruim", "nog geen", "minstens", "hoogstens"),
            ("ruim", "bijna", "", ""),
        ),
        "half": (
            ("een meerderheid", "een minderheid", "minstens de helft", "hooguit de helft"),
            ("de meerderheid", "een minderheid", "minstens de helft", "hooguit de helft"),
            ("ruim de helft", "minder dan de helft", "minstens de helft", "hooguit de helft"),
            ("meer dan de helft", "nog geen helft", "minstens de helft", "hooguit de helft"),
            ("ruim de helft", "bijna de helft", "", ""),
        ),
        "than": (("dan",),),
        "not": (
            (
                "niet",
                "geen",
                "nooit",
                "nergens",
                "niemand",
                "niets",
                "zonder",
                "nauwelijks",
                "noch",
                "einde",
                "eindigde",
                "stopte",
                "gestopt",
                "voorbij",
                "tijdelijk",
                "keerde",
            ),
        ),
    },
    compared={
        "up": "{size} hoger dan {wave:in}",
        "down": "{size} lager dan {wave:in}",
        "higher": "hoger dan {wave:in}",
        "lower": "lager dan {wave:in}",
        "same": "vrijwel even hoog als {wave:in}",
        "alike": "afgerond even hoog als {wave:in}",
        "unsure": "niet aantoonbaar hoger of lager dan {wave:in}",
        "unknown": "niet te vergelijken met {wave:the}, want dat cijfer is niet bekend",
        "barred": "niet te vergelijken met {wave:the}, door een breuk in de reeks",
    },
    marks={"provisional": "[v]", "revised": "[r]", "perturbed": "[~]", "perturbed_revised": "[r~]"},
    charts={
        "lines": "Lijngrafiek",
        "post": "Streepjes op een deurpost",
        "bars": "Staafdiagram",
        "part": "Balk van 100 procent, deels gevuld",
        "tally": "Stippendiagram met één stip per eenheid",
        "change": "Halterdiagram van {first:the} naar {last:the}",
        "heat": "Tabel waarin de kleur met de waarde toeneemt",
        "map": "Kaart waarin de kleur met de waarde toeneemt",
        "multiples": "{n} grafieken van dezelfde vorm",
        "pyramid": "Piramide met {left} links en {right} rechts",
        "widest": "Het grootste verschil: {name}, met {left} ({a}) tegen {right} ({b})",
        "higher_in": "{name} is hoger in {n} van de {of} rijen",
        "no_figure": "geen cijfer",
        "ranked_down": "Van hoog naar laag",
        "ranked_up": "Van laag naar hoog",
        "ranked": "Alle waarden",
        "between": "… {n} ertussen",
        "most_in_class": "Bij {n} van de {of} is de waarde {values}",
        "rises_north": "Naar het noorden toe zijn de waarden in het algemeen hoger",
        "rises_south": "Naar het zuiden toe zijn de waarden in het algemeen hoger",
        "rises_east": "Naar het oosten toe zijn de waarden in het algemeen hoger",
        "rises_west": "Naar het westen toe zijn de waarden in het algemeen hoger",
        "no_figures": "Geen cijfer ({n}): {named}",
        "interval_in_table": "De tabel noemt het 95%-betrouwbaarheidsinterval.",
        "one_class": "alle waarden",
        "class_below": "onder {high}",
        "class_between": "{low} tot {high}",
        "class_above": "{low} en hoger",
        "hidden": "verborgen: te weinig deelnemers",
        "withheld": "verborgen",
        "highest": "Het hoogst",
        "lowest": "Het laagst",
        "with_value": "{what}: {name}, {value}",
        "leads_columns": "{name} is het hoogst in {n} van de {of} kolommen",
        "leads_rows": "{name} is het hoogst in {n} van de {of} rijen",
        "hidden_cells": "Verborgen wegens te weinig deelnemers ({n}): {named}",
        "unknown_cells": "Niet bekend ({n}): {named}",
        "noted": "Tussen {start:the} en {end:the}: {reason}.",
        "full": "Niet te vergelijken over {start}–{end}: {reason}.",
        "interval": "De streepjes tonen het 95%-betrouwbaarheidsinterval.",
        "ci": "95%-interval {low} tot {high}",
        "unchecked": "Deze afbeelding is met een ander programma getekend. "
        "Wat erin staat is niet getoetst; de cijfers in de tabel zijn dat wel.",
        "no_n": "Aantal respondenten niet bekend.",
        "provisional": "voorlopig cijfer",
        "revised": "herzien cijfer",
        "perturbed": "cijfer met ruis, om deelnemers te beschermen",
        "perturbed_revised": "herzien cijfer met ruis, om deelnemers te beschermen",
        "unknown": "niet bekend",
        "per_wave": "{n} per meting",
        "span": "{low} tot {high}",
        "of": "{value} van {of}",
        "lower": "ten minste {value}",
        "upper": "ten hoogste {value}",
        "in": "{value} {wave:in}",
        "from_to": "van {first} naar {last}",
        "peak": "hoogste waarde {value}",
        "trough": "laagste waarde {value}",
        "largest_step": "grootste stap {size}, van {start:the} naar {end:the}",
        "series_range": "{n} reeksen {wave:in}: van {low} tot {high}",
        "rose_most": "Grootste stijging van {start:the} naar {end:the}: {name}, {size}",
        "fell_most": "Grootste daling van {start:the} naar {end:the}: {name}, {size}",
        "gap": "De stippellijn overbrugt metingen waarvan het cijfer niet bekend is: {waves}",
        "state": "Stand: {date}.",
        "year": "Jaar",
        "topic": "Onderwerp",
        "value": "Waarde",
        "all": "totaal",
        "difference": "Verschil",
        "since": "verschil met {wave:the}: {size}",
        "absent": "Over {about} zijn hiervoor geen cijfers.",
        "source": "Bron",
        "stacked": "Gestapelde staven van 100 procent",
        "stacked_around": "Gestapelde staven rond het midden van de schaal",
        "dots": "Puntdiagram",
        "slope": "Hellingdiagram van {first:the} naar {last:the}",
        "beside": "Staafdiagram met naast elkaar: {names}",
        "left_out": "niet getoond",
        "extremes": "het laagst: {lowest} ({low}), het hoogst: {highest} ({high}), verschil: {span}",
        "most_up": "grootste stijging: {what}, {change}",
        "most_down": "grootste daling: {what}, {change}",
        "changes": "{up} hoger, {down} lager, {same} gelijk",
        "in_table": "De tabel heeft alle waarden",
    },
    axes={
        "grade": "rapportcijfer ({low}–{high})",
        "percent": "percentage",
        "percentage_point": "procentpunten",
        "count": "aantal",
        "score": "score ({low}–{high})",
        "balance": "saldo",
        "index": "index",
        "amount": "bedrag",
        "clock": "uren:minuten",
        "thousands": "{unit}, in duizenden",
        "millions": "{unit}, in miljoenen",
        "window": "{unit}, as van {low} tot {high}",
        "break": "breuk in de reeks",
        "break_short": "breuk",
        "unknown": "onbekend",
        "noted_reason": "breuk: {reason}",
        "full_reason": "niet te vergelijken: {reason}",
    },
    claims={
        "rises": ("{what}: {last:in} hoger dan {first:in}", "{what}: {last:in} niet hoger dan {first:in}"),
        "falls": ("{what}: {last:in} lager dan {first:in}", "{what}: {last:in} niet lager dan {first:in}"),
        "stable": (
            "{what}: tussen {first:the} en {last:the} hooguit {margin} verschil",
            "{what}: tussen {first:the} en {last:the} meer dan {margin} verschil",
        ),
        "always_rises": (
            "{what}: in elke meting hoger dan in de meting ervoor",
            "{what}: niet in elke meting hoger dan in de meting ervoor",
        ),
        "always_falls": (
            "{what}: in elke meting lager dan in de meting ervoor",
            "{what}: niet in elke meting lager dan in de meting ervoor",
        ),
        "linear": (
            "{what}: elke meting ligt hooguit {margin} van één rechte lijn",
            "{what}: bij elke rechte lijn ligt minstens één meting er meer dan {margin} naast",
        ),
        "straight": (
            "{what}: er is één rechte lijn die bij alle metingen past",
            "{what}: geen rechte lijn past bij alle metingen",
        ),
        "peaks": (
            "{what}: {wave:in} hoger dan in elke andere meting",
            "{what}: in minstens één andere meting even hoog als {wave:in} of hoger",
        ),
        "bottoms": (
            "{what}: {wave:in} lager dan in elke andere meting",
            "{what}: in minstens één andere meting even laag als {wave:in} of lager",
        ),
        "more": ("{one} is hoger dan {times}{two}", "{one} is niet hoger dan {times}{two}"),
        "ranked": ("van hoog naar laag: {keys}", "niet van hoog naar laag: {keys}"),
        "always_more": (
            "{one}: in elke meting hoger dan {two}",
            "{one}: in minstens één meting niet hoger dan {two}",
        ),
        "largest": ("{what} is hoger dan {among}", "{what} is niet hoger dan {among}"),
        "smallest": ("{what} is lager dan {among}", "{what} is niet lager dan {among}"),
        "above": ("{what}: hoger dan {limit}", "{what}: niet hoger dan {limit}"),
        "below": ("{what}: lager dan {limit}", "{what}: niet lager dan {limit}"),
        "at_least": ("{what}: minstens {limit}", "{what}: minder dan {limit}"),
        "at_most": ("{what}: hooguit {limit}", "{what}: meer dan {limit}"),
        "about": ("{what}: hooguit {margin} van {limit}", "{what}: meer dan {margin} van {limit}"),
        "widens": (
            "het verschil tussen {one} en {two}: {last:in} {by}groter dan {first:in}",
            "het verschil tussen {one} en {two}: {last:in} niet {by}groter dan {first:in}",
        ),
        "narrows": (
            "het verschil tussen {one} en {two}: {last:in} {by}kleiner dan {first:in}",
            "het verschil tussen {one} en {two}: {last:in} niet {by}kleiner dan {first:in}",
        ),
        "gains_on": (
            "{one}: tussen {first:the} en {last:the} meer gestegen dan {two}, of minder gedaald",
            "{one}: tussen {first:the} en {last:the} niet meer gestegen dan {two}, en niet minder gedaald",
        ),
        "in_each": ("in elk deel ({breakdown}): {inner}", "niet in elk deel ({breakdown}): {inner}"),
        "unknown": ("de bronnen geven geen cijfer voor {what}", "de bronnen geven een cijfer voor {what}"),
        "undecided": (
            "door afronding blijft open of dit klopt: {inner}",
            "afronding laat niet open of dit klopt: {inner}",
        ),
        "uncertain": (
            "door toeval is niet zeker of dit klopt: {inner}",
            "toeval laat geen twijfel of dit klopt: {inner}",
        ),
        "and": ("{one}; en {two}", "niet allebei: {one}; en {two}"),
        "or": ("{one}; of {two}", "geen van beide: {one}; of {two}"),
        "known": ("{inner} (van wat bekend is)", "{denied} (van wat bekend is)"),
        "dated": ("{what} {wave:in}", ""),
        "others": ("de andere antwoorden", ""),
        "other_parts": ("de andere groepen", ""),
        "by": ("meer dan {by} ", ""),
        "times": ("{times} keer ", ""),
        "apart": ("verschil {size}", ""),
        "gap": ("het verschil veranderde met {size}", ""),
        "limit": ("{size} van de grens", ""),
        "aim": ("{size} ernaast", ""),
        "closest": ("op het krapste punt: {inner}", ""),
        "rounding": ("afronding scheelt hooguit {size}", ""),
        "by_chance": ("toeval verklaart hooguit {size}", ""),
    },
    prose=Prose(
        abbreviations=frozenset(
            "aant afb afl afz alg art bijl bijv blz bv ca cf co dd dhr dr drs ed enz etc evt excl fig gem hfst "
            "hoofdst inc incl ing ir jl jr max mevr min mr mv mw nl no nr nrs ong pag par plm pp prof red resp "
            "sept sr st tab tel tfn vgl vlg vol vs zg zgn".split()
        ),
        quotes=(("“", "”"), ("«", "»"), ("‘", "’")),
        begins=r"[’'][a-z] \S",
        shortened="[skmnrt]|ns",
    ),
    patterns=Patterns(
        number=(
            rf"\b(?:{_COUNT} (?:komma {_COUNT} )?(?:procent(?:en|je|punt(?:en)?)?|percent|promille|ten honderd)|"
            rf"{_COUNT} komma {_COUNT}|(?P<ratio>(?![eé][eé]n op [eé][eé]n){_COUNT} op (?:de |elke |iedere )?{_COUNT}|"
            rf"(?:twee|drie|{_GRADE}) van (?:de |elke |iedere )(?:vier|vijf|zes|acht|tien|honderd))|"
            rf"{_COUNT}(?: |-){_PART}{_ORDERED}|het {_PART} deel|"
            rf"(?:[eé][eé]n|twee|drie|vier|vijf){_PART}|(?:ieder|elk)e {_PART}|"
            rf"(?:de|een) (?!eerste|tweede)(?:\w+ )?helft|(?:{_COUNT} (?:keer|maal)|\w+maal|dubbel|half) zo(?:veel)?|"
            rf"{_COUNT} (?:{_SCALES})|\w{{3,}}(?:honderd|duizend)|factor {_COUNT}|"
            rf"(?:{_COUNT} (?:keer|maal)|\w+maal) (?:vaker|meer|hoger|groter|lager|minder|kleiner)|"
            rf"{_COUNT} punt(?:en)? (?:hoger|lager|meer|minder|gestegen|gedaald|omhoog|omlaag)|"
            rf"een (?:dikke|ruime|krappe|magere|kleine|mooie|royale|nipte) {_GRADE}|"
            rf"(?:rapport)?cijfer (?:een |van )?{_GRADE}|een (?:\w+e )?{_GRADE}(?: min| plus|t?je))\b"
        ),
        parts=_PARTS,
        counts=_COUNTS,
        multiples=(
            r"verdubbel\w*|(?:ge)?halve(?:er\w*|ren|ring\w*)|het\sdubbele verdrie(?:voudig|dubbel)\w* verviervoudig\w* "
            r"vervijfvoudig\w* verzesvoudig\w* verzevenvoudig\w* verachtvoudig\w* vernegenvoudig\w* vertienvoudig\w*"
        ),
        scales=_SCALES,
        known=r"\b(?:on)?bekende?\b|\bkennen\b",
        further=(
            r"\b(?:beter\w*|verbeter\w*|slechter\w*|verslechter\w*|groei(?:t|en|de|den)\b|gegroeid\w*|krimp\w*|kromp\w*|"
            r"gekrompen|verander\w*|vooruit\w*|achteruit\w*|significant\w*|aantoonbaar|bewezen|werkelijk)\b"
        ),
        moved=r"\bvan\b.*\bnaar\b|\bmet\b|\btot\b",
        path=r"\bvan\b[^.;]*\d[^.;]*\bnaar\b[^.;]*\d",
        rose=(
            r"\b(?:ste(?:eg|gen)|stijg(?:t|en|ing(?:en)?)|gestegen|groei(?:t|en|de|den)?|gegroeid|"
            r"klom(?:men)?|klim(?:t|men)|geklommen|toenam(?:en)?|toene(?:emt|men)|toegenomen|toename|omhoog|"
            r"(?:nam|namen|neemt|nemen) (?:[\w-]+ ){0,4}toe|opgelopen|"
            r"(?:liep|liepen|loopt|lopen) (?:[\w-]+ ){0,4}op|ver(?:dubbel|drievoudig|viervoudig)\w*|herstel\w*|"
            r"naar boven(?! (?:afgerond|bijgesteld))|stijgende (?:lijn|trend)|opwaarts\w*|in de lift|opmars|"
            r"(?:werd|werden|wordt|worden) (?:\w+ )?(?:hoger|groter|meer))\b"
        ),
        fell=(
            r"\b(?:daal(?:t|de|den)|dalen|daling(?:en)?|gedaald|krimp(?:t|en)?|kromp(?:en)?|gekrompen|"
            r"zak(?:t|ken|te|ten)|(?:weg|in)?gezakt|terugval\w*|teruggevallen|kelder(?:t|de|den)|gekelderd|"
            r"(?:duik|tuim)el\w*|"
            r"ge(?:duik|tuim)eld|slonk(?:en)?|slink(?:t|en)|geslonken|(?:af)?(?:ge)?brokkel\w*|"
            r"naar beneden(?! (?:afgerond|bijgesteld))|"
            r"dalende (?:lijn|trend)|neerwaarts\w*|afnam(?:en)?|afne(?:emt|men)|afgenomen|afname|omlaag|"
            r"(?:nam|namen|neemt|nemen) (?:[\w-]+ ){0,4}af|teruggelopen|"
            r"(?:liep|liepen|loopt|lopen) (?:[\w-]+ ){0,4}terug|halveer\w*|"
            r"(?:werd|werden|wordt|worden) (?:\w+ )?(?:lager|kleiner|minder))\b"
        ),
        same=(
            r"\b(?:bl(?:eef|even|ijft|ijven) (?:[\w-]+ ){0,2}(?:gelijk|hetzelfde|stabiel|constant|onveranderd|"
            r"even (?:hoog|laag|groot|klein))|"
            r"(?:is|zijn) (?:[\w-]+ ){0,2}(?:gelijk gebleven|onveranderd|stabiel)|stagne\w*)\b"
        ),
        wider=(
            r"\b(?:groter|groei(?:t|en|de|den)?|gegroeid|uiteen|uit elkaar|vergro(?:o?t|tte|tten)|toegenomen|"
            r"toename|(?:nam|namen|neemt|nemen) (?:[\w-]+ ){0,4}toe|opgelopen|"
            r"(?:liep|liepen|loopt|lopen) (?:[\w-]+ ){0,4}op)\b"
        ),
        closer=(
            r"\b(?:kleiner|slonk(?:en)?|slinkt|krimp(?:t|en)?|kromp(?:en)?|dichter bij|dichter naar|"
            r"naar elkaar|verklein(?:t|de|den|d)|gedicht|overbrugd|weggevallen|"
            r"inhaalslag|(?:nam|namen|neemt|nemen) (?:[\w-]+ ){0,4}af|afgenomen|"
            r"afname|(?:liep|liepen|haalde|haalden) (?:[\w-]+ ){0,4}in|ingelopen|ingehaald)\b"
        ),
        attributive=r"\b(?:de|een|deze|onze|hun) (?:ge|op|toe|af|terug|in)\w+(?:en|[dt]e?)(?= \w)",
        every_wave=(
            r"\b(?:(?:elk|ieder) (?:half)?(?:jaar|kwartaal)|(?:elke|iedere) (?:meting|ronde|peiling)|"
            r"alle (?:half)?(?:jaren|metingen|rondes|peilingen|kwartalen)|jaar (?:op|na) jaar|keer op keer|"
            r"(?:keer|jaar|jaren|meting(?:en)?|kwartaal|kwartalen|rondes?) op (?:een )?rij|"
            r"onafgebroken|ononderbroken|onophoudelijk|zonder onderbreking|"
            r"(?:nog )?nooit (?:eerder|was|waren|lag|lagen|zo)|niet eerder|ooit (?:gemeten|gegeven|behaald)|"
            r"(?:hoog|laag|groot|klein)ste? (?:\w+ )?(?:ooit|sinds)|(?:laagte|hoogte)?record\w*|"
            r"(?:hoogte|diepte)punt)\b"
        ),
        each=r"\b(?:elke?|iedere?|alle) (?:andere )?(?P<of>[\w’'-]++)(?! (?:samen|tezamen|bij elkaar|opgeteld)\b)",
        group=r"\w*groep",
        nearly_all=r"\b(?:bijna|vrijwel|nagenoeg|haast|zo goed als) (?:iedereen|allemaal|alle mensen)\b",
        nearly_none=(
            r"\b(?:(?:bijna|vrijwel|nagenoeg|haast|zo goed als) niemand|een (?:enkele )?enkeling|enkelingen|"
            r"een hand(?:vol|jevol))\b"
        ),
        follows=r"\b(?:gevolgd door|daarna|vervolgens|daarop)\b",
        passing=(
            r"\b(?:nu|nog steeds|nog altijd|nog niet|inmiddels|intussen|tegenwoordig|vandaag|momenteel|op dit moment|"
            r"(?:dit|vorige?|volgende?|afgelopen|komende?) (?:jaar|jaren|maand|meting)|(?:de|het) (?:laatste|nieuwste)|"
            r"recent(?:e|elijk)?|onlangs|sindsdien|tot nu toe|tot dusver|binnenkort|straks|voorlopig)\b"
        ),
        screen=(
            r"\b(?:aanklik\w*|klik(?:t|ken)?|tik(?:t|ken)? (?:op|aan)|druk(?:t)? op (?:een |"
            r"de |het )?(?:getal|cijfer|knop|link|woord|figuur)|scrol(?:l|len)? (?:naar|omlaag|omhoog|door))\b"
        ),
    ),
    tables={
        "unknown": "onbekend",
        "no_n": "Het aantal respondenten achter deze cijfers is niet bekend.",
        "no_ci": "De foutmarge van deze cijfers is niet bekend.",
        "no_n_waves": "Van geen van deze metingen is bekend hoeveel mensen meededen.",
        "everyone": "iedereen",
        "fails": "klopt niet met de cijfers",
        "open": "niet te toetsen",
        "not certain": "niet zeker: kan toeval zijn",
        "holds": "klopt",
        "source": "Bron",
        "source_is": "Bron:",
        "data": "Cijfers",
        "data_of": "Cijfers bij deze figuur: {caption}",
        "between": "; ",
        "sources_more": "{first} en nog {others}",
        "files": "Download",
        "share": "Deel",
        "permalink": "Link naar deze figuur",
        "explore": "Verken",
        "done": "Klaar",
        "hint": "Wijs een cijfer aan of gebruik de pijltjes. Terug: Escape.",
        "tap": "Tik een cijfer aan, of veeg over de grafiek.",
        "explored": "grafiek om te verkennen",
        "wave": "Meting",
        "what": "Wat",
        "value": "Cijfer",
        "n": "n",
        "ci": "95%-interval",
        "base": "Bij wie",
        "date": "Datum",
        "bureau": "Bureau",
        "client": "Opdrachtgever",
        "of": "van de",
        "at_least": "meer dan",
        "at_most": "minder dan",
        "sentence": "Zin",
        "page": "Pagina",
        "verdict": "Uitkomst",
        "tested": "Wat is getoetst",
        "figures": "Cijfers",
        "back": "Terug naar de tekst",
        "scroll": "Tabel, schuif om alles te zien",
        "break": (
            "Vergelijkingen tussen {start:the} of eerder en {end:the} of later gaan over een breuk in de reeks heen: "
            "{reason}. De uitgever van de rapporten behandelt de cijfers als één reeks. Dit boek volgt "
            "dat, met deze opmerking."
        ),
        "chance": (
            "Van deze cijfers is geen foutmarge bekend; een verschil kan ook toeval zijn. De zinnen zeggen dus wat de "
            "cijfers doen, niet wat er bij alle klanten is gebeurd."
        ),
        "derived": "De foutmarges bij deze cijfers zijn afgeleid van wat over de deelnemers is opgegeven: {samples}.",
        "sample_n": "{n} deelnemers",
        "sample_n_effective": "evenveel waard als {n} willekeurig gekozen deelnemers",
        "sample_deviation": "standaardafwijking van de antwoorden {n}",
        "assumed": "aanname: {why}",
        "exact": "geen steekproef",
        "measured": "foutmarge gemeten",
        "declared": "foutmarge afgeleid",
        "figures only": "foutmarge onbekend",
        "not_known": "niet bekend: {what}",
        "holds_rounding": "klopt, ook met afronding; foutmarge onbekend",
        "holds_chance": "klopt, ook als toeval meetelt ({basis})",
        "not_tested": "niet getoetst: zo zegt de bron het",
        "counted": "Getoetste zinnen: {tested}. Zinnen van een bron, die wij niet toetsen: {reported}.",
        "proof": "getoetst",
        "test": "Toets",
        "all_series": "Alle reeksen",
        "all_rows": "alle cijfers van deze reeks",
        "pages_are": (
            "Het boek heeft {count} cijfers. Dat is te veel voor één pagina. Daarom heeft elke reeks "
            "een eigen pagina, of een paar."
        ),
        "whole": "Alles in één bestand",
        "find_series": "Zoek een reeks of een groep",
        "found_pages": "Gevonden pagina’s",
        "found_none": "Niets gevonden. Typ een deel van de naam.",
        "series": "Deze reeks",
        "marks": "Tekens bij een cijfer: {marks}.",
        "cite": "Citeer deze figuur:",
        "cited": "{author} ({year}). ‘{caption}’. In: {title}, meting {wave}. {address}",
        "no_year": "z.j.",
        "none": "geen",
        "before": "Was",
        "after": "Is",
        "reason": "Waarom",
        "unknown_because": "onbekend ({reason})",
        "altered": "niet zoals gepubliceerd",
        "final": "definitief",
        "question": "wat werd gevraagd",
        "revisions": "Herziene cijfers",
        "revisions_are": "Deze cijfers zijn na publicatie opnieuw berekend.",
        "no_revisions": "Er zijn geen cijfers herzien.",
        "corrections": "Verbeterde fouten",
        "corrections_are": "Deze fouten stonden in een eerdere versie en zijn verbeterd.",
        "no_corrections": "Er zijn geen fouten verbeterd.",
        "noise": (
            "Om deelnemers te beschermen zit er ruis in de cijfers van {wave:the}. Bij elk cijfer en elk aantal "
            "respondenten is iets bijgeteld of afgetrokken, door het toeval bepaald. Zo zegt een cijfer weinig "
            "over wat één deelnemer antwoordde. De ruis is gemiddeld nul. Meestal weegt hij niet zwaarder dan het"
            " antwoord van {noise} {people} (één standaardafwijking, gerekend naar wie het zwaarst meetelt) en "
            "nooit zwaarder dan dat van {most}. Hoe kleiner de groep, hoe meer dat scheelt; de intervallen houden"
            " er rekening mee. Percentages tellen daardoor niet precies op tot honderd, en groepen niet precies "
            "tot het geheel."
        ),
    },
    panels={
        "asked": "Bij wie",
        "wave": "Meting",
        "n": "Respondenten",
        "interval": "95%-interval",
        "unknown": "aantal niet bekend",
        "needs": "niet te berekenen: de bron geeft geen foutmarge",
        "span": "{low} tot {high}",
        "derived": "afgeleid uit het aantal deelnemers",
        "status": "Status",
        "estimated": "geschat uit de antwoorden",
        "provisional": "voorlopig",
        "revised": "herzien",
        "perturbed": "geschat uit de antwoorden, met ruis",
        "perturbed_revised": "herzien, met ruis",
        "noise": "Ruis",
        "added": (
            "bijgeteld of afgetrokken om deelnemers te beschermen: meestal niet meer dan het antwoord van {noise} "
            "{people}, nooit meer dan dat van {most}; het interval houdt er rekening mee"
        ),
        "source": "Bron",
        "date": "Datum",
        "row": "Bekijk dit cijfer tussen alle cijfers",
        "fact_row": "Bekijk dit feit bij alle cijfers",
        "glossary": "Alle begrippen",
    },
    downloads={
        "figures": "Cijfers",
        "indicators": "Indicatoren",
        "segments": "Uitsplitsingen",
        "waves": "Metingen",
        "facts": "Feiten",
        "fact": "feit",
        "fact_label": "naam van het feit",
        "date": "datum",
        "value": "waarde",
        "of": "van de",
        "bound": "grens",
        "sources": "Bronnen",
        "label": "naam voor lezers",
        "start": "eerste dag",
        "end": "laatste dag",
        "name": "naam",
        "definition": "wat is gemeten",
        "unit": "eenheid",
        "base": "bij wie",
        "bureau": "bureau",
        "client": "opdrachtgever",
        "noise": "ruis (standaardafwijking, in deelnemers)",
        "title": "titel",
        "author": "auteur",
        "year": "jaar",
    },
    travel={
        "own_page": "Deze grafiek op een eigen pagina, ook om elders te tonen",
        "chart": "Grafiek",
        "what": "Wat is gemeten",
        "whom": "Bij wie",
        "when": "Wanneer",
        "breaks": "Breuk in de reeks",
        "notes": "Opmerking",
        "released": "Verschenen op",
        "publication": "Publicatie",
        "address": "Adres",
        "citation": "Zo citeert u deze grafiek",
        "story": "In het verhaal: {title}",
        "table": "De cijfers",
        "about": "Over deze cijfers",
        "files": "Downloaden",
        "embed": "Op een andere site zetten",
        "embed_how": (
            "Kopieer deze code naar de HTML van uw pagina. De grafiek past zich aan de breedte aan en laadt "
            "geen scripts."
        ),
        "code": "Code om te kopiëren",
        "xlsx": "Excel, met toelichting",
        "csv": "CSV, voor programma’s",
        "svg": "SVG, tekening die scherp blijft",
        "png": "PNG, afbeelding",
        "sheet": "Cijfers",
        "sheet_about": "Toelichting",
        "wave": "Meting",
        "indicator": "Onderwerp",
        "population": "Wie",
        "segment_by": "Uitsplitsing",
        "segment": "Groep",
        "category": "Antwoord",
        "value": "Waarde",
        "unit": "Eenheid",
        "n": "Aantal deelnemers",
        "n_effective": "Effectief aantal",
        "se": "Standaardfout",
        "ci_low": "Ondergrens (95%)",
        "ci_high": "Bovengrens (95%)",
        "status": "Status",
        "source": "Bron",
        "locator": "Plaats in de bron",
        "fact": "Feit",
        "date": "Datum",
        "of": "Van de",
        "bound": "Grens",
        "published": "gepubliceerd",
        "lower": "ten minste",
        "upper": "ten hoogste",
    },
    banners={
        "sheet_read_me": "Lees mij",
        "sheet_contents": "Inhoud",
        "sheet_method": "Methode",
        "title": "Tabellen naar groep",
        "workbook": "Excel-werkmap",
        "back": "← Inhoud",
        "to_method": "→ Methode",
        "everyone": "iedereen",
        "total": "Totaal",
        "population": "Wie",
        "book": "Publicatie",
        "publisher_author": "Door",
        "survey": "Meting",
        "period": "Periode",
        "asked_of": "Bij wie",
        "since": "Vergeleken met",
        "sources": "Bronnen",
        "licence": "Licentie",
        "address": "Adres",
        "tables": "Tabellen",
        "tables_are": (
            "{tables} tabellen, elk op een eigen blad. De eerste kolom met cijfers is iedereen samen; daarnaast "
            "staan de groepen van elke uitsplitsing. Het blad Inhoud leidt naar elke tabel."
        ),
        "pages_are": (
            "{tables} tabellen, elk op een eigen pagina, met voor elke uitsplitsing het totaal en de groepen daarvan."
        ),
        "number": "Nr.",
        "subject": "Onderwerp",
        "question": "Wat is gemeten",
        "unit": "Eenheid",
        "answer": "Antwoord",
        "what": "Cijfer",
        "n": "Respondenten (ongewogen)",
        "n_effective": "Effectief aantal",
        "higher": "Hoger dan",
        "low": "95% van",
        "high": "95% tot",
        "change": "Verschil met {wave:the} ({unit})",
        "moved": "Aangetoonde verandering",
        "signs": "Tekens",
        "hidden": "verborgen, omdat er te weinig mensen achter staan of een ander cijfer eruit zou volgen",
        "absent": "niet bekend, of niet aan deze groep gevraagd",
        "letter": (
            "Het cijfer is hoger dan dat van kolom A, B, … van dezelfde uitsplitsing: meer dan toeval verklaart, "
            "met 95% zekerheid."
        ),
        "small": "Hetzelfde, met 90% maar niet met 95% zekerheid.",
        "few": "Minder dan {least} respondenten: geen letters voor deze kolom.",
        "up": "Hoger dan {wave:in}, meer dan toeval verklaart, met 95% zekerheid.",
        "down": "Lager dan {wave:in}, meer dan toeval verklaart, met 95% zekerheid.",
        "lowest": "Het aantal respondenten verschilt per antwoord; het kleinste aantal staat er.",
        "derived": (
            "Van sommige cijfers is de foutmarge niet gemeten: die volgt uit het aantal respondenten, alsof zij "
            "aselect waren getrokken."
        ),
        "no_errors": "De foutmarges van deze cijfers zijn niet bekend; daarom staan er geen marges en geen letters.",
        "none_shown": "Tussen groepen zijn geen verschillen aangetoond.",
        "several": "Mensen konden meer dan één antwoord geven; de percentages kunnen samen meer dan 100 zijn.",
        "compared": "Wat met wat is vergeleken",
        "compared_are": (
            "Elke twee groepen van één uitsplitsing, voor elk antwoord. Groepen van verschillende uitsplitsingen "
            "zijn niet vergeleken, omdat mensen in beide zitten. Het totaal is met geen groep vergeleken, omdat "
            "die groep er deel van is. Een uitsplitsing met meer dan {most} groepen heeft geen letters."
        ),
        "test": "De toets",
        "test_is": (
            "Het verschil van twee cijfers, naast zijn standaardfout: √(a² + b² − 2·r·a·b), met a en b de "
            "standaardfouten van de twee cijfers en r de correlatie van de twee schattingen. Waar de fouten zijn "
            "gemeten, volgen ze uit het ontwerp van de steekproef: strata, clusters en gewichten. Gemiddelden zijn "
            "beoordeeld met Students t en de vrijheidsgraden van het ontwerp. Percentages zijn beoordeeld met hun "
            "exacte grenzen (Clopper en Pearson 1934; voor ontwerpen Korn en Graubard 1998), die Zou en Donner "
            "(2008) samenvoegen tot die van een verschil. De toets is tweezijdig en dezelfde als die van de "
            "beweringen in de publicatie."
        ),
        "correlation": "Correlaties",
        "correlation_worst": (
            "Waar de correlatie van twee groepen is gemeten, telt die mee. Waar dat niet zo is, geldt de "
            "ongunstigste. Daardoor staan er minder letters dan wanneer de groepen als onafhankelijk waren "
            "genomen, en geen te veel."
        ),
        "correlation_independent": (
            "Waar de correlatie van twee groepen is gemeten, telt die mee. Waar dat niet zo is, zijn de groepen "
            "als onafhankelijk genomen; daarvoor heeft de maker van deze tabellen gekozen. Dat is alleen juist als "
            "niemand in twee groepen zit, en ook geen cluster van de steekproef."
        ),
        "several_tests": "Veel vergelijkingen",
        "holm": (
            "De vergelijkingen van één rij binnen één uitsplitsing zijn samen beoordeeld, met de procedure van "
            "Holm (1979). Als er niets verschilt, is de kans op een letter in dat deel van een rij hoogstens 5%. "
            "Er zijn veel rijen: één letter op zich is nog geen bevinding."
        ),
        "none": (
            "Elke vergelijking is op zichzelf beoordeeld. Als er niets verschilt, krijgt toch ongeveer één op de "
            "twintig paren een letter. Eén letter op zich is nog geen bevinding."
        ),
        "no_letters": "Waar geen letter staat",
        "no_letters_are": (
            "Een cijfer zonder bekende foutmarge, van minder dan {least} respondenten of van een onbekend aantal is "
            "niet vergeleken, en een verborgen cijfer ook niet. Als afronding anders kan doen besluiten, staat er "
            "geen letter. Geen letter betekent niet dat twee groepen gelijk zijn."
        ),
        "margins": "Marges",
        "margins_are": (
            "‘95% van’ en ‘95% tot’ zijn de grenzen van het 95%-betrouwbaarheidsinterval, zoals gepubliceerd. Ze "
            "zijn leeg waar de foutmarge niet bekend is."
        ),
        "bases": "Aantallen",
        "bases_are": (
            "Het aantal respondenten is ongewogen. Het effectieve aantal is dat van een enkelvoudige aselecte "
            "steekproef die even nauwkeurig zou zijn; van verschillende antwoorden staat er het kleinste. Het "
            "gewogen aantal respondenten is niet gepubliceerd."
        ),
        "protection": "Verborgen cijfers",
        "protection_is": (
            "Deze tabellen bevatten wat de gepubliceerde tabel met cijfers bevat, en niets anders. Wat daar verborgen "
            "is, is hier verborgen, en geen cijfer is gemaakt met een verborgen cijfer."
        ),
        "rounding": "Afronding",
        "rounding_is": (
            "De cellen bevatten het gepubliceerde getal; wat u ziet is afgerond. Verschillen zijn die van de "
            "gepubliceerde getallen."
        ),
        "moves": "Veranderingen",
        "moves_are": (
            "Veranderingen ten opzichte van {wave:the} zijn één voor één getoetst, met 95% zekerheid. Twee "
            "metingen gelden als onafhankelijk, tenzij de correlatie van hun schattingen is gemeten. Over een "
            "volledige breuk in een reeks is niets vergeleken."
        ),
    },
    methods={
        "bureau": "Uitgevoerd door",
        "client": "In opdracht van",
        "population": "Wie konden meedoen",
        "mode": "Manier van vragen",
        "panel": "Panel",
        "fieldwork": "Veldwerk",
        "fieldwork_start": "veldwerk, eerste dag",
        "fieldwork_end": "veldwerk, laatste dag",
        "drawn": "Uitgenodigd",
        "screened": "Korte vragenlijst vooraf",
        "responded": "Deelgenomen",
        "response": "Respons",
        "weighting": "Weging",
        "questionnaire": "Vragenlijst",
        "report": "Rapport",
        "remark": "Bijzonderheden",
        "breaks": "Breuk in de reeks",
        "same": "Geen breuk in de reeks",
        "described": "Beschreven in",
        "people": "{n} mensen",
        "dates": "{first} tot en met {last}",
        "download": "download de vragenlijst",
        "changed": "tussen {start:the} en {end:the}: {reason}",
        "all_unknown": "Van deze metingen is ons niet bekend: {what}.",
        "some_unknown": "Van {waves} is ons niet bekend: {what}.",
        "unknown_population": "wie er precies konden meedoen",
        "unknown_mode": "hoe er is gevraagd",
        "unknown_fieldwork": "op welke dagen er is gevraagd",
        "unknown_drawn": "hoeveel mensen zijn uitgenodigd",
        "unknown_responded": "hoeveel mensen meededen",
        "unknown_weighting": "hoe er is gewogen",
        "unknown_questionnaire": "hoe de vragen precies luidden",
        "commissioned": "in opdracht van {client}",
        "earlier": "eerdere metingen {bureaus}",
    },
    paper={
        "opening": "Inleiding",
        "contents": "Inhoud",
        "notes": "Noten",
        "note": "Noot {n}",
        "notes_are": (
            "Het kleine cijfer achter een getal verwijst hiernaar. Bij elk getal staat wat is gevraagd, aan "
            "wie, in welke meting, en waar het te vinden is. Staat er geen aantal deelnemers of marge bij, "
            "dan is die ons niet bekend."
        ),
        "terms": "Begrippen",
        "sources": "Bronnen bij de noten",
        "terms_are": (
            "Een woord dat hier staat, heeft een stippellijn op de plaats waar de tekst het voor het eerst gebruikt."
        ),
        "online": "Alle cijfers en de toetsen bij de zinnen staan op",
        "at_page": "(p.\u00a0{page})",
        "to_page": "Naar pagina {page}",
    },
    accessibility={
        "tested": "Wat een computer heeft getoetst",
        "by": "Op {date} zijn alle {pages} pagina’s van dit boek getoetst, van schijf en zonder netwerk, in Chromium "
        "{chromium} en met axe-core {axe}. Hieronder staat wat er is bekeken en op hoeveel pagina’s het in orde is.",
        "untested": "De pagina’s van dit boek zijn nog niet getoetst.",
        "stale": "Daarna is er iets veranderd: {changed}. De uitkomsten gelden daarvoor niet.",
        "pages": "de lijst van pagina’s",
        "checks": "de lijst van toetsen",
        "look": "de vormgeving",
        "what": "Wat is bekeken",
        "criteria": "WCAG",
        "seen": "Keer bekeken",
        "passed": "In orde",
        "of": "{passed} van {all}",
        "deviations": "Bekende afwijkingen",
        "deviations_are": "Bij elke afwijking staan dezelfde vier punten als in de Nederlandse "
        "toegankelijkheidsverklaring.",
        "no_deviations": "Er zijn geen afwijkingen bekend.",
        "criterion": "Succescriterium {criterion}",
        "cause": "Oorzaak",
        "effect": "Gevolg",
        "alternative": "Alternatief",
        "measure": "Maatregel",
    },
    checks={
        "axe": "De regels van axe-core voor WCAG, in lichte en donkere kleuren.",
        "contrast": "Tekst steekt genoeg af tegen wat erachter staat.",
        "keyboard": (
            "De Tab-toets bereikt alles, in de volgorde van de pagina, en ook terug. U kunt het menu overslaan."
        ),
        "focus": "Een rand toont waar u met de Tab-toets bent, en niets ligt ervoor.",
        "charts": (
            "Elke grafiek heeft een naam, een beschrijving en een tabel. Lijnen en vlakken steken genoeg af, ook in "
            "grijs. Ze verschillen niet alleen in kleur."
        ),
        "reflow": "Op een smal scherm past alles, zonder dat u de pagina opzij schuift.",
        "text-size": "Met letters die dubbel zo groot zijn, valt niets weg of over elkaar.",
        "text-spacing": "Met meer ruimte tussen letters, woorden en regels valt niets weg of over elkaar.",
        "forced-colours": "Met de kleuren die uw computer oplegt, blijven knoppen, links en grafieken te zien.",
        "reduced-motion": "Niets beweegt als u dat niet wilt.",
        "language": "Wat in een andere taal staat, is als die taal gemarkeerd.",
        "offline": "De pagina werkt zonder netwerk en vraagt niets van elders.",
        "no-script": "Zonder JavaScript staat alles er nog.",
    },
    news={
        "edition": "Uitgave over de meting van {wave:the}",
        "revision": "Cijfer herzien in de uitgave over {wave:the}",
        "revised": "{figure}: was {before}, is nu {after}.",
        "correction": "Fout verbeterd in de uitgave over {wave:the}",
    },
    drafts={
        "wave": "meting {wave}",
        "demo": "verzonnen demonstratie {wave}",
        "made_up": "verzonnen",
        "no_findings": "VERZONNEN GEGEVENS, geen onderzoeksresultaten",
        "nobody": "niemand: verzonnen gegevens",
        "reworded": "verzonnen: andere vraag in de demonstratie",
        "group": "groep {number} (verzonnen)",
        "municipality": "gemeente",
        "one_municipality": "Gemeente {number}",
        "country": "het hele land",
    },
    references={"and": " en ", "others": " e.a.", "report": "rapport"},
    theme=Theme(
        words={
            "skip": "Naar de inhoud",
            "menu": "Inhoud",
            "chapters": "Hoofdstukken",
            "wave": "Meting",
            "search": "Zoeken",
            "search_label": "Zoek in deze publicatie",
            "search_button": "Zoek",
            "search_help": (
                "Hoofdletters, accenten en meervouden maken niet uit. U kunt ook op een getal of een jaar zoeken."
            ),
            "search_noscript": (
                "Zoeken werkt alleen met JavaScript. De rest van deze publicatie heeft geen JavaScript nodig: blader "
                "dan via de hoofdstukken bovenaan."
            ),
            "in_page": "Op deze pagina",
            "turn": "Vorige en volgende pagina",
            "previous": "Vorige",
            "next": "Volgende",
            "start": "Begin met lezen",
            "based_on": "naar {source}",
            "released": "verschenen op {date}",
            "changed": "laatst gewijzigd op {date}",
            "unreleased": "nog niet verschenen",
            "makers": "Makers",
            "commissioner": "Onderzoek in opdracht van",
            "publisher": "Uitgever",
            "contact": "Contact",
            "cite": "Citeer als",
            "cited": "{author} ({year}). {title}, meting {wave}.",
            "source": "Bron",
            "licence": "Licentie",
            "data": "Alle cijfers",
            "accountability": "Verantwoording",
            "languages": "Andere talen",
            "about": "Over deze publicatie",
            "address": "Deze pagina staat op",
            "embargoed": "Onder embargo.",
            "embargo": "Deze pagina’s mogen naar buiten op {day}, om {time} uur ({zone}). Deel ze niet eerder.",
            "draft": "Concept.",
            "made_up": "Verzonnen cijfers.",
            "made_up_text": (
                "Dit is een demonstratie. De nieuwste meting op deze pagina’s is door een computer bedacht en zegt "
                "niets over de werkelijkheid."
            ),
            "draft_text": "Deze tekst is nog niet vastgesteld. Cijfers en zinnen die niet kloppen zijn gemarkeerd.",
            "table": "Tabel",
            "missing": "Deze pagina is er niet",
            "missing_text": (
                "Misschien is het adres verkeerd getypt, of is de pagina verhuisd. Kies een hoofdstuk, zoek op een "
                "woord, of begin op de voorpagina."
            ),
            "missing_brief": "Deze pagina is er niet. Kies een hoofdstuk of zoek op een woord.",
            "frozen": "U leest de uitgave over de meting van {wave:the}.",
            "newest": "Naar de nieuwste uitgave",
            "editions": "Deze pagina per uitgave",
            "feed": "Wijzigingen",
            "accessibility": "Toegankelijkheid",
            "one_of_many": "U leest één van de uitgaven",
            "one_about": "en wel die over",
            "all_editions": "Naar alle uitgaven",
            "pick": "Alle uitgaven",
            "pick_text": "Van deze publicatie is er voor elke groep een eigen uitgave. Kies er een.",
            "pick_label": "Zoek een uitgave",
            "pick_found": "uitgaven gevonden",
            "pick_none": "Geen uitgave gevonden. Typ een deel van de naam.",
            "numbered_figure": "Figuur %s",
            "numbered_table": "Tabel %s",
            "numbered_code-block": "Programma %s",
            "numbered_section": "Paragraaf %s",
            "repository": "Broncode",
            "edit_page": "Deze pagina aanpassen",
            "issues": "Een fout melden",
            "formula": "Formule",
            "task_done": "gedaan",
            "task_open": "nog te doen",
        },
        phrases={
            "Show code cell source": "Toon de code",
            "Hide code cell source": "Verberg de code",
            "Show code cell content": "Toon de cel",
            "Hide code cell content": "Verberg de cel",
            "Show code cell output": "Toon de uitkomst",
            "Hide code cell output": "Verberg de uitkomst",
            "Show code cell outputs": "Toon de uitkomsten",
            "Hide code cell outputs": "Verberg de uitkomsten",
        },
        permalinks={
            "Link to this heading": "Link naar deze kop",
            "Link to this image": "Link naar deze figuur",
            "Link to this table": "Link naar deze tabel",
            "Link to this code": "Link naar deze code",
            "Link to this equation": "Link naar deze formule",
            "Link to this term": "Link naar dit begrip",
            "Link to this definition": "Link naar deze definitie",
            "Link to this toctree": "Link naar dit overzicht",
        },
        search={
            "percent": "procent",
            "found_one": "Eén pagina gevonden voor ‘{query}’.",
            "found_more": "{pages} pagina’s gevonden voor ‘{query}’.",
            "some": "Geen pagina heeft al uw woorden: hieronder staan de pagina’s met de meeste ervan.",
            "near": "‘{typed}’ staat niet in deze publicatie. U ziet waar ‘{near}’ staat.",
            "nothing": "‘{query}’ staat niet in deze publicatie.",
            "maybe": "Bedoelde u {near}?",
            "more_here": "Meer op deze pagina ({count})",
            "more_pages": "Meer pagina’s ({count})",
        },
    ),
)
