// Opens a working copy of the workbook as a form. The server of `workbook open` alone loads this: a person's own
// JupyterLab never sees it. It asks nothing of JupyterLab's packages but commands and signals, so that a new version
// has little to break. What a working copy is, its metadata say (`soil_and_seeds`).

const NAME = "soil-and-seeds";
const LONGEST_WAIT = 20000; // milliseconds until the page is shown as it is, whatever the kernel does
const LONGEST_START = 5000;
const LOOK_EVERY = 2000; // where kernel or server were lost
const MOST_LOOKS = 5; // at a kernel that says it is starting

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
    await Promise.race([panel.sessionContext.session?.kernel?.info, pause(LONGEST_START)]);
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

/** Begin a kernel on a server that does not know this page's, start one anew that died for good, else connect again. */
async function mend(app, { sessionContext }) {
  const { session } = sessionContext;
  const known = await listSessions(app);
  if (!known) return;
  if (known.includes(session?.id)) {
    await (session.kernel.status === "dead" ? session.kernel.restart() : session.kernel.reconnect());
    return;
  }
  session?.dispose();
  await sessionContext.startKernel();
}

/** Wait until the kernel replies again; JupyterLab gives up after a while, and may miss that a kernel has restarted. */
async function recover(app, panel) {
  for (let looks = 1; !panel.isDisposed; looks += 1) {
    await pause(LOOK_EVERY);
    closeNotices();
    const { connectionStatus, status } = panel.sessionContext.session?.kernel ?? {};
    if (connectionStatus === "connected" && ["idle", "busy"].includes(status)) return;
    const isStarting = connectionStatus === "connected" && !["dead", "unknown"].includes(status);
    if (!isStarting || looks % MOST_LOOKS === 0) await mend(app, panel).catch(() => {});
  }
}

/** Follow one notebook: run it now, and again whenever its kernel or the server was lost and comes back. */
async function follow(app, panel) {
  await panel.context.ready;
  await panel.revealed;
  if (!isWorkingCopy(panel)) return;
  panel.node.classList.add("ss-quiet");
  const { sessionContext } = panel;
  let wasConnected = sessionContext.session?.kernel?.connectionStatus === "connected";
  let isLost = false;
  let isRecovering = false;
  const lose = async () => {
    isLost = true;
    if (isRecovering) return;
    isRecovering = true;
    await recover(app, panel);
    isRecovering = false;
  };
  sessionContext.connectionStatusChanged.connect((_, status) => {
    if (status !== "connected" && wasConnected) lose();
    wasConnected ||= status === "connected";
  });
  sessionContext.statusChanged.connect((_, status) => {
    if (["restarting", "autorestarting", "dead"].includes(status)) lose();
    if (!isLost || status !== "idle") return;
    isLost = false;
    closeNotices();
    run(app, panel);
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
