/** As commands of the AWS CLI for a POSIX shell. Pure. */
import { type MigrationPlan, type PlannedEntry } from '../migration-plan';
import { heading } from './heading';

/** The first command that fails ends the script: what it has made so far stays, and counts. */
export function commandLines(plan: MigrationPlan, cluster: string | undefined): string {
  return [
    '#!/bin/sh',
    ...heading(plan, cluster),
    'set -eu',
    cluster === undefined
      ? ': "${CLUSTER:?set CLUSTER to the name of the cluster}"'
      : `CLUSTER=${word(cluster)}`,
    ...plan.entries.flatMap(commands),
    '',
  ].join('\n');
}

function commands({ entry }: PlannedEntry): readonly string[] {
  const { principalArn, type, username, groups, policies } = entry;
  const create: readonly string[] = [
    'aws eks create-access-entry --cluster-name "$CLUSTER"',
    ...option('principal-arn', principalArn),
    ...(type === 'STANDARD' ? [] : [`--type ${type}`]),
    ...(username === undefined ? [] : option('username', username)),
    // As JSON: a group is then never taken for an option, or for the name of a file.
    ...(groups.length === 0 ? [] : [`--kubernetes-groups ${word(json(groups))}`]),
  ];
  return [
    create.join(' '),
    ...policies.map(({ policyArn }) =>
      [
        'aws eks associate-access-policy --cluster-name "$CLUSTER"',
        ...option('principal-arn', principalArn),
        ...option('policy-arn', policyArn),
        '--access-scope type=cluster',
      ].join(' '),
    ),
  ];
}

/** `--name=value`, so that a value that begins with a dash is one. */
function option(name: string, value: string): readonly string[] {
  // The AWS CLI reads file://… and http://… from there; of JSON it does not. And no character acts on a terminal.
  if (/^(?:file|fileb|https?):\/\/|[^\x20-\x7e]/i.test(value))
    return [`--cli-input-json ${word(json({ [parameterOf(name)]: value }))}`];
  return [value.startsWith('-') ? `--${name}=${word(value)}` : `--${name} ${word(value)}`];
}

/** In ASCII. */
function json(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function parameterOf(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function word(text: string): string {
  return /^[\w+=,.@:/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
