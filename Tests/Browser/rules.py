"""Rules that hold for every page: its language, headings, labels and contrast, its width, and its weight."""

from village import Failure

STRUCTURE = r"""
const wrong = [];
const root = document.documentElement;
if (root.lang !== arguments[0]) wrong.push(`lang is ${root.lang}`);
if (!document.title.trim()) wrong.push('it has no title');
const seen = (one) => one.getClientRects().length > 0;
const heads = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(seen);
if (heads.filter((one) => one.tagName === 'H1').length !== 1) wrong.push('it has not one first heading');
let last = 0;
for (const head of heads) {
  const level = Number(head.tagName[1]);
  if (level > last + 1) wrong.push(`the heading “${head.innerText}” leaves a level out`);
  if (!head.innerText.trim()) wrong.push('a heading is empty');
  last = level;
}
if (document.querySelectorAll('main').length !== 1) wrong.push('it has not one main part');
const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
for (const id of new Set(ids)) if (ids.filter((other) => other === id).length > 1) wrong.push(`the id ${id} is there twice`);
for (const field of document.querySelectorAll('input, select, textarea')) {
  if (field.type === 'hidden') continue;
  const label = field.labels && field.labels.length ? field.labels[0].textContent : field.getAttribute('aria-label');
  if (!label || !label.trim()) wrong.push(`the field ${field.name} has no label`);
}
for (const one of document.querySelectorAll('a, button, summary')) {
  if (!(one.textContent.trim() || one.getAttribute('aria-label'))) wrong.push(`${one.outerHTML.slice(0, 80)} has no name`);
}
for (const one of document.querySelectorAll('[aria-labelledby]')) {
  if (!document.getElementById(one.getAttribute('aria-labelledby'))) wrong.push(`${one.id} is labelled by nothing`);
}
for (const picture of document.querySelectorAll('img, [role=img]')) {
  if (!(picture.alt || picture.getAttribute('aria-label'))) wrong.push('a picture is not described');
}
for (const cell of document.querySelectorAll('th')) if (!cell.scope) wrong.push('a heading of a table has no scope');
for (const button of document.querySelectorAll('button, .button, input:not([type=hidden]), select')) {
  const box = button.getBoundingClientRect();
  if (box.height > 0 && box.height < 24 && !['checkbox', 'radio'].includes(button.type)) {
    wrong.push(`“${button.textContent.trim()}” is too low to be hit: ${box.height}`);
  }
}
return wrong;
"""

CONTRAST = r"""
const numbers = (text) => {
  const found = text.match(/[\d.]+/g).map(Number);
  return text.startsWith('color(srgb') ? [...found.slice(0, 3).map((one) => one * 255), found[3] ?? 1] : [...found.slice(0, 3), found[3] ?? 1];
};
const over = (top, below) => [0, 1, 2].map((at) => top[at] * top[3] + below[at] * (1 - top[3])).concat(1);
const base = matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18, 1] : [255, 255, 255, 1];
const ground = (one) => {
  const layers = [];
  for (let at = one; at; at = at.parentElement) layers.push(numbers(getComputedStyle(at).backgroundColor));
  return layers.reverse().reduce((below, top) => over(top, below), base);
};
const light = (colour) => {
  const [red, green, blue] = colour.slice(0, 3).map((one) => one / 255)
    .map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const wrong = [];
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const one = walk.currentNode.parentElement;
  if (!walk.currentNode.textContent.trim() || !one.getClientRects().length) continue;
  const below = ground(one);
  const ink = over(numbers(getComputedStyle(one).color), below);
  const [most, least] = [light(ink), light(below)].sort((left, right) => right - left);
  const ratio = (most + 0.05) / (least + 0.05);
  if (ratio < 4.5) wrong.push(`“${walk.currentNode.textContent.trim().slice(0, 40)}” has a contrast of ${ratio.toFixed(2)}`);
}
for (const field of document.querySelectorAll('input:not([type=hidden]), select, textarea')) {
  if (!field.getClientRects().length) continue;
  const [most, least] = [light(numbers(getComputedStyle(field).color)), light(ground(field))].sort((left, right) => right - left);
  if ((most + 0.05) / (least + 0.05) < 4.5) wrong.push(`the text of ${field.name} has too little contrast`);
}
return wrong;
"""

WIDTH = r"""
const wrong = [];
if (document.documentElement.scrollWidth > window.innerWidth) {
  const far = [...document.querySelectorAll('body *')].filter((one) => !one.closest('.wide') &&
    one.getBoundingClientRect().right > window.innerWidth + 0.5);
  wrong.push(`it is ${document.documentElement.scrollWidth} wide: ${far.slice(0, 3).map((one) => one.outerHTML.slice(0, 120)).join(' | ')}`);
}
return wrong;
"""

WEIGHT = r"""
const wrong = [];
const page = performance.getEntriesByType('navigation')[0];
if (page.decodedBodySize > 102400) wrong.push(`it is ${page.decodedBodySize} bytes long`);
const beside = performance.getEntriesByType('resource').filter((one) => ['link', 'script', 'css', 'img'].includes(one.initiatorType));
if (beside.length > 2) wrong.push(`it loads ${beside.map((one) => one.name).join(', ')}`);
return wrong;
"""


def names_missing(window):
    """What somebody can reach with the keyboard, and is read aloud without a name, by the tree that screen readers get."""
    wrong = []
    for node in window.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]:
        if node.get("ignored"):
            continue
        role, name = node.get("role", {}).get("value"), node.get("name", {}).get("value", "")
        if role in ("link", "button", "textbox", "searchbox", "combobox", "checkbox", "radio", "DisclosureTriangle", "image", "navigation",
                    "listbox") and not name.strip():
            wrong.append(f"a {role} is read aloud without a name")
    return wrong


def check(window, language, widths=(360, 1280)):
    """Holds the page that is shown against all rules."""
    wrong = window.script(STRUCTURE, language) + names_missing(window) + window.script(WEIGHT)
    for width in widths:
        window.wide(width)
        wrong += [f"{width} wide: {one}" for one in window.script(WIDTH) + window.script(CONTRAST)]
        window.picture(f"{width}")
    if wrong:
        raise Failure(f"{window.driver.current_url} breaks rules: " + "; ".join(wrong))
