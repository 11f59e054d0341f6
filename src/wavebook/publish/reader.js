/* The checks of a page as readers see it who change how it is shown: run within the page, for reader.py.
 * Every check returns { seen, faults }: the number of things it looked at, and the faults, a line each. */
"use strict";

(() => {
  // --- elements and colours -------------------------------------------------------------------------------------

  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const squeezed = (text) => text.replace(/\s+/g, " ").trim();
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  function named(element) {
    const mark = element.id ? `#${element.id}` : element.classList.length ? `.${element.classList[0]}` : "";
    return `${element.localName}${mark} “${squeezed(element.textContent).slice(0, 50)}”`;
  }

  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const known = new Map();

  /* Any CSS colour as [red, green, blue, alpha]: 0–255, and alpha 0–1. */
  function rgba(colour) {
    if (!known.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(colour, [red, green, blue, alpha / 255]);
    }
    return known.get(colour);
  }

  const over = ([r, g, b, alpha], behind) => [r, g, b].map((part, i) => part * alpha + behind[i] * (1 - alpha));
  const grey = ([r, g, b]) => Array(3).fill(0.2126 * r + 0.7152 * g + 0.0722 * b); // as filter: grayscale(1)

  function luminance(colour) {
    const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = colour.map((part) => linear(part / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  /* Contrast of two opaque colours as WCAG 2.2 defines it. */
  function contrast(one, other) {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  }

  /* The colour behind an element: that of the nearest box around it that has one. */
  function ground(element) {
    for (let box = element; box; box = box.parentElement) {
      const colour = rgba(getComputedStyle(box).backgroundColor);
      if (colour[3] > 0.99) return colour.slice(0, 3);
    }
    return rgba("Canvas").slice(0, 3);
  }

  /* Each piece of text that is shown: its element, its words, and a box a line. */
  function* texts() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const words = squeezed(node.data), element = node.parentElement;
      if (!words || element.closest("title, desc, script, noscript") || !shown(element)) continue;
      range.selectNodeContents(node);
      yield { element, words, boxes: [...range.getClientRects()].filter((box) => box.width > 0 && box.height > 0) };
    }
  }

  // --- layout: nothing runs off the page, is cut off, or lies over something else ----------------------------------

  const scrolls = (style) => /auto|scroll/.test(style.overflowX + style.overflowY);
  const cuts = (style) => /hidden|clip/.test(style.overflowX + style.overflowY);

  /* The boxes around an element that scroll or cut off their content. */
  function frames(element) {
    const found = [];
    for (let box = element; box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (style.display !== "inline" && (scrolls(style) || cuts(style))) found.push([box.getBoundingClientRect(), scrolls(style)]);
    }
    return found;
  }

  function layout() {
    const faults = new Set(), { scrollWidth, clientWidth } = document.documentElement, lines = [];
    if (scrollWidth > clientWidth) faults.add(`the page scrolls sideways: ${scrollWidth} of ${clientWidth} px`);
    for (const heading of all("h1")) if (!shown(heading)) faults.add(`not shown: ${named(heading)}`);
    for (const { element, words, boxes } of texts()) {
      const around = frames(element), scrolled = around.some(([, canScroll]) => canScroll);
      for (const box of boxes.filter(({ bottom }) => bottom + scrollY > 0)) { // above is the skip link, until it has the focus
        if (!scrolled && (box.left < -1 || box.right > clientWidth + 1)) faults.add(`runs off the page: ${named(element)}`);
        let { left, right, top, bottom } = box;
        for (const [frame, canScroll] of around) {
          const lost = Math.max(frame.left - left, right - frame.right, frame.top - top, bottom - frame.bottom);
          if (lost > 2 && !canScroll) faults.add(`is cut off: ${named(element)}`);
          [left, right] = [Math.max(left, frame.left), Math.min(right, frame.right)];
          [top, bottom] = [Math.max(top, frame.top), Math.min(bottom, frame.bottom)];
        }
        if (right - left > 2 && bottom - top > 2) lines.push({ left, right, top, bottom, element, words });
      }
    }
    for (const [one, other] of overlaps(lines)) faults.add(`lie over each other: ${named(one.element)} and ${named(other.element)}`);
    return { seen: lines.length, faults: [...faults] };
  }

  function* overlaps(lines) {
    lines.sort((a, b) => a.top - b.top);
    for (const [i, one] of lines.entries()) {
      for (let j = i + 1; j < lines.length && lines[j].top < one.bottom; j++) {
        const other = lines[j];
        const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const down = Math.min(one.bottom, other.bottom) - other.top;
        const low = Math.min(one.bottom - one.top, other.bottom - other.top);
        const halo = one.words === other.words && Math.abs(one.top - other.top) < 1; // a label on its own edge
        if (across > 2 && down > 0.3 * low && !halo && one.element !== other.element) yield [one, other];
      }
    }
  }

  // --- contrast of text ---------------------------------------------------------------------------------------------

  /* The colour behind a text of a drawing: that of the last shape before it that lies around it. */
  function beneath(text) {
    const { left, right, top, bottom } = text.getBoundingClientRect(), [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const surface = ground(text);
    let found = surface;
    for (const shape of all("path, rect, circle", text.closest("svg"))) {
      if (!(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
      const box = shape.getBoundingClientRect(), fill = getComputedStyle(shape).fill;
      if (fill !== "none" && box.left < x && x < box.right && box.top < y && y < box.bottom) found = over(rgba(fill), found);
    }
    return found;
  }

  /* Contrast of text, even where axe cannot judge it: scrolled half out of its box, or in a drawing. */
  function ink() {
    const faults = new Set();
    let seen = 0;
    for (const { element } of texts()) {
      const style = getComputedStyle(element), drawn = element instanceof SVGElement, behind = drawn ? beneath(element) : ground(element);
      const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700);
      const ratio = contrast(over(rgba(drawn ? style.fill : style.color), behind), behind);
      seen += 1;
      if (ratio < (large && !drawn ? 3 : 4.5)) faults.add(`has a contrast of ${ratio.toFixed(2)}: ${named(element)}`);
    }
    return { seen, faults: [...faults] };
  }

  // --- keyboard -----------------------------------------------------------------------------------------------------

  let walk = [], there = [];

  const panelled = (element) => element.closest("[popover]") !== null; // shows beside its number, closes behind it
  const reached = () => walk.filter((e, i) => !panelled(e) && walk.indexOf(e) === i);

  /* Tells whether a choice is one of several of which another is made: arrows lead to it, and Tab to that one. */
  const chosen = (e) => e.type === "radio" && !e.checked
    && all("input[type=radio]").some((other) => other.name === e.name && other.checked);

  /* The elements that the keyboard must reach by Tab. */
  const stops = () => all("a[href], button, input, select, textarea, summary, [tabindex]").filter(
    (e) => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true }) && !panelled(e) && !chosen(e));

  document.addEventListener("focusin", ({ target }) => walk.push(target));

  /* Start noting stops; returns how many there should be. */
  function setOut() {
    walk = [];
    return stops().length;
  }

  /* Tells whether the focus has left the page: for the browser's own controls, or back to where it started. */
  const left = () => [document.body, null].includes(document.activeElement) || walk.indexOf(walk.at(-1)) < walk.length - 1;

  /* Judges the walk by Tab, and turns round at its last stop. */
  function walked() {
    const faults = left() ? [] : [`Tab does not leave ${named(document.activeElement)}`];
    there = reached();
    if (!there[0]?.matches("a.skip")) faults.push("the first stop does not skip to the text");
    const met = new Set(there);
    for (const element of stops()) if (!met.has(element)) faults.push(`is not reached: ${named(element)}`);
    const first = there.map((e) => e.getClientRects()[0] ?? e.getBoundingClientRect());
    for (let i = 1; i < there.length; i++) {
      const follows = there[i - 1].compareDocumentPosition(there[i]) & Node.DOCUMENT_POSITION_FOLLOWING;
      if (!follows) faults.push(`comes after what it precedes: ${named(there[i])}`);
      if (i > 1 && first[i].bottom < first[i - 1].top - 2) faults.push(`comes after what stands below it: ${named(there[i])}`);
    }
    walk = [];
    there.at(-1)?.focus();
    return { seen: there.length, faults };
  }

  /* Judges the way back by Shift+Tab. */
  function walkedBack() {
    const faults = left() ? [] : [`Shift+Tab does not leave ${named(document.activeElement)}`], back = reached().reverse();
    const missed = there.filter((element, i) => back[i] !== element);
    if (missed.length) faults.push(`Shift+Tab does not come back by ${named(missed[0])}`);
    return { seen: back.length, faults };
  }

  /* Checks that each stop of the walk is in sight, with a visible ring. Only after key presses: :focus-visible. */
  function focus() {
    const faults = [];
    for (const element of there) {
      element.focus();
      const style = getComputedStyle(element), behind = ground(element.parentElement);
      const ring = contrast(over(rgba(style.outlineColor), behind), behind);
      if (!element.matches(":focus-visible")) faults.push(`does not take the focus: ${named(element)}`);
      else if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) faults.push(`shows no focus: ${named(element)}`);
      else if (ring < 3) faults.push(`has a ring with a contrast of ${ring.toFixed(2)}: ${named(element)}`);
      const boxes = [...element.getClientRects()].filter(({ width, height }) => width && height);
      const clear = boxes.some((box) => {
        const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
        const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)]; // it may be larger than the window
        const upper = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        return left < right && top < bottom && upper && (element.contains(upper) || upper.contains(element));
      });
      if (boxes.length && !clear) faults.push(`is out of sight when it has the focus: ${named(element)}`);
    }
    document.activeElement?.blur();
    return { seen: there.length, faults };
  }

  // --- charts -------------------------------------------------------------------------------------------------------

  const GROUND = /--chart-(grid|surface)/; // only divides or sets off
  const RAMP = /--chart-(ramp|minus|zero|plus)/; // fills of parts, which an edge sets off

  /* The paints of a shape: property, the visible colour, and the theme's name for it. */
  function* paints(shape, surface) {
    const style = getComputedStyle(shape);
    let opacity = 1;
    for (let e = shape; e instanceof SVGElement; e = e.parentElement) opacity *= parseFloat(getComputedStyle(e).opacity);
    for (const property of shape.localName === "line" ? ["stroke"] : ["fill", "stroke"]) {
      const by = shape.closest(`[${property}]`)?.getAttribute(property) ?? "";
      if (style[property] === "none" || GROUND.test(by)) continue;
      const [r, g, b, alpha] = rgba(style[property]);
      const seen = over([r, g, b, alpha * opacity * parseFloat(style[`${property}Opacity`])], surface);
      yield [property, seen, by.match(/--chart-\w+/)?.[0] ?? by];
    }
  }

  /* The look of a mark apart from its colour: the form of a symbol, the dashes and width of a line, or a bar. */
  function form(shape) {
    const { fill, strokeDasharray, strokeWidth } = getComputedStyle(shape);
    if (fill === "none" || shape.localName === "line") return `line ${strokeDasharray} ${strokeWidth}`;
    return shape.hasAttribute("transform") ? `${shape.localName} ${shape.getAttribute("d")}` : "bar";
  }

  /* Contrast of every mark with its background, in colour and in grey, and distinctions of series other than colour. */
  function marks() {
    const faults = new Set();
    let seen = 0;
    for (const svg of all("main svg").filter(shown)) {
      const surface = ground(svg), series = {}, which = svg.closest("[id]")?.id ?? "";
      for (const shape of all("path, line, rect, circle, text", svg)) {
        if (shape.closest("defs, clipPath")) continue; // by which others are drawn or cut
        const written = shape.localName === "text", behind = written ? beneath(shape) : surface;
        const painted = [...paints(shape, behind)];
        const edged = !written && painted.some(([property, colour]) => property === "stroke" && contrast(colour, surface) >= 3);
        for (const [property, colour, name] of painted) {
          if (edged && property === "fill" && RAMP.test(name)) continue;
          const needed = written ? 4.5 : 3;
          const ratios = { colour: contrast(colour, behind), grey: contrast(grey(colour), grey(behind)) };
          for (const [kind, ratio] of Object.entries(ratios))
            if (ratio < needed) faults.add(`${which}: ${name} (${property} of ${shape.localName}) has a contrast of ${ratio.toFixed(2)} in ${kind}`);
          if (/--chart-\d/.test(name)) (series[name] ??= new Set()).add(shape);
          seen += 1;
        }
      }
      for (const [one, other] of alike(svg, Object.entries(series))) faults.add(`${which}: only colour tells ${one} from ${other}`);
    }
    return { seen, faults: [...faults] };
  }

  /* Pairs of series whose marks have the same forms and are not all labelled in their own rows. */
  function* alike(svg, series) {
    const labels = all("text", svg).map((text) => text.getBoundingClientRect());
    const labelled = (shape) => {
      const { top, bottom } = shape.getBoundingClientRect();
      return labels.some((label) => label.top < bottom && label.bottom > top);
    };
    for (const [i, [one, shapes]] of series.entries()) {
      for (const [other, its] of series.slice(i + 1)) {
        const forms = [shapes, its].map((set) => new Set([...set].map(form)));
        const same = forms.some((set, j) => [...set].every((f) => forms[1 - j].has(f)));
        if (same && ![...shapes, ...its].every(labelled)) yield [one, other];
      }
    }
  }

  /* Checks for a name, a description, the same in a table, and a visible size. */
  function charts() {
    const faults = [], found = all(".chart");
    for (const chart of found) {
      const say = (fault) => faults.push(`${chart.id || named(chart)}: ${fault}`), table = chart.querySelector("details table, .figures table");
      const drawn = all("svg[role=img]", chart).filter(shown);
      const listed = all(".table-scroll table", chart).filter((one) => !one.closest("details, .figures")); // a table in its place
      if (listed.some((one) => !one.querySelector("thead th[scope]") || !one.querySelector("tbody th"))) say("is a table without heads");
      if (drawn.length + listed.length !== 1) say(`${drawn.length + listed.length} drawings are shown`);
      for (const svg of drawn) {
        const ids = (svg.getAttribute("aria-labelledby") ?? "").split(" ");
        const [name, description] = ids.map((id) => squeezed(document.getElementById(id)?.textContent ?? ""));
        if (!/\p{L}{3}/u.test(name) || /^[a-z0-9-]+$/.test(name)) say(`has no name for readers: ‘${name}’`);
        if ((description ?? "").length < 30) say("has no description");
        const { width, height } = svg.getBoundingClientRect();
        if (height < 60 || width < Math.min(260, innerWidth / 2)) say(`is drawn at ${width} × ${height}`);
        if (!svg.querySelector("path, rect, line, circle")) say("shows nothing");
      }
      if (!table?.querySelector("thead th[scope=col]") || !table.querySelector("tbody th[scope=row]")) say("has no table with heads");
      else if (!table.closest(".figures") && !table.closest("details").querySelector("summary")) say("has a table that does not open");
    }
    return { seen: found.length, faults };
  }

  // --- forced colours, motion, language -------------------------------------------------------------------------------

  /* Under forced colours, own backgrounds disappear: controls must have an edge or a line. */
  function edges() {
    const faults = matchMedia("(forced-colors: active)").matches ? [] : ["colours are not forced"];
    const found = all("button, input, select, textarea, article p a[href], [popover]").filter(shown);
    for (const element of found) {
      const style = getComputedStyle(element), behind = ground(element.parentElement);
      const seen = contrast(over(rgba(style.borderTopColor), behind), behind) >= 3;
      const edge = style.borderTopStyle !== "none" && parseFloat(style.borderTopWidth) >= 1 && seen;
      const line = style.textDecorationLine.includes("underline") || style.borderBottomStyle !== "none";
      const linked = element.localName === "a" || style.textDecorationLine.includes("underline");
      if (!(edge || (linked && (line || element.matches(".headerlink"))))) faults.push(`has no edge: ${named(element)}`);
    }
    return { seen: found.length, faults };
  }

  function motion() {
    const faults = matchMedia("(prefers-reduced-motion: reduce)").matches ? [] : ["motion is not reduced"];
    const found = all("*");
    for (const element of found) {
      for (const part of ["", "::before", "::after"]) {
        const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(element, part || null);
        const changes = transitionDuration.split(",").some((time) => parseFloat(time) > 0);
        if (animationName !== "none" || changes || scrollBehavior === "smooth") faults.push(`moves: ${named(element)}${part}`);
      }
    }
    if (document.getAnimations().length) faults.push("something moves");
    return { seen: found.length, faults };
  }

  // Words of only one of these languages that are in most of its sentences, and those of pages with figures.
  const WORDS = Object.fromEntries(Object.entries({
    nl: `de het een en van voor met niet zijn wordt werd deze dit dat bij ook naar uit om te er ze zij wij hoe wie wat waar
      aan als maar nog wel geen meer dan tot tegen volgens jaar welke eerste weer iets kwaliteit overheid onderzoek meting
      dienstverlening tevredenheid tevreden ontevreden cijfer cijfers rapportcijfer grafiek figuur paragraaf hoofdstuk pagina
      bron nieuwsbericht gemeenten burgers bedrijven zoek verder lezen`,
    en: `the and to for with not are this that these by from how who what where which as but still than until against
      according year they their has have quality government survey satisfaction satisfied dissatisfied figures grade chart
      chapter source news municipalities citizens businesses search further reading`,
  }).map(([language, words]) => [language, new Set(words.split(/\s+/))]));
  // Names stay the same in any language: Ministerie van BZK. So do addresses, and names in programs: those of figures
  // stand in a list with their values.
  const NAMES = /https?:\S+|\S*_\S*|\p{Ll}+(?= [\d.]+(?:, \p{L}|;|$))|\p{Lu}[\p{L}&.’-]*(?:\s+(?:van|de|der|den|en|and|of|the|for)(?=\s+\p{Lu}))*/gu;

  /* Text whose words are not in the language that it declares. */
  function languages() {
    const faults = new Set();
    let seen = 0;
    const check = (element, text, what) => {
      const own = element.closest("[lang]")?.getAttribute("lang").slice(0, 2);
      const said = text.replace(NAMES, " ").match(/\p{L}+/gu) ?? [];
      const count = (language) => said.filter((word) => WORDS[language].has(word)).length;
      seen += 1;
      if (!own) faults.add(`has no language: ${what}`);
      else if (WORDS[own] && Object.keys(WORDS).some((other) => count(other) > count(own))) {
        faults.add(`is not in ${own}: ${what}`);
      }
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement, program = element.closest("pre, code") && !element.closest(".c1");
      if (/\p{L}/u.test(node.data) && !program && !element.closest("script, style")) check(element, node.data, named(element));
    }
    for (const name of ["aria-label", "title", "alt", "placeholder"])
      for (const element of all(`body [${name}]`)) check(element, element.getAttribute(name), `${name} of ${named(element)}`);
    return { seen, faults: [...faults] };
  }

  // --- the page as a whole ----------------------------------------------------------------------------------------------

  /* All readable text, for comparing the page with and without its scripts; not the controls for a script's own work. */
  const read = () => [...texts()].filter(({ element }) => !element.matches(".explore")).map(({ words }) => words);

  const open = () => all("details").forEach((element) => { element.open = true; });

  window.reader = { open, read, layout, ink, setOut, left, walked, walkedBack, focus, marks, charts, edges, motion, languages };
})();
