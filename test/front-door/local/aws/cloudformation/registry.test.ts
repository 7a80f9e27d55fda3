/** The registry's schemas fit the tables of types: nothing is stood in for that AWS does not have. */
import { PLAIN_TYPES } from '../../../../../local/aws/cloudformation/resources/plain-types';
import { AWS_TYPES, schemaOf } from '../../../../../local/aws/cloudformation/resources/registry/registry';
import { RUN_TYPES } from '../../../../../local/aws/cloudformation/resources/run-types';

/** Made by the CDK, and in no registry. */
const UNREGISTERED = ['AWS::CDK::Metadata'];

test.each(Object.entries(PLAIN_TYPES))(
  '%s is a type of AWS, with the attributes that it is given',
  (type, plain) => {
    if (UNREGISTERED.includes(type)) return expect(schemaOf(type)).toBeUndefined();
    const schema = schemaOf(type);
    expect(AWS_TYPES).toContain(type);
    expect(schema?.attributes).toEqual(
      expect.arrayContaining([...Object.keys(plain.attributes), ...Object.keys(plain.mirrors ?? {})]),
    );
    const named = [...Object.values(plain.mirrors ?? {}), ...(plain.name === undefined ? [] : [plain.name])];
    expect(Object.keys(schema?.properties ?? {})).toEqual(expect.arrayContaining(named));
  },
);

test.each(RUN_TYPES)('%s is a type of AWS', (type) => {
  expect(AWS_TYPES).toContain(type);
  expect(schemaOf(type)).toBeDefined();
});
