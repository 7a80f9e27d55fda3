/**
 * An esbuild plugin for modules of the SDK that the function imports and never runs. Each has something in its place that
 * does nothing, or that throws where a change of ours would make it run; and the reason why nothing does. A module that
 * is not met any more fails the build: an upgrade of the SDK has moved it, and its reason has to be read again.
 */
import { dirname, join, sep } from 'node:path';

const refusal = (what) => `throw new Error('${what} is not in the bundle: see build/unreached-parts.mjs');`;

const PARTS = {
  // Taken where Node has no SHA-256 of its own: Lambda's has.
  '@smithy/core/dist-es/submodules/checksum/sha256/Sha256Js.js': `
    export class Sha256Js { constructor() { ${refusal('SHA-256 in JavaScript')} } }`,

  // Made for `retryMode: 'adaptive'`; `access/aws/sdk-client.ts` gives every client 'standard'.
  '@smithy/core/dist-es/submodules/retry/util-retry/AdaptiveRetryStrategy.js': `
    export class AdaptiveRetryStrategy { constructor() { ${refusal('the adaptive retry mode')} } }`,

  // Where a request says which trace it belongs to, it asks what Lambda's runtime keeps there for each invocation. The module
  // would make one of its own where there is none, which nobody fills.
  '@aws/lambda-invoke-store/dist-es/invoke-store.js': `
    export const InvokeStore = { getInstanceAsync: async () => globalThis.awslambda?.InvokeStore };`,

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

  // `access/aws/sdk-client.ts` takes the middleware out of every client; nothing else asks what a log may show.
  '@aws-sdk/core/dist-es/submodules/client/middleware-logger/loggerMiddleware.js': `
    export const getLoggerPlugin = () => ({ applyToStack: () => undefined });
    export { getLoggerPlugin as loggerMiddleware, getLoggerPlugin as loggerMiddlewareOptions };`,
  '@smithy/core/dist-es/submodules/client/smithy-client/schemaLogFilter.js': `
    export const schemaLogFilter = () => { ${refusal('a log of requests')} };`,

  // Warns of a version of Node that is past its end: which one runs the function, the template of the provider says.
  '@aws-sdk/core/dist-es/submodules/client/emitWarningIfUnsupportedVersion.js': `
    export const state = {};
    export const emitWarningIfUnsupportedVersion = () => undefined;`,

  // Signs for several Regions at once, where a rule of an endpoint asks for it: none of those that are bundled does.
  '@aws-sdk/core/dist-es/submodules/httpAuthSchemes/aws_sdk/AwsSdkSigV4ASigner.js': `
    export class AwsSdkSigV4ASigner { sign() { ${refusal('signing for several Regions')} } }`,

  // For numbers in a request that JavaScript has no room for: no operation that the function calls has one.
  '@smithy/core/dist-es/submodules/protocols/json/jsonReplacer.js': `
    export class JsonReplacer { createReplacer() { ${refusal('a number without limits in a request')} } }`,

  // For extensions of a client, of which none is given any: without them it gives the settings back as they were.
  ...Object.fromEntries(
    ['cloudformation', 'eks', 'iam', 'lambda', 'sts'].map((service) => [
      `@aws-sdk/client-${service}/dist-es/runtimeExtensions.js`,
      'export const resolveRuntimeExtensions = (config) => config;',
    ]),
  ),

  // The same parsers are in the SDK a second time, for other shapes. `test/front-door/access/aws/sdk-parts.test.ts` asks both.
  '@smithy/core/dist-es/submodules/serde/date-utils.js': `
    export {
      _parseEpochTimestamp as parseEpochTimestamp,
      _parseRfc3339DateTimeWithOffset as parseRfc3339DateTimeWithOffset,
      _parseRfc3339DateTimeWithOffset as parseRfc3339DateTime,
      _parseRfc7231DateTime as parseRfc7231DateTime,
    } from './schema-serde-lib/schema-date-utils';
    export const dateToUtcString = (date) => date.toUTCString();`,

  // The SDK has two codecs of JSON, which a protocol may be given: the second is faster on large bodies and twice as large.
  // Requests of the function are a few hundred bytes.
  '@smithy/core/dist-es/submodules/protocols/json/codec-v2/JsonCodec2.js': `
    export { JsonCodec as JsonCodec2 } from '../codec-v1/JsonCodec';`,
};

export const unreachedParts = {
  name: 'unreached-parts',
  setup({ onLoad, onEnd }) {
    const met = new Set();
    for (const [module, contents] of Object.entries(PARTS)) {
      const end = join(sep, 'node_modules', module).replace(/[\\.]/g, '\\$&');
      onLoad({ filter: new RegExp(`${end}$`) }, ({ path }) => {
        met.add(module);
        return { contents, loader: 'js', resolveDir: dirname(path) };
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
