/* Readers' search. search.py puts before it SAID, the words of the page's language; ROOT, the language of the site's root;
 * and Stemmer, Sphinx's own of this language. searchindex.js fills it, and nothing else is loaded: it works from disk. */
const Search = (() => {
  const KIND = { h: 1.6, s: 1, r: 0.5, c: 0.25 }; // a heading, a sentence, a row of a table, a line of code
  const RANK = [1, 0.3, 0.08]; // the story, pages about the publication, notebooks
  const CODE = 2;
  const [SAME, BENT, BEGINS, WITHIN] = [1, 0.9, 0.6, 0.3]; // how alike a word is to the one that is asked for
  const WHOLE = 0.75; // what part of the question a page answers, by the weight of its words
  const LETTERS = { ß: "ss", œ: "oe", æ: "ae", ø: "o", ł: "l" };
  const TOKEN = /https?:\/\/\S+|\d{1,3}(?:[.,\u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?|[\p{L}\p{M}\p{N}]+|%/gu;
  const PERCENT = new Set(SAID.percent.split("|")); // 40 procent is 40%
  const isJoined = (text) => /[-‐‑]/.test(text) || [...PERCENT].some((word) => word.includes(" ") && text.includes(word));
  const ENDING = /^(?:e?[nsrx]|e|t?jes?)?$/; // one word is another one bent, for words that no stemmer knows
  const passages = [], pages = [], forms = new Map();
  const stemmer = new Stemmer();

  const plain = (text) =>
    text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[ßœæøł]/g, (letter) => LETTERS[letter]);

  /* One form for 1.400.000, 1,400,000 and 1 400 000, and one for 6,9 and 6.9. */
  function number(text) {
    const [, whole, rest = ""] = /^([1-9]\d{0,2}(?:[.,\u00a0\u202f]\d{3})+)([.,]\d+)?$/.exec(text) ?? [null, null];
    return whole ? whole.replace(/\D/g, "") + rest.replace(",", ".") : text.replace(",", ".");
  }

  function form(text) {
    if (/^\d/.test(text)) return number(text);
    const made = plain(text);
    return PERCENT.has(made) ? "%" : made;
  }

  const isAddress = (text) => /^https?:/.test(text); // nobody reads one

  const isNumber = (text) => /^[\d%]/.test(text);

  /* The words of a text, and two that a hyphen joins also as one: on-line and online. */
  function tokens(text) {
    const found = [];
    let before;
    for (const match of text.matchAll(TOKEN)) {
      if (isAddress(match[0])) continue;
      const token = { form: form(match[0]), text: match[0], start: match.index, end: match.index + match[0].length };
      if (before && PERCENT.has(`${before.form} ${token.form}`)) {
        Object.assign(before, { form: "%", end: token.end }); // pour cent
        continue;
      }
      found.push(token);
      if (before && !isNumber(token.form) && !isNumber(before.form) && /^[-‐‑]$/.test(text.slice(before.end, token.start))) {
        const joined = before.form + token.form;
        found.push({ form: joined, text: joined, start: before.start, end: token.end, joined: true });
      }
      before = token;
    }
    return found;
  }

  const stems = (text) => {
    const small = text.toLowerCase(), bare = plain(small), own = plain(stemmer.stemWord(small));
    return bare === small ? [own] : [own, stemmer.stemWord(bare)];
  };

  function fill(made) {
    for (const [href, rank, title, sections, found] of made) {
      const page = { href, rank, title, sections };
      pages.push(page);
      for (const [section, kind, address, text] of found) {
        passages.push({ page, section, kind, address, text, place: passages.length });
      }
    }
  }

  /* Every form of a word, with the texts that it has and the passages that have it; made when it is first asked for. */
  function known() {
    if (forms.size) return forms;
    const seen = new Map(); // most words stand in many passages
    const add = (text, made, { kind, page, place }) => {
      if (made.at.at(-1) !== place) made.at.push(place);
      if (!made.shown && kind !== "c" && page.rank < CODE) made.shown = text; // no name in a program is offered
    };
    const made = (text, own) => {
      if (!forms.has(own)) forms.set(own, { texts: new Set(), at: [], shown: "" });
      forms.get(own).texts.add(text);
      return forms.get(own);
    };
    for (const passage of passages) {
      const { text } = passage;
      const found = isJoined(text) ? tokens(text) : text.match(TOKEN) ?? [];
      for (const token of found) {
        const said = token.text ?? token;
        if (isAddress(said)) continue;
        if (token.text || !seen.has(said)) seen.set(said, made(said, token.form ?? form(said)));
        add(said, seen.get(said), passage);
      }
    }
    return forms;
  }

  /* The stems of a form; each is found once, and only when a word that begins like it is asked for. */
  const stemsOf = (made) => (made.stems ??= new Set([...made.texts].flatMap(stems)));

  const bent = (one, other) => {
    let same = 0;
    while (same < one.length && one[same] === other[same]) same += 1;
    return same > 3 && ENDING.test(one.slice(same)) && ENDING.test(other.slice(same));
  };

  /* The forms that answer a word, each with how alike it is. */
  function answers(token) {
    const found = new Map(), asked = token.form;
    if (known().has(asked)) found.set(asked, SAME);
    if (isNumber(asked)) return found;
    const own = stems(token.text);
    for (const [other, made] of forms) {
      if (other === asked || isNumber(other)) continue;
      const isBent = other.startsWith(asked.slice(0, 2)) && own.some((stem) => stemsOf(made).has(stem));
      if (isBent && asked.length < 2 * other.length && other.length < 2 * asked.length) found.set(other, BENT);
      else if (isBent && !forms.has(asked) && other.startsWith(asked)) found.set(other, BEGINS); // the Dutch stem of overheid is over
      else if (asked.length > 4 && other.includes(asked)) found.set(other, other.startsWith(asked) ? BEGINS : WITHIN);
    }
    if (!found.size && asked.length > 2) for (const other of forms.keys()) if (other.startsWith(asked)) found.set(other, BEGINS);
    if (!found.size) for (const other of forms.keys()) if (!isNumber(other) && bent(asked, other)) found.set(other, BENT);
    return found;
  }

  /* How many letters to add, leave out, change or swap to make one word the other; more than `most` is as good as any. */
  function distance(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let [before, last] = [[], Array.from({ length: other.length + 1 }, (_, n) => n)];
    for (let i = 1; i <= one.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= other.length; j += 1) {
        const change = one[i - 1] === other[j - 1] ? 0 : 1;
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + change);
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > most) return most + 1;
      [before, last] = [last, row];
    }
    return last[other.length];
  }

  /* Words near one that nobody finds, the nearest first; those with `sure` differ by a slip of the hand. No number is near
   * another one. */
  function near(token) {
    const asked = token.form, found = [];
    if (isNumber(asked) || asked.length < 4) return found;
    const slip = asked.length < 8 ? 1 : 2;
    for (const [other, { at, shown }] of known()) {
      if (isNumber(other) || !shown || other.length < 3) continue;
      const apart = distance(asked, other, slip);
      let same = 0;
      while (same < asked.length && asked[same] === other[same]) same += 1;
      const sure = apart <= slip && (same > 0 || apart === 1);
      if (sure) found.push({ form: other, shown, sure, order: apart - at.length / 1e6 });
      else if ((same > 4 && same * 2 >= asked.length) || (same === other.length && same > 4)) found.push({ form: other, shown, sure, order: 10 - same - at.length / 1e6 });
    }
    found.sort((a, b) => a.order - b.order);
    const stemmed = new Set();
    return found.filter(({ shown }) => !stemmed.has(stems(shown)[0]) && stemmed.add(stems(shown)[0]));
  }

  function asked(query) {
    const words = [], meant = [], maybe = [];
    const whole = query.replace(/(?<![\d.,])\d{1,3}(?: \d{3})+(?!\d)/g, (typed) => {
      const spaced = typed.replaceAll(" ", "\u202f"); // 1 400 000, if the book has that number
      return known().has(number(spaced)) ? spaced : typed;
    });
    for (const token of tokens(whole).filter((token) => !token.joined)) {
      if (words.some((word) => word.form === token.form)) continue;
      let found = answers(token);
      if (!found.size) {
        const others = near(token);
        const sure = others.filter((other) => other.sure);
        if (sure.length) {
          found = answers({ form: sure[0].form, text: sure[0].shown });
          meant.push([token.text, sure[0].shown]);
        }
        maybe.push(...(sure.length ? sure.slice(1, 3) : others.slice(0, 3)).map(({ shown }) => [token.text, shown]));
      }
      const at = new Set([...found].flatMap(([other, alike]) => (alike >= BEGINS ? forms.get(other).at : [])));
      words.push({ form: token.form, found, weight: Math.log(1 + passages.length / (1 + at.size)), at: at.size });
    }
    const rarest = Math.max(...words.map((word) => word.weight));
    for (const word of words) word.common = word.at > passages.length / 10 && word.weight < rarest;
    return { words, meant, maybe };
  }

  /* Where the words of a question stand in a text: [from, to] of each, and whether all stand in a row somewhere. */
  function places(passage, words) {
    const found = (passage.tokens ??= tokens(passage.text));
    const hits = found.map((token) => words.map((word) => word.found.get(token.form) ?? 0));
    const simple = found.map((token, place) => place).filter((place) => !found[place].joined);
    const isRow = words.length > 1 && simple.some((_, from) => words.every((_, n) => hits[simple[from + n]]?.[n] >= BENT));
    const isHit = (place) => hits[place]?.some((alike) => alike > 0);
    const rare = (place) => hits[place].some((alike, n) => alike > 0 && !words[n].common);
    const marked = found.map((_, place) => place).filter(
      (place) => isHit(place) && (words.length === 1 || rare(place) || isHit(place - 1) || isHit(place + 1)),
    );
    const marks = [];
    for (const place of marked) {
      const { start, end } = found[place];
      if (marks.length && start < marks.at(-1)[1]) marks.at(-1)[1] = Math.max(end, marks.at(-1)[1]);
      else marks.push([start, end]);
    }
    return { marks, isRow, isAll: isRow && simple.length === words.length, one: words.length === 1 && simple.length === 1 && hits[0][0] >= BENT };
  }

  function find(query) {
    const { words, meant, maybe } = asked(query);
    const scores = new Map(); // by passage, how well it has each word
    words.forEach((word, n) => {
      for (const [other, alike] of word.found) {
        for (const place of forms.get(other).at) {
          if (!scores.has(place)) scores.set(place, new Float64Array(words.length));
          scores.get(place)[n] = Math.max(scores.get(place)[n], alike);
        }
      }
    });
    const total = words.reduce((sum, word) => sum + word.weight, 0);
    const byPage = new Map();
    for (const [place, alike] of scores) {
      const passage = passages[place];
      let score = words.reduce((sum, word, n) => sum + word.weight * alike[n], 0) / total;
      const mayRow = alike.every((one) => one >= BENT) && (words.length > 1 || passage.kind === "h");
      const said = mayRow ? places(passage, words) : {};
      score *= KIND[passage.kind] * (said.isRow ? 1.6 : 1);
      if (passage.kind === "h" && passage.section === 0 && (said.isAll || said.one)) score *= 4;
      if (!byPage.has(passage.page)) byPage.set(passage.page, { page: passage.page, hits: [], has: new Float64Array(words.length) });
      const held = byPage.get(passage.page);
      held.hits.push({ passage, score });
      words.forEach((_, n) => { held.has[n] = Math.max(held.has[n], alike[n]); });
    }
    for (const held of byPage.values()) {
      held.covers = words.reduce((sum, word, n) => sum + (held.has[n] ? word.weight : 0), 0) / total;
      held.hits.sort((a, b) => b.score - a.score || a.passage.place - b.passage.place);
      const more = held.hits.slice(1, 6).reduce((sum, hit) => sum + hit.score, 0);
      held.score = RANK[held.page.rank] * (held.hits[0].score + more / 50) * held.covers ** 2;
    }
    const found = [...byPage.values()].sort((a, b) => b.score - a.score || pages.indexOf(a.page) - pages.indexOf(b.page));
    const best = Math.max(0, ...found.map((held) => held.covers));
    const kept = found.filter((held) => held.covers >= Math.min(WHOLE, best));
    const pagesFound = kept.map(({ page, hits }) => ({ page, hits: told(hits, words) })).filter(({ hits }) => hits.length);
    return { meant, maybe, isWhole: best >= WHOLE, pages: pagesFound };
  }

  /* The passages to show of a page, the best first; what its title says counts for the page alone. */
  function told(hits, words) {
    const seen = new Set(), isTitle = ({ kind, section }) => kind === "h" && section === 0;
    const best = hits.find(({ passage }) => !isTitle(passage))?.score ?? 0;
    const kept = hits
      .filter(({ passage, score }) => isTitle(passage) || score > best / 4)
      .map(({ passage }) => ({ ...passage, marks: places(passage, words).marks }))
      .filter(({ marks }) => marks.length);
    const sections = new Set(kept.filter(({ kind }) => kind !== "h").map(({ section }) => section));
    for (const { place, section, page } of kept.filter(({ kind, section }) => kind === "h" && !sections.has(section))) {
      const next = passages[place + 1]; // a heading alone says little: what stands right below it
      if (next?.page === page && next.section === section) kept.push({ ...next, marks: [] });
    }
    return kept.filter(({ text }) => !seen.has(text) && seen.add(text));
  }

  return { fill, find, tokens, near: (word) => near(tokens(word)[0]), pages, passages };
})();

