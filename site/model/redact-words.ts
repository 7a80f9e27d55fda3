/** Words of the format itself, which a redacted document keeps: all others are replaced. Data. */

/** Keys, whose misspellings are kept as well where a key is. */
export const KEYS = [
  'apiVersion',
  'kind',
  'metadata',
  'name',
  'namespace',
  'data',
  'binaryData',
  'items',
  'annotations',
  'labels',
  'immutable',
  'creationTimestamp',
  'resourceVersion',
  'uid',
  'selfLink',
  'managedFields',
  'manager',
  'operation',
  'time',
  'fieldsType',
  'fieldsV',
  'subresource',
  'generation',
  'ownerReferences',
  'mapRoles',
  'mapUsers',
  'mapAccounts',
  'rolearn',
  'userarn',
  'username',
  'groups',
  'sso',
  'permissionSetName',
  'accountId',
] as const;

/** Names inside braces, without digits. */
export const TEMPLATE_NAMES = [
  'SessionName',
  'SessionNameRaw',
  'AccountID',
  'PrivateDNSName',
  'AccessKeyID',
  'resolve',
] as const;

const OTHERS =
  'v f list config map configmap update apply aws auth kube system arn iam sts role user root group assumed ' +
  'federated instance profile policy cn us gov iso isob isoe isof reserved amazonaws com service masters node nodes ' +
  'bootstrappers authenticated unauthenticated kube proxy proxier windows fargate hybrid eks ec cluster access ' +
  'account id your cfn owners last applied configuration kubectl kubernetes io str int float bool null binary seq ' +
  'set omap timestamp yes no true false on off nan inf yaml json utf owner forced found wrote elsewhere none at';

export const FORMAT_WORDS: ReadonlySet<string> = new Set([
  ...KEYS.map((key) => key.toLowerCase()),
  ...KEYS.flatMap((key) => key.split(/(?=[A-Z])/)).map((word) => word.toLowerCase()),
  ...TEMPLATE_NAMES.map((name) => name.toLowerCase()),
  ...OTHERS.split(' '),
]);
