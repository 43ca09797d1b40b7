// Runs jsii's kernel in the process that Java starts. jsii's own launcher starts a second Node and passes every message on
// from one to the other. JSII_RUNTIME names this file, and its argument is the kernel's program, taken from jsii's jar.
'use strict';

const fs = require('node:fs');

// The kernel speaks on the one descriptor that jsii's launcher opens for it; here Java holds both ends of two pipes.
const KERNEL = 3;
const FROM_JAVA = 0;
const TO_JAVA = 1;
const { readSync, writeSync } = fs;
fs.readSync = (descriptor, ...rest) => readSync(descriptor === KERNEL ? FROM_JAVA : descriptor, ...rest);
fs.writeSync = (descriptor, ...rest) => writeSync(descriptor === KERNEL ? TO_JAVA : descriptor, ...rest);

// What a construct prints would mix with the messages; Java prints what it gets as such a line of stderr.
for (const stream of ['stdout', 'stderr'])
  process[stream].write = (chunk, encoding, done) => {
    const bytes = Buffer.from(chunk, typeof encoding === 'string' ? encoding : undefined);
    writeSync(2, `${JSON.stringify({ [stream]: bytes.toString('base64') })}\n`);
    (typeof encoding === 'function' ? encoding : done)?.();
    return true;
  };

// A terminal's Ctrl-C reaches the whole group of processes. Java ends this one by closing its pipe.
for (const signal of ['SIGINT', 'SIGHUP']) process.on(signal, () => {});

require(process.argv[2]);
