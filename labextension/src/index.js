// Opens a working copy of the workbook as a form. The server of `workbook open` alone loads this: a person's own
// JupyterLab never sees it. It asks nothing of JupyterLab's packages but commands and signals, so that a new version
// has little to break. What a working copy is, its metadata say (`soil_and_seeds`); which run, the page of the server.

const NAME = "soil-and-seeds";
// Milliseconds: until the page is shown as it is, whatever the kernel does; until a kernel is taken for one that does
// not reply; between two looks at one that was lost.
const LONGEST_WAIT = 20000;
const LONGEST_REPLY = 3000;
const LOOK_EVERY = 500;
const MOST_IDLE_LOOKS = 6;
const A_MOMENT = 150;
const A_LOOK = 300;
const MOST_KERNELS = 3; // of this window; the one left longest ago ends, and begins again when its document is shown
const REST_EVERY = 5000;
const PROGRAMMER = "F8"; // the key that shows what a programmer needs, and hides it again
const DOCUMENT = /^\/(?:doc|lab)(?:\/workspaces\/[^/]+)?\/tree\/(.+)$/; // in an address

const STYLE = `
.ss-quiet .jp-CodeCell .jp-Cell-inputWrapper, .ss-quiet .jp-Notebook-footer, .ss-quiet .jp-cell-toolbar,
.ss-quiet .jp-OutputArea-promptOverlay, .ss-quiet .jp-OutputPrompt, .ss-quiet .jp-InputPrompt, .ss-quiet .jp-Collapser, .ss-quiet .jp-NotebookPanel-toolbar,
.ss-quiet .jp-CodeCell:not(.ss-failed *):has(style:only-child) { display: none; }
.ss-quiet .jp-Notebook { padding: 0 1rem; }
.ss-quiet .jp-Notebook .jp-Cell { padding: 0; max-width: 62rem; margin-inline: auto; }
.ss-quiet .jp-Notebook .jp-Cell::before { display: none; }
.ss-quiet .jp-MarkdownOutput { font-size: 1rem; }
.ss-opening .jp-Notebook { opacity: 0; }
.ss-opening::after { content: "Opening…"; position: absolute; inset: 40% 0 auto; text-align: center; font-size: 1.5rem; }
.ss-quiet:not(.ss-failed) .ss-press { display: none; }
`;

// The copies that `workbook open` has just written. What a notebook says of itself is no reason to run it.
const RUNS = (() => {
  try {
    return JSON.parse(JSON.parse(document.getElementById("jupyter-config-data").textContent).soilAndSeedsRuns);
  } catch {
    return [];
  }
})();

const isWorkingCopy = (widget) =>
  Boolean(widget?.sessionContext && RUNS.includes(widget.context?.path) && widget.content?.model?.getMetadata?.("soil_and_seeds"));

