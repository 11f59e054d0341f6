// The index of pages of figures: filters it by what is typed, and leads on the address of a row that stood here when the
// table was small. Without it the list is whole, and such an address leads to its entry, if that row is about everyone.
"use strict";
{
  const form = document.getElementById("row-search"), told = document.getElementById("rows-found");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const numbers = (text) => (text ?? "0,0").split(",").map(Number);
  const series = [...document.querySelectorAll(".row-index > li")].map((item) => {
    const own = plain([...item.children].slice(0, 2).map((part) => part.textContent).join(" "));
    const pages = [...item.querySelectorAll("li")].map((page) => {
      const link = page.querySelector("a"), { by, first, last } = link.dataset;
      return { item: page, link, by, first: numbers(first), last: numbers(last), own, text: `${own} ${plain(page.textContent)}` };
    });
    return { item, slug: item.id, pages };
  });

  let names = null;
  window.rowNames = (given) => { names = given; };
  const loaded = () => names ? Promise.resolve() : new Promise((resolve) => {
    const script = document.createElement("script");
    script.addEventListener("load", resolve);
    script.addEventListener("error", resolve); // what is typed is then looked for in the list alone
    script.src = form.dataset.names;
    document.head.append(script);
  });

  // The places of the segments of a breakdown whose names have words that begin with each of these.
  const places = (by, words) => (names?.segments[by] ?? []).flatMap(([, name], place) => {
    const own = plain(name).split(/[^\p{L}\p{N}]+/u);
    return words.every((word) => own.some((one) => one.startsWith(word))) ? [place] : [];
  });

  const filter = () => {
    const words = plain(form.elements[0].value).split(/\s+/).filter(Boolean);
    const known = new Map();
    let found = 0;
    const shows = (page) => {
      if (words.every((word) => page.text.includes(word))) return true;
      if (!page.by) return false;
      const rest = words.filter((word) => !page.own.includes(word));
      const key = `${page.by} ${rest.join(" ")}`;
      if (!known.has(key)) known.set(key, places(page.by, rest));
      return known.get(key).some((place) => page.first[0] <= place && place <= page.last[0]);
    };
    for (const { item, pages } of series) {
      for (const page of pages) {
        page.item.hidden = !shows(page);
        found += page.item.hidden ? 0 : 1;
      }
      item.hidden = pages.every((page) => page.item.hidden);
    }
    told.textContent = !words.length ? "" : found ? `${told.dataset.found}: ${found}` : told.dataset.none;
  };

  // The page with the row of an anchor: indicator, category, breakdown and segment, wave, as the anchor has them in turn.
  const pageOf = (anchor) => {
    const longest = (all, rest, of) => all.filter((one) => rest.startsWith(`${of(one)}-`))
      .sort((one, other) => of(other).length - of(one).length)[0];
    const own = longest(series, anchor, (one) => one.slug);
    if (!own) return null;
    if (own.pages.length === 1) return own.pages[0];
    let rest = anchor.slice(own.slug.length + 1);
    const category = longest([...(names?.categories[own.slug] ?? []).entries()], rest, (one) => one[1]);
    if (category) rest = rest.slice(category[1].length + 1);
    const parts = [...new Set(own.pages.map((page) => page.by))]
      .flatMap((by) => [...(names?.segments[by] ?? []).entries()].map(([place, [part]]) => ({ by, place, part })));
    const { by, place } = longest(parts, rest, (one) => one.part) ?? { by: "", place: 0 };
    const at = [place, category ? category[0] + 1 : 0];
    const after = (one, other) => one[0] - other[0] || one[1] - other[1];
    return own.pages.find((page) => (page.by ?? "") === by && after(page.first, at) <= 0 && after(at, page.last) <= 0);
  };

  const lead = async () => {
    const anchor = decodeURIComponent(location.hash.slice(1));
    const entry = anchor && document.getElementById(anchor);
    if (entry?.matches(".row-index a")) return location.replace(entry.href);
    if (!anchor || entry) return;
    await loaded();
    const page = pageOf(anchor);
    if (page) location.replace(`${page.link.href}#${anchor}`);
  };

  form.hidden = false;
  form.addEventListener("focusin", async () => { await loaded(); filter(); }, { once: true });
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", lead);
  filter(); // a browser that goes back fills the box in again
  lead();
}
