/**
 * Errors that kubectl, the AWS CLI, EKS and its nodes print: what each means, and what to look at. The cause is often not
 * in aws-auth, and then no look at it shows it. Pure.
 */
import { type ErrorHelp } from './errors/error-help';
import { OF_AWS } from './errors/of-aws';
import { OF_AWS_AUTH } from './errors/of-aws-auth';
import { OF_NODES } from './errors/of-nodes';
import { OF_THE_CLUSTER } from './errors/of-the-cluster';
import { OF_THE_WAY } from './errors/of-the-way';

export const ERROR_HELP: readonly ErrorHelp[] = [
  ...OF_AWS,
  ...OF_THE_WAY,
  ...OF_NODES,
  ...OF_AWS_AUTH,
  ...OF_THE_CLUSTER,
];

/** The first that fits; undefined where the text is no known error. */
export function errorHelpFor(text: string): ErrorHelp | undefined {
  return ERROR_HELP.find(({ shape }) => shape.test(text));
}
