/** A stack that takes the provider from the export of another one. */
import { App, Stack } from 'aws-cdk-lib';
import { EksAccessProvider } from '../../cdk/index';

export function importing(): {
  readonly stack: Stack;
  readonly common: {
    readonly provider: ReturnType<typeof EksAccessProvider.fromExport>;
    readonly clusterName: string;
  };
} {
  const stack = new Stack(new App(), 'stack');
  return {
    stack,
    common: { provider: EksAccessProvider.fromExport(stack, 'Provider'), clusterName: 'prod' },
  };
}
