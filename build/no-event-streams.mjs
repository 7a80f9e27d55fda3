/**
 * In the bundle this is in the place of `@smithy/core/event-streams`, which the SDK's clients load for operations that
 * stream events: none that the function calls does.
 */
export class EventStreamSerde {
  constructor() {
    throw new Error(
      'an operation that streams events needs @smithy/core/event-streams: see build/lambda.mjs',
    );
  }
}

/** The client of Lambda resolves what it would need for InvokeWithResponseStream. */
export const eventStreamSerdeProvider = () => undefined;
export const resolveEventStreamSerdeConfig = (config) => config;