function show(panel) {
  panel.node.classList.remove("ss-opening");
  panel.node.removeAttribute("aria-busy");
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** JupyterLab's notices that kernel or server were lost ask for a click that changes nothing; the form itself says so. */
function closeNotices() {
  for (const notice of document.querySelectorAll(".jp-Dialog")) {
    const buttons = notice.querySelectorAll(".jp-Dialog-button");
    if (buttons.length === 1) buttons[0].click();
  }
}

/**
 * Keep single keys that JupyterLab takes for commands from a working copy, whatever in it has the focus: the letters by
 * which a screen reader moves would take the form out of the notebook. A programmer who shows the code has them back.
 */
function guardKeys(panel) {
  panel.node.addEventListener("focusin", ({ target }) => {
    if (panel.node.classList.contains("ss-quiet")) target.setAttribute("data-lm-suppress-shortcuts", "true");
    else if (!target.closest(".ss-form")) target.removeAttribute("data-lm-suppress-shortcuts");
  });
}

/** Give the focus to the form of a document that is in front, unless somebody has put it elsewhere on the page. */
async function focusForm(panel) {
  // The form is drawn after its cell is done, and JupyterLab gives the focus to a cell a moment after it was chosen.
  const find = () => panel.node.querySelector(".ss-form");
  for (let looks = 0; looks < MOST_IDLE_LOOKS && !find()?.hasChildNodes(); looks += 1) await pause(LOOK_EVERY);
  const form = find();
  const index = panel.content.widgets.findIndex(({ node }) => form && node.contains(form));
  if (index >= 0) panel.content.activeCellIndex = index;
  await pause(A_MOMENT);
  const { activeElement } = document;
  const isFree = activeElement === document.body || (panel.node.contains(activeElement) && !activeElement.closest(".ss-form"));
  if (form && panel.isVisible && isFree) form.focus({ preventScroll: true });
}

/** Run every cell; false where the kernel was lost meanwhile, or is idle and the cells that it was sent are not done. */
async function runCells(app, panel, isLost) {
  let isDone = false;
  // Named as the menu Run names it, it runs in the back as well: who went on to another document stays there.
  const chosen = { semanticWidget: panel.id, activate: false };
  const cells = app.commands.execute("notebook:run-all-cells", chosen).finally(() => { isDone = true; });
  for (let idle = 0; idle < MOST_IDLE_LOOKS && !panel.isDisposed;) {
    await Promise.race([cells, pause(LOOK_EVERY)]);
    if (isDone) return true;
    if (isLost()) return false;
    idle = panel.sessionContext.session?.kernel?.status === "busy" ? 0 : idle + 1;
  }
  return false;
}

/**
 * Run every cell of a working copy, showing the page once its form is there; false where it has to be done again.
 * What it shows is not stored: another window of the same notebook would be asked which of the two to keep, and a
 * server killed while storing would leave half a file.
 */
async function run(app, panel, isLost) {
  panel.node.classList.add("ss-opening");
  panel.node.setAttribute("aria-busy", "true");
  const late = setTimeout(() => show(panel), LONGEST_WAIT);
  let hasRun = true;
  try {
    await panel.sessionContext.ready;
    hasRun = Boolean(await Promise.race([panel.sessionContext.session.kernel.info, pause(LONGEST_REPLY)]));
    hasRun &&= await runCells(app, panel, isLost);
    panel.context.model.dirty = false;
  } catch (error) {
    panel.node.classList.add("ss-failed");
    console.error(`${NAME}: the notebook did not run by itself.`, error);
  }
  clearTimeout(late);
  show(panel);
  return hasRun;
}

async function listSessions({ serviceManager }) {
  const reply = await fetch(`${serviceManager.serverSettings.baseUrl}api/sessions`);
  return reply.ok ? (await reply.json()).map(({ id }) => id) : null;
}

/** Begin a kernel on a server that does not know this page's; else connect again. */
async function mend(app, { sessionContext }) {
  const { session } = sessionContext;
  const known = await listSessions(app);
  if (!known) return;
  if (known.includes(session?.id)) {
    await session.kernel?.reconnect();
    return;
  }
  session?.dispose();
  await sessionContext.startKernel();
}

function isReplying(kernel) {
  if (kernel?.connectionStatus !== "connected") return false;
  return Promise.race([kernel.requestKernelInfo().then(Boolean, () => false), pause(LONGEST_REPLY)]);
}

/** Wait until the kernel replies again. JupyterLab gives up after a while, and may lose what it sent to a new kernel. */
async function recover(app, panel) {
  for (let mended = Date.now(); !panel.isDisposed;) {
    await pause(LOOK_EVERY);
    if (await isReplying(panel.sessionContext.session?.kernel)) break;
    if (Date.now() - mended < LONGEST_REPLY) continue;
    closeNotices();
    await mend(app, panel).catch(() => {});
    mended = Date.now();
  }
  closeNotices();
}

/** Follow one notebook: run it now, and again whenever its kernel or the server was lost and comes back. */
async function follow(app, panel) {
  await panel.context.ready;
  await panel.revealed;
  if (!isWorkingCopy(panel)) return;
  panel.node.classList.add("ss-quiet");
  guardKeys(panel);
  const { sessionContext } = panel;
  let wasConnected = sessionContext.session?.kernel?.connectionStatus === "connected";
  let isLost = false;
  let isRunning = true;
  let isAsleep = false;
  const runUntilThere = async () => {
    isRunning = true;
    while (!panel.isDisposed) {
      if (isLost) await recover(app, panel);
      isLost = false;
      if (await run(app, panel, () => isLost)) break;
      isLost = true;
    }
    isRunning = false;
    if (!panel.isDisposed) await focusForm(panel);
  };
  const lose = () => {
    if (isAsleep) return;
    isLost = true;
    if (!isRunning) runUntilThere();
  };
  kernels.set(panel, {
    get isLive() { return !isAsleep; },
    // Pages may be in the making, or an answer on its way.
    get isNeeded() { return isRunning || panel.isVisible || Boolean(panel.node.querySelector(".ss-form[data-busy]")); },
    async sleep() {
      isAsleep = true;
      await sessionContext.shutdown();
    },
    // A document that is passed by on the way to another needs no kernel.
    async wake() {
      if (isAsleep) await pause(A_LOOK);
      if (!isAsleep || !panel.isVisible) return;
      isAsleep = isLost = false;
      isRunning = true;
      await sessionContext.startKernel();
      await runUntilThere();
    },
  });
  panel.disposed.connect(() => kernels.delete(panel));
  if (panel.isVisible) noteFront(app, panel);
  sessionContext.connectionStatusChanged.connect((_, status) => {
    if (status !== "connected" && wasConnected) lose();
    wasConnected ||= status === "connected";
  });
  sessionContext.statusChanged.connect((_, status) => {
    if (["restarting", "autorestarting", "dead"].includes(status)) lose();
  });
  await runUntilThere();
}

const kernels = new Map(); // of the documents that were shown, the one left longest ago first
let resting = Promise.resolve();
let strays = new Set(); // sessions that no window was connected to at the last look

/** Note that a document is in front, and wake its kernel. */
function noteFront(app, panel) {
  const own = kernels.get(panel);
  if (!own) return;
  kernels.delete(panel);
  kernels.set(panel, own);
  own.wake().catch((error) => console.error(`${NAME}: a kernel did not come back.`, error));
  rest(app).catch(() => {});
}

/** End kernels beyond the most there may be: those of windows that were closed, then those left longest ago here. */
function rest(app) {
  // One after the other: two that count at once would end one too many.
  resting = resting.catch(() => {}).then(() => endSpare(app));
  return resting;
}

async function endSpare(app) {
  const { sessions } = app.serviceManager;
  await sessions.refreshRunning();
  const all = [...sessions.running()];
  const own = [...kernels].filter(([, { isLive }]) => isLive);
  const paths = new Set(own.map(([{ context }]) => context.path));
  const others = all.filter(({ path }) => !paths.has(path));
  const left = others.filter(({ kernel }) => kernel && !kernel.connections);
  // One that is only just being connected to is not taken for left.
  const closed = left.filter(({ id }) => strays.has(id)).map(({ id }) => () => sessions.shutdown(id));
  strays = new Set(left.map(({ id }) => id));
  const spare = own.filter(([, { isNeeded }]) => !isNeeded).map(([, kernel]) => () => kernel.sleep());
  const over = Math.max(0, own.length + others.length - MOST_KERNELS);
  await Promise.all([...closed, ...spare].slice(0, over).map((end) => end()));
}

/** What JupyterLab has around a document: its menus, its lines at the top and bottom, its bars at the sides. */
const BARS = ["jp-top-panel", "jp-menu-panel", "jp-title-panel", "jp-title-panel-title", "jp-bottom-panel"];
let isProgrammer = false;

/** Show a working copy alone; a programmer, and whoever looks at a notebook that has yet to be run, sees all there is. */
function drawAround(app) {
  const panel = app.shell.currentWidget;
  const isPlain = !isProgrammer && (!panel?.context || RUNS.includes(panel.context.path));
  document.body.classList.toggle("ss-plain", isPlain);
  for (const bar of app.shell.layout) if (BARS.includes(bar.id)) bar.setHidden(isPlain);
  for (const side of ["left", "right"]) {
    const bar = ["application:toggle-side-tabbar", { side }];
    const isShown = app.commands.hasCommand(bar[0]) && app.commands.isToggled(...bar);
    if (isShown !== (!isPlain && side === "left")) app.commands.execute(...bar);
  }
  for (const one of kernels.keys()) one.node.classList.toggle("ss-quiet", !isProgrammer);
  nameWindow(app);
}

/** Name the window by the chapter, and not by its file. */
function nameWindow(app) {
  const headings = app.shell.currentWidget?.node.querySelectorAll("h1") ?? [];
  const heading = [...headings].map(({ textContent }) => textContent.replace("¶", "").trim()).find(Boolean);
  const name = heading && `${heading} – Soil & Seeds`;
  if (name && document.body.classList.contains("ss-plain") && document.title !== name) document.title = name;
}

/** The key works wherever the focus is, also in a form, from which JupyterLab's own keys are kept. */
function listenForProgrammer(app) {
  window.addEventListener("keydown", (event) => {
    if (event.key !== PROGRAMMER || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    app.commands.execute(`${NAME}:show-code`);
  }, true);
}

const readAddress = () => decodeURIComponent(location.pathname.match(DOCUMENT)?.[1] ?? "");

const listDocuments = (app) => [...app.shell.widgets("main")].filter(({ context }) => context);

/** Bring a document to the front, after the one that is there has handed over what was typed in it. */
async function bringToFront(app, path) {
  const found = listDocuments(app).find(({ context }) => context.path === path);
  if (found?.isVisible) return;
  window.dispatchEvent(new CustomEvent(`${NAME}:leaving`, { detail: new Event("leaving") }));
  if (found) app.shell.activateById(found.id);
  else await app.commands.execute("docmanager:open", { path });
}

/**
 * Let the address name the document on screen. JupyterLab adds an entry to the browser's history for every document
 * that comes to the front, also where the address names it already, and does nothing where somebody goes back to one.
 * Here the address goes first, by a link or by Back and Forward, and the document follows.
 */
function keepAddress(app) {
  const add = history.pushState.bind(history);
  let isFollowing = false;
  history.pushState = (...entry) => {
    if (isFollowing) return;
    const isThere = new URL(entry[2] ?? "", location.href).pathname === location.pathname;
    (isThere ? history.replaceState.bind(history) : add)(...entry);
  };
  const followAddress = async () => {
    if (isFollowing) return;
    isFollowing = true;
    // The address may go on while a document is being opened.
    for (let path = readAddress(), last; path && path !== last; path = readAddress()) {
      last = path;
      await bringToFront(app, path).catch((error) => console.error(`${NAME}: ${path} did not open.`, error));
    }
    isFollowing = false;
    const shown = listDocuments(app).find(({ isVisible }) => isVisible)?.context.path;
    if (shown && shown !== readAddress()) history.replaceState({}, "", encodeURIComponent(shown));
  };
  window.addEventListener("popstate", followAddress);
  // A link from one chapter to another opens it here instead of loading JupyterLab anew.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-notebook]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.pathname !== location.pathname) add({}, "", link.href);
    followAddress();
  });
}

export default {
  id: `${NAME}:open`,
  autoStart: true,
  activate(app) {
    const style = document.createElement("style");
    style.textContent = STYLE;
    document.head.append(style);
    const followed = new WeakSet();
    const look = () => {
      for (const widget of app.shell.widgets("main")) {
        if (widget.sessionContext && widget.content?.widgets && !followed.has(widget)) {
          followed.add(widget);
          follow(app, widget).then(() => drawAround(app));
        }
        if (widget.isVisible) noteFront(app, widget);
      }
      drawAround(app);
    };
    app.shell.layoutModified.connect(look);
    app.restored.then(() => {
      look();
      listenForProgrammer(app);
      setInterval(() => rest(app).catch(() => {}), REST_EVERY); // a server that was lost is looked for elsewhere
      new MutationObserver(() => nameWindow(app)).observe(document.head, { subtree: true, childList: true, characterData: true });
    });
    keepAddress(app);
    app.commands.addCommand(`${NAME}:show-code`, {
      label: "Show or hide what a programmer needs",
      execute: () => {
        isProgrammer = !isProgrammer;
        drawAround(app);
      },
    });
  },
};
