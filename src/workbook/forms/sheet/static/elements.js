// Elements made and described. Whatever comes from a person or a file enters the page through textContent only,
// never as HTML.

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
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
