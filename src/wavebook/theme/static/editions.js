// Filters the list of editions by what is typed; without it the list is whole, and the box is not there.
"use strict";
{
  const form = document.querySelector("form.pick");
  const told = document.getElementById("picked");
  const sections = [...document.querySelectorAll("section.pick")];
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const items = sections.flatMap((section) => [...section.querySelectorAll("li")])
    .map((item) => [item, plain(item.textContent)]);
  const filter = () => {
    const words = plain(form.elements[0].value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const [item, text] of items) {
      item.hidden = !words.every((word) => text.includes(word));
      found += item.hidden ? 0 : 1;
    }
    for (const section of sections) section.hidden = !section.querySelector("li:not([hidden])");
    told.textContent = !words.length ? "" : found ? `${found} ${told.dataset.found}` : told.dataset.none;
  };
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  filter(); // a browser that goes back fills the box in again
}
