import { type Metafile, type Plugin } from 'esbuild';

export function functionBundle(
  plugins?: readonly Plugin[],
): Promise<{ readonly code: string; readonly metafile: Metafile }>;
