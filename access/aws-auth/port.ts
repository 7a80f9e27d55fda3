/** The ConfigMap kube-system/aws-auth as the back end needs it; `store.ts` is the real one. Types only. */
import { type AwsAuth } from './intent';
import { type AwsAuthData } from './identity-mapping';

export interface ConfigMap extends AwsAuth {
  /** The whole object as the API server gave it; what we do not understand goes back as it came. */
  readonly object: {
    readonly metadata: {
      readonly annotations?: Readonly<Record<string, string>>;
      readonly [key: string]: unknown;
    };
    readonly data?: AwsAuthData;
    readonly [key: string]: unknown;
  };
}

export interface ConfigMapStore {
  /** Undefined when there is none. */
  read(): Promise<ConfigMap | undefined>;
  /** ResourceConflict when another tool wrote after the read; NotFound when it was deleted. */
  replace(configMap: ConfigMap): Promise<void>;
  /** Makes an empty one and gives it; where another tool made one meanwhile, gives that one as it is. */
  make(): Promise<ConfigMap>;
}
