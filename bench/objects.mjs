// Writes the objects of a dist as JSON, by environment and stack, for plain.mjs: objects.mjs DIST FILE
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const { parse } = createRequire(new URL('../imports/', import.meta.url))('yaml');
const [dist, file] = process.argv.slice(2);
const objects = {};
for (const environment of folders(dist)) {
  objects[environment] = {};
  for (const stack of folders(path.join(dist, environment)))
    objects[environment][stack] = fs
      .readdirSync(path.join(dist, environment, stack))
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => parse(fs.readFileSync(path.join(dist, environment, stack, name), 'utf8')));
}
fs.writeFileSync(file, JSON.stringify(objects));

function folders(parent) {
  return fs
    .readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
