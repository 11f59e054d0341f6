/* Panels that show what explains a number or a term beside it. Without this script, or in a browser that has no popovers, the
 * link leads to the same explanation; a screen reader reads it as the link's description either way.
 * Pointer: a press opens the panel, another one, Escape or a press elsewhere closes it.
 * Keyboard: the panel shows while the link has the focus, Escape closes it, Enter follows the link. */
"use strict";

const LINK = "a[aria-describedby^='panel-']";
let openAtPress = null;

const panelOf = (link) => document.getElementById(link.getAttribute("aria-describedby"))?.closest(".panel");
const TEXT = "p, li, dd, dt, td, th, figcaption, h1, h2, h3, h4, blockquote";

function show(link) {
  const panel = panelOf(link);
  if (!panel?.showPopover || panel.matches(":popover-open")) return;
  panel.showPopover();
  const number = link.getClientRects()[0], own = panel.getBoundingClientRect(), gap = 8;
  const left = Math.max(gap, Math.min(number.left, document.documentElement.clientWidth - own.width - gap));
  // Beside the text that it explains, where that leaves it on the screen; else beside the number.
  const text = (link.closest(TEXT) ?? link).getBoundingClientRect(), line = link.getBoundingClientRect();
  const places = [text.bottom + gap, text.top - own.height - gap, line.bottom + gap, number.top - own.height - gap];
  const top = places.find((place) => place >= 0 && place + own.height <= innerHeight) ?? line.bottom + gap;
  panel.style.left = `${scrollX + left}px`;
  panel.style.top = `${scrollY + top}px`;
}

document.addEventListener("pointerdown", (event) => {
  openAtPress = document.querySelector(".panel:popover-open");
}, true);

document.addEventListener("click", (event) => {
  const link = event.target.closest(LINK);
  const plain = event.detail > 0 && event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !plain || !panelOf(link)?.showPopover) return;
  event.preventDefault();
  if (openAtPress !== panelOf(link)) show(link);
});

document.addEventListener("focusin", (event) => {
  if (event.target.matches(LINK) && event.target.matches(":focus-visible")) show(event.target);
});

document.addEventListener("focusout", (event) => {
  if (event.target.matches(LINK) && !panelOf(event.target)?.contains(event.relatedTarget)) panelOf(event.target)?.hidePopover?.();
});
