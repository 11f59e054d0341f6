/* Charts to explore, which a page works without: the picture stays, and what is told of a point appears on it.
 *
 * The button is followed by the points of its chart as JSON (pages/exploring.py), in px of the picture and in words of the
 * page: nothing here formats a number, and nothing is loaded. Pointer, finger and keyboard show the same. */
"use strict";

{
  const WIDTHS = ["wide", "narrow"]; // of both the style sheet shows the one that fits
  const explored = new Map(); // figure: what gives its picture back

  for (const button of document.querySelectorAll(".explore")) {
    button.hidden = false;
    button.addEventListener("click", (event) => {
      if (event.detail > 1) return; // the second half of a double press
      const figure = button.closest("figure"), give = explored.get(figure);
      if (give) return give();
      const areas = start(figure, button);
      if (event.detail === 0) areas.find((area) => area.getClientRects().length).focus(); // by keyboard
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || document.querySelector(":popover-open")) return; // a panel closes first
    const figure = document.activeElement.closest(".exploring") ?? document.querySelector(".exploring:hover");
    if (figure?.contains(document.activeElement)) figure.querySelector(".explore").focus();
    explored.get(figure)?.();
  });

  /* Let both widths be explored; gives their areas. */
  function start(figure, button) {
    const { points, ...widths } = JSON.parse(button.nextElementSibling.textContent), words = { ...button.dataset };
    const told = tell(points, matchMedia("(hover: none)").matches ? words.tap : words.hint, `${figure.id}-hint`);
    const drawn = WIDTHS.map((width) => draw(figure.querySelector(`.chart-${width} > svg`), widths[width], points, words.role, told));
    const areas = drawn.flatMap((one) => one.areas);
    const at = (area) => { const i = areas.indexOf(area); return i < 0 ? -1 : i % points.length; };

    const show = (now) => {
      told.querySelector(".shown").classList.remove("shown");
      told.children[now + 1].classList.add("shown");
      if (now >= 0) for (const area of areas) area.setAttribute("tabindex", at(area) === now ? 0 : -1);
      for (const one of drawn) one.show(now);
    };
    const focused = () => show(at(document.activeElement));
    const listeners = {
      pointerover: ({ target }) => areas.includes(target) && show(at(target)),
      pointerdown: ({ target, pointerId }) => target.releasePointerCapture(pointerId), // a finger may slide on
      pointerleave: ({ pointerType }) => pointerType === "mouse" && focused(),
      focusin: focused,
      focusout: ({ relatedTarget }) => figure.contains(relatedTarget) || show(-1),
      keydown: (event) => {
        const one = drawn.find((one) => one.areas.includes(event.target));
        if (!one || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
        const to = step(points, at(event.target), event.key);
        if (to === undefined) return;
        event.preventDefault();
        one.areas[to].focus();
      },
    };
    const change = (action) => {
      for (const [type, listener] of Object.entries(listeners)) figure[`${action}EventListener`](type, listener);
      figure.classList.toggle("exploring", action === "add");
      [button.textContent, button.dataset.other] = [button.dataset.other, button.textContent];
    };

    figure.querySelector(".chart-wide").parentElement.insertBefore(told, figure.querySelector(".chart-caption, .chart-kit"));
    change("add");
    show(-1);
    explored.set(figure, () => {
      change("remove");
      for (const one of drawn) one.leave();
      told.remove();
      explored.delete(figure);
    });
    return areas;
  }

  /* The points of one width on its picture, each an element of its own. */
  function draw(svg, [left, top, spots], points, role, told) {
    const picture = [...svg.children].filter(({ localName }) => localName !== "title" && localName !== "desc");
    const before = { role: svg.getAttribute("role"), "aria-labelledby": svg.getAttribute("aria-labelledby") };
    const layer = make("g", { class: "spots", transform: `translate(${left},${top})` });
    const shown = make("g", { "aria-hidden": true });
    const placed = (i) => spots[i]?.[3] ? { transform: `translate(${spots[i][3]})` } : {}; // in a plot of its own
    const areas = spots.map(([area], i) => shape(area, { role: "img", "aria-label": points[i][3].join(""), tabindex: i ? -1 : 0, ...placed(i) }));
    for (const part of picture) part.setAttribute("aria-hidden", true); // readers meet the points, and no text of an axis
    layer.append(shown, ...areas);
    svg.append(layer);
    set(svg, {
      role: "application", "aria-roledescription": role, "aria-describedby": told.firstChild.id,
      "aria-labelledby": before["aria-labelledby"].split(" ")[0],
    });
    return {
      areas,
      show(now) {
        const [area, rings, texts] = spots[now] ?? [0, [], []];
        shown.replaceChildren(
          ...rings.flatMap((ring) => ["halo", "ring"].map((name) => shape(ring || area, { class: name, ...placed(now) }))),
          ...texts.map(([x, y, text]) => { const label = make("text", { x, y, ...placed(now) }); label.append(text); return label; }),
        );
        for (const mark of svg.querySelectorAll("[data-of]")) mark.classList.toggle("receding", now >= 0 && Number(mark.dataset.of) !== points[now][1]);
      },
      leave() {
        layer.remove();
        for (const mark of svg.querySelectorAll(".receding")) mark.classList.remove("receding");
        for (const part of picture) part.removeAttribute("aria-hidden");
        for (const name of ["aria-roledescription", "aria-describedby"]) svg.removeAttribute(name);
        set(svg, before);
      },
    };
  }

  /* A path, or x, y, width, height and the radius of the corners. */
  function shape(drawn, attributes) {
    if (typeof drawn === "string") return make("path", { d: drawn, ...attributes });
    const [x, y, width, height, rx] = drawn;
    return make("rect", { x, y, width, height, rx, ...attributes });
  }

  function make(name, attributes) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    set(made, attributes);
    return made;
  }

  function set(element, attributes) {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  }

  /* What a reader is told of each point, and before that how to get there; the style sheet lays them over each other. */
  function tell(points, hint, id) {
    const told = document.createElement("div");
    told.className = "told";
    for (const [before, value = "", after = ""] of [[hint], ...points.map(([, , , says]) => says)]) {
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
    const last = points.length - 1, [row, , wave] = points[at];
    const along = { ArrowRight: Math.min(at + 1, last), ArrowLeft: Math.max(at - 1, 0), Home: 0, End: last }[key];
    const way = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (along !== undefined || !way) return along;
    const far = (i) => Math.abs(points[i][2] - wave);
    return [...points.keys()].filter((i) => points[i][0] === row + way).sort((a, b) => far(a) - far(b))[0] ?? at;
  }
}
