// The steps of a generation: install the pinned tools, bind every API group and cdk8s-plus-34, strip the timestamps, move
// the whole into src/main at once. Only what Node brings is imported up here: the tools may not be installed yet.

import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const MODULES = path.join(HERE, 'node_modules');
const WORK = path.join(HERE, 'build');
const RESULT = path.join(HERE, 'src', 'main');
const PINS = ['package.json', 'package-lock.json'];
const OBJECTS = 'objects/index.ts';
const RECIPE = ['generation.mjs', 'binding.mjs', 'cdk8s.yaml', OBJECTS, ...PINS];
// jsii-pacmak writes the time into each class; equal inputs shall give equal classes
const TIMESTAMP = /(@javax\.annotation\.Generated\(value = "[^"]*"), date = "[^"]*"\)/;

/** Empties src/ and fills it, unless its stamp says that the inputs are those of the last run. */
export async function generate() {
  const inputs = hash([...RECIPE, ...importedFiles()]);
  if (stamp(RESULT) === inputs) return;
  install();
  const started = Date.now();
  for (const old of [WORK, path.dirname(RESULT)]) fs.rmSync(old, { recursive: true, force: true });
  await bindAll();
  const made = path.join(WORK, 'main');
  stripTimestamps(path.join(made, 'java'));
  fs.writeFileSync(path.join(made, '.stamp'), inputs);
  fs.mkdirSync(path.dirname(RESULT));
  fs.renameSync(made, RESULT); // last, so that an interrupted run leaves nothing that looks whole
  fs.rmSync(WORK, { recursive: true });
  say(`bindings generated in ${seconds(started)} s`);
}

function install() {
  const pins = hash(PINS);
  if (stamp(MODULES) === pins) return;
  const started = Date.now();
  say('installing the pinned generators with npm (first build only)');
  try {
    execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: HERE,
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    });
  } catch {
    throw new Error('npm ci: did not succeed, see above; it needs npm and the npm registry, once');
  }
  fs.writeFileSync(path.join(MODULES, '.stamp'), pins);
  say(`generators installed in ${seconds(started)} s`);
}

async function bindAll() {
  const waiting = [bindCdk8sPlus, bindObjects, ...importedFiles().map((file) => () => bindGroup(file))];
  say(`generating ${waiting.length} bindings`);
  const worker = async () => {
    for (let next; (next = waiting.shift());) await next();
  };
  await Promise.all(Array.from({ length: os.availableParallelism() }, worker));
}

async function bindGroup(file) {
  const { parseAllDocuments, stringify } = await import('yaml');
  const { bindable } = await import('./binding.mjs');
  const group = path.basename(file, '.yaml');
  const folder = workFolder(group);
  const crds = parseAllDocuments(read(file)).map((document) => bindable(document.toJS()));
  fs.writeFileSync(
    path.join(folder, 'crds.yaml'),
    crds.map((crd) => `---\n${stringify(crd, { aliasDuplicateObjects: false })}`).join(''),
  );
  // the importer always writes src/main below its working directory
  await tool('cdk8s-cli/bin/cdk8s', ['import', 'crds.yaml', '--language', 'java', '--check-upgrade=false'], folder);
  keep(path.join(folder, 'src', 'main'));
  say(`  ${group}`);
}

async function bindCdk8sPlus() {
  const folder = workFolder('cdk8s-plus-34');
  await tool(
    'jsii-pacmak/bin/jsii-pacmak',
    ['--targets', 'java', '--code-only', '--outdir', folder, path.join(MODULES, 'cdk8s-plus-34')],
    folder,
  );
  keep(path.join(folder, 'java', 'src', 'main'));
  say('  cdk8s-plus-34');
}

// Our own part of the kernel's side: compiled and bound as the importer does with what it writes.
async function bindObjects() {
  const folder = workFolder('objects');
  const source = path.join(folder, 'source');
  fs.mkdirSync(source);
  fs.copyFileSync(path.join(HERE, OBJECTS), path.join(source, path.basename(OBJECTS)));
  const options = {
    moduleKey: 'meshwright-objects',
    deps: ['cdk8s', 'constructs'].map((name) => path.join(MODULES, name)),
    java: { outdir: folder, package: 'imports.io.meshwright.objects' },
  };
  const compile = `require(process.argv[1]).srcmak(process.argv[2], ${JSON.stringify(options)})`;
  await run('jsii-srcmak', (modules) => ['-e', compile, path.join(modules, 'jsii-srcmak'), source], folder);
  keep(path.join(folder, 'src', 'main'));
  say('  objects');
}

function tool(script, options, folder) {
  const name = `${path.basename(script)} ${options.join(' ')}`;
  return run(name, (modules) => ['--preserve-symlinks-main', path.join(modules, script), ...options], folder);
}

async function run(name, command, folder) {
  const link = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'meshwright-')), 'node_modules');
  // cdk8s import gives the path of its compiler to a shell unquoted: a space in ours would end it
  fs.symlinkSync(MODULES, link, 'junction');
  try {
    await promisify(execFile)(process.execPath, ['--preserve-symlinks', ...command(link)], {
      cwd: folder,
      maxBuffer: 1 << 28,
    });
  } catch (failure) {
    throw new Error(`${name}: failed\n${failure.stdout}${failure.stderr}`);
  } finally {
    fs.rmSync(path.dirname(link), { recursive: true });
  }
}

function workFolder(name) {
  const folder = path.join(WORK, name);
  fs.mkdirSync(folder, { recursive: true });
  return folder;
}

function keep(main) {
  if (!fs.existsSync(main)) throw new Error(`${path.relative(HERE, main)}: was not generated`);
  fs.cpSync(main, path.join(WORK, 'main'), { recursive: true, errorOnExist: true, force: false });
}

function stripTimestamps(folder) {
  for (const name of fs.readdirSync(folder, { recursive: true }).filter((each) => each.endsWith('.java'))) {
    const file = path.join(folder, name);
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace(TIMESTAMP, '$1)'));
  }
}

// read line by line, since the YAML parser may not be installed yet
function importedFiles() {
  return [...read('cdk8s.yaml').matchAll(/^ +- (\S+\.yaml)$/gm)].map(([, file]) => file);
}

function hash(files) {
  const digest = createHash('sha256');
  for (const file of files) digest.update(`${file}\0`).update(fs.readFileSync(path.join(HERE, file)));
  return digest.digest('hex');
}

function stamp(folder) {
  const file = path.join(folder, '.stamp');
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null;
}

function read(file) {
  return fs.readFileSync(path.join(HERE, file), 'utf8');
}

function seconds(since) {
  return Math.round((Date.now() - since) / 1000);
}

function say(line) {
  console.log(`imports: ${line}`);
}
