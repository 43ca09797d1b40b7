// Upstream releases as Go modules, since the projects' modules contain their definitions.

import { execFileSync } from 'node:child_process';
import os from 'node:os';

/** The folder of a downloaded module, given as path@version. */
export function downloaded(module) {
  try {
    // outside any module, so that no go.mod of a parent folder takes part
    return JSON.parse(execFileSync('go', ['mod', 'download', '-json', module], { cwd: os.tmpdir(), encoding: 'utf8' }))
      .Dir;
  } catch (failure) {
    const reason = failure.stdout ? JSON.parse(failure.stdout).Error : failure.message;
    return fail(`${module}: could not be downloaded (${reason}); correct its version in versions.yaml or install Go`);
  }
}

/** Ends the program with what is wrong. */
export function fail(message) {
  console.error(message);
  process.exit(1);
}
