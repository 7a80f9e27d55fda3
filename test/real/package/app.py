# The App of test/real/package, as a user of the Python package writes it.
import aws_cdk as cdk
from aws_cdk import aws_eks as eks, aws_iam as iam, aws_lambda as lambda_
from cfn_eks_access import (
    AccessPolicy,
    EksAccessEntry,
    EksAccessGuardrails,
    EksAccessProvider,
    EksMapAccountsEntry,
    EksMapRolesEntry,
    EksMapUsersEntry,
    EntryType,
)

app = cdk.App()
home = cdk.Stack(app, "home")
provider = EksAccessProvider(
    home,
    "Provider",
    guardrails=EksAccessGuardrails(groups=["team-*", "viewers"], allow_nodes=True),
    node_roles=[iam.Role.from_role_name(home, "Nodes", "nodes")],
)
stack = cdk.Stack(app, "user")
cluster = eks.CfnCluster(
    stack,
    "Cluster",
    name="prod",
    role_arn="arn:aws:iam::111122223333:role/eks",
    resources_vpc_config=eks.CfnCluster.ResourcesVpcConfigProperty(
        subnet_ids=["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
    ),
    access_config=eks.CfnCluster.AccessConfigProperty(authentication_mode="API_AND_CONFIG_MAP"),
)
provider.allow_cluster(cluster)
role = iam.Role(stack, "Role", assumed_by=iam.AccountRootPrincipal())
EksMapRolesEntry(
    stack,
    "Mapping",
    provider=provider,
    cluster=cluster,
    role=role,
    groups=["team-a"],
    access_policies=[AccessPolicy.view(), AccessPolicy.edit(namespaces=["dev"])],
)
EksMapUsersEntry(
    stack, "UserMapping", provider=provider, cluster=cluster, user=iam.User(stack, "User"), groups=["viewers"]
)
EksMapAccountsEntry(stack, "AccountMapping", provider=provider, cluster_name="prod", account_id="111122223333")
EksAccessEntry(
    stack,
    "Entry",
    provider=provider,
    cluster=cluster,
    principal_arn="arn:aws:iam::111122223333:role/other",
    tags={"own": "yes"},
)
EksMapRolesEntry(
    stack,
    "NodeMapping",
    provider=provider,
    cluster_name="prod",
    role_arn="arn:aws:iam::111122223333:role/nodes",
    entry_type=EntryType.EC2_LINUX,
)
handler = lambda_.Function(
    stack,
    "Function",
    runtime=lambda_.Runtime.NODEJS_22_X,
    handler="index.handler",
    code=lambda_.Code.from_inline("exports.handler = async () => {};"),
)
provider.grant_access(
    cluster,
    handler,
    groups=["team-b"],
    policies=[
        eks.AccessPolicy.from_access_policy_name(
            "AmazonEKSViewPolicy", access_scope_type=eks.AccessScopeType.CLUSTER
        )
    ],
)
cdk.Tags.of(stack).add("team", "a")
app.synth()
