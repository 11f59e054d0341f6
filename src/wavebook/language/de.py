"""German: all words that readers of a German page see."""

from wavebook.language.lexicon import Notation, Patterns, Prose, Theme, Words

_COUNT = (
    r"(?:null|ein(?:e[mnrs]?|s)?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dreizehn|vierzehn|fünfzehn|"
    r"sechzehn|siebzehn|achtzehn|neunzehn|(?:\w+und)?(?:zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig)|"
    r"\w*hundert\w*|\w*tausend\w*|anderthalb|\w*einhalb)"
)
_PARTS = (
    "hälfte|halbe?[nrs]? drittel[ns]? viertel[ns]? fünftel[ns]? sechstel[ns]? siebtel[ns]? achtel[ns]? neuntel[ns]? "
    "zehntel[ns]?"
)
_PART = r"(?:drittel|viertel|fünftel|sechstel|siebtel|achtel|neuntel|zehntel)[ns]?"
_SCALES = "tausend|millionen|million|milliarden|milliarde"
_EACH = r"(?:zweite|dritte|vierte|fünfte|sechste|siebte|achte|neunte|zehnte)[mnrs]?"
_COUNTS = (
    "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn "
    "sechzehn siebzehn achtzehn neunzehn zwanzig einundzwanzig zweiundzwanzig dreiundzwanzig "
    "vierundzwanzig fünfundzwanzig sechsundzwanzig siebenundzwanzig achtundzwanzig neunundzwanzig dreißig "
    "einunddreißig zweiunddreißig dreiunddreißig vierunddreißig fünfunddreißig sechsunddreißig "
    "siebenunddreißig achtunddreißig neununddreißig vierzig einundvierzig zweiundvierzig dreiundvierzig "
    "vierundvierzig fünfundvierzig sechsundvierzig siebenundvierzig achtundvierzig neunundvierzig fünfzig "
    "einundfünfzig zweiundfünfzig dreiundfünfzig vierundfünfzig fünfundfünfzig sechsundfünfzig "
    "siebenundfünfzig achtundfünfzig neunundfünfzig sechzig einundsechzig zweiundsechzig dreiundsechzig "
    "vierundsechzig fünfundsechzig sechsundsechzig siebenundsechzig achtundsechzig neunundsechzig siebzig "
    "einundsiebzig zweiundsiebzig dreiundsiebzig vierundsiebzig fünfundsiebzig sechsundsiebzig "
    "siebenundsiebzig achtundsiebzig neunundsiebzig achtzig einundachtzig zweiundachtzig dreiundachtzig "
    "vierundachtzig fünfundachtzig sechsundachtzig siebenundachtzig achtundachtzig neunundachtzig neunzig "
    "einundneunzig zweiundneunzig dreiundneunzig vierundneunzig fünfundneunzig sechsundneunzig "
    "siebenundneunzig achtundneunzig neunundneunzig hundert"
)

