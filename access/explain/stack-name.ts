/** `arn:aws:cloudformation:REGION:ACCOUNT:stack/NAME/ID` → `NAME`; what has another form stays whole. Pure. */
export function stackName(stackId: string): string {
  return /:stack\/([^/]+)\//.exec(stackId)?.[1] ?? stackId;
}
