"""A small book about trust in a broadcaster, in whichever languages a test asks for."""

from collections.abc import Iterable
from pathlib import Path

from leaf import put_notebook
from small import speak

from wavebook.core.front_matter import twin_of
from wavebook.figures import COLUMNS

PAGE = """# {title}

{{value}}`trust` {{trend}}`trust` {{change}}`trust`, {{wave}}`baseline`, {{n}}`trust`, {{value}}`heard.radio`.
{{fact}}`towers` {{cite:p}}`report`. [{title}.]{{.claim #risen}}

:::{{chart}} line
{title}.
:::

"""
END = "```{bibliography}\n```\n"
TABLES = "".join(
    f"```{{{name}}}\n```\n\n" for name in ("figures", "facts", "waves", "changes", "accessibility", "claims")
)
NOTEBOOK = (
    "from wavebook import charts, claims, load",
    "figures = load(wave=wave, baseline=baseline, language=language)",
    'charts.lines("line", figures.select("trust", waves="all"))',
    'claims.judge(figures, {"risen": claims.rises("trust")})',
)


def said(text: str, languages: Iterable[str]) -> str:
    """Declared words as TOML: a plain text in one language, else one that tells its own."""
    first, *others = languages
    told = ", ".join(f'{code} = "{text} {code}"' for code in (first, *others))
    return f"{{ {told} }}" if others else f'"{text}"'


def make_spoken(root: Path, *languages: str) -> Path:
    """The book in these languages, that of its root first."""

    def write(name: str, text: str) -> Path:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def words(text: str) -> str:
        return said(text, languages)

    write("_config.yml", "title: Tuulia\nauthor: Aino\n")
    speak(root, *languages)
    write("_toc.yml", "format: jb-book\nroot: index\nchapters:\n  - file: notebooks/n\n")
    named = f"definition = {words('how far people trust')}\n"
    write(
        "data/indicators.toml",
        f"[bases]\npeople = {words('adults')}\n"
        f'\n[indicators.trust]\nunit = "grade"\ndecimals = 1\nbase = "people"\nname = {words("trust")}\n{named}'
        f'\n[indicators.heard]\nunit = "percent"\ndecimals = 0\nbase = "people"\nname = {words("heard")}\n{named}'
        f"[indicators.heard.categories]\nradio = {words('radio')}\nweb = {words('web')}\n",
    )
    waves = "".join(
        f'\n[waves.{year}]\nname = {words("round")}\nbureau = "Een"\nclient = {words("us")}\nsource = "report"\n'
        for year in (2010, 2014)
    )
    write("data/waves.toml", f"baseline = 2010\n{waves}")
    fact = f'[towers]\ndate = "2015-08"\nvalue = 39\nname = {words("towers")}\n'
    write("data/context.toml", f'{fact}source = "report"\nlocator = "bijlage 2"\n')
    source = (
        "author = {Jansen, Jan and Bos, An}, title = {Het rapport over de zenders}, year = {2015}, langid = {dutch}"
    )
    write("data/references.bib", f"@misc{{report, {source}}}\n")
    for year, trust, radio in ((2010, "6.1", "40"), (2014, "6.9", "52")):
        rows = [("trust", "", trust, "grade"), ("heard", "radio", radio, "percent"), ("heard", "web", "30", "percent")]
        lines = [
            dict.fromkeys(COLUMNS, "")
            | {"wave": str(year), "indicator": name, "category": category, "value": value, "unit": unit}
            | {"n": "1000", "n_effective": "900", "se": "0.05" if unit == "grade" else "1.5"}
            | {"status": "published", "source": "report", "locator": "bijlage 1"}
            for name, category, value, unit in rows
        ]
        table = [",".join(line[column] for column in COLUMNS) for line in lines]
        write(f"data/figures/{year}.csv", "\n".join([",".join(COLUMNS), *table]) + "\n")
    notebook = put_notebook(root, *NOTEBOOK)
    notebook.write_text(
        notebook.read_text(encoding="utf-8").replace('"nl\\"', f'"{languages[0]}\\"').replace('\\"total\\"', '\\"\\"'),
        encoding="utf-8",
    )
    first = write("book/index.md", f"---\nreviewed: 2014\n---\n{PAGE.format(title='Tuulia')}{TABLES}" + END)
    for code in languages[1:]:
        top = f"---\nreviewed: 2014\ntwin: '{twin_of(first)}'\n---\n"
        write(f"book/{code}/index.md", f"{top}{PAGE.format(title='Tuulia')}{TABLES}" + END)
    return root
