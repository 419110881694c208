// Bundles each engine into modules that a page can load: Enketo's by esbuild, ODK Web Forms, which waits while it is loaded, by vite.
import * as esbuild from "esbuild";
import { build } from "vite";

const core = `${process.cwd()}/node_modules/enketo-core/`;
const parts = {
  config: "config.js", widgets: "src/js/widgets.js", translator: "src/js/fake-translator.js", dialog: "src/js/fake-dialog.js",
  "file-manager": "src/js/file-manager.js", "xpath-evaluator-binding": "src/js/xpath-evaluator-binding.js",
};
await build({
  configFile: false, logLevel: "error", define: { "process.env.NODE_ENV": '"production"' },
  build: { outDir: "made", target: "esnext", minify: false, lib: { entry: "odk.js", formats: ["es"], fileName: () => "odk.js" } },
});
await esbuild.build({
  entryPoints: ["enketo.js"], bundle: true, format: "esm", outdir: "made", logLevel: "error", external: ["libxslt"],
  alias: Object.fromEntries(Object.entries(parts).map(([name, path]) => [`enketo/${name}`, core + path])),
});
