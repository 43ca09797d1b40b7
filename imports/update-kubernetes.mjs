// Takes the OpenAPI definitions of the Kubernetes release in versions.yaml and writes their facts (see kubernetes.mjs): one
// line per definition, its name and its schema, so that a reader need parse only what it meets.

import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { enumerations, kubernetesFacts } from './kubernetes.mjs';
import { downloaded } from './modules.mjs';

const TARGET = '../src/main/resources/io/meshwright/check/schema/kubernetes.txt';

const {
  kubernetes: { module, version },
} = parse(fs.readFileSync('versions.yaml', 'utf8'));
const place = downloaded(`${module}@${version}`);
const { definitions } = JSON.parse(read('api/openapi-spec/swagger.json'));
const facts = kubernetesFacts(definitions, enumerations(read('pkg/generated/openapi/zz_generated.openapi.go')));
const lines = Object.keys(facts)
  .sort()
  .map((name) => `${name}\t${JSON.stringify(facts[name])}\n`);
fs.mkdirSync(path.dirname(TARGET), { recursive: true });
fs.writeFileSync(TARGET, `# Facts of ${module} ${version}; written by imports/update-kubernetes.\n${lines.join('')}`);
console.log(`${module}@${version}: ${lines.length} definitions`);

function read(file) {
  return fs.readFileSync(path.join(place, file), 'utf8');
}
