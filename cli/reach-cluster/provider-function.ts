/** The provider's function: by the export of its stack, with the queue that it is configured with. */
import { partsOfArn } from '../../access/arn';
import { type CloudFormationClient, ListExportsCommand } from '@aws-sdk/client-cloudformation';
import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { DEFAULT_EXPORT_NAME } from '../../access/contract';
import { Problem } from '../problem';
import { whyOf } from './refusal';
import { type Session, within } from './session';

/** Throws Problem. */
export async function exportedToken(client: CloudFormationClient, session: Session): Promise<string> {
  try {
    let NextToken: string | undefined;
    do {
      const command = new ListExportsCommand({ NextToken });
      const page = await within(session, (abortSignal) => client.send(command, { abortSignal }));
      const found = page.Exports?.find(({ Name }) => Name === DEFAULT_EXPORT_NAME)?.Value;
      if (found !== undefined) return found;
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
  } catch (error) {
    throw new Problem(
      `Cannot look for the provider: ${whyOf(error, 'cloudformation:ListExports')}.`,
      'Or name its function by --function.',
    );
  }
  throw new Problem(
    `No stack in ${session.region} exports ${DEFAULT_EXPORT_NAME}.`,
    'Name the function of the provider by --function, or another Region by --region.',
  );
}

/** `FunctionName`: or its ARN. Throws Problem. */
export async function functionOf(
  FunctionName: string,
  lambda: LambdaClient,
  session: Session,
): Promise<{ readonly functionArn: string; readonly queueArn: string }> {
  const command = new GetFunctionConfigurationCommand({ FunctionName });
  const found = await within(session, (abortSignal) => lambda.send(command, { abortSignal })).catch(
    (error: unknown) => {
      const why = whyOf(error, `lambda:GetFunctionConfiguration on ${FunctionName}`);
      throw new Problem(`Cannot look at function ${FunctionName}: ${why}.`);
    },
  );
  const queueArn = found.DeadLetterConfig?.TargetArn ?? '';
  if (partsOfArn(queueArn).service !== 'sqs')
    throw new Problem(
      `Function ${FunctionName} keeps its undelivered events in no queue: is it the provider's?`,
      'Its ARN is the output ServiceToken of the stack of the provider.',
    );
  return { functionArn: found.FunctionArn ?? FunctionName, queueArn };
}
