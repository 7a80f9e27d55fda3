/** `allowCluster` in every layout of stacks, with CDK's weak references as its default and without (CR-54). */
import './fast-synth';
import { App } from 'aws-cdk-lib';
import { LAYOUTS, Make, synthesised } from './layouts';

const FLAG = '@aws-cdk/core:defaultCrossStackReferences';
const flags = [undefined, 'strong', 'both', 'weak'] as const;

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: readonly string[];
}

interface Found {
  readonly stack: string;
  readonly logicalId: string;
  readonly resource: Resource;
}

function ofType(stacks: ReturnType<typeof synthesised>, type: string): Found[] {
  return stacks.flatMap(({ id, template }) =>
    Object.entries((template as { readonly Resources?: Record<string, Resource> }).Resources ?? {})
      .filter(([, resource]) => resource.Type === type)
      .map(([logicalId, resource]) => ({ stack: id, logicalId, resource })),
  );
}

describe.each(Object.entries(LAYOUTS))('%s', (_name, { build, entryIn }) => {
  test.each(flags)('with the flag %s', (flag) => {
    const app = new App({ context: flag === undefined ? {} : { [FLAG]: flag } });
    build(new Make(app));
    const stacks = synthesised(app);
    const entries = ofType(stacks, 'AWS::EKS::AccessEntry');
    expect(entries.map(({ stack }) => stack)).toEqual([entryIn]);
    const [entry] = entries;
    const [mapping] = ofType(stacks, 'Custom::EksMapRolesEntry');
    if (!entry || !mapping) throw new Error('there is no entry or no mapping');

    // The mapping comes after the entry and goes before it.
    if (mapping.stack === entry.stack) {
      expect(mapping.resource.DependsOn).toContain(entry.logicalId);
    } else {
      const order = stacks.map(({ id }) => id);
      expect(order.indexOf(entry.stack)).toBeLessThan(order.indexOf(mapping.stack));
      expect(app.node.findChild(mapping.stack)).toMatchObject({
        dependencies: expect.arrayContaining([app.node.findChild(entry.stack)]) as unknown,
      });
    }

    // What is the provider's and in another stack is imported, whatever the flag says.
    const provider = stacks.find(({ id }) => id === 'provider');
    for (const value of [
      mapping.resource.Properties['ServiceToken'],
      entry.resource.Properties['PrincipalArn'],
    ]) {
      expect(JSON.stringify(value)).not.toContain('Fn::GetStackOutput');
    }
    if (provider && mapping.stack !== 'provider') {
      expect(mapping.resource.Properties['ServiceToken']).toEqual({
        'Fn::ImportValue': expect.stringMatching(
          /^provider:ExportsOutputFnGetAttProviderFunction/,
        ) as unknown,
      });
    }
    if (provider && entry.stack !== 'provider') {
      expect(entry.resource.Properties['PrincipalArn']).toEqual({
        'Fn::ImportValue': expect.stringMatching(/^provider:ExportsOutputFnGetAttProviderRole/) as unknown,
      });
    }
  });
});
