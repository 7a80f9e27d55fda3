/**
 * In the bundle this is in the place of `@smithy/node-http-handler`: every client is given the handler of
 * `access/aws/request-handler.ts`, whose answers are octets and no streams.
 */
export const NodeHttpHandler = { create: (handler) => handler };

export function streamCollector() {
  throw new Error('an answer that is a stream needs @smithy/node-http-handler: see build/lambda.mjs');
}
