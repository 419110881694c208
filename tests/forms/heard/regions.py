"""What live regions say over a scripted session: counted in any browser, without a screen reader."""

# From now on `window.heard` keeps what each live region comes to say, once for each change, as a screen reader would.
COUNT_REGIONS = """() => {
  window.heard = [];
  const regions = "[role=status], [role=alert], [aria-live]";
  const last = new Map();
  const find = ({ target }) => (target.closest ? target : target.parentElement)?.closest(regions);
  const keep = (node) => {
    const text = node.textContent.trim().replace(/\\s+/g, " ");
    if (text && last.get(node) !== text) window.heard.push(text);
    last.set(node, text);
  };
  document.querySelectorAll(regions).forEach((node) => last.set(node, node.textContent.trim().replace(/\\s+/g, " ")));
  new MutationObserver((changes) => {
    new Set(changes.map(find)).forEach((node) => node && node.checkVisibility() && keep(node));
  }).observe(document, { childList: true, characterData: true, subtree: true });
}"""
