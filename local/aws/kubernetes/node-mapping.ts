/** The ConfigMap aws-auth that EKS itself writes for a managed node group (GT-60). Pure. */
import { type ConfigMapManifest } from './config-map';

export function nodeMapping(roleArn: string): ConfigMapManifest {
  const mapRoles = `- groups:
  - system:bootstrappers
  - system:nodes
  rolearn: ${roleArn}
  username: system:node:{{EC2PrivateDNSName}}
`;
  return { data: { mapRoles } };
}
