/* Settles with Sphinx's searchtools.js what a page of this book wants: joined to it as its last part (weave.py).
 * Sphinx's own translations.js builds functions from text, which a strict content security policy forbids, and leaves
 * half of the words in English. */

/* Off: marking hits would store the reader's words in the browser. */
const SPHINX_HIGHLIGHT_ENABLED = false;

/* Pages opened from disk cannot be fetched: titles only, and no error. */
if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

/* What Sphinx's script says, in the words of the page's language: SAID stands before it. */
Object.assign(Documentation.TRANSLATIONS, {
  "Searching": SAID.searching,
  "Preparing search...": SAID.preparing,
  "Search Results": SAID.results,
  ", in ": SAID.in,
  "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.":
    SAID.nothing,
  "Search finished, found ${resultCount} page(s) matching the search query.": SAID.found,
  "Search finished, found one page matching the search query.": [SAID.found_one, SAID.found_more],
});

/* Notebooks are in the language of the site's root, also below the pages in another. */
if (document.documentElement.lang !== ROOT) {
  _ready(() => {
    const results = document.getElementById("search-results");
    const mark = () => results.querySelectorAll("a[href*='notebooks/']").forEach((link) => { link.lang = ROOT; });
    new MutationObserver(mark).observe(results, { childList: true, subtree: true });
  });
}
/* Sphinx takes the titles of sections, which its index holds as plain text, for markup; those of pages are markup. */
const escaped = (text) =>
  text.replace(/[&<>"]/g, (mark) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[mark]);
const { setIndex, _performSearch } = Search;
Search.setIndex = (index) => {
  const titles = Object.entries(index.alltitles).map(([title, places]) => [escaped(title), places]);
  setIndex({ ...index, alltitles: Object.fromEntries(titles) });
};
Search._performSearch = (query, ...terms) => _performSearch(escaped(query), ...terms);

/* A screen reader says how much was found, as soon as it is known. */
_ready(() => document.querySelector(".search-summary")?.setAttribute("role", "status"));
