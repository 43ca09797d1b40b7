// Times Meshwright beside plain Node and istioctl on this machine, in pairs that take turns, and prints medians and ratios.
//   bench/run                 everything, some ten minutes
//   bench/run synth check     only these parts: synth, watch, large, fleet, check, trace
//   FLEET=10 bench/run fleet  ten environments instead of a hundred
//   RUNS=9 bench/run          that many pairs instead of five
//   JAVA_HOME=… bench/run     on another JVM
'use strict';

const { execFileSync, spawn, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const ROOT = path.join(__dirname, '..');
const RUNS = Number(process.env.RUNS ?? 5);
const WORK = fs.mkdtempSync(path.join(os.tmpdir(), 'meshwright-bench-'));
const PROGRAM = path.join(ROOT, 'meshwright');
const PARTS = { synth, watch, large, fleet, check, trace };
process.on('exit', () => fs.rmSync(WORK, { recursive: true, force: true }));

main(process.argv.slice(2)).catch((failure) => {
  console.error(failure.message);
  process.exit(1);
});

async function main(chosen) {
  const unknown = chosen.filter((name) => !(name in PARTS));
  if (unknown.length) throw new Error(`bench/run: ${unknown} is no part; take of ${Object.keys(PARTS).join(', ')}`);
  const first = seconds(() => run(PROGRAM, ['check', 'dist']));
  machine();
  console.log(`\n| work | Meshwright | beside it | ratio |\n|---|---|---|---|`);
  console.log(`| the first run after a build, or with another JVM | ${first.toFixed(2)} s | | |`);
  for (const [name, part] of Object.entries(PARTS)) if (!chosen.length || chosen.includes(name)) await part();
}

function machine() {
  const java = process.env.JAVA_HOME ? path.join(process.env.JAVA_HOME, 'bin/java') : 'java';
  const jvm = spawnSync(java, ['-version'], { encoding: 'utf8' }).stderr.split('\n')[1];
  const [one] = os.loadavg();
  console.log(
    `${os.cpus().length} × ${os.cpus()[0].model.trim()}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, load ${one.toFixed(1)} before; ` +
      `${jvm}; Node ${process.versions.node}; medians of ${RUNS} pairs`,
  );
}

function synth() {
  const objects = path.join(WORK, 'objects.json');
  const plain = path.join(WORK, 'plain');
  run(process.execPath, [path.join(__dirname, 'objects.mjs'), path.join(ROOT, 'dist'), objects]);
  const node = () => run(process.execPath, [path.join(__dirname, 'plain.cjs'), objects, plain]);
  const project = copy('project', ROOT);
  const again = (...options) => run(PROGRAM, ['synth', ...project, ...options]);
  again('--fresh');
  pair('`synth --fresh`, three environments', () => again('--fresh'), 'plain Node', node);
  pair('`synth`, nothing changed', () => again(), 'plain Node', node);
  let edits = 0;
  const changed = () => {
    edit(path.join(project[1], 'egov.yaml'), edits++);
    again();
  };
  pair('`synth`, one of three changed', changed, 'plain Node', node);
}

async function watch() {
  for (const name of ['egov', 'azure']) {
    const project = copy(`watched-${name}`, ROOT);
    const file = path.join(project[1], `${name}.yaml`);
    const watching = spawn(PROGRAM, ['watch', ...project], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
    const lines = told(watching);
    await lines.next('watching ');
    const times = [];
    const memory = [];
    const saves = Number(process.env.SAVES ?? 60);
    for (let save = 0; save < saves; save++) {
      const before = process.hrtime.bigint();
      edit(file, save);
      await lines.next('watching ');
      times.push(Number(process.hrtime.bigint() - before) / 1e9);
      memory.push(residentOf(watching.pid));
    }
    watching.kill('SIGINT');
    const settled = memory.slice(-20).reduce((sum, each) => Math.max(sum, each), 0);
    const warm = memory.slice(20, 40).reduce((sum, each) => Math.max(sum, each), 0);
    row(
      `\`watch\`, ${name}: a save to what is written, the last ${saves - 30} of ${saves} saves`,
      median(times.slice(30)),
      `memory at saves 20 to 40 ${mebibytes(warm)}, at the last 20 ${mebibytes(settled)}`,
    );
  }
}

function large() {
  for (const services of [150, 500, 1500]) {
    const folder = path.join(WORK, `large-${services}`);
    fs.mkdirSync(folder, { recursive: true });
    run(process.execPath, [path.join(__dirname, 'large.mjs'), `${services}`, path.join(folder, 'large.yaml')]);
    const options = ['synth', '--fresh', '--environments', folder, '--dist', path.join(folder, 'dist')];
    const { elapsed, peak } = measured(PROGRAM, options);
    const objects = count(path.join(folder, 'dist'));
    row(
      `\`synth --fresh\`, ${services} services, ${objects} objects, once`,
      elapsed,
      `peak ${mebibytes(peak)} with Node`,
    );
  }
}

/** A fleet from one base, in one run and in shards as a pipeline's jobs would share it; both must write the same. */
function fleet() {
  const clusters = Number(process.env.FLEET ?? 100);
  const shards = Math.min(10, clusters);
  const folder = path.join(WORK, 'fleet');
  run(process.execPath, [path.join(__dirname, 'fleet.mjs'), `${clusters}`, '100', folder]);
  const synth = (dist, ...options) =>
    measured(PROGRAM, ['synth', '--fresh', '--environments', folder, '--dist', path.join(WORK, dist), ...options]);
  const whole = synth('fleet-whole');
  const parts = Array.from({ length: shards }, (_, part) => synth('fleet-shards', '--shard', `${part + 1}/${shards}`));
  const objects = count(path.join(WORK, 'fleet-whole'));
  if (!sameFiles(path.join(WORK, 'fleet-whole'), path.join(WORK, 'fleet-shards')))
    throw new Error('bench/run: the shards wrote something else than the whole run');
  const name = `\`synth --fresh\`, ${clusters} environments of 100 services, ${objects} objects, once`;
  row(name, whole.elapsed, `peak ${mebibytes(whole.peak)} with Node`);
  const dearest = Math.max(...parts.map((part) => part.elapsed));
  const peak = Math.max(...parts.map((part) => part.peak));
  const sum = parts.reduce((all, part) => all + part.elapsed, 0);
  row(
    `the same by \`--shard K/${shards}\`: the dearest shard`,
    dearest,
    `peak ${mebibytes(peak)} with Node, ${sum.toFixed(2)} s all shards one after the other, the same bytes`,
  );
}

function check() {
  const istioctl = tool('istioctl');
  const azure = path.join(ROOT, 'dist', 'azure');
  const beside = (folder) => istioctl && (() => run(istioctl, ['analyze', '--use-kube=false', folder], [0, 79]));
  const name = istioctl && `istioctl analyze (${version(istioctl)})`;
  pair('`check dist/azure`', () => run(PROGRAM, ['check', azure], [0, 4]), name, beside(azure));
  const mesh = path.join(WORK, 'mesh');
  const classes = path.join(ROOT, 'src/target/test-classes');
  if (!fs.existsSync(path.join(classes, 'io/meshwright/check/LargeMesh.class'))) {
    console.log(
      '| `check` of 10,052 documents | not run: test classes are missing, `mvn test-compile` makes them | | |',
    );
    return;
  }
  const libraries = fs.readFileSync(path.join(ROOT, 'src/target/classpath'), 'utf8');
  const path_ = [classes, path.join(ROOT, 'src/target/meshwright.jar'), libraries].join(path.delimiter);
  run('java', ['-cp', path_, 'io.meshwright.check.LargeMesh', mesh]);
  pair('`check`, 10,052 documents', () => run(PROGRAM, ['check', mesh], [0, 4]), name, beside(mesh));
  process.env.XDG_CACHE_HOME = path.join(WORK, 'cache');
  let edits = 0;
  const changed = () => {
    const file = path.join(mesh, 'service-0500.yaml');
    const text = fs.readFileSync(file, 'utf8');
    fs.writeFileSync(file, text.replace(/timeout: \d+s/, `timeout: ${20 + (edits++ % 30)}s`));
    run(PROGRAM, ['check', '--changed', mesh], [0, 4]);
  };
  pair('`check --changed`, 10,052 documents of which one changed', changed, name, beside(mesh));
}

function trace() {
  const request = ['--client-ip', '198.51.100.7', 'GET', 'https://oauth.buildingbite.com/realms/shop'];
  pair('`trace`, one request on azure', () => run(PROGRAM, ['trace', '--env', 'azure', ...request], [0, 5]));
}

/** Runs both in turn, so that what else happens on the machine happens to both. */
function pair(work, ours, name, theirs) {
  const mine = [];
  const others = [];
  ours();
  theirs?.();
  for (let time = 0; time < RUNS; time++) {
    mine.push(seconds(ours));
    if (theirs) others.push(seconds(theirs));
  }
  row(
    work,
    median(mine),
    theirs ? `${name} ${median(others).toFixed(2)} s` : '',
    theirs && median(mine) / median(others),
  );
}

function row(work, time, beside, ratio) {
  console.log(`| ${work} | ${time.toFixed(2)} s | ${beside} | ${ratio ? ratio.toFixed(2) : ''} |`);
}

/** Our environments and a dist of their own, as options. */
function copy(name, from) {
  const folder = path.join(WORK, name);
  fs.cpSync(path.join(from, 'environments'), path.join(folder, 'environments'), { recursive: true });
  return ['--environments', path.join(folder, 'environments'), '--dist', path.join(folder, 'dist')];
}

/** Changes what is rendered, and by turns, so that every save is a change. */
function edit(file, turn) {
  const text = fs.readFileSync(file, 'utf8');
  fs.writeFileSync(file, text.replace(/^(metadata:.*description: )[^,}\n]*/m, `$1turn ${turn}`));
  if (fs.readFileSync(file, 'utf8') === text) throw new Error(`${file}: has no metadata.description to change`);
}

function run(program, options, accepted = [0]) {
  const { status, stderr, error } = spawnSync(program, options, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (error) throw error;
  if (!accepted.includes(status)) throw new Error(`${program} ${options.join(' ')}: exit code ${status}\n${stderr}`);
}

/** Time and the most memory that the process and all its children held together. */
function measured(program, options) {
  const output = path.join(WORK, 'measured');
  const script =
    'const [output, program, ...options] = process.argv.slice(1);' +
    'const { spawn } = require("node:child_process"); const fs = require("node:fs");' +
    'const before = Date.now(); let peak = 0;' +
    'const child = spawn(program, options, { stdio: "ignore" });' +
    `const residentOf = ${residentOf}; const children = ${children};` +
    'const timer = setInterval(() => { peak = Math.max(peak, residentOf(child.pid)); }, 20);' +
    'child.on("exit", (code) => { clearInterval(timer);' +
    'fs.writeFileSync(output, JSON.stringify({ elapsed: (Date.now() - before) / 1000, peak, code })); });';
  execFileSync(process.execPath, ['-e', script, output, program, ...options], { cwd: ROOT, stdio: 'inherit' });
  const result = JSON.parse(fs.readFileSync(output, 'utf8'));
  if (result.code !== 0) throw new Error(`${program} ${options.join(' ')}: exit code ${result.code}`);
  return result;
}

function residentOf(pid) {
  const fs = require('node:fs');
  let sum = 0;
  for (const each of children(pid)) {
    try {
      sum += Number(fs.readFileSync(`/proc/${each}/statm`, 'utf8').split(' ')[1]) * 4096;
    } catch {
      // it ended meanwhile
    }
  }
  return sum;
}

function children(pid) {
  const fs = require('node:fs');
  try {
    const below = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    const threads = fs.readdirSync(`/proc/${pid}/task`).filter((task) => task !== `${pid}`);
    for (const task of threads)
      below.push(...fs.readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean));
    return [pid, ...below.flatMap((each) => children(Number(each)))];
  } catch {
    return [];
  }
}

/** The lines that a process prints, one after the other. */
function told(child) {
  let text = '';
  let waiting = () => {};
  child.stdout.on('data', (chunk) => {
    text += chunk;
    waiting();
  });
  return {
    async next(beginning) {
      for (;;) {
        const lines = text.split('\n');
        const at = lines.findIndex((line, index) => index < lines.length - 1 && line.startsWith(beginning));
        if (at >= 0) {
          text = lines.slice(at + 1).join('\n');
          return;
        }
        await new Promise((resolve) => (waiting = resolve));
      }
    },
  };
}

/** True if both folders hold the same files with the same bytes. */
function sameFiles(one, other) {
  const files = (folder) =>
    fs
      .readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
      .sort();
  const names = files(one);
  return (
    names.join('\n') === files(other).join('\n') &&
    names.every((name) => fs.readFileSync(path.join(one, name)).equals(fs.readFileSync(path.join(other, name))))
  );
}

function count(folder) {
  return fs.readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.yaml')).length;
}

function tool(name) {
  const own = path.join(process.env.MESHWRIGHT_TOOLS ?? path.join(os.homedir(), '.cache/meshwright/bin'), name);
  if (fs.existsSync(own)) return own;
  const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();
  return found || undefined;
}

/** What it calls itself, or the module that it was built from. */
function version(istioctl) {
  const told = spawnSync(istioctl, ['version', '--remote=false'], { encoding: 'utf8' }).stdout;
  const module = spawnSync('go', ['version', '-m', istioctl], { encoding: 'utf8' }).stdout ?? '';
  const known = /client version: (?!unknown)(\S+)/.exec(told) ?? /mod\s+istio\.io\/istio\s+(\S+)/.exec(module);
  return known ? known[1] : 'of an unknown version';
}

function seconds(work) {
  const before = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - before) / 1e9;
}

function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}

function mebibytes(bytes) {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}
