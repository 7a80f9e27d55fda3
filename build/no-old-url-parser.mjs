import { readFileSync } from 'node:fs';

/**
 * For esbuild: node-fetch, of the Kubernetes client, splits URLs by `url.parse`, of whose end Node 24 and later warn. Node's own
 * `urlToHttpOptions` gives the same fields. Its substitute for an URL class, for Nodes that have none, is left out with
 * its tables: 0.4 MB that took 20 ms to load.
 */
export const noOldUrlParser = {
  name: 'no-old-url-parser',
  setup({ onLoad, onResolve, onEnd }) {
    let isMet = false;
    onResolve({ filter: /^whatwg-url$/ }, () => ({ path: 'node:url', external: true }));
    onLoad({ filter: /[\\/]node-fetch[\\/]lib[\\/]index\.mjs$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const contents = text.replace(
        'const parse_url = Url.parse;',
        'const parse_url = (text) => Url.urlToHttpOptions(new URL(text));',
      );
      isMet ||= contents !== text;
      return { contents, loader: 'js' };
    });
    onEnd(() =>
      isMet ? {} : { errors: [{ text: 'node-fetch no longer splits URLs by url.parse: leave this out' }] },
    );
  },
};
