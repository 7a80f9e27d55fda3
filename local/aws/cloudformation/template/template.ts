/** A template after parsing: sections sorted out, intrinsic functions in their long form, nothing resolved. */
import { type Json, type JsonObject } from '../json';

export interface TemplateParameter {
  readonly type: string;
  readonly default?: string;
  readonly allowedValues?: readonly string[];
  readonly allowedPattern?: string;
  readonly constraintDescription?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minValue?: number;
  readonly maxValue?: number;
  readonly noEcho: boolean;
  readonly description?: string;
}

export type DeletionPolicy = 'Delete' | 'Retain' | 'RetainExceptOnCreate' | 'Snapshot';

export interface TemplateResource {
  readonly type: string;
  readonly properties: JsonObject;
  readonly dependsOn: readonly string[];
  readonly condition?: string;
  readonly deletionPolicy: DeletionPolicy;
  readonly updateReplacePolicy: DeletionPolicy;
  readonly metadata?: Json;
  /** What refers to other parts of the template beside the properties: metadata, and policies of creation and update. */
  readonly beside: readonly Json[];
}

export interface TemplateOutput {
  readonly value: Json;
  readonly exportName?: Json;
  readonly condition?: string;
  readonly description?: string;
}

export interface Template {
  /** File name for messages. */
  readonly source: string;
  readonly body: string;
  /** What its author may not have meant, and CloudFormation takes; in words, after the name of the file. */
  readonly remarks: readonly string[];
  readonly description?: string;
  readonly parameters: ReadonlyMap<string, TemplateParameter>;
  readonly mappings: JsonObject;
  readonly conditions: ReadonlyMap<string, Json>;
  readonly resources: ReadonlyMap<string, TemplateResource>;
  readonly outputs: ReadonlyMap<string, TemplateOutput>;
  /** As written. */
  readonly rules: ReadonlyMap<string, Json>;
}

export const PSEUDO_PARAMETERS = [
  'AWS::AccountId',
  'AWS::NoValue',
  'AWS::NotificationARNs',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
] as const;

/** `arn`-partition and domain of a region. */
export function partitionOf(region: string): { readonly partition: string; readonly urlSuffix: string } {
  if (region.startsWith('cn-')) return { partition: 'aws-cn', urlSuffix: 'amazonaws.com.cn' };
  if (region.startsWith('us-gov-')) return { partition: 'aws-us-gov', urlSuffix: 'amazonaws.com' };
  if (region.startsWith('us-isob-')) return { partition: 'aws-iso-b', urlSuffix: 'sc2s.sgov.gov' };
  if (region.startsWith('us-iso-')) return { partition: 'aws-iso', urlSuffix: 'c2s.ic.gov' };
  if (region.startsWith('eu-isoe-')) return { partition: 'aws-iso-e', urlSuffix: 'cloud.adc-e.uk' };
  if (region.startsWith('us-isof-')) return { partition: 'aws-iso-f', urlSuffix: 'csp.hci.ic.gov' };
  if (region.startsWith('eusc-')) return { partition: 'aws-eusc', urlSuffix: 'amazonaws.eu' };
  return { partition: 'aws', urlSuffix: 'amazonaws.com' };
}
