/** What is asked of the local CloudFormation, and what it answers. */
import { type ObjectStore } from '../../s3/object-store';
import { type ParameterStore } from '../../ssm/parameter-store';
import { type Clock } from '../../lambda/clock';
import { type ParameterValues } from '../template/parameters';
import { type ResourceTypes } from '../resources/resource-type';
import { type Stack, type StackEvent, type StackSettings } from './stack';

export interface EngineOptions {
  readonly accountId: string;
  readonly region: string;
  readonly types: ResourceTypes;
  /** Custom types that a misspelt type may have meant. Default: none. */
  readonly customTypes?: readonly string[];
  readonly clock?: Clock;
  /** SSM parameters that templates name. Default: none. */
  readonly ssm?: Pick<ParameterStore, 'find'>;
  /** Whether there is a Lambda function of this ARN. Default: a call of one that is not there fails. */
  readonly hasFunction?: (arn: string) => boolean;
  /** Where templates may come from. Default: files of this machine only. */
  readonly objects?: Pick<ObjectStore, 'get'>;
  /** Exports of stacks that are not there, by name. */
  readonly exports?: Readonly<Record<string, string>>;
  /** Hears of every value that is made up, and of what the stack author may not have meant; in words. */
  readonly onNote?: (note: string) => void;
  /** Hears every stack event as it is listed. */
  readonly onEvent?: (event: StackEvent) => void;
}

export interface StackRequest extends StackSettings {
  readonly name: string;
  /** YAML or JSON. */
  readonly template: string;
  /** File name for messages. */
  readonly templateName?: string;
  /** Bytes; default 51,200, `S3_LIMIT` for templates that come from S3. */
  readonly templateLimit?: number;
  readonly parameters?: ParameterValues;
}

export interface DeleteRequest {
  readonly name: string;
  /** Logical ids of resources to keep; only after DELETE_FAILED. */
  readonly retainResources?: readonly string[];
  readonly force?: boolean;
}

/** An operation under way; `done` resolves, and never rejects, when the stack has come to rest. */
export interface Started {
  readonly stack: Stack;
  readonly done: Promise<Stack>;
}

export interface ExportDescription {
  readonly name: string;
  readonly value: string;
  readonly exportingStackId: string;
}
