// The walls of the house: who may import whom. The composition root (src/main.ts, src/service.ts, src/cli) may import anything but tests.
const USE_CASES = "^src/(sync|control|notices|print|scans|delivery|archive|import|access)/";
const ROOT = "^src/(main|service|cli|version)[.]ts$|^src/cli/";

/** A room may import only these; packages and Node's own modules are another matter. */
const room = (name, from, may, comment) => ({
  name,
  comment,
  severity: "error",
  from: { path: from },
  to: { path: "^(src|adapters|jobs|test|prisma)/", pathNot: [from, ...may] },
});

module.exports = {
  forbidden: [
    room("domain-alone", "^src/domain/", [], "The domain imports nothing but itself."),
    {
      name: "domain-pure",
      comment: "No I/O and no library in the domain.",
      severity: "error",
      from: { path: "^src/domain/" },
      to: { dependencyTypes: ["core", "npm", "npm-dev", "npm-optional", "npm-no-pkg"] },
    },
    room("ports", "^src/ports/", ["^src/domain/"], "Ports know the domain only."),
    room(
      "store",
      "^src/store/",
      ["^src/domain/", "^src/ports/"],
      "The store knows the domain, and the shapes of what comes in.",
    ),
    room("documents", "^src/documents/", ["^src/domain/"], "Documents know the domain only."),
    room(
      "use-cases",
      USE_CASES,
      ["^src/domain/", "^src/ports/", "^src/store/", "^src/documents/"],
      "Use cases do not know each other's outside.",
    ),
    room(
      "web",
      "^src/web/",
      ["^src/domain/", "^src/ports/", "^src/store/", USE_CASES],
      "Pages read the store and call use cases.",
    ),
    room("adapters", "^adapters/", ["^src/domain/", "^src/ports/"], "An adapter implements a port."),
    {
      name: "adapters-apart",
      comment: "One outside system does not know another.",
      severity: "error",
      from: { path: "^adapters/([^/]+)/" },
      to: { path: "^adapters/[^/]+/", pathNot: "^adapters/$1/" },
    },
    room("jobs", "^jobs/", ["^src/domain/", "^src/ports/", USE_CASES], "A job calls use cases."),
    {
      name: "sql-in-the-store",
      comment: "Only the store knows Prisma and SQL; the embedded server's own adapter may ask it.",
      severity: "error",
      from: { path: "^(src|adapters|jobs)/", pathNot: "^src/store/|^adapters/postgres/" },
      to: { path: "node_modules/(pg|@prisma)/|^src/store/generated/" },
    },
    {
      name: "no-tests-in-the-product",
      severity: "error",
      from: { path: "^(src|adapters|jobs|prisma)/" },
      to: { path: "^test/" },
    },
    {
      name: "root-on-top",
      comment: "Nobody but the root itself and the tests imports the root.",
      severity: "error",
      from: { path: "^(src|adapters|jobs)/", pathNot: ROOT },
      to: { path: ROOT },
    },
    {
      name: "no-circles",
      severity: "error",
      from: { path: "^(src|adapters|jobs)/" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "resolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^src/store/generated/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^src/store/generated/" },
    // TypeScript 7 has no API for other programs yet; swc reads the imports, those of types too.
    parser: "swc",
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      extensions: [".ts", ".mjs", ".js", ".cjs"],
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
