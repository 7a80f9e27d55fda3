/** What `!GetAtt` takes as one word. Pure. */
import { type Json } from '../json';

/** `Role.Arn` or, for nested stacks and custom attributes, `Resource.Outputs.Name`: split at the first dot. */
export function splitAttribute(text: string): Json {
  const dot = text.indexOf('.');
  return dot < 0 ? text : [text.slice(0, dot), text.slice(dot + 1)];
}
