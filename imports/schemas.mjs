// Writes the CRDs as the program reads them into target/resources/crds: a line per definition, its kind and its JSON, so
// that a run parses only what it meets, and that at JSON's speed. Does nothing when the CRDs are those of the last run.

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const SOURCE = path.join(HERE, 'crds');
const RESULT = path.join(HERE, 'target', 'resources');
const INDEX = 'index.txt';

/** Empties target/resources and fills it, unless its stamp says that the inputs are those of the last run. */
export async function writeSchemas() {
  const files = fs.readFileSync(path.join(SOURCE, INDEX), 'utf8').trim().split('\n');
  const stamp = path.join(RESULT, '.stamp');
  const inputs = hash([fileURLToPath(import.meta.url), ...[INDEX, ...files].map((file) => path.join(SOURCE, file))]);
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === inputs) return;
  const { parseAllDocuments } = await import('yaml');
  fs.rmSync(RESULT, { recursive: true, force: true });
  write(INDEX, files.map((file) => `${named(file)}\n`).join(''));
  for (const file of files) {
    const crds = parseAllDocuments(fs.readFileSync(path.join(SOURCE, file), 'utf8')).map((document) => document.toJS());
    write(named(file), crds.map((crd) => `${crd.spec.names.kind}\t${JSON.stringify(crd)}\n`).join(''));
  }
  fs.writeFileSync(stamp, inputs); // last, so that an interrupted run leaves nothing that looks whole
}

function named(file) {
  return file.replace(/yaml$/, 'txt');
}

function write(file, text) {
  const target = path.join(RESULT, 'crds', file);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, text);
}

function hash(files) {
  const digest = createHash('sha256');
  for (const file of files) digest.update(fs.readFileSync(file)).update('\0');
  return digest.digest('hex');
}
