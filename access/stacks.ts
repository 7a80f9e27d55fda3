/** What CloudFormation says of stacks and their resources, where ownership depends on it. Types only. */
import { type Owner } from './owner';

export interface Stacks {
  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResource.html */
  resource(owner: Owner): Promise<StackResource>;
  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html */
  stack(stackId: string): Promise<StackStatus>;
}

/** `gone`: CloudFormation says that there is no such thing. `unknown`: it could not be asked. */
export type StackResource =
  | { readonly state: 'known'; readonly status: string; readonly physicalId: string | undefined }
  | { readonly state: 'gone' | 'unknown'; readonly detail: string };

export type StackStatus =
  | { readonly state: 'known'; readonly status: string }
  | { readonly state: 'gone' | 'unknown'; readonly detail: string };
