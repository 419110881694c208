// Elements made and described. Whatever comes from a person or a file enters the page through textContent only,
// never as HTML.

const TAKEN_IN = 300; // milliseconds until a browser has told a screen reader of what was put on the page

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Chromium says every list that is put on a page as if somebody had just chosen in it: these come hidden from the ear. */
function hushLists(place) {
  const lists = [...place.querySelectorAll("select")].filter((list) => list !== document.activeElement);
  lists.forEach((list) => list.setAttribute("aria-hidden", "true"));
  setTimeout(() => lists.forEach((list) => list.removeAttribute("aria-hidden")), TAKEN_IN);
}

function describe(node, ids) {
  if (ids.length) node.setAttribute("aria-describedby", ids.join(" "));
  else node.removeAttribute("aria-describedby");
}

/** Words for the ear alone, where the eye sees what they belong to. */
function makeUnseen(text) { return make("span", { class: "ss-unseen" }, text); }

function isTyped(node) {
  return node.tagName === "TEXTAREA" || (node.tagName === "INPUT" && ["text", "date"].includes(node.type));
}
