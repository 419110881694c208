// Run inside a page: what a reader's browser and a reader's program would find there.
() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const levels = all("h1,h2,h3,h4,h5,h6").map((heading) => +heading.tagName[1]);
  const anchors = all('a[href^="#"]');
  const skip = anchors[0];
  const named = (svg) =>
    svg.hasAttribute("aria-label") || svg.hasAttribute("aria-labelledby") ||
    svg.closest('[aria-hidden="true"]') || svg.querySelector(":scope > title");

  const BLOCK = "p,li,dd,dt,figcaption,summary,blockquote,h1,h2,h3,h4,h5,h6,td,th,caption";
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.data.trim() && !node.parentElement.closest("svg")) texts.push(node);
  }
  const small = texts.filter((node) => parseFloat(getComputedStyle(node.parentElement).fontSize) < 16);

  // Characters per line of running text, from where each word stands; a word over two lines is left out.
  const lines = new Map();
  for (const node of texts) {
    const block = node.parentElement.closest(BLOCK);
    if (!block || block.matches("td,th,caption") || node.parentElement.closest(".vh")) continue;
    for (const word of node.data.matchAll(/\S+\s?/g)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].trimEnd().length);
      const boxes = range.getClientRects();
      if (boxes.length !== 1) continue;
      if (!lines.has(block)) lines.set(block, new Map());
      const line = Math.round(boxes[0].bottom / 4);
      lines.get(block).set(line, (lines.get(block).get(line) || 0) + word[0].length);
    }
  }
  const longest = Math.max(0, ...[...lines.values()].flatMap((counts) => [...counts.values()]));

  return {
    doctype: !!document.doctype,
    title: document.title.trim(),
    lang: document.documentElement.lang,
    first_in_head: document.head.firstElementChild?.outerHTML || "",
    h1: levels.filter((level) => level === 1).length,
    heading_skips: levels.filter((level, place) => place && level > levels[place - 1] + 1).length,
    main: all("main,[role=main]").length,
    contents: all('nav[aria-label="Contents"] a[href^="#"]').length,
    skip_link: !!skip && /skip/i.test(skip.textContent),
    lost_anchors: anchors.filter((a) => !document.getElementById(decodeURIComponent(a.hash.slice(1)))).length,
    scripts: all('script:not([type="application/json"]):not([type="application/ld+json"])').length,
    handlers: all("*").filter((e) => [...e.attributes].some((a) => /^on/i.test(a.name))).length,
    style_attributes: all("[style]").length,
    tables_without_caption: all("table").filter((table) => !table.caption).length,
    th_without_scope: all("th:not([scope])").length,
    placeholder_alts: all("img").filter((img) => /No description has been provided/.test(img.alt)).length,
    unnamed_svgs: all("svg").filter((svg) => !named(svg)).length,
    small_texts: small.map((node) => node.data.trim().slice(0, 40)).slice(0, 3),
    longest_line: longest,
    text: document.body.innerText.trim().length,
  };
}
