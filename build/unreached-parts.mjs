/**
 * An esbuild plugin for modules of the SDK that the function imports and never runs. Each has something in its place that
 * does nothing, or that throws where a change of ours would make it run; and the reason why nothing does. A module that
 * is not met any more fails the build: an upgrade of the SDK has moved it, and its reason has to be read again.
 */
import { join, sep } from 'node:path';

const refusal = (what) => `throw new Error('${what} is not in the bundle: see build/unreached-parts.mjs');`;

const PARTS = {
  // Taken where Node has no SHA-256 of its own: Lambda's has.
  '@smithy/core/dist-es/submodules/checksum/sha256/Sha256Js.js': `
    export class Sha256Js { constructor() { ${refusal('SHA-256 in JavaScript')} } }`,

  // Made for `retryMode: 'adaptive'`; `access/aws/sdk-client.ts` gives every client 'standard'.
  '@smithy/core/dist-es/submodules/retry/util-retry/AdaptiveRetryStrategy.js': `
    export class AdaptiveRetryStrategy { constructor() { ${refusal('the adaptive retry mode')} } }`,

  // Asked for the Region of a client that was given none; for `AWS_DEFAULTS_MODE=auto` where the environment names none,
  // which Lambda's does, and where the answer would only choose a retry mode and time limits that are given.
  '@smithy/core/dist-es/submodules/config/config-resolver/regionConfig/getInstanceMetadataRegion.js': `
    export const getInstanceMetadataRegion = async () => undefined;`,

  // Only for a client whose service is S3.
  '@smithy/core/dist-es/submodules/endpoints/middleware-endpoint/service-customizations/s3.js': `
    export const resolveParamsForS3 = () => { ${refusal('S3')} };
    export { resolveParamsForS3 as DOT_PATTERN, resolveParamsForS3 as S3_HOSTNAME_PATTERN };
    export { resolveParamsForS3 as isArnBucketName, resolveParamsForS3 as isDnsCompatibleBucketName };`,

  // For an answer that is handed over as a stream: no operation that the function calls has one.
  '@smithy/core/dist-es/submodules/serde/util-stream/sdk-stream-mixin.js': `
    export const sdkStreamMixin = () => { ${refusal('an answer that is a stream')} };`,

  // The headers of signed events in a stream; every signer makes one, and no request of the function has events.
  '@smithy/signature-v4/dist-es/HeaderFormatter.js': `
    export class HeaderFormatter { format() { ${refusal('a stream of signed events')} } }
    export class Int64 {}`,
};

export const unreachedParts = {
  name: 'unreached-parts',
  setup({ onLoad, onEnd }) {
    const met = new Set();
    for (const [module, contents] of Object.entries(PARTS)) {
      const end = join(sep, 'node_modules', module).replace(/[\\.]/g, '\\$&');
      onLoad({ filter: new RegExp(`${end}$`) }, () => {
        met.add(module);
        return { contents, loader: 'js' };
      });
    }
    onEnd(() => ({
      errors: Object.keys(PARTS)
        .filter((module) => !met.has(module))
        .map((module) => ({
          text: `build/unreached-parts.mjs replaces ${module}, which is not in the bundle`,
        })),
    }));
  },
};
