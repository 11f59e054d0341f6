"""French: all words that readers of a French page see.

A colon has a no-break space before it, and so have the marks inside « and »; a semicolon has a narrow one.
"""

from wavebook.language.lexicon import Notation, Patterns, Prose, Theme, Words

_COUNT = (
    r"(?:zéro|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix(?:-(?:sept|huit|neuf))?|onze|douze|treize|quatorze|"
    r"quinze|seize|(?:vingt|trente|quarante|cinquante|soixante|quatre-vingts?)(?:[- ]et[- ](?:une?|onze)|-[\w-]+)?|"
    r"cents?|mille|demi)"
)
_SCALES = "mille|millions?|milliards?"
_NONE = "(?! (?:de confiance|payant|état|d’heure|de siècle|de finale)\\b)"  # tiers and quart in other senses
_MANY = "(?:deux|trois|quatre|cinq|six|sept|huit|neuf)"
_PARTS = "moitié|demie? tiers quarts? cinquièmes? sixièmes? septièmes? huitièmes? neuvièmes? dixièmes?"
_PART = r"(?:tiers|quarts?|cinquièmes?|sixièmes?|septièmes?|huitièmes?|neuvièmes?|dixièmes?)"
_COUNTS = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "dix-sept dix-huit dix-neuf vingt vingt-et-un vingt-deux vingt-trois vingt-quatre vingt-cinq "
    "vingt-six vingt-sept vingt-huit vingt-neuf trente trente-et-un trente-deux trente-trois "
    "trente-quatre trente-cinq trente-six trente-sept trente-huit trente-neuf quarante quarante-et-un "
    "quarante-deux quarante-trois quarante-quatre quarante-cinq quarante-six quarante-sept quarante-huit "
    "quarante-neuf cinquante cinquante-et-un cinquante-deux cinquante-trois cinquante-quatre "
    "cinquante-cinq cinquante-six cinquante-sept cinquante-huit cinquante-neuf soixante soixante-et-un "
    "soixante-deux soixante-trois soixante-quatre soixante-cinq soixante-six soixante-sept soixante-huit "
    "soixante-neuf soixante-dix soixante-et-onze soixante-douze soixante-treize soixante-quatorze "
    "soixante-quinze soixante-seize soixante-dix-sept soixante-dix-huit soixante-dix-neuf quatre-vingts "
    "quatre-vingt-un quatre-vingt-deux quatre-vingt-trois quatre-vingt-quatre quatre-vingt-cinq "
    "quatre-vingt-six quatre-vingt-sept quatre-vingt-huit quatre-vingt-neuf quatre-vingt-dix "
    "quatre-vingt-onze quatre-vingt-douze quatre-vingt-treize quatre-vingt-quatorze quatre-vingt-quinze "
    "quatre-vingt-seize quatre-vingt-dix-sept quatre-vingt-dix-huit quatre-vingt-dix-neuf cent"
)

