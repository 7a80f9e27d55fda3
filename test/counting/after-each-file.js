/** What the sources and the bundle have counted in the process of a test file. */
const { randomUUID } = require('node:crypto');
const { write } = require('./instrument');

globalThis.afterAll(() => write(globalThis.__coverage__, `file-${randomUUID()}`));
