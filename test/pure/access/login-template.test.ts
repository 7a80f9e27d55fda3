import fc from 'fast-check';
import { templateFault } from '../../../access/login-template';

const KNOWN = [
  '{{EC2PrivateDNSName}}',
  '{{AccountID}}',
  '{{SessionName}}',
  '{{SessionNameRaw}}',
  '{{AccessKeyID}}',
];

it.each([
  ...KNOWN,
  'plain',
  'sso:{{SessionName}}',
  'a:{{AccountID}}:{{SessionNameRaw}}-{{AccessKeyID}}',
  '{{SessionName}}{{AccountID}}',
  'a{b}c',
  'a}b',
  '{1}',
])('%j is taken', (text) => {
  expect(templateFault(text)).toBeUndefined();
});

it.each([
  // what is written, what was meant
  ['system:node:{{EC2PrivateDNSName}', '{{EC2PrivateDNSName}}'],
  ['system:node:{EC2PrivateDNSName}}', '{{EC2PrivateDNSName}}'],
  ['system:node:{EC2PrivateDNSName}', '{{EC2PrivateDNSName}}'],
  ['system:node:{{EC2PrivateDNSName', '{{EC2PrivateDNSName}}'],
  ['system:node:EC2PrivateDNSName}}', '{{EC2PrivateDNSName}}'],
  ['dev:{{ SessionName }}', '{{SessionName}}'],
  ['dev:{{SessionName }}', '{{SessionName}}'],
  ['dev:{{\u00a0SessionName}}', '{{SessionName}}'],
  ['dev:{{sessionname}}', '{{SessionName}}'],
  ['dev:{{Session_Name}}', '{{SessionName}}'],
  ['dev:{{SesionName}}', '{{SessionName}}'],
  ['dev:{{SessionNameRAW}}', '{{SessionNameRaw}}'],
  ['dev:{{{SessionName}}}', '{{SessionName}}'],
  ['dev:{{SessionName}}}', '{{SessionName}}'],
  ['dev:${SessionName}', '{{SessionName}}'],
  ['x:{{AccountId}}', '{{AccountID}}'],
  ['x:{{Account ID}}:{{SessionName}}', '{{AccountID}}'],
  ['x:{{AccessKeyId}}', '{{AccessKeyID}}'],
  ['{{SessionName}}:{{EC2PrivateDnsName}}', '{{EC2PrivateDNSName}}'],
])('%j means %s', (text, meant) => {
  expect(templateFault(text)).toContain(`did you mean ${meant}?`);
});

it.each(['{{Team}}', 'x-{{}}', 'x-{{', 'x}}', '{{.UserName}}', 'a:{{SessionName}}:{{Team}}'])(
  '%j is no template at all',
  (text) => {
    expect(templateFault(text)).toContain(
      'is not a template that is filled in at login: use one of {{EC2PrivateDNSName}}, {{AccountID}}',
    );
  },
);

it('what has no two braces in a row but exact templates is never refused for an unknown one', () => {
  const literal = fc.stringMatching(/^[a-z0-9:@/_-]{0,8}$/);
  fc.assert(
    fc.property(fc.array(fc.oneof(literal, fc.constantFrom(...KNOWN)), { maxLength: 6 }), (parts) => {
      expect(templateFault(parts.join(''))).toBeUndefined();
    }),
  );
});

it('two braces that are not of an exact template are always refused', () => {
  const word = fc.stringMatching(/^[A-Za-z ]{0,12}$/).filter((text) => !KNOWN.includes(`{{${text}}}`));
  fc.assert(
    fc.property(word, word, (inside, around) => {
      expect(templateFault(`${around}{{${inside}}}`)).toBeDefined();
      expect(templateFault(`${around}{{SessionName}}{{${inside}`)).toBeDefined();
    }),
  );
});
