/** What the sources and the bundle have counted in the process of a test file. */
const { randomUUID } = require('node:crypto');
const { runInThisContext } = require('node:vm');
const { write } = require('./instrument');

// The law's simulation runs outside of the globals that Jest gives to a file.
const counts = () => [globalThis, runInThisContext('globalThis')].map((world) => world.__coverage__);
globalThis.afterAll(() => counts().forEach((counted) => write(counted, `file-${randomUUID()}`)));
