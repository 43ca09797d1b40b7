// Takes the CRDs of the upstream releases in versions.yaml and writes their facts (see facts.mjs) to crds/:
// one file per API group, the groups of a release with a `folder` apart from the rest; index.txt, which lists them; and
// upstream-facts.json, how often each keyword of a schema occurs upstream, which a test compares with what was kept.
// The releases come as Go modules, since the projects' modules contain their CRDs: a module whose path lacks its major
// suffix takes a commit's pseudo-version as `version`.

import fs from 'node:fs';
import path from 'node:path';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { bindableVersion, crdFacts, keywordCounts } from './facts.mjs';
import { downloaded, fail } from './modules.mjs';

const { releases } = parse(fs.readFileSync('versions.yaml', 'utf8'));
const files = new Map(); // crds/ path → { sources, crds by kind, upstream keywords by kind }

for (const release of releases) {
  const found = upstreamCrds(release).filter((crd) => !release.kinds || release.kinds.includes(crd.spec.names.kind));
  requireKinds(release, found);
  for (const crd of found) add(release, crd);
  console.log(
    `${release.module}@${release.version}: ${found
      .map((crd) => crd.spec.names.kind)
      .sort()
      .join(', ')}`,
  );
}
write();

function upstreamCrds({ module, version, path: inside }) {
  const place = path.join(downloaded(`${module}@${version}`), inside);
  if (!fs.existsSync(place)) fail(`${module}@${version}: has no ${inside}; correct "path" in versions.yaml`);
  const sources = fs.statSync(place).isDirectory() ? yamlFiles(place) : [place];
  return sources
    .flatMap((source) => parseAllDocuments(fs.readFileSync(source, 'utf8')))
    .map((document) => document.toJS({ maxAliasCount: -1 }))
    .filter((object) => object?.kind === 'CustomResourceDefinition');
}

function yamlFiles(folder) {
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => path.join(folder, name));
}

function requireKinds({ module, version, kinds }, found) {
  const missing = (kinds ?? []).filter((kind) => !found.some((crd) => crd.spec.names.kind === kind));
  if (missing.length || !found.length)
    fail(
      `${module}@${version}: no CRD of ${missing.join(', ') || 'any kind'}; correct "path" or "kinds" in versions.yaml`,
    );
}

function add({ folder, module, version }, crd) {
  const {
    group,
    names: { kind },
    versions,
  } = crd.spec;
  const file = [folder, `${group}.yaml`].filter(Boolean).join('/');
  if (!files.has(file)) files.set(file, { sources: new Set(), crds: {}, upstream: {} });
  const { sources, crds, upstream } = files.get(file);
  if (kind in crds) fail(`${module}@${version}: ${kind} is already in ${file}; take it from one release only`);
  sources.add(`${module} ${version}`);
  crds[kind] = crdFacts(crd);
  upstream[kind] = keywordCounts(bindableVersion(versions).schema);
}

function write() {
  fs.rmSync('crds', { recursive: true, force: true });
  const names = [...files.keys()].sort();
  for (const name of names) {
    const { sources, crds } = files.get(name);
    writeFile(
      name,
      `# Facts of ${[...sources].join(', ')}; written by update-crds.\n${sorted(crds).map(document).join('')}`,
    );
  }
  writeFile('index.txt', names.map((name) => `${name}\n`).join(''));
  writeFile('upstream-facts.json', `${JSON.stringify(Object.fromEntries(names.map(counts)), null, 1)}\n`);
}

function writeFile(name, text) {
  const target = path.join('crds', name);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, text);
}

function counts(name) {
  const { upstream } = files.get(name);
  return [
    name,
    Object.fromEntries(
      Object.keys(upstream)
        .sort()
        .map((kind) => [kind, upstream[kind]]),
    ),
  ];
}

function sorted(crds) {
  return Object.keys(crds)
    .sort()
    .map((kind) => crds[kind]);
}

function document(crd) {
  return `---\n${stringify(crd, { sortMapEntries: true, aliasDuplicateObjects: false, lineWidth: 0 })}`;
}
