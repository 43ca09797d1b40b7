// Takes the CRDs of the upstream releases in versions.json and writes their facts (see facts.mjs) to crds/:
// one file per API group, the groups of a release with a `folder` apart from the rest, and index.txt, which lists them.
// The releases come as Go modules, since the projects' modules contain their CRDs: a module whose path lacks its major
// suffix takes a commit's pseudo-version as `version`.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { crdFacts } from './facts.mjs';

const { releases } = JSON.parse(fs.readFileSync('versions.json', 'utf8'));
const files = new Map(); // crds/ path → { sources, crds by kind }

for (const release of releases) {
  const found = upstreamCrds(release).filter(crd => !release.kinds || release.kinds.includes(crd.spec.names.kind));
  requireKinds(release, found);
  for (const crd of found) add(release, crdFacts(crd));
  console.log(`${release.module}@${release.version}: ${found.map(crd => crd.spec.names.kind).sort().join(', ')}`);
}
write();

function upstreamCrds({ module, version, path: inside }) {
  const place = path.join(downloaded(`${module}@${version}`), inside);
  if (!fs.existsSync(place)) fail(`${module}@${version}: has no ${inside}; correct "path" in versions.json`);
  const sources = fs.statSync(place).isDirectory() ? yamlFiles(place) : [place];
  return sources
    .flatMap(source => parseAllDocuments(fs.readFileSync(source, 'utf8')))
    .map(document => document.toJS({ maxAliasCount: -1 }))
    .filter(object => object?.kind === 'CustomResourceDefinition');
}

function downloaded(module) {
  try {
    // outside any module, so that no go.mod of a parent folder takes part
    return JSON.parse(execFileSync('go', ['mod', 'download', '-json', module], { cwd: os.tmpdir(), encoding: 'utf8' })).Dir;
  } catch (failure) {
    const reason = failure.stdout ? JSON.parse(failure.stdout).Error : failure.message;
    return fail(`${module}: could not be downloaded (${reason}); correct its version in versions.json or install Go`);
  }
}

function yamlFiles(folder) {
  return fs.readdirSync(folder).filter(name => name.endsWith('.yaml')).sort().map(name => path.join(folder, name));
}

function requireKinds({ module, version, kinds }, found) {
  const missing = (kinds ?? []).filter(kind => !found.some(crd => crd.spec.names.kind === kind));
  if (missing.length || !found.length) fail(`${module}@${version}: no CRD of ${missing.join(', ') || 'any kind'}; correct "path" or "kinds" in versions.json`);
}

function add({ folder, module, version }, crd) {
  const file = [folder, `${crd.spec.group}.yaml`].filter(Boolean).join('/');
  if (!files.has(file)) files.set(file, { sources: new Set(), crds: new Map() });
  const { sources, crds } = files.get(file);
  if (crds.has(crd.spec.names.kind)) fail(`${module}@${version}: ${crd.spec.names.kind} is already in ${file}; take it from one release only`);
  crds.set(crd.spec.names.kind, crd);
  sources.add(`${module} ${version}`);
}

function write() {
  fs.rmSync('crds', { recursive: true, force: true });
  for (const [file, { sources, crds }] of files) {
    const target = path.join('crds', file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, [`# Facts of ${[...sources].join(', ')}; written by update-crds.\n`, ...sorted(crds).map(document)].join(''));
  }
  fs.writeFileSync('crds/index.txt', [...files.keys()].sort().map(file => `${file}\n`).join(''));
}

function sorted(crds) {
  return [...crds.keys()].sort().map(kind => crds.get(kind));
}

function document(crd) {
  return `---\n${stringify(crd, { sortMapEntries: true, aliasDuplicateObjects: false, lineWidth: 0 })}`;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
