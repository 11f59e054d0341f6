"""French: all words that readers of a French page see.

A colon has a no-break space before it, and so have the marks inside « and »; a semicolon has a narrow one.
"""

from wavebook.language.lexicon import Notation, Patterns, Prose, Theme, Words

_COUNT = (
    r"(?:zéro|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix(?:-(?:sept|huit|neuf))?|onze|douze|treize|quatorze|"
    r"quinze|seize|(?:vingt|trente|quarante|cinquante|soixante|quatre-vingts?)(?:[- ]et[- ](?:une?|onze)|-[\w-]+)?|"
    r"cents?|mille|demi)"
)
_PART = r"(?:tiers|quarts?|cinquièmes?|sixièmes?|septièmes?|huitièmes?|neuvièmes?|dixièmes?)"

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
    },
    periods={
        "half_1": "premier semestre {year}",
        "half_2": "second semestre {year}",
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
    marks={"provisional": "[p]", "revised": "[r]", "perturbed": "[~]", "perturbed_revised": "[r~]"},
    charts={
        "lines": "Graphique en courbes",
        "bars": "Graphique en barres",
        "part": "Barre de 100\u00a0%, remplie en partie",
        "tally": "Graphique à points, un point par unité",
        "change": "Graphique en haltères, entre {first} et {last}",
        "noted": "Entre {start} et {end}\u00a0: {reason}.",
        "full": "Pas de comparaison possible entre {start} et {end}\u00a0: {reason}.",
        "interval": "Les traits indiquent l’intervalle de confiance à 95\u00a0%.",
        "ci": "intervalle à 95\u00a0%\u00a0: {low} à {high}",
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
        "state": "Situation\u00a0: {date}.",
        "year": "Année",
        "topic": "Thème",
        "value": "Valeur",
        "all": "total",
        "difference": "Écart",
        "since": "écart par rapport à {wave}\u00a0: {size}",
        "absent": "Pas de chiffres disponibles ici\u00a0: {about}.",
        "source": "Source",
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
    },
    claims={
        "rises": (
            "{what}\u00a0: hausse entre {first} et {last}",
            "{what}\u00a0: pas de hausse entre {first} et {last}",
        ),
        "falls": (
            "{what}\u00a0: baisse entre {first} et {last}",
            "{what}\u00a0: pas de baisse entre {first} et {last}",
        ),
        "stable": (
            "{what}\u00a0: au plus {margin} d’écart entre {first} et {last}",
            "{what}\u00a0: plus de {margin} d’écart entre {first} et {last}",
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
            "écart entre {one} et {two}\u00a0: hausse {by}entre {first} et {last}",
            "écart entre {one} et {two}\u00a0: pas de hausse {by}entre {first} et {last}",
        ),
        "narrows": (
            "écart entre {one} et {two}\u00a0: baisse {by}entre {first} et {last}",
            "écart entre {one} et {two}\u00a0: pas de baisse {by}entre {first} et {last}",
        ),
        "gains_on": (
            "{one}\u00a0: entre {first} et {last}, hausse plus forte, ou baisse moins forte, que pour {two}",
            "{one}\u00a0: entre {first} et {last}, ni hausse plus forte, ni baisse moins forte que pour {two}",
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
    },
    prose=Prose(
        abbreviations=frozenset(
            "art av bd cf ch chap coll dir dr dép env etc ex fig févr hab janv juil max min mlle mm mme mmes nb "
            "no nos oct op paragr pp prof préc resp réf sept sq sqq st ste suiv suppl tab tabl trad tél vol vs "
            "éd".split()
        ),
        quotes=(("«", "»"), ("“", "”")),
    ),
    patterns=Patterns(
        number=(
            rf"\b(?:{_COUNT} (?:virgule {_COUNT} )?(?:pour ?cent|pourcents?|points? de pourcentage)|"
            rf"{_COUNT} virgule {_COUNT}|{_COUNT} (?:\w+ )?sur (?:les )?{_COUNT}|"
            rf"(?:le|un|deux|trois|quatre|les) {_PART}|la moitié)\b"
        ),
        known=r"\b(?:in)?connue?s?\b|\bconna(?:ît|issons)\b|\bon sait\b",
        further=(
            r"\b(?:meilleure?s?|mieux|amélior\w*|pires?|empir\w*|détérior\w*|dégrad\w*|progrès|progress\w*|recul\w*|"
            r"croît|croiss\w*|chang(?:e|é|ea)\w*|évolu\w*|significati\w*|démontr\w*|prouv\w*|réellement|vraiment)\b"
        ),
        moved=r"\b(?:de|à|d’environ|jusqu’à)\s[+−]?\d|\bpassant\b",
    ),
    tables={
        "unknown": "inconnu",
        "not_applicable": "sans objet",
        "everyone": "tout le monde",
        "fails": "ne correspond pas aux chiffres",
        "open": "impossible à vérifier",
        "not certain": "pas certain\u00a0: peut être dû au hasard",
        "holds": "exact",
        "source": "Source",
        "source_is": "Source\u00a0:",
        "data": "Chiffres de cette figure",
        "data_of": "Chiffres de cette figure\u00a0: {caption}",
        "between": "\u202f; ",
        "permalink": "Lien vers cette figure",
        "explore": "Explorer les chiffres",
        "done": "Terminer l’exploration",
        "hint": "Pointez un chiffre ou utilisez les flèches. Retour\u00a0: Échap.",
        "explored": "graphique à explorer",
        "failed": "Le graphique à explorer n’a pas pu être chargé. Tous les chiffres sont dans le tableau.",
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
        "scroll": "Tableau, à faire défiler pour tout voir",
        "break": (
            "Les comparaisons entre {start} ou avant et {end} ou après passent par une rupture de série\u00a0: "
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
        "covers": "Portée",
        "not_known": "non connu\u00a0: {what}",
        "reported": "Non vérifié",
        "reported_are": "Ces phrases sur l’enquête reposent uniquement sur la source citée.",
        "tests": "Phrases vérifiées",
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
        "cite": "Citer cette figure",
        "cited": "{author} ({year}). «\u00a0{caption}\u00a0». Dans\u00a0: {title}, enquête {wave}. {address}",
        "no_year": "s.\u00a0d.",
        "none": "aucune",
        "before": "Avant",
        "after": "Maintenant",
        "reason": "Pourquoi",
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
            "search_help": "Si vous cherchez plusieurs mots, vous verrez les pages qui les contiennent tous.",
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
            "source": "Source",
            "licence": "Licence",
            "data": "Tous les chiffres",
            "accountability": "Méthodes et sources",
            "languages": "Autres langues",
            "about": "À propos de cette publication",
            "address": "Adresse de cette page\u00a0:",
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
            "frozen": "Vous lisez l’édition sur l’enquête",
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
            "searching": "Recherche en cours",
            "preparing": "Préparation de la recherche…",
            "results": "Résultats de la recherche",
            "in": ", dans ",
            "nothing": (
                "Rien n’a été trouvé. Vérifiez que tous les mots sont bien écrits, ou cherchez avec moins de mots."
            ),
            "found": "Nombre d’endroits où se trouvent vos mots\u00a0: ${resultCount}.",
            "found_one": "Vos mots se trouvent à un endroit.",
            "found_more": "Vos mots se trouvent à ${resultCount} endroits.",
        },
    ),
)