WORDS = Words(
    name="Français",
    locale="fr_FR",
    bibtex="french",
    stemmer="fr",
    notation=Notation(
        decimal=",",
        thousands="\u202f",
        percent="{n}\u00a0%",
        currency="{sign}{n}\u00a0{symbol}",
        clock="{hours}\u00a0h\u00a0{minutes}",
        months=tuple("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()),
        day="{day} {month} {year}",
        pair="{0} et {1}",
        first="1er",
        colon="\u00a0: ",
        semicolon="\u202f; ",
    ),
    numbers=tuple("zéro un deux trois quatre cinq six sept huit neuf dix onze douze".split()),
    plurals={
        "one": "i = 0,1",
        "many": "e = 0 and i != 0 and i % 1000000 = 0 and v = 0 or e != 0..5",
    },
    units={
        "percent": ("\u00a0%", "\u00a0%", "\u00a0%"),
        "percentage_point": ("point de pourcentage", "de points de pourcentage", "points de pourcentage"),
        "point": ("point", "de points", "points"),
        "respondent": ("répondant", "de répondants", "répondants"),
        "second": ("seconde", "de secondes", "secondes"),
        "minute": ("minute", "de minutes", "minutes"),
        "hour": ("heure", "d’heures", "heures"),
        "day": ("jour", "de jours", "jours"),
        "week": ("semaine", "de semaines", "semaines"),
        "month": ("mois", "de mois", "mois"),
        "year": ("an", "d’ans", "ans"),
        "clock": ("min", "min", "min"),
        "million": ("million", "millions", "millions"),
        "billion": ("milliard", "milliards", "milliards"),
    },
    periods={
        "half_1": "1er semestre {year}",
        "half_2": "2e semestre {year}",
        "half_short": "S{number} {year}",
        "quarter_1": "1er trimestre {year}",
        "quarter_2": "2e trimestre {year}",
        "quarter_3": "3e trimestre {year}",
        "quarter_4": "4e trimestre {year}",
        "quarter_short": "T{number} {year}",
        "week": "semaine {number} de {year}",
        "week_short": "sem. {number} {year}",
        "months_short": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
        "span": "{first} à {last}",
        "halves": "premier second",
        "quarters": "premier deuxième troisième quatrième",
        "the_half": "le {ordinal} semestre {year}",
        "in_half": "au {ordinal} semestre {year}",
        "the_quarter": "le {ordinal} trimestre {year}",
        "in_quarter": "au {ordinal} trimestre {year}",
        "the_week": "la semaine {number} de {year}",
        "in_week": "pendant la semaine {number} de {year}",
        "the_span": "la période de {first} à {last}",
        "in_span": "pendant la période de {first} à {last}",
        "in_year": "en {year}",
        "in_month": "en {month}",
        "the_day": "le {day}",
        "in_day": "le {day}",
        "in_label": "dans {label}",
    },
    trends=(
        ("a augmenté", "a diminué", "n’a presque pas changé", "n’a pas varié significativement"),
        ("ont augmenté", "ont diminué", "n’ont presque pas changé", "n’ont pas varié significativement"),
        ("augmente", "diminue", "ne change presque pas", "ne varie pas significativement"),
        ("augmentent", "diminuent", "ne changent presque pas", "ne varient pas significativement"),
        # the infinitive
        ("augmenter", "diminuer", "ne presque pas changer", "ne pas varier significativement"),
        ("a progressé", "a reculé", "n’a presque pas changé", "n’a pas varié significativement"),
        # with its article, which differs
        ("une hausse", "une baisse", "une quasi-stabilité", "aucune variation significative"),
        # which agrees with nothing
        ("en hausse", "en baisse", "presque sans changement", "sans variation significative"),
        # masculine and feminine, one and more
        ("plus élevé", "moins élevé", "à peu près aussi élevé", "ni plus ni moins élevé significativement"),
        ("plus élevée", "moins élevée", "à peu près aussi élevée", "ni plus ni moins élevée significativement"),
        ("plus élevés", "moins élevés", "à peu près aussi élevés", "ni plus ni moins élevés significativement"),
        ("plus élevées", "moins élevées", "à peu près aussi élevées", "ni plus ni moins élevées significativement"),
        (
            "plus élevé que",
            "moins élevé que",
            "à peu près aussi élevé que",
            "ni significativement plus élevé ni significativement moins élevé que",
        ),
        (
            "plus élevée que",
            "moins élevée que",
            "à peu près aussi élevée que",
            "ni significativement plus élevée ni significativement moins élevée que",
        ),
        (
            "plus élevés que",
            "moins élevés que",
            "à peu près aussi élevés que",
            "ni significativement plus élevés ni significativement moins élevés que",
        ),
        (
            "plus élevées que",
            "moins élevées que",
            "à peu près aussi élevées que",
            "ni significativement plus élevées ni significativement moins élevées que",
        ),
        ("plus grand", "plus petit", "à peu près aussi grand", "ni plus grand ni plus petit significativement"),
        ("plus grande", "plus petite", "à peu près aussi grande", "ni plus grande ni plus petite significativement"),
        ("plus grands", "plus petits", "à peu près aussi grands", "ni plus grands ni plus petits significativement"),
        (
            "plus grandes",
            "plus petites",
            "à peu près aussi grandes",
            "ni plus grandes ni plus petites significativement",
        ),
        ("plus", "moins", "à peu près autant", "ni plus ni moins, significativement,"),
        ("plus de", "moins de", "à peu près autant de", "ni significativement plus ni significativement moins de"),
        ("plus que", "moins que", "à peu près autant que", "ni significativement plus ni significativement moins que"),
        (
            "plus nombreux",
            "moins nombreux",
            "à peu près aussi nombreux",
            "ni plus ni moins nombreux significativement",
        ),
        (
            "plus nombreuses",
            "moins nombreuses",
            "à peu près aussi nombreuses",
            "ni plus ni moins nombreuses significativement",
        ),
        ("plus souvent", "moins souvent", "à peu près aussi souvent", "ni plus ni moins souvent significativement"),
    ),
    turns={
        "compared": (
            ("plus élevé", "moins élevé"),
            ("plus élevée", "moins élevée"),
            ("plus élevés", "moins élevés"),
            ("plus élevées", "moins élevées"),
            ("plus grand", "plus petit"),
            ("plus grande", "plus petite"),
            ("plus grands", "plus petits"),
            ("plus grandes", "plus petites"),
            ("plus souvent", "moins souvent"),
            ("supérieur", "inférieur"),
            ("supérieure", "inférieure"),
            ("supérieurs", "inférieurs"),
            ("supérieures", "inférieures"),
        ),
        "extreme": (
            ("le plus élevé", "le moins élevé"),
            ("la plus élevée", "la moins élevée"),
            ("les plus élevés", "les moins élevés"),
            ("les plus élevées", "les moins élevées"),
            ("le plus grand", "le plus petit"),
            ("la plus grande", "la plus petite"),
            ("le plus souvent", "le moins souvent"),
        ),
        "bound": (
            ("plus de", "moins de", "au moins", "au plus"),
            ("supérieur à", "inférieur à", "", ""),
            ("un peu plus de", "près de", "", ""),
            ("un peu plus de", "presque", "", ""),
        ),
        "half": (
            ("une majorité", "une minorité", "", ""),
            ("la majorité", "une minorité", "", ""),
            ("plus de la moitié", "moins de la moitié", "au moins la moitié", "au plus la moitié"),
            ("plus de la moitié", "près de la moitié", "", ""),
            ("plus de la moitié", "presque la moitié", "", ""),
        ),
        "than": (("que", "à", "au", "aux", "qu’"),),
        "not": (
            (
                "ne",
                "n’",
                "pas",
                "aucun",
                "aucune",
                "jamais",
                "rien",
                "personne",
                "sans",
                "ni",
                "fin",
                "terminée",
                "stoppée",
                "enrayée",
                "inversée",
                "temporaire",
            ),
        ),
    },
    compared={
        "up": "en hausse de {size} depuis {wave:the}",
        "down": "en baisse de {size} depuis {wave:the}",
        "higher": "en hausse depuis {wave:the}",
        "lower": "en baisse depuis {wave:the}",
        "same": "presque sans changement depuis {wave:the}",
        "alike": "sans changement après arrondi depuis {wave:the}",
        "unsure": "sans variation significative depuis {wave:the}",
        "unknown": "sans comparaison possible avec {wave:the}, faute de chiffre connu",
        "barred": "sans comparaison possible avec {wave:the}, en raison d’une rupture de série",
    },
    marks={"provisional": "[p]", "revised": "[r]", "perturbed": "[~]", "perturbed_revised": "[r~]"},
    charts={
        "lines": "Graphique en courbes",
        "post": "Traits sur un montant de porte",
        "bars": "Graphique en barres",
        "part": "Barre de 100\u00a0%, remplie en partie",
        "tally": "Graphique à points, un point par unité",
        "change": "Graphique en haltères, entre {first:the} et {last:the}",
        "heat": "Tableau dont la couleur fonce avec la valeur",
        "map": "Carte dont la couleur fonce avec la valeur",
        "multiples": "{n} graphiques de la même forme",
        "pyramid": "Pyramide avec {left} à gauche et {right} à droite",
        "widest": "Écart le plus grand\u00a0: {name}, {left} ({a}) contre {right} ({b})",
        "higher_in": "{name} a la valeur la plus élevée dans {n} des {of} lignes",
        "no_figure": "pas de chiffre",
        "ranked_down": "Du plus élevé au plus bas",
        "ranked_up": "Du plus bas au plus élevé",
        "ranked": "Toutes les valeurs",
        "between": "… {n} entre les deux",
        "most_in_class": "Dans {n} des {of}, la valeur est {values}",
        "rises_north": "Vers le nord, les valeurs sont en général plus élevées",
        "rises_south": "Vers le sud, les valeurs sont en général plus élevées",
        "rises_east": "Vers l’est, les valeurs sont en général plus élevées",
        "rises_west": "Vers l’ouest, les valeurs sont en général plus élevées",
        "no_figures": "Pas de chiffre ({n})\u00a0: {named}",
        "interval_in_table": "Le tableau donne l’intervalle de confiance à 95\u00a0%.",
        "one_class": "toutes les valeurs",
        "class_below": "moins de {high}",
        "class_between": "de {low} à {high}",
        "class_above": "{low} et plus",
        "hidden": "masqué\u00a0: trop peu de répondants",
        "withheld": "masqué",
        "highest": "Le plus élevé",
        "lowest": "Le plus bas",
        "with_value": "{what}\u00a0: {name}, {value}",
        "leads_columns": "{name} a la valeur la plus élevée dans {n} des {of} colonnes",
        "leads_rows": "{name} a la valeur la plus élevée dans {n} des {of} lignes",
        "hidden_cells": "Masqué, car trop peu de personnes ont répondu ({n})\u00a0: {named}",
        "unknown_cells": "Non connu ({n})\u00a0: {named}",
        "noted": "Entre {start:the} et {end:the}\u00a0: {reason}.",
        "full": "Pas de comparaison possible entre {start:the} et {end:the}\u00a0: {reason}.",
        "interval": "Les traits indiquent l’intervalle de confiance à 95\u00a0%.",
        "ci": "intervalle à 95\u00a0%\u00a0: {low} à {high}",
        "unchecked": "Cette image a été dessinée avec un autre logiciel. "
        "Son contenu n’a pas été vérifié\u202f; les chiffres du tableau l’ont été.",
        "no_n": "Nombre de répondants inconnu.",
        "provisional": "chiffre provisoire",
        "revised": "chiffre révisé",
        "perturbed": "chiffre bruité, pour protéger les répondants",
        "perturbed_revised": "chiffre révisé et bruité, pour protéger les répondants",
        "unknown": "inconnu",
        "per_wave": "{n} par enquête",
        "span": "{low} à {high}",
        "of": "{value} sur {of}",
        "lower": "au moins {value}",
        "upper": "au plus {value}",
        "in": "{value} ({wave})",
        "from_to": "de {first} à {last}",
        "peak": "valeur la plus haute {value}",
        "trough": "valeur la plus basse {value}",
        "largest_step": "plus forte variation {size}, entre {start:the} et {end:the}",
        "series_range": "{n} séries ({wave})\u00a0: de {low} à {high}",
        "rose_most": "Plus forte hausse entre {start:the} et {end:the}\u00a0: {name}, {size}",
        "fell_most": "Plus forte baisse entre {start:the} et {end:the}\u00a0: {name}, {size}",
        "gap": "La ligne pointillée enjambe des enquêtes dont le chiffre est inconnu\u00a0: {waves}",
        "state": "Situation\u00a0: {date}.",
        "year": "Année",
        "topic": "Thème",
        "value": "Valeur",
        "all": "total",
        "difference": "Écart",
        "since": "écart depuis {wave:the}\u00a0: {size}",
        "absent": "Pas de chiffres disponibles ici\u00a0: {about}.",
        "source": "Source",
        "stacked": "Barres empilées de 100\u00a0%",
        "stacked_around": "Barres empilées autour du milieu de l’échelle",
        "dots": "Graphique à points sur des lignes",
        "slope": "Graphique en pentes, entre {first:the} et {last:the}",
        "beside": "Graphique en barres avec, côte à côte\u00a0: {names}",
        "left_out": "non affiché",
        "extremes": "au plus bas\u00a0: {lowest} ({low}), au plus haut\u00a0: {highest} ({high}), écart\u00a0: {span}",
        "most_up": "plus forte hausse\u00a0: {what}, {change}",
        "most_down": "plus forte baisse\u00a0: {what}, {change}",
        "changes": "{up} en hausse, {down} en baisse, {same} inchangés",
        "in_table": "Le tableau contient toutes les valeurs",
    },
    axes={
        "grade": "note ({low}–{high})",
        "percent": "pourcentage",
        "percentage_point": "points de pourcentage",
        "count": "nombre",
        "score": "score ({low}–{high})",
        "balance": "solde",
        "index": "indice",
        "amount": "montant",
        "clock": "heures et minutes",
        "thousands": "{unit}, en milliers",
        "millions": "{unit}, en millions",
        "window": "{unit}, axe de {low} à {high}",
        "break": "rupture de série",
        "break_short": "rupture",
        "unknown": "inconnu",
        "noted_reason": "rupture\u00a0: {reason}",
        "full_reason": "pas de comparaison possible\u00a0: {reason}",
    },
    claims={
        "rises": (
            "{what}\u00a0: hausse entre {first:the} et {last:the}",
            "{what}\u00a0: pas de hausse entre {first:the} et {last:the}",
        ),
        "falls": (
            "{what}\u00a0: baisse entre {first:the} et {last:the}",
            "{what}\u00a0: pas de baisse entre {first:the} et {last:the}",
        ),
        "stable": (
            "{what}\u00a0: au plus {margin} d’écart entre {first:the} et {last:the}",
            "{what}\u00a0: plus de {margin} d’écart entre {first:the} et {last:the}",
        ),
        "always_rises": (
            "{what}\u00a0: hausse à chaque nouvelle enquête",
            "{what}\u00a0: pas de hausse à au moins une nouvelle enquête",
        ),
        "always_falls": (
            "{what}\u00a0: baisse à chaque nouvelle enquête",
            "{what}\u00a0: pas de baisse à au moins une nouvelle enquête",
        ),
        "linear": (
            "{what}\u00a0: toutes les enquêtes sont à {margin} au plus d’une même droite",
            "{what}\u00a0: quelle que soit la droite, au moins une enquête s’en écarte de plus de {margin}",
        ),
        "straight": (
            "{what}\u00a0: une même droite convient à toutes les enquêtes",
            "{what}\u00a0: aucune droite ne convient à toutes les enquêtes",
        ),
        "peaks": (
            "{what}, {wave}\u00a0: niveau plus élevé que dans toute autre enquête",
            "{what}\u00a0: dans au moins une autre enquête, niveau égal ou supérieur à celui de l’enquête {wave}",
        ),
        "bottoms": (
            "{what}, {wave}\u00a0: niveau plus bas que dans toute autre enquête",
            "{what}\u00a0: dans au moins une autre enquête, niveau égal ou inférieur à celui de l’enquête {wave}",
        ),
        "more": (
            "{one}\u00a0: niveau supérieur à {times}{two}",
            "{one}\u00a0: niveau inférieur ou égal à {times}{two}",
        ),
        "ranked": ("par ordre décroissant\u00a0: {keys}", "l’ordre suivant n’est pas décroissant\u00a0: {keys}"),
        "always_more": (
            "{one}\u00a0: niveau supérieur à {two} dans toutes les enquêtes",
            "{one}\u00a0: niveau inférieur ou égal à {two} dans au moins une enquête",
        ),
        "largest": ("{what}\u00a0: niveau supérieur à {among}", "{what}\u00a0: niveau non supérieur à {among}"),
        "smallest": ("{what}\u00a0: niveau inférieur à {among}", "{what}\u00a0: niveau non inférieur à {among}"),
        "above": ("{what}\u00a0: plus de {limit}", "{what}\u00a0: pas plus de {limit}"),
        "below": ("{what}\u00a0: moins de {limit}", "{what}\u00a0: pas moins de {limit}"),
        "at_least": ("{what}\u00a0: au moins {limit}", "{what}\u00a0: moins de {limit}"),
        "at_most": ("{what}\u00a0: au plus {limit}", "{what}\u00a0: plus de {limit}"),
        "about": (
            "{what}\u00a0: écart d’au plus {margin} avec {limit}",
            "{what}\u00a0: écart de plus de {margin} avec {limit}",
        ),
        "widens": (
            "écart entre {one} et {two}\u00a0: hausse {by}entre {first:the} et {last:the}",
            "écart entre {one} et {two}\u00a0: pas de hausse {by}entre {first:the} et {last:the}",
        ),
        "narrows": (
            "écart entre {one} et {two}\u00a0: baisse {by}entre {first:the} et {last:the}",
            "écart entre {one} et {two}\u00a0: pas de baisse {by}entre {first:the} et {last:the}",
        ),
        "gains_on": (
            "{one}\u00a0: entre {first:the} et {last:the}, hausse plus forte, ou baisse moins forte, que pour {two}",
            "{one}\u00a0: entre {first:the} et {last:the}, ni hausse plus forte, ni baisse moins forte que pour {two}",
        ),
        "in_each": (
            "dans chaque partie ({breakdown})\u00a0: {inner}",
            "pas dans chaque partie ({breakdown})\u00a0: {inner}",
        ),
        "unknown": (
            "les sources ne donnent pas de chiffre pour {what}",
            "les sources donnent un chiffre pour {what}",
        ),
        "undecided": (
            "à cause des arrondis, on ne peut pas dire si c’est exact\u00a0: {inner}",
            "malgré les arrondis, on peut dire si c’est exact\u00a0: {inner}",
        ),
        "uncertain": (
            "à cause du hasard, on ne sait pas si c’est exact\u00a0: {inner}",
            "malgré le hasard, on sait si c’est exact\u00a0: {inner}",
        ),
        "and": ("{one}\u202f; et {two}", "pas les deux à la fois\u00a0: {one}\u202f; et {two}"),
        "or": ("{one}\u202f; ou {two}", "ni l’un ni l’autre\u00a0: {one}\u202f; ou {two}"),
        "known": ("{inner} (pour ce qui est connu)", "{denied} (pour ce qui est connu)"),
        "dated": ("{what}, {wave}", ""),
        "others": ("celui des autres réponses", ""),
        "other_parts": ("celui des autres groupes", ""),
        "by": ("de plus de {by} ", ""),
        "times": ("{times} fois ", ""),
        "apart": ("écart de {size}", ""),
        "gap": ("l’écart a changé de {size}", ""),
        "limit": ("à {size} de la limite", ""),
        "aim": ("à {size} de cette valeur", ""),
        "closest": ("au plus juste\u00a0: {inner}", ""),
        "rounding": ("l’arrondi y change au plus {size}", ""),
        "by_chance": ("le hasard explique au plus {size}", ""),
    },
    prose=Prose(
        abbreviations=frozenset(
            "art av bd cf ch chap coll dir dr dép env etc ex fig févr hab janv juil max min mlle mm mme mmes nb "
            "no nos oct op paragr pp prof préc resp réf sept sq sqq st ste suiv suppl tab tabl trad tél vol vs "
            "éd".split()
        ),
        quotes=(("«", "»"), ("“", "”")),
        held=(("(?<=«) | (?=[:»%])", "\u00a0"), (" (?=[;!?])", "\u202f")),
    ),
    patterns=Patterns(
        number=(
            rf"\b(?:{_COUNT} (?:virgule {_COUNT} )?(?:pour ?cent|pourcents?|points? de pourcentage)|"
            rf"{_COUNT} virgule {_COUNT}|"
            rf"(?P<ratio>(?:{_COUNT} (?:\w+ )?|{_MANY} (?:\w+ ){{2,3}})sur (?:les )?{_COUNT})|"
            rf"(?:le|les|{_COUNT})(?: |-){_PART}{_NONE}|la moitié|moitié (?:moins|plus|des|de)|"
            rf"{_COUNT} fois (?:et demie )?(?:plus|moins|aussi|autant)|facteur {_COUNT}|"
            rf"{_COUNT} (?:{_SCALES})|un demi-million|une (?:dizaine|douzaine|vingtaine|trentaine|centaine)|"
            rf"{_COUNT} points? (?:de plus|de moins)|un demi-point|"
            rf"note (?:moyenne )?de (?:quatre|cinq|six|sept|huit|neuf|dix))\b"
        ),
        parts=_PARTS,
        counts=_COUNTS,
        multiples=(
            r"doubl(?:é|ée|és|ées|er|a|ent|ait|ant|ement)|le\sdouble|(?:multipli|divis)\w+\spar\sdeux|de\smoitié "
            r"tripl(?:e|é|ée|és|ées|er|a|ent|ait|ant|ement)|le\striple|(?:multipli|divis)\w+\spar\strois "
            r"quadrupl\w+|(?:multipli|divis)\w+\spar\squatre quintupl\w+|(?:multipli|divis)\w+\spar\scinq sextupl\w+ "
            r"septupl\w+ octupl\w+ nonupl\w+ décupl\w+|(?:multipli|divis)\w+\spar\sdix"
        ),
        scales=_SCALES,
        known=r"\b(?:in)?connue?s?\b|\bconna(?:ît|issons)\b|\bon sait\b",
        further=(
            r"\b(?:meilleure?s?|mieux|amélior\w*|pires?|empir\w*|détérior\w*|dégrad\w*|progrès|progress\w*|recul\w*|"
            r"croît|croiss\w*|chang(?:e|é|ea)\w*|évolu\w*|significati\w*|démontr\w*|prouv\w*|réellement|vraiment)\b"
        ),
        moved=r"\b(?:de|à|d’environ|jusqu’à)\s[+−]?\d|\bpassant\b",
        path=r"\b(?:de|d’)[^.;]*\d[^.;]*\bà\b[^.;]*\d",
        rose=(
            r"\b(?:augment\w*|bondi\w*|hausses?|progress\w*|grimp\w*|croît|croissance|croiss\w+|accru\w*|"
            r"doubl(?:é|a|e|ent)|mont(?:e|é|ée|és|ées|a|ent)|remont\w*|(?:est|sont) devenue?s? (?:\w+ )?plus)\b"
        ),
        fell=(
            r"\b(?:diminu\w*|baiss\w*|recul\w*|chut\w*|plong(?:é|ée|e|ent|ea)|dégringol\w*|effondr\w*|décroît|décroiss\w*|retomb\w*|"
            r"(?:est|sont) devenue?s? (?:\w+ )?moins)\b"
        ),
        same=(
            r"\b(?:rest(?:e|ent|é|ée|és|ées|a|ait) (?:\w+ ){0,2}(?:stables?|inchangée?s?|constante?s?|identiques?|"
            r"les? mêmes?|la même)|demeur\w+ (?:\w+ ){0,2}(?:stables?|inchangée?s?)|stagn\w*)\b"
        ),
        wider=r"\b(?:creus\w*|élargi\w*|augment\w*|plus grande?|grandi\w*|agrandi\w*|accru\w*|accentu\w*)\b",
        closer=r"\b(?:rédui\w*|resserr\w*|diminu\w*|rapproch\w*|plus petite?|rattrap\w*|baiss\w*|rétréci\w*)\b",
        attributive=(
            r"\b(?:une?|la|le|l’|les|des) ?\w+ (?:accru|creusé|élargi|réduit|diminué|augmenté)e?s?"
            r"(?= (?:est|sont|a|ont|s’|se)\b)"
        ),
        every_wave=(
            r"\b(?:chaque (?:année|trimestre|semestre|enquête|vague)|tous les (?:ans|trimestres)|"
            r"toutes les (?:années|enquêtes|vagues)|d[’']année en année|année après année|"
            r"(?:fois|années?|ans|enquêtes?|vagues?) de suite|"
            r"sans interruption|jamais (?:auparavant|été|vu|encore)|jamais (?:mesurée?s?|atteinte?s?)|"
            r"plus (?:hauts?|bas|basses?|élevée?s?|faibles?) (?:\w+ )?depuis|record\w*)\b"
        ),
        each=(
            r"\b(?:chaque|tou(?:s|tes) les)(?: autres?)? (?P<of>[\w’'-]++)"
            r"(?! (?:ensemble|confondue?s|réunie?s)\b)"
        ),
        group="groupe|tranche|catégorie",
        nearly_all=r"\b(?:presque|quasiment|pratiquement) (?:tout le monde|tous(?! les\b))",
        nearly_none=r"\b(?:(?:presque|quasiment|pratiquement) personne|une poignée)\b",
        follows=r"\b(?:suivie?s? (?:de|des|du|par)|puis|ensuite)\b",
        passing=(
            r"\b(?:maintenant|désormais|aujourd[’']hui|actuellement|en ce moment|à présent|toujours|encore|le dernier|"
            r"l[’']an(?:née)? (?:derni(?:er|ère)|passée?|prochaine?)|cette année|la (?:dernière|plus récente)|"
            r"récente?s?|récemment|jusqu[’']ici|jusqu[’']à présent|bientôt|depuis lors|entre-temps|prochainement)\b"
        ),
        screen=(
            r"\b(?:cliqu\w*|appuy(?:ez|er) sur (?:un|une|le|la|les) (?:nombre|chiffre|"
            r"bouton|lien|mot)|faites défiler)\b"
        ),
    ),
    tables={
        "unknown": "inconnu",
        "no_n": "Le nombre de répondants derrière ces chiffres n’est pas connu.",
        "no_ci": "La marge d’erreur de ces chiffres n’est pas connue.",
        "no_n_waves": "Pour aucune de ces enquêtes, on ne connaît le nombre de participants.",
        "everyone": "tout le monde",
        "fails": "ne correspond pas aux chiffres",
        "open": "impossible à vérifier",
        "not certain": "pas certain\u00a0: peut être dû au hasard",
        "holds": "exact",
        "source": "Source",
        "source_is": "Source\u00a0:",
        "data": "Chiffres",
        "data_of": "Chiffres de cette figure\u00a0: {caption}",
        "between": "\u202f; ",
        "sources_more": "{first} et {others} autres",
        "files": "Télécharger",
        "share": "Partager",
        "permalink": "Lien vers cette figure",
        "explore": "Explorer",
        "done": "Terminer",
        "hint": "Pointez un chiffre ou utilisez les flèches. Retour\u00a0: Échap.",
        "tap": "Touchez un chiffre, ou faites glisser le doigt sur le graphique.",
        "explored": "graphique à explorer",
        "wave": "Enquête",
        "what": "Quoi",
        "value": "Chiffre",
        "n": "n",
        "ci": "Intervalle à 95\u00a0%",
        "base": "Personnes interrogées",
        "date": "Date",
        "bureau": "Institut",
        "client": "Commanditaire",
        "of": "sur",
        "at_least": "plus de",
        "at_most": "moins de",
        "sentence": "Phrase",
        "page": "Page",
        "verdict": "Résultat",
        "tested": "Ce qui est vérifié",
        "figures": "Chiffres",
        "back": "Retour au texte",
        "scroll": "Tableau, à faire défiler pour tout voir",
        "break": (
            "Les comparaisons entre {start:the} ou avant et {end:the} ou après passent par une rupture de série\u00a0: "
            "{reason}. L’éditeur des rapports traite ces chiffres comme une seule série. Ce livre fait de même, avec "
            "cette remarque."
        ),
        "chance": (
            "La marge d’erreur de ces chiffres n’est pas connue\u202f; un écart peut être dû au hasard. Les phrases "
            "disent donc ce que font les chiffres, et non ce qui est arrivé à tout le monde."
        ),
        "derived": (
            "Les marges d’erreur de ces chiffres se déduisent de ce qui est déclaré des répondants\u00a0: {samples}."
        ),
        "sample_n": "{n} répondants",
        "sample_n_effective": "autant d’information que {n} répondants tirés au hasard",
        "sample_deviation": "écart-type des réponses {n}",
        "assumed": "hypothèse\u00a0: {why}",
        "exact": "pas d’échantillon",
        "measured": "marge d’erreur mesurée",
        "declared": "marge d’erreur déduite",
        "figures only": "marge d’erreur inconnue",
        "not_known": "non connu\u00a0: {what}",
        "holds_rounding": "exact, arrondi compris\u202f; marge d’erreur inconnue",
        "holds_chance": "exact, hasard compris ({basis})",
        "not_tested": "non vérifié\u00a0: c’est ce que dit la source",
        "counted": (
            "Phrases vérifiées\u00a0: {tested}. Phrases d’une source, que nous ne vérifions pas\u00a0: {reported}."
        ),
        "proof": "vérifié",
        "test": "Vérification",
        "all_series": "Toutes les séries",
        "all_rows": "tous les chiffres de cette série",
        "pages_are": (
            "Ce livre contient {count} chiffres, trop pour une seule page. Chaque série a donc sa "
            "propre page, ou plusieurs."
        ),
        "whole": "Tout dans un seul fichier",
        "find_series": "Chercher une série ou un groupe",
        "found_pages": "Pages trouvées",
        "found_none": "Rien trouvé. Tapez une partie du nom.",
        "series": "Cette série",
        "marks": "Signes à côté d’un chiffre\u00a0: {marks}.",
        "cite": "Citer cette figure\u00a0:",
        "cited": "{author} ({year}). «\u00a0{caption}\u00a0». Dans\u00a0: {title}, enquête {wave}. {address}",
        "no_year": "s.\u00a0d.",
        "none": "aucune",
        "before": "Avant",
        "after": "Maintenant",
        "reason": "Pourquoi",
        "unknown_because": "inconnu ({reason})",
        "altered": "différent de la version publiée",
        "final": "définitif",
        "question": "ce qui était demandé",
        "revisions": "Chiffres révisés",
        "revisions_are": "Ces chiffres ont été recalculés après leur publication.",
        "no_revisions": "Aucun chiffre n’a été révisé.",
        "corrections": "Erreurs corrigées",
        "corrections_are": "Ces erreurs figuraient dans une version antérieure et ont été corrigées.",
        "no_corrections": "Aucune erreur n’a été corrigée.",
        "noise": (
            "Pour protéger les répondants, les chiffres de l’enquête {wave} sont bruités. À chaque chiffre et à chaque "
            "nombre de répondants, quelque chose a été ajouté ou retranché, au gré du hasard. Ainsi, un chiffre dit "
            "peu de ce qu’une personne a répondu. En moyenne, le bruit est nul. Le plus souvent, il ne pèse pas plus "
            "que la réponse de {noise} {people} (un écart-type, compté d’après ceux qui pèsent le plus), et jamais "
            "plus que celle de {most}. Plus le groupe est petit, plus il compte\u202f; les intervalles en tiennent "
            "compte. C’est pourquoi la somme des pourcentages n’est pas exactement cent, ni celle des groupes "
            "exactement le total."
        ),
    },
    panels={
        "asked": "Personnes interrogées",
        "wave": "Enquête",
        "n": "Répondants",
        "interval": "Intervalle à 95\u00a0%",
        "unknown": "nombre inconnu",
        "needs": "ne peut pas être calculé\u00a0: la source ne donne pas de marge d’erreur",
        "span": "{low} à {high}",
        "derived": "déduit du nombre de répondants",
        "status": "Statut",
        "estimated": "estimé d’après les réponses",
        "provisional": "provisoire",
        "revised": "révisé",
        "perturbed": "estimé d’après les réponses, bruité",
        "perturbed_revised": "révisé, bruité",
        "noise": "Bruit",
        "added": (
            "ajouté ou retranché pour protéger les répondants\u00a0: le plus souvent pas plus que la réponse de "
            "{noise} {people}, jamais plus que celle de {most}\u202f; l’intervalle en tient compte"
        ),
        "source": "Source",
        "date": "Date",
        "row": "Voir ce chiffre parmi tous les chiffres",
        "fact_row": "Voir cette donnée avec tous les chiffres",
        "glossary": "Tous les termes",
    },
    downloads={
        "figures": "Chiffres",
        "indicators": "Indicateurs",
        "segments": "Ventilations",
        "waves": "Enquêtes",
        "facts": "Faits",
        "fact": "fait",
        "fact_label": "nom du fait",
        "date": "date",
        "value": "valeur",
        "of": "sur",
        "bound": "limite",
        "sources": "Sources",
        "label": "nom pour les lecteurs",
        "start": "premier jour",
        "end": "dernier jour",
        "name": "nom",
        "definition": "ce qui a été mesuré",
        "unit": "unité",
        "base": "personnes interrogées",
        "bureau": "institut",
        "client": "commanditaire",
        "noise": "bruit (écart-type, en répondants)",
        "title": "titre",
        "author": "auteur",
        "year": "année",
    },
    travel={
        "own_page": "Ce graphique sur une page à part, à montrer aussi ailleurs",
        "chart": "Graphique",
        "what": "Ce qui a été mesuré",
        "whom": "Personnes interrogées",
        "when": "Quand",
        "breaks": "Rupture de série",
        "notes": "Remarque",
        "released": "Paru le",
        "publication": "Publication",
        "address": "Adresse",
        "citation": "Pour citer ce graphique",
        "story": "Dans le texte\u00a0: {title}",
        "table": "Les chiffres",
        "about": "À propos de ces chiffres",
        "files": "Télécharger",
        "embed": "L’afficher sur un autre site",
        "embed_how": (
            "Copiez ce code dans le HTML de votre page. Le graphique s’adapte à la largeur disponible et ne "
            "charge aucun script."
        ),
        "code": "Code à copier",
        "xlsx": "Excel, avec des explications",
        "csv": "CSV, pour les programmes",
        "svg": "SVG, un dessin qui reste net",
        "png": "PNG, une image",
        "sheet": "Chiffres",
        "sheet_about": "Explications",
        "wave": "Enquête",
        "indicator": "Sujet",
        "population": "Qui",
        "segment_by": "Ventilation",
        "segment": "Groupe",
        "category": "Réponse",
        "value": "Valeur",
        "unit": "Unité",
        "n": "Nombre de répondants",
        "n_effective": "Nombre effectif",
        "se": "Erreur type",
        "ci_low": "Borne inférieure (95\u00a0%)",
        "ci_high": "Borne supérieure (95\u00a0%)",
        "status": "Statut",
        "source": "Source",
        "locator": "Endroit dans la source",
        "fact": "Fait",
        "date": "Date",
        "of": "Sur",
        "bound": "Limite",
        "published": "publié",
        "lower": "au moins",
        "upper": "au plus",
    },
    banners={
        "sheet_read_me": "À lire",
        "sheet_contents": "Sommaire",
        "sheet_method": "Méthode",
        "title": "Tableaux par groupe",
        "workbook": "classeur Excel",
        "back": "← Sommaire",
        "to_method": "→ Méthode",
        "everyone": "tout le monde",
        "total": "Ensemble",
        "population": "Qui",
        "book": "Publication",
        "publisher_author": "Par",
        "survey": "Enquête",
        "period": "Période",
        "asked_of": "Personnes interrogées",
        "since": "Comparée à",
        "sources": "Sources",
        "licence": "Licence",
        "address": "Adresse",
        "tables": "Tableaux",
        "tables_are": (
            "{tables} tableaux, chacun sur une feuille. La première colonne de chiffres est celle de "
            "l’ensemble\u202f; à côté figurent les groupes de chaque ventilation. La feuille Sommaire mène à "
            "chaque tableau."
        ),
        "pages_are": "{tables} tableaux, chacun sur une page, avec pour chaque ventilation l’ensemble et ses groupes.",
        "number": "Nº",
        "subject": "Sujet",
        "question": "Ce qui a été mesuré",
        "unit": "Unité",
        "answer": "Réponse",
        "what": "Chiffre",
        "n": "Répondants (non pondérés)",
        "n_effective": "Nombre effectif",
        "higher": "Plus élevé que",
        "low": "95\u00a0% de",
        "high": "95\u00a0% à",
        "change": "Écart avec {wave:the} ({unit})",
        "moved": "Évolution établie",
        "signs": "Signes",
        "hidden": "masqué, parce que trop peu de personnes y répondent ou qu’un autre chiffre s’en déduirait",
        "absent": "inconnu, ou non demandé à ce groupe",
        "letter": (
            "Le chiffre est plus élevé que celui de la colonne A, B, … de la même ventilation\u00a0: plus que le "
            "hasard ne l’explique, à 95\u00a0%."
        ),
        "small": "De même, à 90\u00a0% mais pas à 95\u00a0%.",
        "few": "Moins de {least} répondants\u00a0: pas de lettres pour cette colonne.",
        "up": "Plus élevé que {wave:in}, plus que le hasard ne l’explique, à 95\u00a0%.",
        "down": "Moins élevé que {wave:in}, plus que le hasard ne l’explique, à 95\u00a0%.",
        "lowest": "Le nombre de répondants varie selon la réponse\u202f; le plus petit est indiqué.",
        "derived": (
            "L’erreur de certains chiffres n’a pas été mesurée\u00a0: elle se déduit du nombre de répondants, "
            "comme s’ils avaient été tirés au hasard."
        ),
        "no_errors": "L’erreur de ces chiffres n’est pas connue\u00a0: il n’y a donc ni marges ni lettres.",
        "none_shown": "Aucun écart entre groupes n’est établi.",
        "several": "Plusieurs réponses étaient possibles\u202f; la somme des pourcentages peut dépasser 100.",
        "compared": "Ce qui est comparé",
        "compared_are": (
            "Les groupes d’une même ventilation deux à deux, pour chaque réponse. Les groupes de ventilations "
            "différentes ne sont pas comparés, car des personnes font partie des deux. L’ensemble n’est comparé à "
            "aucun groupe, car il le contient. Une ventilation de plus de {most} groupes n’a pas de lettres."
        ),
        "test": "Le test",
        "test_is": (
            "L’écart entre deux chiffres, rapporté à son erreur type\u00a0: √(a² + b² − 2·r·a·b), où a et b sont "
            "les erreurs types des deux chiffres et r la corrélation des deux estimations. Les erreurs mesurées "
            "découlent du plan de sondage\u00a0: strates, grappes et poids. Les moyennes sont jugées par le t de "
            "Student, avec les degrés de liberté du plan\u202f; les pourcentages le sont par leurs limites exactes "
            "(Clopper et Pearson 1934\u202f; pour les plans de sondage Korn et Graubard 1998), que Zou et Donner "
            "(2008) combinent en celles d’un écart. Le test est bilatéral, et c’est celui des affirmations de la "
            "publication."
        ),
        "correlation": "Corrélations",
        "correlation_worst": (
            "Là où la corrélation de deux groupes a été mesurée, elle compte. Ailleurs, la moins favorable est "
            "retenue. Il y a donc moins de lettres que si les groupes étaient tenus pour indépendants, et aucune "
            "de trop."
        ),
        "correlation_independent": (
            "Là où la corrélation de deux groupes a été mesurée, elle compte. Ailleurs, les groupes sont tenus "
            "pour indépendants, selon le choix de qui a fait ces tableaux. Cela n’est juste que si personne, ni "
            "aucune grappe de l’échantillon, ne fait partie de deux groupes."
        ),
        "several_tests": "Comparaisons multiples",
        "holm": (
            "Les comparaisons d’une ligne dans une ventilation sont jugées ensemble, par la procédure de Holm "
            "(1979). Si rien ne diffère, la probabilité d’une lettre dans cette partie de la ligne est d’au plus "
            "5\u00a0%. Les lignes sont nombreuses\u00a0: une lettre isolée n’est pas encore un résultat."
        ),
        "none": (
            "Chaque comparaison est jugée séparément. Même si rien ne diffère, environ une paire sur vingt reçoit "
            "une lettre. Une lettre isolée n’est pas encore un résultat."
        ),
        "no_letters": "Là où il n’y a pas de lettre",
        "no_letters_are": (
            "Un chiffre sans erreur connue, de moins de {least} répondants ou d’un nombre inconnu n’est pas "
            "comparé, et un chiffre masqué non plus. Si l’arrondi pouvait mener à une autre conclusion, il n’y a "
            "pas de lettre. L’absence de lettre ne signifie pas que deux groupes sont égaux."
        ),
        "margins": "Marges",
        "margins_are": (
            "«\u00a095\u00a0% de\u00a0» et «\u00a095\u00a0% à\u00a0» sont les bornes de l’intervalle de confiance "
            "à 95\u00a0%, telles que publiées. Elles sont vides là où l’erreur n’est pas connue."
        ),
        "bases": "Effectifs",
        "bases_are": (
            "Le nombre de répondants n’est pas pondéré. Le nombre effectif est celui d’un échantillon aléatoire "
            "simple qui serait aussi précis\u202f; pour plusieurs réponses, le plus petit est indiqué. Le nombre "
            "pondéré de répondants n’est pas publié."
        ),
        "protection": "Chiffres masqués",
        "protection_is": (
            "Ces tableaux contiennent ce que contient le tableau publié des chiffres, et rien d’autre. Ce qui y est "
            "masqué l’est ici, et aucun chiffre n’a été calculé à partir d’un chiffre masqué."
        ),
        "rounding": "Arrondis",
        "rounding_is": (
            "Les cellules contiennent le nombre publié\u202f; l’affichage est arrondi. Les écarts sont ceux des "
            "nombres publiés."
        ),
        "moves": "Évolutions",
        "moves_are": (
            "Les évolutions par rapport à {wave:the} sont testées une par une, à 95\u00a0%. Deux enquêtes sont "
            "tenues pour indépendantes, sauf si la corrélation de leurs estimations a été mesurée. Rien n’est "
            "comparé à travers une rupture complète de série."
        ),
    },
    methods={
        "bureau": "Réalisation",
        "client": "Commanditaire",
        "population": "Personnes concernées",
        "mode": "Mode de collecte",
        "panel": "Panel",
        "fieldwork": "Dates de collecte",
        "fieldwork_start": "collecte, premier jour",
        "fieldwork_end": "collecte, dernier jour",
        "drawn": "Invités",
        "screened": "Court questionnaire préalable",
        "responded": "Participants",
        "response": "Taux de réponse",
        "weighting": "Redressement",
        "questionnaire": "Questionnaire",
        "report": "Rapport",
        "remark": "Remarques",
        "breaks": "Rupture de série",
        "same": "Pas de rupture de série",
        "described": "Description",
        "people": "{n} personnes",
        "dates": "du {first} au {last}",
        "download": "télécharger le questionnaire",
        "changed": "entre {start:the} et {end:the}\u00a0: {reason}",
        "all_unknown": "Pour ces enquêtes, nous ne connaissons pas\u00a0: {what}.",
        "some_unknown": "Pour {waves}, nous ne connaissons pas\u00a0: {what}.",
        "unknown_population": "les personnes qui pouvaient participer",
        "unknown_mode": "le mode de collecte",
        "unknown_fieldwork": "les dates exactes",
        "unknown_drawn": "le nombre d’invités",
        "unknown_responded": "le nombre de participants",
        "unknown_weighting": "le redressement des réponses",
        "unknown_questionnaire": "le texte exact des questions",
        "commissioned": "pour {client}",
        "earlier": "enquêtes précédentes\u00a0: {bureaus}",
    },
    paper={
        "opening": "Introduction",
        "contents": "Sommaire",
        "notes": "Notes",
        "note": "Note {n}",
        "notes_are": (
            "Le petit chiffre placé après un nombre renvoie ici. Chaque note indique la question posée, à qui "
            "et lors de quelle vague, et où trouver le nombre. Si le nombre de répondants ou la marge "
            "d’erreur n’y figure pas, nous ne le connaissons pas."
        ),
        "terms": "Termes",
        "sources": "Sources des notes",
        "terms_are": "Un mot expliqué ici est souligné en tirets là où le texte l’emploie pour la première fois.",
        "online": "Tous les chiffres et les tests des phrases se trouvent à l’adresse",
        "at_page": "(p.\u00a0{page})",
        "to_page": "Vers la page {page}",
    },
    accessibility={
        "tested": "Ce qu’un ordinateur a vérifié",
        "by": "Les {pages} pages de ce livre ont toutes été vérifiées ({date}), depuis le disque et sans réseau, dans "
        "Chromium {chromium} et avec axe-core {axe}. Voici ce qui a été examiné, et sur combien de pages tout va bien.",
        "untested": "Les pages de ce livre n’ont pas encore été vérifiées.",
        "stale": "Depuis, quelque chose a changé\u00a0: {changed}. Les résultats ne valent pas pour cela.",
        "pages": "la liste des pages",
        "checks": "la liste des vérifications",
        "look": "la présentation",
        "what": "Ce qui a été examiné",
        "criteria": "WCAG",
        "seen": "Nombre d’examens",
        "passed": "Conforme",
        "of": "{passed} sur {all}",
        "deviations": "Écarts connus",
        "deviations_are": "Chaque écart est décrit par les quatre mêmes points que dans la déclaration d’accessibilité "
        "néerlandaise.",
        "no_deviations": "Aucun écart n’est connu.",
        "criterion": "Critère de succès {criterion}",
        "cause": "Cause",
        "effect": "Conséquence",
        "alternative": "Alternative",
        "measure": "Mesure",
    },
    checks={
        "axe": "Les règles d’axe-core pour les WCAG, en couleurs claires et sombres.",
        "contrast": "Le texte se détache assez de ce qui est derrière lui.",
        "keyboard": (
            "La touche Tab atteint tout, dans l’ordre de la page, et revient en arrière. On peut sauter le menu."
        ),
        "focus": "Un cadre montre où la touche Tab vous a conduit, et rien ne le cache.",
        "charts": (
            "Chaque graphique a un nom, une description et un tableau. Les lignes et les surfaces se détachent assez, "
            "même en gris. Elles ne diffèrent pas seulement par la couleur."
        ),
        "reflow": "Tout tient sur un écran étroit, sans défilement horizontal.",
        "text-size": "Avec des lettres deux fois plus grandes, rien n’est coupé ni recouvert.",
        "text-spacing": "Avec plus d’espace entre les lettres, les mots et les lignes, rien n’est coupé ni recouvert.",
        "forced-colours": (
            "Avec les couleurs qu’impose votre ordinateur, les boutons, les liens et les graphiques restent visibles."
        ),
        "reduced-motion": "Qui ne veut pas d’animation n’en a pas.",
        "language": "Ce qui est dans une autre langue est signalé comme tel.",
        "offline": "La page fonctionne sans réseau et ne demande rien à d’autres sites.",
        "no-script": "Sans JavaScript, tout est encore là.",
    },
    news={
        "edition": "Édition sur l’enquête {wave}",
        "revision": "Chiffre révisé dans l’édition {wave}",
        "revised": "{figure}\u00a0: avant {before}, maintenant {after}.",
        "correction": "Erreur corrigée dans l’édition {wave}",
    },
    drafts={
        "wave": "enquête {wave}",
        "demo": "démonstration inventée {wave}",
        "made_up": "inventé",
        "no_findings": "DONNÉES INVENTÉES, aucun résultat",
        "nobody": "personne\u00a0: données inventées",
        "reworded": "inventé\u00a0: autre question dans la démonstration",
        "group": "groupe {number} (inventé)",
        "municipality": "commune",
        "one_municipality": "Commune {number}",
        "country": "le pays entier",
    },
    references={"and": " et ", "others": " et al.", "report": "rapport"},
    theme=Theme(
        words={
            "skip": "Aller au contenu",
            "menu": "Sommaire",
            "chapters": "Chapitres",
            "wave": "Enquête",
            "search": "Recherche",
            "search_label": "Rechercher dans cette publication",
            "search_button": "Rechercher",
            "search_help": (
                "Les majuscules, les accents et le pluriel ne changent rien. Vous pouvez aussi "
                "chercher un nombre ou une année."
            ),
            "search_noscript": (
                "La recherche a besoin de JavaScript. Rien d’autre dans cette publication n’en a besoin\u00a0: passez "
                "par les chapitres, en haut de la page."
            ),
            "in_page": "Sur cette page",
            "turn": "Page précédente et page suivante",
            "previous": "Précédent",
            "next": "Suivant",
            "start": "Commencer la lecture",
            "numbered_figure": "Figure %s",
            "numbered_table": "Tableau %s",
            "numbered_code-block": "Code %s",
            "numbered_section": "Section %s",
            "repository": "Code source",
            "edit_page": "Modifier cette page",
            "issues": "Signaler une erreur",
            "formula": "Formule",
            "task_done": "fait",
            "task_open": "à faire",
            "based_on": "d’après {source}",
            "released": "paru le {date}",
            "changed": "dernière modification le {date}",
            "unreleased": "pas encore paru",
            "makers": "Rédaction",
            "commissioner": "Enquête commandée par",
            "publisher": "Éditeur",
            "contact": "Contact",
            "cite": "Pour citer",
            "cited": "{author} ({year}). {title}, vague {wave}.",
            "source": "Source",
            "licence": "Licence",
            "data": "Tous les chiffres",
            "accountability": "Méthodes et sources",
            "languages": "Autres langues",
            "about": "À propos de cette publication",
            "address": "Adresse de cette page\u00a0:",
            "embargoed": "Sous embargo.",
            "embargo": (
                "Ces pages peuvent être diffusées à partir du {day}, {time} ({zone}). Ne les partagez pas avant."
            ),
            "draft": "Brouillon.",
            "made_up": "Chiffres inventés.",
            "made_up_text": (
                "Ceci est une démonstration. L’enquête la plus récente de ces pages a été inventée par un ordinateur "
                "et ne dit rien de la réalité."
            ),
            "draft_text": "Ce texte n’est pas définitif. Les chiffres et les phrases inexacts sont signalés.",
            "table": "Tableau",
            "missing": "Cette page n’existe pas",
            "missing_text": (
                "L’adresse est peut-être mal écrite, ou la page a changé de place. Choisissez un chapitre, cherchez un "
                "mot ou commencez par la première page."
            ),
            "missing_brief": "Cette page n’existe pas. Choisissez un chapitre ou cherchez un mot.",
            "frozen": "Vous lisez l’édition sur l’enquête {wave}.",
            "newest": "Aller à la dernière édition",
            "editions": "Cette page dans chaque édition",
            "feed": "Modifications",
            "accessibility": "Accessibilité",
            "one_of_many": "Vous lisez l’une des éditions",
            "one_about": "celle sur",
            "all_editions": "Aller à toutes les éditions",
            "pick": "Toutes les éditions",
            "pick_text": "Cette publication a une édition pour chaque groupe. Choisissez-en une.",
            "pick_label": "Rechercher une édition",
            "pick_found": "éditions trouvées",
            "pick_none": "Aucune édition trouvée. Saisissez une partie du nom.",
        },
        phrases={
            "Show code cell source": "Afficher le code",
            "Hide code cell source": "Masquer le code",
            "Show code cell content": "Afficher la cellule",
            "Hide code cell content": "Masquer la cellule",
            "Show code cell output": "Afficher le résultat",
            "Hide code cell output": "Masquer le résultat",
            "Show code cell outputs": "Afficher les résultats",
            "Hide code cell outputs": "Masquer les résultats",
        },
        permalinks={
            "Link to this heading": "Lien vers ce titre",
            "Link to this image": "Lien vers cette figure",
            "Link to this table": "Lien vers ce tableau",
            "Link to this code": "Lien vers ce code",
            "Link to this equation": "Lien vers cette formule",
            "Link to this term": "Lien vers ce terme",
            "Link to this definition": "Lien vers cette définition",
            "Link to this toctree": "Lien vers ce sommaire",
        },
        search={
            "percent": "pour cent|pourcent",
            "found_one": "Une page trouvée pour «\u00a0{query}\u00a0».",
            "found_more": "{pages} pages trouvées pour «\u00a0{query}\u00a0».",
            "some": "Aucune page ne contient tous vos mots\u00a0: voici celles qui en contiennent le plus.",
            "near": "«\u00a0{typed}\u00a0» ne figure pas dans cette publication. Voici où figure «\u00a0{near}\u00a0».",
            "nothing": "«\u00a0{query}\u00a0» ne figure pas dans cette publication.",
            "maybe": "Vouliez-vous dire {near}\u202f?",
            "more_here": "Plus sur cette page ({count})",
            "more_pages": "Plus de pages ({count})",
        },
    ),
)
