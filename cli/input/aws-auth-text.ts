/** A text with aws-auth as what was seen of it; what is no such text is refused with what to do instead. Pure. */
import { readDocument } from '../../access/explain/document/read-document';
import { type ReadAwsAuth } from '../../access/explain/seen-cluster';
import { awsAuthOf } from '../../access/explain/seen-document';
import { Problem } from '../problem';
import { type TextSource } from './read-text';

export const PRINT = 'kubectl get configmap aws-auth -n kube-system -o yaml | eks-access doctor';

export function awsAuthIn({ name, text }: TextSource): ReadAwsAuth | undefined {
  const reading = readDocument(text);
  switch (reading.kind) {
    case 'aws-auth':
      return awsAuthOf(reading);
    case 'not-aws-auth':
      throw new Problem(
        `${name}: ${reading.what}`,
        reading.isQuestion ? asked(name) : reading.command && `Run: ${reading.command}`,
      );
    case 'broken':
      throw new Problem(`${name}:${reading.line}:${reading.column}: ${reading.sentence}`);
    case 'empty':
      throw new Problem(`${name}: ${reading.sentence}`, PRINT);
  }
}

function asked(name: string): string {
  const from = `< ${name === 'stdin' ? 'FILE' : name}`;
  return `About an error: eks-access help - ${from}   About a caller: eks-access explain - aws-auth.yaml ${from}`;
}
