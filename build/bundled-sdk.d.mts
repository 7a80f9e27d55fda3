import { type BuildOptions } from 'esbuild';

export const bundledSdk: BuildOptions;