/* The page: what is asked for stands in its address, so that it can be kept and shared. */
addEventListener("DOMContentLoaded", () => {
  const PAGES = 10, HITS = 3; // shown at once; the rest can be opened
  const query = new URLSearchParams(location.search).get("q")?.trim() ?? "";
  const results = document.getElementById("search-results");
  const [status, form] = [document.getElementById("search-status"), document.querySelector("main form.search")];
  form.q.value = query;
  if (!query) return;
  document.title = `${query} – ${document.title}`;

  function make(tag, attributes = {}, ...parts) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (value) made.setAttribute(name, value);
    made.append(...parts);
    return made;
  }

  /* A text of SAID, with what stands in braces in it replaced. */
  const said = (name, parts) =>
    SAID[name].split(/(\{\w+\})/).filter(Boolean).flatMap((piece) => parts[piece.slice(1, -1)] ?? piece);

  const listed = (items) =>
    new Intl.ListFormat(document.documentElement.lang, { type: "disjunction" })
      .formatToParts(items.map((_, n) => String(n)))
      .map(({ type, value }) => (type === "element" ? items[value] : value));

  function marked(text, marks) {
    const parts = [];
    let last = 0;
    for (const [from, to] of marks) {
      parts.push(text.slice(last, from), make("mark", {}, text.slice(from, to)));
      last = to;
    }
    return [...parts, text.slice(last)].filter((part) => part !== "");
  }

  /* Browsers that know text fragments show the very sentence; in all others the address is the nearest above it. */
  function address({ page, section, kind, address: own, text }) {
    const place = own || page.sections[section][0], words = text.split(/\s+/);
    const part = (some) => encodeURIComponent(some.join(" ")).replace(/-/g, "%2D");
    const ends = words.length > 8 ? `${part(words.slice(0, 4))},${part(words.slice(-4))}` : part(words);
    const exact = "fragmentDirective" in document && (kind === "s" || kind === "c") ? `:~:text=${ends}` : "";
    return page.href + (place || exact ? `#${place}${exact}` : "");
  }

  const passage = (hit) => {
    const link = make("a", { href: address(hit) }, ...marked(hit.text, hit.marks));
    return make("li", {}, hit.kind === "c" ? make("code", {}, link) : link);
  };

  /* Hits by the section that they stand in, below its heading. */
  function sections(hits) {
    const parts = new Map();
    for (const hit of [...hits].sort((a, b) => a.place - b.place)) {
      if (!parts.has(hit.section)) parts.set(hit.section, []);
      parts.get(hit.section).push(hit);
    }
    return [...parts].flatMap(([section, found]) => {
      const heading = found.find((hit) => hit.kind === "h"), { page } = found[0];
      const [id, text] = page.sections[section];
      const list = make("ul", {}, ...found.filter((hit) => hit !== heading).map(passage));
      const head = section ? [make("h3", {}, make("a", { href: `${page.href}#${id}` }, ...marked(text, heading?.marks ?? [])))] : [];
      return list.children.length ? [...head, list] : head;
    });
  }

  function shown({ page, hits }) {
    const title = hits.find((hit) => hit.kind === "h" && !hit.section);
    const rest = hits.filter((hit) => hit !== title), first = rest.slice(0, HITS), more = rest.slice(HITS);
    const elsewhere = page.href.startsWith("notebooks/") && ROOT !== document.documentElement.lang ? ROOT : "";
    const item = make("li", { lang: elsewhere }, make("h2", {}, make("a", { href: page.href }, ...marked(page.title, title?.marks ?? []))));
    item.append(...sections(first));
    if (more.length) item.append(opened("more_here", more.length, sections(more)));
    return item;
  }

  const opened = (name, count, parts) => make("details", {}, make("summary", {}, ...said(name, { count })), ...parts);

  const again = (from, to) => {
    const link = make("a", { href: `?${new URLSearchParams({ q: query.replace(from, to) })}` }, query.replace(from, to));
    return link;
  };

  const { pages, meant, maybe, isWhole } = Search.find(query);
  const told = [];
  const near = meant.map(([, to]) => to).join(" ");
  if (!pages.length) told.push(said("nothing", { query }));
  else if (meant.length) told.push(said("near", { typed: meant.map(([from]) => from).join(" "), near }));
  else told.push(said(pages.length === 1 ? "found_one" : "found_more", { query, pages: String(pages.length) }));
  if (pages.length && !isWhole) told.push([" ", ...said("some", {})]);
  if (maybe.length) told.push([" ", ...said("maybe", { near: listed(maybe.map(([from, to]) => again(from, to))) })]);
  const list = (found) => make("ol", {}, ...found.map(shown));
  results.append(list(pages.slice(0, PAGES)));
  if (pages.length > PAGES) results.append(opened("more_pages", pages.length - PAGES, [list(pages.slice(PAGES, 10 * PAGES))]));
  status.append(...told.flat()); // a live region: a screen reader says it, once the page is read
});
