/* A chart that a reader asked to explore. interaction.py bundles this with the parts of Vega that it names, as they are
 * inside vl-convert 1.9; a page loads the bundle when its reader asks, and not before.
 * Expressions are interpreted, not evaluated: the page's policy forbids eval. Nothing here formats a number: what readers
 * are told comes with the chart, and pointer and keyboard show the same of it. */
import { expressionInterpreter } from "/npm/vega-interpreter@2.0.0/+esm";
import { transforms } from "/npm/vega-dataflow@6.1.0/+esm";
import { parse } from "/npm/vega-parser@7.1.0/+esm";
import { View } from "/npm/vega-view@6.1.0/+esm";
import * as plain from "/npm/vega-transforms@5.1.0/+esm";
import * as layout from "/npm/vega-view-transforms@5.1.0/+esm";
import * as encode from "/npm/vega-encode@5.1.0/+esm";

Object.assign(transforms, plain, layout, encode);

const WIDTHS = ["wide", "narrow"]; // of both the style sheet shows the one that fits
const explored = new Map(); // figure: what gives its static picture back

/* Let the button's figure be explored, or be the static picture that it was. */
wavebook.explore = async (button, byKeyboard) => {
  const figure = button.closest("figure"), give = explored.get(figure);
  if (give) return give();
  explored.set(figure, () => {}); // until it is drawn
  const marks = await start(figure, button);
  if (byKeyboard) marks.find((mark) => mark.getClientRects().length).focus();
};

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || document.querySelector(":popover-open")) return; // a panel closes first
  const figure = document.activeElement.closest(".exploring") ?? document.querySelector(".exploring:hover");
  if (figure?.contains(document.activeElement)) figure.querySelector(".explore").focus();
  explored.get(figure)?.();
});

/* Draw both widths in place of the pictures; gives back all their marks. */
async function start(figure, button) {
  const { points, vega } = wavebook.charts[button.value], words = { ...button.dataset };
  const told = tell(points, words.hint, `${figure.id}-hint`);
  const place = (width) => figure.querySelector(`.chart-${width}`);
  const drawn = await Promise.all(WIDTHS.map((width) => draw(place(width), vega[width], points, words.role, told)));
  const marks = drawn.flatMap((one) => one.marks);
  const idle = points.length > 1 ? -1 : 0; // the point that shows when none is chosen
  const at = (mark) => { const i = marks.indexOf(mark); return i < 0 ? idle : i % points.length; };

  const show = (now) => {
    told.querySelector(".shown").classList.remove("shown");
    told.children[now + 1].classList.add("shown");
    if (now >= 0) for (const mark of marks) mark.setAttribute("tabindex", at(mark) === now ? 0 : -1);
    for (const { view, holder } of drawn) {
      view.signal("at", now).signal("of", points[now]?.series ?? "").runAsync().then(() => silence(holder));
    }
  };
  const focused = () => show(at(document.activeElement));
  const listeners = {
    pointerover: ({ target }) => marks.includes(target) && show(at(target)),
    pointerdown: ({ target, pointerId }) => target.releasePointerCapture(pointerId), // a finger may slide on
    pointerleave: ({ pointerType }) => pointerType === "mouse" && focused(),
    focusin: focused,
    focusout: ({ relatedTarget }) => figure.contains(relatedTarget) || show(idle),
    keydown: (event) => {
      const one = drawn.find((one) => one.marks.includes(event.target));
      if (!one || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const to = step(points, at(event.target), event.key);
      if (to === undefined) return;
      event.preventDefault();
      one.marks[to].focus();
    },
  };
  const change = (action) => {
    for (const [type, listener] of Object.entries(listeners)) figure[`${action}EventListener`](type, listener);
    figure.classList.toggle("exploring", action === "add");
    [button.textContent, button.dataset.other] = [button.dataset.other, button.textContent];
  };

  figure.querySelector(".chart-wide").after(told);
  change("add");
  show(idle);
  explored.set(figure, () => {
    change("remove");
    for (const { view, holder } of drawn) { view.finalize(); holder.remove(); }
    told.remove();
    explored.delete(figure);
  });
  return marks;
}

/* One width of the chart beside its static picture, whose name it takes; each point has an element of its own. */
async function draw(place, spec, points, role, told) {
  const holder = document.createElement("div");
  place.append(holder);
  const options = { expr: expressionInterpreter, renderer: "svg", container: holder };
  const view = await new View(parse(spec, null, { ast: true }), options).runAsync();
  const marks = [...holder.querySelectorAll('[class*=" areas"] path')];
  set(holder, {
    class: "explored", role: "application", "aria-roledescription": role, "aria-describedby": told.firstChild.id,
    "aria-label": place.querySelector("title").textContent,
  });
  set(holder.querySelector("svg"), { role: "none" });
  marks.forEach((mark, i) => set(mark, { role: "img", "aria-label": points[i].says.join(""), tabindex: i ? -1 : 0 }));
  return { view, holder, marks };
}

/* Vega describes groups of marks, in English and each time it draws. */
function silence(holder) {
  for (const group of holder.querySelectorAll("g[role]")) {
    group.removeAttribute("role");
    group.removeAttribute("aria-roledescription");
  }
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

/* What a reader is told of each point, and before that how to get there; the style sheet lays them over each other. */
function tell(points, hint, id) {
  const told = document.createElement("div");
  told.className = "told";
  for (const [before, value = "", after = ""] of [[hint], ...points.map(({ says }) => says)]) {
    const line = document.createElement("p"), strong = document.createElement("strong");
    strong.append(value);
    line.append(before, strong, after);
    told.append(line);
  }
  set(told.firstChild, { id, class: "shown" });
  return told;
}

/* Where a key leads from a point: sideways along all, up and down to the nearest wave of another row. */
function step(points, at, key) {
  const last = points.length - 1, { row, wave } = points[at];
  const along = { ArrowRight: Math.min(at + 1, last), ArrowLeft: Math.max(at - 1, 0), Home: 0, End: last }[key];
  const way = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (along !== undefined || !way) return along;
  const far = (i) => Math.abs(points[i].wave - wave);
  return [...points.keys()].filter((i) => points[i].row === row + way).sort((a, b) => far(a) - far(b))[0] ?? at;
}
