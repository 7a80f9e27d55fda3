import fc from 'fast-check';
import {
  couldBecome,
  couldBeginWith,
  matchesPattern,
  patternsIntersect,
} from '../../../../access/guardrails/pattern';

const RUNS = process.env['STRYKER_MUTATOR_WORKER'] === undefined ? 2000 : 400;

it.each([
  ['*', '', true],
  ['', '', true],
  ['', 'a', false],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['team-*', 'team-', true],
  ['team-*', 'Team-a', false],
  ['*-prod', 'a-prod-b-prod', true],
  ['a*b*c', 'a-b-b-c-c', true],
  ['a*b*c', 'a-c-b', false],
  ['a.c', 'abc', false],
  ['[ab]', 'a', false],
])('%j matches %j: %s', (pattern, text, expected) => {
  expect(matchesPattern(pattern, text)).toBe(expected);
});

it('matches as the regular expression would', () => {
  const letters = fc.array(fc.constantFrom('a', 'b', '*', '?'), { maxLength: 8 }).map((all) => all.join(''));
  const text = fc.array(fc.constantFrom('a', 'b'), { maxLength: 10 }).map((all) => all.join(''));
  fc.assert(
    fc.property(letters, text, (pattern, subject) => {
      const expected = new RegExp(`^${pattern.replace(/\*/g, '.*').replace(/\?/g, '.')}$`).test(subject);
      expect(matchesPattern(pattern, subject)).toBe(expected);
    }),
    { numRuns: RUNS },
  );
});

it('takes no exponential time', () => {
  expect(matchesPattern('a*'.repeat(50) + 'b', 'a'.repeat(5_000))).toBe(false);
});

it('a template could become what it becomes', () => {
  const literal = fc.constantFrom('a', 'b', ':', 'ab', '');
  const filled = fc.array(fc.oneof(literal, fc.constantFrom('{{SessionName}}', '{{AccountID}}')), {
    maxLength: 5,
  });
  fc.assert(
    fc.property(filled, fc.constantFrom('', 'a', 'b', 'ab', 'ba'), (parts, name) => {
      const template = parts.join('');
      const text = template.replace(/\{\{\w+\}\}/g, name);
      expect(couldBecome(template, text.toUpperCase())).toBe(true);
      const prefix = text.slice(0, text.indexOf(':') + 1);
      if (prefix !== '') expect(couldBeginWith(template, prefix)).toBe(true);
    }),
    { numRuns: RUNS / 2 },
  );
});

describe('is what filling in says', () => {
  const FILLINGS = ['', 'a', 'b', 'aa', 'ab', 'ba', 'bb'];
  const literal = fc.constantFrom('a', 'b', 'B', ':', 'ab');
  const template = fc
    .array(fc.oneof(literal, fc.constantFrom('{{SessionName}}', '{{AccountID}}')), { maxLength: 4 })
    .filter((parts) => parts.filter((part) => part.startsWith('{{')).length <= 3);
  const filled = (parts: readonly string[]): readonly string[] =>
    parts.reduce<readonly string[]>(
      (texts, part) =>
        texts.flatMap((text) => (part.startsWith('{{') ? FILLINGS : [part]).map((more) => text + more)),
      [''],
    );

  it('of the whole', () => {
    const wanted = fc.string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 2 });
    fc.assert(
      fc.property(template, wanted, (parts, text) => {
        // No session name has a colon: then a template that has a field may be judged too strictly, and is.
        fc.pre(!text.includes(':') || !parts.some((part) => part.startsWith('{{')));
        const expected = filled(parts).some((one) => one.toLowerCase() === text);
        expect(couldBecome(parts.join(''), text)).toBe(expected);
      }),
      { numRuns: RUNS },
    );
  });

  it.each(['a:', 'ab:', ':', 'a', 'ab'])('of the beginning %s', (prefix) => {
    fc.assert(
      fc.property(template, (parts) => {
        const expected = filled(parts).some((one) => one.toLowerCase().startsWith(prefix));
        expect(couldBeginWith(parts.join(''), prefix)).toBe(expected);
      }),
      { numRuns: RUNS / 4 },
    );
  });
});

it.each([
  ['system:masters', 'system:masters', true],
  ['system:{{SessionName}}', 'system:masters', true],
  ['system:{{A}}ers{{B}}', 'system:masters', true],
  ['system:{{A}}x{{B}}', 'system:masters', false],
  ['system:masters{{A}}s', 'system:masters', false],
  ['team', 'system:masters', false],
  ['{{A}}ab{{B}}ab', 'ab', false],
  ['{{A}}ab{{B}}ab', 'abab', true],
  ['{{A}}a{{B}}a{{C}}', 'a', false],
  ['ab{{A}}b', 'ab', false],
])('%j could become %j: %s', (template, text, expected) => {
  expect(couldBecome(template, text)).toBe(expected);
});

it.each([
  ['{{SessionName}}', false],
  ['{{SessionName}}:x', true],
  ['sys{{SessionName}}:x', true],
  ['x{{SessionName}}:system:', false],
])('%j could begin with system: %s', (template, expected) => {
  expect(couldBeginWith(template, 'system:')).toBe(expected);
});

it.each([
  ['{{SessionName}}-x', true],
  ['cfn-{{SessionName}}', true],
  ['cfn-eks-accessory', true],
  ['CFN-EKS-ACCESS:x', true],
  ['cfn-eks-acces', false],
  ['my-{{SessionName}}', false],
])('%j could begin with cfn-eks-access: %s', (template, expected) => {
  expect(couldBeginWith(template, 'cfn-eks-access')).toBe(expected);
});

describe('patternsIntersect', () => {
  it.each([
    ['kube-*', '*', true],
    ['kube-*', 'k*', true],
    ['kube-*', 'kube-system', true],
    ['kube-*', 'kube', false],
    ['kube-*', '?ube-*', true],
    ['kube-*', '*-x', true],
    ['kube-*', 'kubeflow-*', false],
    ['kube-*', '', false],
    ['', '**', true],
    ['a*b', '*c*', true],
    ['a?', 'a', false],
  ])('%j and %j: %s', (one, other, expected) => {
    expect(patternsIntersect(one, other)).toBe(expected);
    expect(patternsIntersect(other, one)).toBe(expected);
  });

  it('is what trying every text says', () => {
    // A shortest common text is no longer than both patterns together.
    const texts = [''];
    for (let i = 0; (texts[i] ?? '').length < 8; i += 1) texts.push(`${texts[i]}a`, `${texts[i]}b`);
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 4 });
    fc.assert(
      fc.property(pattern, pattern, (one, other) => {
        const expected = texts.some((text) => matchesPattern(one, text) && matchesPattern(other, text));
        expect(patternsIntersect(one, other)).toBe(expected);
      }),
      { numRuns: RUNS },
    );
  });
});
