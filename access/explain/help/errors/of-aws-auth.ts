/** Errors about aws-auth itself: its text, and whether it is there. Data; the first that fits is meant. */
import { type ErrorHelp } from './error-help';
import { LETS_IN } from './steps';

export const OF_AWS_AUTH: readonly ErrorHelp[] = [
  {
    shape: /aws-auth-configmap-validation-webhook/i,
    meaning: 'The check that EKS has for aws-auth refuses the new text; its rules are not published.',
    look: ['eks-access doctor FILE names what is wrong in it.'],
    rules: ['section-unparsable', 'entry-invalid', 'principal-never-matches'],
  },
  {
    shape:
      /converting YAML|did not find expected|could not find expected|cannot unmarshal|mapping values are not allowed|unmarshaling JSON/i,
    meaning: 'A document, or a text in it, is not the YAML that it should be.',
    look: ['eks-access doctor FILE names the line, also inside of mapRoles.'],
    rules: ['section-unparsable', 'section-not-a-list', 'section-not-text'],
  },
  {
    shape: /the object has been modified/i,
    meaning: 'Another tool wrote aws-auth since it was read, and nothing was written.',
    look: ['Read it again, and make the change in that: kubectl edit, or kubectl get -o yaml first.'],
    rules: ['other-writer'],
  },
  {
    shape: /"?aws-auth"? already exists/i,
    meaning: 'aws-auth is there: EKS makes it with the first managed node group or Fargate profile.',
    look: [
      'Change it instead of creating it: kubectl apply or edit; in Terraform kubernetes_config_map_v1_data, or an import.',
      'Creating it again with force would lock out the nodes that are in it.',
    ],
    rules: ['other-writer', 'node-mapping-missing'],
  },
  {
    shape:
      /config-?map\S* "?aws-auth"? (?:does not exist|not found)|find(?:ing)? (?:the )?IAM identity mapping/i,
    meaning: 'There is no aws-auth, or no such entry in it.',
    look: [
      'Whether the mode of the cluster reads it: aws eks describe-cluster --name NAME --query cluster.accessConfig. In mode API access entries alone decide.',
      LETS_IN,
    ],
    rules: ['ignored-in-mode-api', 'node-mapping-missing'],
  },
  {
    shape: /aws-auth ConfigMap in your cluster is invalid/i,
    meaning: 'EKS cannot read aws-auth, and changes no node group while it cannot.',
    look: ['eks-access doctor aws-auth.yaml names the line.'],
    rules: ['section-unparsable', 'section-not-a-list', 'item-folded'],
  },
];
