/** The AWS types that really do something here; those that are only names and attributes are in `plain-types.ts`. */
export const RUN_TYPES = [
  'AWS::CloudFormation::CustomResource',
  'AWS::CloudFormation::Stack',
  'AWS::EKS::AccessEntry',
  'AWS::EKS::Cluster',
  'AWS::IAM::Group',
  'AWS::IAM::InstanceProfile',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::IAM::User',
  'AWS::Lambda::Alias',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Function',
  'AWS::Lambda::Version',
  'AWS::SSM::Parameter',
  'AWS::Scheduler::Schedule',
] as const;
