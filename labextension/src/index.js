// Opens a working copy of the workbook as a form. The server of `workbook open` alone loads this: a person's own
// JupyterLab never sees it. It asks nothing of JupyterLab's packages but commands and signals, so that a new version
// has little to break. What a working copy is, its metadata say (`soil_and_seeds`).

const NAME = "soil-and-seeds";
const LONGEST_WAIT = 20000; // milliseconds until the page is shown as it is, whatever the kernel does
const LOOK_EVERY = 2000; // milliseconds, where the server was lost

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

const isWorkingCopy = (widget) =>
  Boolean(widget?.sessionContext && widget.content?.model?.getMetadata?.("soil_and_seeds"));

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
 * Run every cell of a working copy, showing the page once its form is there. What it shows is not stored: another window
 * of the same notebook would be asked which of the two to keep, and a server killed while storing would leave half a file.
 */
async function run(app, panel) {
  panel.node.classList.add("ss-opening");
  panel.node.setAttribute("aria-busy", "true");
  const late = setTimeout(() => show(panel), LONGEST_WAIT);
  try {
    await panel.sessionContext.ready;
    await panel.sessionContext.session?.kernel?.info;
    // The command runs the notebook that is in front; with its own id it would ask for more than it takes.
    if (app.shell.currentWidget !== panel) app.shell.activateById(panel.id);
    await app.commands.execute("notebook:run-all-cells");
    panel.context.model.dirty = false;
  } catch (error) {
    panel.node.classList.add("ss-failed");
    console.error(`${NAME}: the notebook did not run by itself.`, error);
  }
  clearTimeout(late);
  show(panel);
}

async function listSessions({ serviceManager }) {
  const reply = await fetch(`${serviceManager.serverSettings.baseUrl}api/sessions`);
  return reply.ok ? (await reply.json()).map(({ id }) => id) : null;
}

/** Connect to the kernel again, or begin a new one on a server that does not know it; say whether that was begun. */
async function connect(app, { sessionContext }) {
  const { session } = sessionContext;
  const known = await listSessions(app);
  if (known?.includes(session?.id) && session.kernel?.connectionStatus === "disconnected") await session.kernel.reconnect();
  if (!known || known.includes(session?.id)) return false;
  session?.dispose();
  await sessionContext.startKernel();
  return true;
}

/** Wait for a server that was lost; return whether the notebook has a new kernel. */
async function findServer(app, panel) {
  while (!panel.isDisposed) {
    await pause(LOOK_EVERY);
    closeNotices();
    if (panel.sessionContext.session?.kernel?.connectionStatus === "connected") return false;
    if (await connect(app, panel).catch(() => false)) return true;
  }
  return false;
}

/** Follow one notebook: run it now, and again whenever its kernel was lost and comes back. */
async function follow(app, panel) {
  await panel.context.ready;
  await panel.revealed;
  if (!isWorkingCopy(panel)) return;
  panel.node.classList.add("ss-quiet");
  let lost = false;
  panel.sessionContext.statusChanged.connect((_, status) => {
    if (status === "autorestarting" || status === "restarting") lost = true;
    if (lost && status === "idle") {
      lost = false;
      closeNotices();
      run(app, panel);
    }
  });
  let searching = false;
  panel.sessionContext.connectionStatusChanged.connect(async (_, status) => {
    if (status === "connected" || searching) return;
    searching = true;
    const isNew = await findServer(app, panel);
    searching = false;
    closeNotices();
    if (isNew) run(app, panel);
  });
  await run(app, panel);
}

/** The bar on the right holds tools for programmers. */
function hideRightBar(app) {
  const bar = ["application:toggle-side-tabbar", { side: "right" }];
  if (app.commands.hasCommand(bar[0]) && app.commands.isToggled(...bar)) app.commands.execute(...bar);
}

/** A link from one chapter to another opens it here instead of loading JupyterLab anew. */
function followLinks(app) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-notebook]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    app.commands.execute("docmanager:open", { path: link.dataset.notebook });
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
          follow(app, widget);
        }
      }
    };
    app.shell.layoutModified.connect(look);
    app.restored.then(() => {
      look();
      hideRightBar(app);
    });
    followLinks(app);
    app.commands.addCommand(`${NAME}:show-code`, {
      label: "Show or hide the code of this notebook",
      execute: () => app.shell.currentWidget?.node.classList.toggle("ss-quiet"),
    });
  },
};
