// Writes a fleet: one base with many services, and one environment of it for each cluster: fleet.mjs CLUSTERS SERVICES FOLDER
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [clusters, services, folder] = process.argv.slice(2);
const base = path.join(folder, 'base.yaml');
fs.mkdirSync(folder, { recursive: true });
execFileSync(process.execPath, [fileURLToPath(new URL('large.mjs', import.meta.url)), services, base]);
fs.writeFileSync(
  base,
  fs.readFileSync(base, 'utf8').replace(/^kind: Environment\nmetadata: .*\n/m, 'kind: EnvironmentBase\n'),
);
for (let cluster = 0; cluster < Number(clusters); cluster++) {
  const name = `cluster-${String(cluster).padStart(3, '0')}`;
  fs.writeFileSync(
    path.join(folder, `${name}.yaml`),
    `apiVersion: meshwright.io/v1
kind: Environment
extends: [base.yaml]
metadata: {name: ${name}, description: one of ${clusters} clusters}
cluster: {name: ${name}}
`,
  );
}