WORDS = Words(
    name="Deutsch",
    locale="de_DE",
    bibtex="german",
    stemmer="de",
    notation=Notation(
        decimal=",",
        thousands=".",
        percent="{n}\u00a0%",
        currency="{sign}{n}\u00a0{symbol}",
        months=tuple("Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()),
        day="{day}. {month} {year}",
        pair="{0} und {1}",
    ),
    numbers=tuple("null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split()),
    plurals={"one": "i = 1 and v = 0"},
    units={
        "percent": ("Prozent", "Prozent"),
        "percentage_point": ("Prozentpunkt", "Prozentpunkte"),
        "point": ("Punkt", "Punkte"),
        "respondent": ("befragten Person", "befragten Personen"),
        "second": ("Sekunde", "Sekunden"),
        "minute": ("Minute", "Minuten"),
        "hour": ("Stunde", "Stunden"),
        "day": ("Tag", "Tage"),
        "week": ("Woche", "Wochen"),
        "month": ("Monat", "Monate"),
        "year": ("Jahr", "Jahre"),
        "clock": ("Stunden", "Stunden"),
        "million": ("Million", "Millionen"),
        "billion": ("Milliarde", "Milliarden"),
    },
    periods={
        "half_1": "1. Halbjahr {year}",
        "half_2": "2. Halbjahr {year}",
        "half_short": "H{number} {year}",
        "quarter_1": "1. Quartal {year}",
        "quarter_2": "2. Quartal {year}",
        "quarter_3": "3. Quartal {year}",
        "quarter_4": "4. Quartal {year}",
        "quarter_short": "Q{number} {year}",
        "week": "{number}. Kalenderwoche {year}",
        "week_short": "KW {number} {year}",
        "months_short": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
        "span": "{first} bis {last}",
        "halves": "1. 2.",
        "quarters": "1. 2. 3. 4.",
        "the_half": "dem {ordinal} Halbjahr {year}",
        "in_half": "im {ordinal} Halbjahr {year}",
        "the_quarter": "dem {ordinal} Quartal {year}",
        "in_quarter": "im {ordinal} Quartal {year}",
        "the_week": "der {number}. Kalenderwoche {year}",
        "in_week": "in der {number}. Kalenderwoche {year}",
        "the_span": "dem Zeitraum {first} bis {last}",
        "in_span": "im Zeitraum {first} bis {last}",
        "in_year": "{year}",
        "in_month": "im {month}",
        "the_day": "dem {day}",
        "in_day": "am {day}",
        "in_label": "in {label}",
    },
    trends=(
        ("stieg", "sank", "änderte sich kaum", "änderte sich nicht nachweisbar"),
        ("stiegen", "sanken", "änderten sich kaum", "änderten sich nicht nachweisbar"),
        ("steigt", "sinkt", "ändert sich kaum", "ändert sich nicht nachweisbar"),
        ("steigen", "sinken", "ändern sich kaum", "ändern sich nicht nachweisbar"),
        # at the end of a subordinate clause, where the verb comes last: weil die Note anstieg
        ("anstieg", "zurückging", "sich kaum änderte", "sich nicht nachweisbar änderte"),
        ("anstiegen", "zurückgingen", "sich kaum änderten", "sich nicht nachweisbar änderten"),
        ("ansteigt", "zurückgeht", "sich kaum ändert", "sich nicht nachweisbar ändert"),
        ("ansteigen", "zurückgehen", "sich kaum ändern", "sich nicht nachweisbar ändern"),
        # after ist or sind
        ("gestiegen", "gesunken", "nahezu gleich geblieben", "nicht nachweisbar gestiegen oder gesunken"),
        # with its article: as the subject, and as the object
        ("ein Anstieg", "ein Rückgang", "kaum eine Veränderung", "keine nachweisbare Veränderung"),
        ("einen Anstieg", "einen Rückgang", "kaum eine Veränderung", "keine nachweisbare Veränderung"),
        ("höher", "niedriger", "etwa gleich hoch", "nicht nachweisbar höher oder niedriger"),
        ("höher als", "niedriger als", "etwa so hoch wie", "nicht nachweisbar höher oder niedriger als"),
        ("größer", "kleiner", "etwa gleich groß", "nicht nachweisbar größer oder kleiner"),
        ("größer als", "kleiner als", "etwa so groß wie", "nicht nachweisbar größer oder kleiner als"),
        ("mehr", "weniger", "etwa gleich viele", "nicht nachweisbar mehr oder weniger"),
        ("mehr als", "weniger als", "etwa so viele wie", "nicht nachweisbar mehr oder weniger als"),
        ("häufiger", "seltener", "etwa gleich häufig", "nicht nachweisbar häufiger oder seltener"),
        ("häufiger als", "seltener als", "etwa so häufig wie", "nicht nachweisbar häufiger oder seltener als"),
        ("wuchs", "schrumpfte", "änderte sich kaum", "änderte sich nicht nachweisbar"),
    ),
    turns={
        "compared": (
            ("höher", "niedriger"),
            ("höhere", "niedrigere"),
            ("höheren", "niedrigeren"),
            ("höherer", "niedrigerer"),
            ("höheres", "niedrigeres"),
            ("größer", "kleiner"),
            ("größere", "kleinere"),
            ("größeren", "kleineren"),
            ("mehr", "weniger"),
            ("häufiger", "seltener"),
            ("besser", "schlechter"),
        ),
        "extreme": (
            ("am höchsten", "am niedrigsten"),
            ("höchste", "niedrigste"),
            ("größte", "kleinste"),
            ("am größten", "am kleinsten"),
            ("am häufigsten", "am seltensten"),
        ),
        "bound": (
            ("mehr als", "weniger als", "mindestens", "höchstens"),
            ("höher als", "niedriger als", "mindestens", "höchstens"),
            ("mehr als", "weniger als", "wenigstens", "höchstens"),
            ("etwas mehr als", "fast", "", ""),
            ("etwas mehr als", "knapp", "", ""),
        ),
        "half": (
            ("eine Mehrheit", "eine Minderheit", "mindestens die Hälfte", "höchstens die Hälfte"),
            ("die Mehrheit", "eine Minderheit", "mindestens die Hälfte", "höchstens die Hälfte"),
            ("gut die Hälfte", "weniger als die Hälfte", "mindestens die Hälfte", "höchstens die Hälfte"),
            ("gut die Hälfte", "fast die Hälfte", "", ""),
            ("gut die Hälfte", "knapp die Hälfte", "", ""),
        ),
        "than": (("als",),),
        "not": (
            tuple(
                "nicht kein keine keinen keinem keiner nie niemand nichts ohne kaum weder "
                "endete beendet gestoppt vorbei vorübergehend".split()
            ),
        ),
    },
    compared={
        "up": "{size} höher als {wave:in}",
        "down": "{size} niedriger als {wave:in}",
        "higher": "höher als {wave:in}",
        "lower": "niedriger als {wave:in}",
        "same": "etwa so hoch wie {wave:in}",
        "alike": "gerundet so hoch wie {wave:in}",
        "unsure": "nicht nachweisbar höher oder niedriger als {wave:in}",
        "unknown": "nicht mit {wave:the} vergleichbar, weil dieser Wert nicht bekannt ist",
        "barred": "wegen eines Bruchs in der Zeitreihe nicht mit {wave:the} vergleichbar",
    },
    marks={"provisional": "[v]", "revised": "[r]", "perturbed": "[~]", "perturbed_revised": "[r~]"},
    charts={
        "lines": "Liniendiagramm",
        "post": "Striche an einem Türpfosten",
        "bars": "Balkendiagramm",
        "part": "Balken von 100 Prozent, teilweise gefüllt",
        "tally": "Punktdiagramm mit einem Punkt je Einheit",
        "change": "Hanteldiagramm, {first} bis {last}",
        "heat": "Tabelle, in der die Farbe mit dem Wert zunimmt",
        "map": "Karte, in der die Farbe mit dem Wert zunimmt",
        "multiples": "{n} Diagramme derselben Form",
        "pyramid": "Pyramide mit {left} links und {right} rechts",
        "widest": "Größter Unterschied: {name}, mit {left} ({a}) gegenüber {right} ({b})",
        "higher_in": "{name} hat in {n} von {of} Zeilen den höheren Wert",
        "no_figure": "keine Angabe",
        "ranked_down": "Von hoch nach niedrig",
        "ranked_up": "Von niedrig nach hoch",
        "ranked": "Alle Werte",
        "between": "… {n} dazwischen",
        "most_in_class": "Bei {n} von {of} liegt der Wert so: {values}",
        "rises_north": "Nach Norden hin sind die Werte im Allgemeinen höher",
        "rises_south": "Nach Süden hin sind die Werte im Allgemeinen höher",
        "rises_east": "Nach Osten hin sind die Werte im Allgemeinen höher",
        "rises_west": "Nach Westen hin sind die Werte im Allgemeinen höher",
        "no_figures": "Keine Angabe ({n}): {named}",
        "interval_in_table": "Die Tabelle nennt das 95-%-Konfidenzintervall.",
        "one_class": "alle Werte",
        "class_below": "unter {high}",
        "class_between": "{low} bis unter {high}",
        "class_above": "ab {low}",
        "hidden": "verborgen: zu wenige Befragte",
        "withheld": "verborgen",
        "highest": "Am höchsten",
        "lowest": "Am niedrigsten",
        "with_value": "{what}: {name}, {value}",
        "leads_columns": "{name} hat in {n} von {of} Spalten den höchsten Wert",
        "leads_rows": "{name} hat in {n} von {of} Zeilen den höchsten Wert",
        "hidden_cells": "Verborgen, weil zu wenige geantwortet haben ({n}): {named}",
        "unknown_cells": "Nicht bekannt ({n}): {named}",
        "noted": "Zwischen {start:the} und {end:the}: {reason}.",
        "full": "Nicht vergleichbar über {start}–{end} hinweg: {reason}.",
        "interval": "Die Striche zeigen das 95-%-Konfidenzintervall.",
        "ci": "95-%-Intervall {low} bis {high}",
        "unchecked": "Dieses Bild wurde mit einem anderen Programm gezeichnet. "
        "Was es zeigt, wurde nicht geprüft; die Zahlen in der Tabelle wurden es.",
        "no_n": "Zahl der Befragten nicht bekannt.",
        "provisional": "vorläufige Zahl",
        "revised": "berichtigte Zahl",
        "perturbed": "Zahl mit Rauschen, zum Schutz der Befragten",
        "perturbed_revised": "berichtigte Zahl mit Rauschen, zum Schutz der Befragten",
        "unknown": "nicht bekannt",
        "per_wave": "{n} je Erhebung",
        "span": "{low} bis {high}",
        "of": "{value} von {of}",
        "lower": "mindestens {value}",
        "upper": "höchstens {value}",
        "in": "{value} ({wave})",
        "from_to": "von {first} auf {last}",
        "peak": "höchster Wert {value}",
        "trough": "niedrigster Wert {value}",
        "largest_step": "größter Schritt {size} ({start} bis {end})",
        "series_range": "{n} Reihen ({wave}): von {low} bis {high}",
        "rose_most": "Stärkster Anstieg, {start} bis {end}: {name}, {size}",
        "fell_most": "Stärkster Rückgang, {start} bis {end}: {name}, {size}",
        "gap": "Die gepunktete Linie überbrückt Erhebungen, deren Wert nicht bekannt ist: {waves}",
        "state": "Stand: {date}.",
        "year": "Jahr",
        "topic": "Thema",
        "value": "Wert",
        "all": "insgesamt",
        "difference": "Differenz",
        "since": "Differenz gegenüber {wave:the}: {size}",
        "absent": "Hierfür liegen keine Zahlen vor: {about}.",
        "source": "Quelle",
        "stacked": "Gestapelte Balken von 100 Prozent",
        "stacked_around": "Gestapelte Balken um die Mitte der Skala",
        "dots": "Punktdiagramm mit einer Zeile je Thema",
        "slope": "Steigungsdiagramm, {first} bis {last}",
        "beside": "Balkendiagramm, nebeneinander: {names}",
        "left_out": "nicht ausgewiesen",
        "extremes": "am niedrigsten: {lowest} ({low}), am höchsten: {highest} ({high}), Differenz: {span}",
        "most_up": "größter Anstieg: {what}, {change}",
        "most_down": "größter Rückgang: {what}, {change}",
        "changes": "{up} höher, {down} niedriger, {same} gleich",
        "in_table": "Die Tabelle enthält alle Werte",
    },
    axes={
        "grade": "Note ({low}–{high})",
        "percent": "Anteil in Prozent",
        "percentage_point": "Prozentpunkte",
        "count": "Anzahl",
        "score": "Punktwert ({low}–{high})",
        "balance": "Saldo",
        "index": "Index",
        "amount": "Betrag",
        "clock": "Stunden:Minuten",
        "thousands": "{unit}, in Tausend",
        "millions": "{unit}, in Millionen",
        "window": "{unit}, Achse von {low} bis {high}",
        "break": "Bruch in der Zeitreihe",
        "break_short": "Bruch",
        "unknown": "nicht bekannt",
        "noted_reason": "Bruch: {reason}",
        "full_reason": "nicht vergleichbar: {reason}",
    },
    claims={
        "rises": ("{what}: {last:in} höher als {first:in}", "{what}: {last:in} nicht höher als {first:in}"),
        "falls": ("{what}: {last:in} niedriger als {first:in}", "{what}: {last:in} nicht niedriger als {first:in}"),
        "stable": (
            "{what}: zwischen {first:the} und {last:the} höchstens {margin} Unterschied",
            "{what}: zwischen {first:the} und {last:the} mehr als {margin} Unterschied",
        ),
        "always_rises": (
            "{what}: bei jeder Erhebung höher als bei der vorigen",
            "{what}: nicht bei jeder Erhebung höher als bei der vorigen",
        ),
        "always_falls": (
            "{what}: bei jeder Erhebung niedriger als bei der vorigen",
            "{what}: nicht bei jeder Erhebung niedriger als bei der vorigen",
        ),
        "linear": (
            "{what}: jede Erhebung liegt höchstens {margin} neben ein und derselben Geraden",
            "{what}: bei jeder Geraden liegt mindestens eine Erhebung mehr als {margin} daneben",
        ),
        "straight": (
            "{what}: eine einzige Gerade passt zu allen Erhebungen",
            "{what}: keine Gerade passt zu allen Erhebungen",
        ),
        "peaks": (
            "{what}: {wave:in} höher als bei jeder anderen Erhebung",
            "{what}: bei mindestens einer anderen Erhebung so hoch wie {wave:in} oder höher",
        ),
        "bottoms": (
            "{what}: {wave:in} niedriger als bei jeder anderen Erhebung",
            "{what}: bei mindestens einer anderen Erhebung so niedrig wie {wave:in} oder niedriger",
        ),
        "more": ("{one}: höher als {times}{two}", "{one}: nicht höher als {times}{two}"),
        "ranked": ("in absteigender Reihenfolge: {keys}", "nicht in absteigender Reihenfolge: {keys}"),
        "always_more": (
            "{one}: bei jeder Erhebung höher als {two}",
            "{one}: bei mindestens einer Erhebung nicht höher als {two}",
        ),
        "largest": ("{what}: höher als {among}", "{what}: nicht höher als {among}"),
        "smallest": ("{what}: niedriger als {among}", "{what}: nicht niedriger als {among}"),
        "above": ("{what}: höher als {limit}", "{what}: nicht höher als {limit}"),
        "below": ("{what}: niedriger als {limit}", "{what}: nicht niedriger als {limit}"),
        "at_least": ("{what}: mindestens {limit}", "{what}: weniger als {limit}"),
        "at_most": ("{what}: höchstens {limit}", "{what}: mehr als {limit}"),
        "about": (
            "{what}: höchstens {margin} entfernt von {limit}",
            "{what}: mehr als {margin} entfernt von {limit}",
        ),
        "widens": (
            "Unterschied zwischen {one} und {two}: {last:in} {by}größer als {first:in}",
            "Unterschied zwischen {one} und {two}: {last:in} nicht {by}größer als {first:in}",
        ),
        "narrows": (
            "Unterschied zwischen {one} und {two}: {last:in} {by}kleiner als {first:in}",
            "Unterschied zwischen {one} und {two}: {last:in} nicht {by}kleiner als {first:in}",
        ),
        "gains_on": (
            "{one}: zwischen {first:the} und {last:the} stärker gestiegen als {two} oder weniger gesunken",
            "{one}: zwischen {first:the} und {last:the} nicht stärker gestiegen als {two} und nicht weniger gesunken",
        ),
        "in_each": ("in jedem Teil ({breakdown}): {inner}", "nicht in jedem Teil ({breakdown}): {inner}"),
        "unknown": ("die Quellen nennen keinen Wert für {what}", "die Quellen nennen einen Wert für {what}"),
        "undecided": (
            "wegen der Rundung bleibt offen, ob dies zutrifft: {inner}",
            "trotz der Rundung bleibt nicht offen, ob dies zutrifft: {inner}",
        ),
        "uncertain": (
            "wegen des Zufalls ist nicht sicher, ob dies zutrifft: {inner}",
            "trotz des Zufalls ist sicher, ob dies zutrifft: {inner}",
        ),
        "and": ("{one}; und {two}", "nicht beides: {one}; und {two}"),
        "or": ("{one}; oder {two}", "keines von beiden: {one}; oder {two}"),
        "known": ("{inner} (soweit bekannt)", "{denied} (soweit bekannt)"),
        "dated": ("{what} {wave:in}", ""),
        "others": ("die anderen Antworten", ""),
        "other_parts": ("die anderen Gruppen", ""),
        "by": ("um mehr als {by} ", ""),
        "times": ("das {times}-Fache von ", ""),
        "apart": ("Unterschied {size}", ""),
        "gap": ("der Unterschied änderte sich um {size}", ""),
        "limit": ("{size} von der Grenze entfernt", ""),
        "aim": ("{size} daneben", ""),
        "closest": ("am knappsten: {inner}", ""),
        "rounding": ("Rundung macht höchstens {size} aus", ""),
        "by_chance": ("der Zufall erklärt höchstens {size}", ""),
    },
    prose=Prose(
        abbreviations=frozenset(
            "abb abs abschn abt allg anm apr art aufl aug bd bearb bes bspw bzgl bzw ca dez dgl dipl dr ebd "
            "einschl engl etc evtl exkl fa feb fn ggf hg hrsg ing inkl insb insbes jan jg jh jhd kap lfd max mind "
            "mio mrd nov nr okt prof rd red resp sept sog st std str stv tab teilw tel usw verf vgl vorl vs zit "
            "zzgl".split()
        ),
        quotes=(("„", "“"), ("‚", "‘"), ("»", "«"), ("«", "»")),
        nouns_are_capital=True,
        ordinals=True,
    ),
    patterns=Patterns(
        number=(
            rf"\b(?:{_COUNT} (?:komma {_COUNT} )?(?:prozent(?:punkte?n?)?|promille|vom hundert)|"
            rf"{_COUNT} komma {_COUNT}|"
            rf"(?P<ratio>{_COUNT} von {_COUNT})|jede[mnrs]? {_EACH}|{_COUNT}(?: |-){_PART}|"
            rf"(?:zwei|drei|vier){_PART}|"
            r"(?:d(?:ie|er)|zur|einer?)(?! (?:erste|zweite)) (?:\w+e )?hälfte|"
            rf"d(?:as|em|es) {_PART}|(?:halb|doppelt|{_COUNT} ?mal|\w+mal) so|"
            rf"{_COUNT} (?:{_SCALES})|eine halbe million|\w{{4,}}tausend|faktor {_COUNT}|"
            rf"(?:{_COUNT}|(?:einen )?halben) punkte? (?:höher|niedriger|mehr|weniger)|"
            rf"(?:{_COUNT} ?mal|\w+mal) (?:öfter|häufiger|mehr|höher|größer|weniger)|"
            r"eine (?:knappe|gute|glatte) (?:vier|fünf|sechs|sieben|acht|neun|zehn)|"
            rf"note (?:von )?(?:vier|fünf|sechs|sieben|acht|neun|zehn))\b"
        ),
        parts=_PARTS,
        counts=_COUNTS,
        multiples=(
            r"verdoppel\w*|halbier\w*|(?:das|ums)\sdoppelte verdreifach\w*|(?:das|ums)\sdreifache "
            r"vervierfach\w*|(?:das|ums)\svierfache verfünffach\w* versechsfach\w* versiebenfach\w* verachtfach\w* "
            r"verneunfach\w* verzehnfach\w*"
        ),
        scales=_SCALES,
        known=r"\b(?:un)?bekannt(?:e[mnrs]?)?\b|\bkenn(?:en|t)\b",
        further=(
            r"\b(?:besser\w*|verbesser\w*|schlechter\w*|verschlechter\w*|wuchs\w*|wachs\w*|wächst|gewachsen\w*|schrumpf\w*|"
            r"geschrumpft\w*|(?:ver)?änder\w*|geändert\w*|fortschritt\w*|rückschritt\w*|signifikan\w*|nachweis\w*|"
            r"nachgewiesen\w*|bewiesen\w*|erwiesen\w*|wirklich|tatsächlich)\b"
        ),
        moved=r"\bvon\b.*\b(?:auf|zu)\b|\bum\b|\bauf\b|\bbis\b",
        path=r"\bvon\b[^.;]*\d[^.;]*\bauf\b[^.;]*\d",
        rose=(
            r"\b(?:(?:an)?stieg(?:en)?|(?:an)?steig(?:t|en)|(?:an)?gestiegen|anstieg|zuwachs|zunahme|"
            r"wuchs(?:en)?|wächst|wachsen|gewachsen|kletter\w*|geklettert|zugenommen|zunahm(?:en)?|zunimmt|"
            r"zunehmen|erhöh\w*|ver(?:doppel|dreifach|vierfach)\w*|erhol\w*|nach oben(?! (?:gerundet|korrigiert))|"
            r"(?:nahm|nahmen|nimmt|nehmen) (?:[\w-]+ ){0,4}zu|"
            r"(?:wurde|wurden|wird|werden) (?:\w+ )?(?:höher|größer|mehr))\b"
        ),
        fell=(
            r"\b(?:sank(?:en)?|sink(?:t|en)|gesunken|schrumpf\w*|geschrumpft|rückgang|abnahme|"
            r"fiel(?:en)?(?! (?:auf|aus|ein)\b)|stürzte\w*|rutscht\w*|abgerutscht|"
            r"nach unten(?! (?:gerundet|korrigiert))|"
            r"zurückg(?:ing|ingen|eht|ehen|egangen)|(?:ging|gingen|geht|gehen) (?:[\w-]+ ){0,4}zurück|"
            r"abgenommen|abnahm(?:en)?|abnimmt|abnehmen|(?:nahm|nahmen|nimmt|nehmen) (?:[\w-]+ ){0,4}ab|"
            r"verringer\w*|halbier\w*|(?:wurde|wurden|wird|werden) (?:\w+ )?(?:niedriger|kleiner|weniger))\b"
        ),
        same=(
            r"\b(?:bl(?:ieb|ieben|eibt|eiben) (?:[\w-]+ ){0,2}(?:gleich|stabil|konstant|unverändert|"
            r"(?:eben)?so (?:hoch|groß))|stagnier\w*|"
            r"(?:ist|sind) (?:[\w-]+ ){0,2}(?:gleich|stabil|konstant|unverändert)(?: geblieben)?)\b"
        ),
        wider=(
            r"\b(?:größer|wuchs(?:en)?|wächst|wachsen|gewachsen|auseinander\w*|vergrößer\w*|zugenommen|"
            r"(?:nahm|nahmen|nimmt|nehmen) (?:[\w-]+ ){0,4}zu)\b"
        ),
        closer=(
            r"\b(?:kleiner|schrumpf\w*|geschrumpft|näher|angenähert|verringer\w*|verkleiner\w*|abgenommen|"
            r"aufgeholt|(?:nahm|nahmen|nimmt|nehmen) (?:[\w-]+ ){0,4}ab|"
            r"(?:holt|holte|holten|holen) (?:[\w-]+ ){0,4}auf)\b"
        ),
        attributive=r"\b(?:der|die|das|de[mns]|eine?[mnrs]?|diese[mnrs]?) \w+(?:te|en|end)(?:[mnrs]|e[mnrs]?)(?= \w)",
        every_wave=(
            r"\b(?:jede[smn]? (?:jahr|quartal|halbjahr)|jede[rn]? (?:erhebung|runde|befragung)|"
            r"alle[nr]? (?:jahren?|erhebungen|runden|befragungen|quartalen?)|jahr für jahr|jahr um jahr|"
            r"in folge|hintereinander|ununterbrochen|unablässig|ohne unterbrechung|nie(?:mals)? zuvor|noch nie|"
            r"je(?:mals)? gemessen\w*|(?:höchst|niedrigst)\w* (?:\w+ )?(?:seit|jemals)|rekord\w*|"
            r"(?:höchst|tief)stand)\b"
        ),
        each=r"\b(?:jede[mnrs]?|alle[nr]?) (?:anderen? )?(?P<of>[\w’'-]++)(?! (?:zusammen|insgesamt)\b)",
        group=r"\w*gruppe",
        nearly_all=r"\b(?:fast|nahezu|beinahe|so gut wie) (?:jeder|alle (?:befragten|menschen|leute))\b",
        nearly_none=r"\b(?:(?:fast|nahezu|beinahe|so gut wie|kaum) (?:niemand|jemand|keiner)|eine handvoll)\b",
        follows=r"\b(?:gefolgt von|danach|dann|anschließend)\b",
        passing=(
            r"\b(?:jetzt|nun|heute|heutzutage|derzeit|aktuell|zurzeit|gegenwärtig|momentan|immer noch|"
            r"(?:dieses|voriges|vergangenes|letztes|nächstes|kommendes) Jahr|(?:der|die|das) (?:letzte|neu[e]?ste)|"
            r"noch immer|noch nicht|inzwischen|mittlerweile|kürzlich|neulich|"
            r"jüngst(?:e[nrs]?)?|bisher|bislang|bald|seitdem|demnächst)\b"
        ),
        screen=(
            r"\b(?:(?:an)?klick\w*|tipp(?:t|en)? (?:sie )?auf|drück(?:en sie|t) (?:auf )?(?:eine |"
            r"die |den )?(?:zahl|taste)|scroll(?:en sie|t) (?:nach|bis|zu))\b"
        ),
    ),
    tables={
        "unknown": "unbekannt",
        "no_n": "Die Zahl der Befragten hinter diesen Zahlen ist nicht bekannt.",
        "no_ci": "Die Fehlerspanne dieser Zahlen ist nicht bekannt.",
        "no_n_waves": "Für keine dieser Erhebungen ist bekannt, wie viele Menschen teilnahmen.",
        "everyone": "alle",
        "fails": "entspricht nicht den Zahlen",
        "open": "nicht prüfbar",
        "not certain": "nicht sicher: kann Zufall sein",
        "holds": "trifft zu",
        "source": "Quelle",
        "source_is": "Quelle:",
        "data": "Zahlen",
        "data_of": "Zahlen zu dieser Abbildung: {caption}",
        "between": "; ",
        "sources_more": "{first} und {others} weitere",
        "files": "Herunterladen",
        "share": "Teilen",
        "permalink": "Link zu dieser Abbildung",
        "explore": "Erkunden",
        "done": "Fertig",
        "hint": "Zeigen Sie auf eine Zahl, oder benutzen Sie die Pfeiltasten. Zurück: Escape.",
        "tap": "Tippen Sie auf eine Zahl, oder streichen Sie über das Diagramm.",
        "explored": "Diagramm zum Erkunden",
        "wave": "Erhebung",
        "what": "Was",
        "value": "Zahl",
        "n": "n",
        "ci": "95-%-Intervall",
        "base": "Befragt wurden",
        "date": "Datum",
        "bureau": "Institut",
        "client": "Auftraggeber",
        "of": "von",
        "at_least": "mehr als",
        "at_most": "weniger als",
        "sentence": "Satz",
        "page": "Seite",
        "verdict": "Ergebnis",
        "tested": "Was geprüft wurde",
        "figures": "Zahlen",
        "back": "Zurück zum Text",
        "scroll": "Tabelle, zum Lesen aller Spalten seitwärts schieben",
        "break": (
            "Vergleiche zwischen {start:the} oder früher und {end:the} oder später gehen über einen Bruch in der "
            "Zeitreihe hinweg: {reason}. Wer die Berichte herausgibt, behandelt die Zahlen als eine Reihe. "
            "Dieses Buch folgt dem, mit dieser Anmerkung."
        ),
        "chance": (
            "Für diese Zahlen ist keine Fehlerspanne bekannt; ein Unterschied kann Zufall sein. Die Sätze sagen "
            "deshalb, was die Zahlen tun, und nicht, was bei allen Menschen geschehen ist."
        ),
        "derived": "Die Fehlerspannen dieser Zahlen folgen aus den Angaben zu den Befragten: {samples}.",
        "sample_n": "{n} Befragte",
        "sample_n_effective": "so viel wert wie {n} zufällig ausgewählte Befragte",
        "sample_deviation": "Standardabweichung der Antworten {n}",
        "assumed": "Annahme: {why}",
        "exact": "keine Stichprobe",
        "measured": "Fehlerspanne gemessen",
        "declared": "Fehlerspanne abgeleitet",
        "figures only": "Fehlerspanne unbekannt",
        "not_known": "nicht bekannt: {what}",
        "holds_rounding": "trifft zu, auch mit Rundung; Fehlerspanne unbekannt",
        "holds_chance": "trifft zu, auch wenn der Zufall mitzählt ({basis})",
        "not_tested": "nicht geprüft: so sagt es die Quelle",
        "counted": "Geprüfte Sätze: {tested}. Sätze einer Quelle, die wir nicht prüfen: {reported}.",
        "proof": "geprüft",
        "test": "Prüfung",
        "all_series": "Alle Reihen",
        "all_rows": "alle Zahlen dieser Reihe",
        "pages_are": (
            "Dieses Buch hat {count} Zahlen. Das sind zu viele für eine Seite. Deshalb hat jede Reihe "
            "eine eigene Seite oder mehrere."
        ),
        "whole": "Alles in einer Datei",
        "find_series": "Eine Reihe oder Gruppe suchen",
        "found_pages": "Gefundene Seiten",
        "found_none": "Nichts gefunden. Geben Sie einen Teil des Namens ein.",
        "series": "Diese Reihe",
        "marks": "Zeichen neben einer Zahl: {marks}.",
        "cite": "Diese Abbildung zitieren:",
        "cited": "{author} ({year}). „{caption}“. In: {title}, Erhebung {wave}. {address}",
        "no_year": "o.\u00a0J.",
        "none": "keine",
        "before": "Bisher",
        "after": "Jetzt",
        "reason": "Grund",
        "unknown_because": "unbekannt ({reason})",
        "altered": "nicht wie veröffentlicht",
        "final": "endgültig",
        "question": "was gefragt wurde",
        "revisions": "Berichtigte Zahlen",
        "revisions_are": "Diese Zahlen wurden nach der Veröffentlichung neu berechnet.",
        "no_revisions": "Es wurden keine Zahlen neu berechnet.",
        "corrections": "Behobene Fehler",
        "corrections_are": "Diese Fehler standen in einer früheren Fassung und sind behoben.",
        "no_corrections": "Es wurden keine Fehler behoben.",
        "noise": (
            "Zum Schutz der Befragten enthalten die Zahlen der Erhebung {wave} ein Rauschen. Zu jeder Zahl und jeder "
            "Zahl von Befragten wurde etwas hinzugefügt oder davon abgezogen, wie der Zufall es ergab. So sagt eine "
            "Zahl wenig darüber, was eine einzelne Person geantwortet hat. Im Mittel ist das Rauschen null. Meist "
            "wiegt es nicht schwerer als die Antwort von {noise} {people} (eine Standardabweichung, gerechnet nach "
            "denen, die am stärksten zählen), und nie schwerer als die von {most}. Je kleiner die Gruppe, desto mehr "
            "macht es aus; die Intervalle berücksichtigen es. Deshalb ergeben Prozentwerte nicht genau hundert und "
            "Gruppen nicht genau das Ganze."
        ),
    },
    panels={
        "asked": "Befragt wurden",
        "wave": "Erhebung",
        "n": "Befragte",
        "interval": "95-%-Intervall",
        "unknown": "Zahl nicht bekannt",
        "needs": "nicht berechenbar: die Quelle nennt keine Fehlerspanne",
        "span": "{low} bis {high}",
        "derived": "aus der Zahl der Befragten abgeleitet",
        "status": "Status",
        "estimated": "aus den Antworten geschätzt",
        "provisional": "vorläufig",
        "revised": "berichtigt",
        "perturbed": "aus den Antworten geschätzt, mit Rauschen",
        "perturbed_revised": "berichtigt, mit Rauschen",
        "noise": "Rauschen",
        "added": (
            "zum Schutz der Befragten hinzugefügt oder abgezogen: meist nicht mehr als die Antwort von {noise} "
            "{people}, nie mehr als die von {most}; das Intervall berücksichtigt es"
        ),
        "source": "Quelle",
        "date": "Datum",
        "row": "Diese Zahl unter allen Zahlen ansehen",
        "fact_row": "Diese Angabe bei allen Zahlen ansehen",
        "glossary": "Alle Begriffe",
    },
    downloads={
        "figures": "Zahlen",
        "indicators": "Indikatoren",
        "segments": "Aufteilungen",
        "waves": "Erhebungen",
        "facts": "Tatsachen",
        "fact": "Tatsache",
        "fact_label": "Name der Tatsache",
        "date": "Datum",
        "value": "Wert",
        "of": "von",
        "bound": "Grenze",
        "sources": "Quellen",
        "label": "Name für Leser",
        "start": "erster Tag",
        "end": "letzter Tag",
        "name": "Name",
        "definition": "was gemessen wurde",
        "unit": "Einheit",
        "base": "Befragt wurden",
        "bureau": "Institut",
        "client": "Auftraggeber",
        "noise": "Rauschen (Standardabweichung, in Befragten)",
        "title": "Titel",
        "author": "Autor",
        "year": "Jahr",
    },
    travel={
        "own_page": "Dieses Diagramm auf einer eigenen Seite, auch für andere Websites",
        "chart": "Diagramm",
        "what": "Was gemessen wurde",
        "whom": "Befragt wurden",
        "when": "Wann",
        "breaks": "Bruch in der Reihe",
        "notes": "Anmerkung",
        "released": "Erschienen am",
        "publication": "Veröffentlichung",
        "address": "Adresse",
        "citation": "So zitieren Sie dieses Diagramm",
        "story": "Im Text: {title}",
        "table": "Die Zahlen",
        "about": "Über diese Zahlen",
        "files": "Herunterladen",
        "embed": "Auf einer anderen Website zeigen",
        "embed_how": (
            "Kopieren Sie diesen Code in das HTML Ihrer Seite. Das Diagramm passt sich der Breite an und "
            "lädt keine Skripte."
        ),
        "code": "Code zum Kopieren",
        "xlsx": "Excel, mit Erläuterungen",
        "csv": "CSV, für Programme",
        "svg": "SVG, eine Zeichnung, die scharf bleibt",
        "png": "PNG, ein Bild",
        "sheet": "Zahlen",
        "sheet_about": "Erläuterungen",
        "wave": "Erhebung",
        "indicator": "Thema",
        "population": "Wer",
        "segment_by": "Aufteilung",
        "segment": "Gruppe",
        "category": "Antwort",
        "value": "Wert",
        "unit": "Einheit",
        "n": "Zahl der Befragten",
        "n_effective": "Effektive Zahl",
        "se": "Standardfehler",
        "ci_low": "Untergrenze (95 %)",
        "ci_high": "Obergrenze (95 %)",
        "status": "Status",
        "source": "Quelle",
        "locator": "Stelle in der Quelle",
        "fact": "Tatsache",
        "date": "Datum",
        "of": "Von",
        "bound": "Grenze",
        "published": "veröffentlicht",
        "lower": "mindestens",
        "upper": "höchstens",
    },
    banners={
        "sheet_read_me": "Bitte lesen",
        "sheet_contents": "Inhalt",
        "sheet_method": "Methode",
        "title": "Tabellen nach Gruppen",
        "workbook": "Excel-Arbeitsmappe",
        "back": "← Inhalt",
        "to_method": "→ Methode",
        "everyone": "alle",
        "total": "Insgesamt",
        "population": "Wer",
        "book": "Veröffentlichung",
        "publisher_author": "Von",
        "survey": "Erhebung",
        "period": "Zeitraum",
        "asked_of": "Befragt wurden",
        "since": "Verglichen mit",
        "sources": "Quellen",
        "licence": "Lizenz",
        "address": "Adresse",
        "tables": "Tabellen",
        "tables_are": (
            "{tables} Tabellen, jede auf einem eigenen Blatt. Die erste Spalte mit Zahlen zeigt alle zusammen; "
            "daneben stehen die Gruppen jeder Aufteilung. Das Blatt Inhalt führt zu jeder Tabelle."
        ),
        "pages_are": (
            "{tables} Tabellen, jede auf einer eigenen Seite, mit allen zusammen und den Gruppen jeder Aufteilung."
        ),
        "number": "Nr.",
        "subject": "Thema",
        "question": "Was gemessen wurde",
        "unit": "Einheit",
        "answer": "Antwort",
        "what": "Zahl",
        "n": "Befragte (ungewichtet)",
        "n_effective": "Effektive Zahl",
        "higher": "Höher als",
        "low": "95\u00a0% von",
        "high": "95\u00a0% bis",
        "change": "Unterschied zu {wave:the} ({unit})",
        "moved": "Nachgewiesene Veränderung",
        "signs": "Zeichen",
        "hidden": "verborgen, weil zu wenige Menschen dahinterstehen oder eine andere Zahl daraus folgen würde",
        "absent": "nicht bekannt, oder in dieser Gruppe nicht gefragt",
        "letter": (
            "Die Zahl ist höher als die der Spalte A, B, … derselben Aufteilung: mehr, als der Zufall erklärt, mit "
            "95\u00a0% Sicherheit."
        ),
        "small": "Dasselbe, mit 90\u00a0%, aber nicht mit 95\u00a0% Sicherheit.",
        "few": "Weniger als {least} Befragte: keine Buchstaben für diese Spalte.",
        "up": "Höher als {wave:in}, mehr, als der Zufall erklärt, mit 95\u00a0% Sicherheit.",
        "down": "Niedriger als {wave:in}, mehr, als der Zufall erklärt, mit 95\u00a0% Sicherheit.",
        "lowest": "Die Zahl der Befragten ist je nach Antwort verschieden; gezeigt wird die kleinste.",
        "derived": (
            "Die Fehler einiger Zahlen wurden nicht gemessen: Sie folgen aus der Zahl der Befragten, als wären "
            "diese zufällig gezogen."
        ),
        "no_errors": "Die Fehler dieser Zahlen sind nicht bekannt; daher gibt es weder Fehlerspannen noch Buchstaben.",
        "none_shown": "Zwischen Gruppen sind keine Unterschiede nachgewiesen.",
        "several": "Mehrere Antworten waren möglich; die Prozentwerte können zusammen mehr als 100 ergeben.",
        "compared": "Was womit verglichen wird",
        "compared_are": (
            "Je zwei Gruppen einer Aufteilung, für jede Antwort. Gruppen verschiedener Aufteilungen werden nicht "
            "verglichen, weil Menschen zu beiden gehören. Die Spalte Insgesamt wird mit keiner Gruppe verglichen, "
            "weil sie diese enthält. Eine Aufteilung mit mehr als {most} Gruppen hat keine Buchstaben."
        ),
        "test": "Der Test",
        "test_is": (
            "Der Unterschied zweier Zahlen neben seinem Standardfehler: √(a² + b² − 2·r·a·b), wobei a und b die "
            "Standardfehler der beiden Zahlen sind und r die Korrelation der beiden Schätzungen. Gemessene Fehler "
            "folgen aus dem Stichprobenplan: Schichten, Klumpen und Gewichte. Mittelwerte werden mit Students t "
            "und den Freiheitsgraden des Plans beurteilt, Prozentwerte mit ihren exakten Grenzen (Clopper und "
            "Pearson 1934; für Stichprobenpläne Korn und Graubard 1998), die Zou und Donner (2008) zu denen eines "
            "Unterschieds verbinden. Der Test ist zweiseitig und derselbe wie der der Aussagen in der "
            "Veröffentlichung."
        ),
        "correlation": "Korrelationen",
        "correlation_worst": (
            "Wo die Korrelation zweier Gruppen gemessen wurde, zählt sie. Wo nicht, gilt die ungünstigste. Daher "
            "gibt es weniger Buchstaben, als wenn die Gruppen als unabhängig gälten, und keine zu viel."
        ),
        "correlation_independent": (
            "Wo die Korrelation zweier Gruppen gemessen wurde, zählt sie. Wo nicht, gelten die Gruppen als "
            "unabhängig; so hat es gewählt, wer diese Tabellen erstellt hat. Das stimmt nur, wenn niemand zu zwei "
            "Gruppen gehört und auch kein Klumpen der Stichprobe."
        ),
        "several_tests": "Viele Vergleiche",
        "holm": (
            "Die Vergleiche einer Zeile innerhalb einer Aufteilung werden zusammen beurteilt, nach dem Verfahren "
            "von Holm (1979). Wenn sich nichts unterscheidet, ist die Wahrscheinlichkeit irgendeines Buchstabens "
            "in diesem Teil einer Zeile höchstens 5\u00a0%. Es gibt viele Zeilen: Ein einzelner Buchstabe ist noch "
            "kein Befund."
        ),
        "none": (
            "Jeder Vergleich wird für sich beurteilt. Auch wenn sich nichts unterscheidet, erhält etwa eines von "
            "zwanzig Paaren einen Buchstaben. Ein einzelner Buchstabe ist noch kein Befund."
        ),
        "no_letters": "Wo kein Buchstabe steht",
        "no_letters_are": (
            "Eine Zahl ohne bekannten Fehler, von weniger als {least} Befragten oder von einer unbekannten Zahl "
            "wird nicht verglichen, eine verborgene auch nicht. Könnte die Rundung zu einem anderen Schluss "
            "führen, so steht kein Buchstabe. Kein Buchstabe bedeutet nicht, dass zwei Gruppen gleich sind."
        ),
        "margins": "Fehlerspannen",
        "margins_are": (
            "„95\u00a0% von“ und „95\u00a0% bis“ sind die Enden des 95-%-Konfidenzintervalls, wie veröffentlicht. "
            "Sie sind leer, wo der Fehler nicht bekannt ist."
        ),
        "bases": "Fallzahlen",
        "bases_are": (
            "Die Zahl der Befragten ist ungewichtet. Die effektive Zahl ist die einer einfachen Zufallsstichprobe, "
            "die ebenso genau wäre; bei mehreren Antworten wird die kleinste gezeigt. Die gewichtete Zahl der "
            "Befragten wird nicht veröffentlicht."
        ),
        "protection": "Verborgene Zahlen",
        "protection_is": (
            "Diese Tabellen enthalten, was die veröffentlichte Tabelle der Zahlen enthält, und sonst nichts. Was "
            "dort verborgen ist, ist hier verborgen, und keine Zahl wurde aus einer verborgenen gebildet."
        ),
        "rounding": "Rundung",
        "rounding_is": (
            "Die Zellen enthalten die veröffentlichte Zahl; gezeigt wird sie gerundet. Unterschiede sind die der "
            "veröffentlichten Zahlen."
        ),
        "moves": "Veränderungen",
        "moves_are": (
            "Veränderungen gegenüber {wave:the} werden einzeln geprüft, mit 95\u00a0% Sicherheit. Zwei Erhebungen "
            "gelten als unabhängig, außer wenn die Korrelation ihrer Schätzungen gemessen wurde. Über einen vollen "
            "Bruch in einer Reihe hinweg wird nichts verglichen."
        ),
    },
    methods={
        "bureau": "Durchgeführt von",
        "client": "Auftraggeber",
        "population": "Wer teilnehmen konnte",
        "mode": "Art der Befragung",
        "panel": "Panel",
        "fieldwork": "Feldzeit",
        "fieldwork_start": "Feldzeit, erster Tag",
        "fieldwork_end": "Feldzeit, letzter Tag",
        "drawn": "Eingeladen",
        "screened": "Kurzer Fragebogen vorab",
        "responded": "Teilgenommen",
        "response": "Rücklaufquote",
        "weighting": "Gewichtung",
        "questionnaire": "Fragebogen",
        "report": "Bericht",
        "remark": "Anmerkungen",
        "breaks": "Bruch in der Reihe",
        "same": "Kein Bruch in der Reihe",
        "described": "Beschrieben in",
        "people": "{n} Personen",
        "dates": "{first} bis {last}",
        "download": "Fragebogen herunterladen",
        "changed": "zwischen {start:the} und {end:the}: {reason}",
        "all_unknown": "Von diesen Erhebungen ist uns nicht bekannt: {what}.",
        "some_unknown": "Von {waves} ist uns nicht bekannt: {what}.",
        "unknown_population": "wer genau teilnehmen konnte",
        "unknown_mode": "wie gefragt wurde",
        "unknown_fieldwork": "an welchen Tagen gefragt wurde",
        "unknown_drawn": "wie viele Personen eingeladen wurden",
        "unknown_responded": "wie viele Personen teilnahmen",
        "unknown_weighting": "wie gewichtet wurde",
        "unknown_questionnaire": "wie die Fragen genau lauteten",
        "commissioned": "Auftraggeber: {client}",
        "earlier": "frühere Erhebungen: {bureaus}",
    },
    paper={
        "opening": "Einleitung",
        "contents": "Inhalt",
        "notes": "Anmerkungen",
        "note": "Anmerkung {n}",
        "notes_are": (
            "Die kleine Ziffer hinter einer Zahl verweist hierher. Zu jeder Zahl steht, was gefragt wurde, "
            "wer befragt wurde, in welcher Erhebung und wo die Zahl zu finden ist. Fehlen die Zahl der "
            "Befragten oder die Fehlerspanne, so sind sie uns nicht bekannt."
        ),
        "terms": "Begriffe",
        "sources": "Quellen der Anmerkungen",
        "terms_are": (
            "Ein hier erklärtes Wort ist dort gestrichelt unterstrichen, wo der Text es zum ersten Mal verwendet."
        ),
        "online": "Alle Zahlen und die Prüfungen der Sätze stehen unter",
        "at_page": "(S.\u00a0{page})",
        "to_page": "Zu Seite {page}",
    },
    accessibility={
        "tested": "Was ein Computer geprüft hat",
        "by": (
            "Am {date} wurden alle {pages} Seiten dieses Buches geprüft, von der Festplatte und ohne Netz, in Chromium "
            "{chromium} und mit axe-core {axe}. Unten steht, worauf geachtet wurde und auf wie vielen Seiten es stimmt."
        ),
        "untested": "Die Seiten dieses Buches wurden noch nicht geprüft.",
        "stale": "Danach hat sich etwas geändert: {changed}. Dafür gelten die Ergebnisse nicht.",
        "pages": "die Liste der Seiten",
        "checks": "die Liste der Prüfungen",
        "look": "die Gestaltung",
        "what": "Worauf geachtet wurde",
        "criteria": "WCAG",
        "seen": "Wie oft geprüft",
        "passed": "In Ordnung",
        "of": "{passed} von {all}",
        "deviations": "Bekannte Abweichungen",
        "deviations_are": "Zu jeder Abweichung stehen dieselben vier Punkte wie in der niederländischen Erklärung zur "
        "Barrierefreiheit.",
        "no_deviations": "Es sind keine Abweichungen bekannt.",
        "criterion": "Erfolgskriterium {criterion}",
        "cause": "Ursache",
        "effect": "Folge",
        "alternative": "Alternative",
        "measure": "Maßnahme",
    },
    checks={
        "axe": "Die Regeln von axe-core für WCAG, in hellen und dunklen Farben.",
        "contrast": "Text hebt sich genügend von seinem Hintergrund ab.",
        "keyboard": (
            "Die Tabulatortaste erreicht alles, in der Reihenfolge der Seite, und auch zurück. Das Menü lässt sich "
            "überspringen."
        ),
        "focus": "Ein Rahmen zeigt, wo Sie mit der Tabulatortaste sind, und nichts verdeckt ihn.",
        "charts": (
            "Jedes Diagramm hat einen Namen, eine Beschreibung und eine Tabelle. Linien und Flächen heben sich "
            "genügend ab, auch in Grau. Sie unterscheiden sich nicht nur in der Farbe."
        ),
        "reflow": "Auf einem schmalen Bildschirm passt alles, und die Seite lässt sich nicht seitwärts schieben.",
        "text-size": "Mit doppelt so großen Buchstaben wird nichts abgeschnitten oder überdeckt.",
        "text-spacing": (
            "Mit mehr Abstand zwischen Buchstaben, Wörtern und Zeilen wird nichts abgeschnitten oder überdeckt."
        ),
        "forced-colours": (
            "Mit den Farben, die Ihr Computer vorgibt, bleiben Schaltflächen, Links und Diagramme sichtbar."
        ),
        "reduced-motion": "Wer keine Bewegung möchte, bekommt keine.",
        "language": "Was in einer anderen Sprache steht, ist als diese Sprache gekennzeichnet.",
        "offline": "Die Seite funktioniert ohne Netz und fordert nichts von anderswo an.",
        "no-script": "Ohne JavaScript ist noch alles da.",
    },
    news={
        "edition": "Ausgabe zur Erhebung {wave}",
        "revision": "Zahl in der Ausgabe zur Erhebung {wave} berichtigt",
        "revised": "{figure}: bisher {before}, jetzt {after}.",
        "correction": "Fehler in der Ausgabe zur Erhebung {wave} behoben",
    },
    drafts={
        "wave": "Erhebung {wave}",
        "demo": "erfundene Demonstration {wave}",
        "made_up": "erfunden",
        "no_findings": "ERFUNDENE DATEN, keine Ergebnisse",
        "nobody": "niemand: erfundene Daten",
        "reworded": "erfunden: andere Frage in der Demonstration",
        "group": "Gruppe {number} (erfunden)",
        "municipality": "Gemeinde",
        "one_municipality": "Gemeinde {number}",
        "country": "das ganze Land",
    },
    references={"and": " und ", "others": " u.\u00a0a.", "report": "Bericht"},
    theme=Theme(
        words={
            "skip": "Zum Inhalt springen",
            "menu": "Inhalt",
            "chapters": "Kapitel",
            "wave": "Erhebung",
            "search": "Suche",
            "search_label": "In dieser Veröffentlichung suchen",
            "search_button": "Suchen",
            "search_help": (
                "Großschreibung, Akzente und Mehrzahl spielen keine Rolle. Sie können auch nach einer "
                "Zahl oder einem Jahr suchen."
            ),
            "search_noscript": (
                "Die Suche braucht JavaScript. Alles andere in dieser Veröffentlichung braucht es nicht: Blättern Sie "
                "über die Kapitel oben auf der Seite."
            ),
            "in_page": "Auf dieser Seite",
            "turn": "Vorige und nächste Seite",
            "previous": "Zurück",
            "next": "Weiter",
            "start": "Lesen beginnen",
            "numbered_figure": "Abbildung %s",
            "numbered_table": "Tabelle %s",
            "numbered_code-block": "Code %s",
            "numbered_section": "Abschnitt %s",
            "repository": "Quellcode",
            "edit_page": "Diese Seite bearbeiten",
            "issues": "Fehler melden",
            "formula": "Formel",
            "task_done": "erledigt",
            "task_open": "noch zu tun",
            "based_on": "nach {source}",
            "released": "erschienen am {date}",
            "changed": "zuletzt geändert am {date}",
            "unreleased": "noch nicht erschienen",
            "makers": "Redaktion",
            "commissioner": "Befragung im Auftrag von",
            "publisher": "Herausgeber",
            "contact": "Kontakt",
            "cite": "Zitiervorschlag",
            "cited": "{author} ({year}). {title}, Erhebung {wave}.",
            "source": "Quelle",
            "licence": "Lizenz",
            "data": "Alle Zahlen",
            "accountability": "Methoden und Rechenschaft",
            "languages": "Andere Sprachen",
            "about": "Über diese Veröffentlichung",
            "address": "Diese Seite steht unter",
            "embargoed": "Sperrfrist.",
            "embargo": (
                "Diese Seiten dürfen ab dem {day}, {time} Uhr ({zone}) verbreitet werden. "
                "Bitte geben Sie sie nicht früher weiter."
            ),
            "draft": "Entwurf.",
            "made_up": "Erfundene Zahlen.",
            "made_up_text": (
                "Dies ist eine Demonstration. Die neueste Erhebung auf diesen Seiten hat ein Computer erfunden; sie "
                "sagt nichts über die Wirklichkeit."
            ),
            "draft_text": (
                "Dieser Text ist noch nicht endgültig. Zahlen und Sätze, die nicht zutreffen, sind gekennzeichnet."
            ),
            "table": "Tabelle",
            "missing": "Diese Seite gibt es nicht",
            "missing_text": (
                "Vielleicht ist die Adresse falsch geschrieben, oder die Seite ist umgezogen. Wählen Sie ein Kapitel, "
                "suchen Sie nach einem Wort, oder beginnen Sie auf der ersten Seite."
            ),
            "missing_brief": "Diese Seite gibt es nicht. Wählen Sie ein Kapitel, oder suchen Sie nach einem Wort.",
            "frozen": "Sie lesen die Ausgabe zur Erhebung {wave}.",
            "newest": "Zur neuesten Ausgabe",
            "editions": "Diese Seite in jeder Ausgabe",
            "feed": "Änderungen",
            "accessibility": "Barrierefreiheit",
            "one_of_many": "Sie lesen eine der Ausgaben",
            "one_about": "und zwar die über",
            "all_editions": "Zu allen Ausgaben",
            "pick": "Alle Ausgaben",
            "pick_text": (
                "Von dieser Veröffentlichung gibt es für jede Gruppe eine eigene Ausgabe. Wählen Sie eine aus."
            ),
            "pick_label": "Ausgabe suchen",
            "pick_found": "Ausgaben gefunden",
            "pick_none": "Keine Ausgabe gefunden. Geben Sie einen Teil des Namens ein.",
        },
        phrases={
            "Show code cell source": "Code zeigen",
            "Hide code cell source": "Code verbergen",
            "Show code cell content": "Zelle zeigen",
            "Hide code cell content": "Zelle verbergen",
            "Show code cell output": "Ausgabe zeigen",
            "Hide code cell output": "Ausgabe verbergen",
            "Show code cell outputs": "Ausgaben zeigen",
            "Hide code cell outputs": "Ausgaben verbergen",
        },
        permalinks={
            "Link to this heading": "Link zu dieser Überschrift",
            "Link to this image": "Link zu dieser Abbildung",
            "Link to this table": "Link zu dieser Tabelle",
            "Link to this code": "Link zu diesem Code",
            "Link to this equation": "Link zu dieser Formel",
            "Link to this term": "Link zu diesem Begriff",
            "Link to this definition": "Link zu dieser Definition",
            "Link to this toctree": "Link zu dieser Übersicht",
        },
        search={
            "percent": "prozent",
            "found_one": "Eine Seite zu „{query}“ gefunden.",
            "found_more": "{pages} Seiten zu „{query}“ gefunden.",
            "some": "Keine Seite enthält alle Ihre Wörter: Unten stehen die Seiten mit den meisten davon.",
            "near": "„{typed}“ steht nicht in dieser Veröffentlichung. Sie sehen, wo „{near}“ steht.",
            "nothing": "„{query}“ steht nicht in dieser Veröffentlichung.",
            "maybe": "Meinten Sie {near}?",
            "more_here": "Mehr auf dieser Seite ({count})",
            "more_pages": "Weitere Seiten ({count})",
        },
    ),
)
