/** References that CloudFormation was to fill in and that arrive as text. Pure. */
import { invalidRequest } from '../../access/errors';
import { isObject } from '../../access/record-json';
import { knownProperties } from './known-properties';
import { type AnyResourceType } from './validated';

const DYNAMIC_REFERENCE = /\{\s*resolve\s*:/i;
/** `${AWS::Region}`, `${Role.Arn}`: what only Fn::Sub fills in. */
const SUBSTITUTION = /\$\{\s*[A-Za-z][\w:.-]*\s*\}/;

/**
 * Throws InvalidRequest naming the property, its value and the remedy. Only properties that the schema knows are
 * looked at: no other's value may be told (CR-43).
 */
export function refuseUnresolved(resourceType: AnyResourceType, raw: unknown): void {
  look(knownProperties(resourceType, raw).known, '');
}

function look(value: unknown, property: string): void {
  if (typeof value === 'string') return check(value, property);
  if (Array.isArray(value)) return value.forEach((item, index) => look(item, `${property}[${index}]`));
  if (!isObject(value)) return;
  for (const [name, part] of Object.entries(value))
    look(part, property === '' ? name : `${property}.${name}`);
}

function check(text: string, property: string): void {
  const is = `${property} is ${JSON.stringify(text)}`;
  if (DYNAMIC_REFERENCE.test(text)) {
    throw invalidRequest(
      `${is}, a dynamic reference that arrived as text (in custom resources CloudFormation fills in neither secretsmanager nor ssm-secure): write the value out, or !Ref a parameter of Type AWS::SSM::Parameter::Value<String>`,
    );
  }
  // The value of a tag is anybody's text.
  const substitution = property.startsWith('Tags[') ? undefined : SUBSTITUTION.exec(text)?.[0];
  if (substitution !== undefined) {
    throw invalidRequest(
      `${is}, and ${substitution} arrived as text: write !Sub before the text for what CloudFormation fills in, or {{SessionName}} for what the login does`,
    );
  }
}
