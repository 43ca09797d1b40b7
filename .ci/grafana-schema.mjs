// Checks dashboards against the types that Grafana's own pages are built from: grafana-schema FILE...
// Node finds the types beside this file, where .ci/validators puts both.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = dirname(fileURLToPath(import.meta.url));
const raw = '@grafana/schema/dist/types/raw';
const panels = ['stat', 'timeseries', 'table', 'logs'];

// For TypeScript a literal is no member of an enum; and Grafana fills in what a dashboard leaves out.
const plain = `
type Plain<T> = T extends string ? \`\${T}\` : T extends number ? number : T extends boolean ? T
  : T extends (infer E)[] ? Plain<E>[] : T extends object ? { [K in keyof T]?: Plain<T[K]> } : T;`;

const has = (type, value) => `((_: Plain<${type}>) => _)(${JSON.stringify(value)});`;

function statements(dashboard) {
  const lines = [
    `import type { Dashboard } from '${raw}/dashboard/x/types.gen';`,
    `import type { LokiDataQuery } from '${raw}/composable/loki/dataquery/x/types.gen';`,
    ...panels.map((kind) => `import type * as ${kind} from '${raw}/composable/${kind}/panelcfg/x/types.gen';`),
    plain,
    has('Dashboard', dashboard),
  ];
  for (const panel of dashboard.panels.filter((each) => each.type !== 'row')) {
    const { custom } = panel.fieldConfig.defaults;
    lines.push(has(`${panel.type}.Options`, panel.options));
    if (custom) lines.push(has(`${panel.type}.FieldConfig`, custom));
    const ofLoki = panel.targets.filter((target) => target.datasource.type === 'loki');
    lines.push(...ofLoki.map((target) => has('LokiDataQuery', target)));
  }
  return lines.join('\n');
}

const work = mkdtempSync(join(home, 'dashboards-'));
try {
  const files = process.argv.slice(2).map((file) => {
    const path = join(work, `${basename(file, '.json')}.ts`);
    writeFileSync(path, statements(JSON.parse(readFileSync(file, 'utf8'))));
    return path;
  });
  const compiler = join(home, 'node_modules/typescript/bin/tsc');
  const strictly = ['--noEmit', '--strict', '--skipLibCheck', '--moduleResolution', 'node', '--target', 'es2022'];
  execFileSync(process.execPath, [compiler, ...strictly, ...files], { stdio: 'inherit' });
} catch (failed) {
  process.exitCode = failed.status ?? 1;
} finally {
  rmSync(work, { recursive: true });
}
