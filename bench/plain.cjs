// What a plain Node app of cdk8s makes of the same objects: one App for each environment, one Chart for each stack, one
// file for each resource: plain.cjs FILE OUTDIR. The measure that synth is compared with.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { createRequire } = require('node:module');

const { ApiObject, App, Chart, YamlOutputType } = createRequire(path.join(__dirname, '../imports/'))('cdk8s');
const [file, outdir] = process.argv.slice(2);
for (const [environment, stacks] of Object.entries(JSON.parse(fs.readFileSync(file, 'utf8')))) {
  const app = new App({
    outdir: path.join(outdir, environment),
    yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
  });
  for (const [stack, objects] of Object.entries(stacks)) {
    const chart = new Chart(app, stack);
    objects.forEach((object, index) => new ApiObject(chart, `${index}`, object));
  }
  app.synth();
}
