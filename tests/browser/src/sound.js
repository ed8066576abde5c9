// What is wrong with the page as it is laid out and worded now: one line a fault. Runs as the body of a function with `lang`.
//
// It looks at what is in front: the open dialog, the open menu, or the page.
const faults = new Set();
const root = document.documentElement;
const front = document.querySelector("dialog[open]") ?? document.querySelector(".veil .menu") ?? document.body;

const called = (one) => {
  const words = (one.getAttribute("aria-label") ?? one.innerText ?? one.textContent ?? "").trim().replace(/\s+/g, " ");
  const kind = one.getAttribute("class");
  return `${one.localName}${one.id && `#${one.id}`}${kind ? `.${kind.trim().split(/\s+/).join(".")}` : ""} “${words.slice(0, 40)}”`;
};
const seen = (one) =>
  one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !one.closest(".unseen, [inert]");

/** An element's box, less what its ancestors cut off; and whether one that cannot be scrolled cuts it off. */
const clipped = (one) => {
  const whole = one.getBoundingClientRect();
  let { left, right, top, bottom } = whole;
  let lost = null;
  for (let up = one.parentElement; up && up !== root; up = up.parentElement) {
    const style = getComputedStyle(up);
    if (style.overflowX === "visible" && style.overflowY === "visible") continue;
    if (one.closest("dialog") && !up.closest("dialog")) break;
    const box = up.getBoundingClientRect();
    const scrolls = (overflow) => overflow === "auto" || overflow === "scroll";
    if (!scrolls(style.overflowX) && !lost && (left < box.left - 1.5 || right > box.right + 1.5)) lost = up;
    if (!scrolls(style.overflowY) && !scrolls(style.overflowX) && !lost && (top < box.top - 1.5 || bottom > box.bottom + 1.5)) lost = up;
    [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
    [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
    if (getComputedStyle(up).position === "fixed") break;
  }
  return { left, right, top, bottom, whole, lost, there: right - left > 2 && bottom - top > 2 };
};

// Nothing is wider than the page.
if (root.scrollWidth > root.clientWidth) faults.add(`the page is ${root.scrollWidth - root.clientWidth} px too wide`);

/** What floats lies over what it floats over, which shows again when one scrolls or closes it: what floats, that this is part of. */
const floats = (one) => {
  for (let up = one; up && up !== root; up = up.parentElement) {
    if (["fixed", "sticky", "absolute"].includes(getComputedStyle(up).position) && (up === one || up.matches(FLOATING))) return up;
  }
  return null;
};
const FLOATING = ".pop, .menu, .notice, dialog, .tour, .time, .pages";

// Controls are whole, and none lies over another.
const CONTROLS = "button, a[href], input, select, textarea, [role=tab], [role=menuitem], [role=treeitem], summary";
const controls = [...front.querySelectorAll(CONTROLS)]
  .filter((one) => seen(one) && !(one instanceof SVGElement))
  .map((one) => ({ one, box: clipped(one) }));
for (const { one, box } of controls) {
  if (box.lost) faults.add(`${called(one)} is cut off by ${called(box.lost)}`);
  const { left, right } = box.whole;
  const scrolled = box.left > left + 1 || box.right < right - 1;
  if (!scrolled && (left < -1 || right > innerWidth + 1)) faults.add(`${called(one)} reaches out of the window`);
}
const there = controls.filter(({ box }) => box.there);
there.forEach(({ one, box }, at) => {
  for (const { one: other, box: beside } of there.slice(at + 1)) {
    if (one.contains(other) || other.contains(one)) continue;
    const wide = Math.min(box.right, beside.right) - Math.max(box.left, beside.left);
    const high = Math.min(box.bottom, beside.bottom) - Math.max(box.top, beside.top);
    if (wide <= 2 || high <= 2) continue;
    if (floats(one) === floats(other)) faults.add(`${called(one)} lies over ${called(other)}`);
  }
});
// What floats must not lie over the way to close it.
for (const floating of document.querySelectorAll(".notice button, .tour button, dialog[open] header button")) {
  if (!front.contains(floating) || !seen(floating)) continue;
  const box = floating.getBoundingClientRect();
  if (box.top < 0 || box.bottom > innerHeight) continue;
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  if (top && !floating.contains(top)) faults.add(`${called(floating)} is covered by ${called(top)}`);
}

// Names on the stage do not lie over one another.
const names = [...front.querySelectorAll("#ring .name, .other-ring .name")].filter(seen).map((one) => [one, one.getBoundingClientRect()]);
names.forEach(([one, box], at) => {
  for (const [other, beside] of names.slice(at + 1)) {
    const wide = Math.min(box.right, beside.right) - Math.max(box.left, beside.left);
    const high = Math.min(box.bottom, beside.bottom) - Math.max(box.top, beside.top);
    if (wide > 2 && high > 2) faults.add(`the name ${called(one)} lies over ${called(other)}`);
  }
});

// Words: whole or told in a title, and in the reader's language.
const HAN = /[\u3400-\u9fff]/;
const LATIN = /\p{Script=Latin}{2,}(?:['’-]\p{Script=Latin}+)?(?:[ ,]+\p{Script=Latin}{1,}(?:['’-]\p{Script=Latin}+)?){2,}/u;
const foreign = (text) => (lang === "zh" ? LATIN.exec(text)?.[0] : HAN.exec(text) && text.trim().slice(0, 60));
const FREE = "#pointed, code, pre, textarea, kbd, script, style, svg title, option[lang], [lang]:not(html), .written, .brand";
const words = document.createTreeWalker(front, NodeFilter.SHOW_TEXT);
while (words.nextNode()) {
  const { data, parentElement: holder } = words.currentNode;
  if (!data.trim() || !holder || holder.closest(FREE) || !holder.checkVisibility()) continue;
  const other = foreign(data);
  if (other) faults.add(`not translated: “${other}” in ${called(holder)}`);
  const style = getComputedStyle(holder);
  if (holder.closest(".unseen") || holder instanceof SVGElement || holder.scrollWidth <= holder.clientWidth + 1) continue;
  if (style.overflowX === "visible" || style.overflowX === "auto" || style.overflowX === "scroll" || style.display === "inline") continue;
  if (style.textOverflow !== "ellipsis") faults.add(`the words of ${called(holder)} are cut off`);
  else if (!holder.closest("[title]") && !holder.querySelector("[title]")) faults.add(`${called(holder)} is shortened and has no title`);
}
for (const one of front.querySelectorAll("[aria-label], [title], [placeholder], [aria-description]")) {
  if (one.closest(FREE) || !one.checkVisibility()) continue;
  for (const name of ["aria-label", "title", "placeholder", "aria-description"]) {
    const other = foreign(one.getAttribute(name) ?? "");
    if (other) faults.add(`not translated: ${name} “${other}” of ${called(one)}`);
  }
}
return [...faults];
