"""Cloud providers, infrastructure as code, hosted services."""

# ruff: noqa: E501, RUF100 - one rule a line
from __future__ import annotations

from shellper.safety.rules.conditions import (
    CAUTION,
    DESTRUCTIVE,
    DRY_RUN,
    FORBIDDEN,
    any_word,
    in_turn,
    matching,
    opt,
    rule,
    verb,
)

# fmt: off
RULES = [
    rule("aws", (verb("s3", "rb|rm|mv") | (verb("s3", "sync") & opt("--delete"))) & ~DRY_RUN, DESTRUCTIVE, "removes stored objects"),
    rule("aws", matching(r"(delete|terminate|remove|purge|deregister|release|disable|revoke|detach|empty|stop|reboot|cancel|close|schedule-key-deletion)(-.*)?"), DESTRUCTIVE, "removes or stops something in the cloud"),
    rule("aws", matching(r"(attach|put)-(user|group|role)-policy") & matching(r".*(AdministratorAccess|IAMFullAccess)"), DESTRUCTIVE, "gives all rights in the cloud"),
    rule("aws", verb("iam") & matching(r"(attach|put|create|add|update|set|upload|enable)-.*"), CAUTION, "changes rights in the cloud"),
    rule("gcloud", matching("add-iam-policy-binding") & matching(r".*roles/(owner|editor)"), DESTRUCTIVE, "gives all rights in the cloud"),
    rule("gcloud", matching("(add|remove|set)-iam-policy(-binding)?"), CAUTION, "changes rights in the cloud"),
    rule("az", verb("role", "assignment", "create") & any_word("Owner", "Contributor"), DESTRUCTIVE, "gives all rights in the cloud"),
    rule("gcloud az doctl oci linode-cli hcloud scw ibmcloud aliyun openstack yc exo vultr-cli civo gcutil bq", any_word("delete", "remove", "destroy", "purge", "rm", "stop", "deallocate", "terminate", "reset", "undeploy", "delete-batch"), DESTRUCTIVE, "removes or stops something in the cloud"),
    rule("ibmcloud nova cinder glance neutron swift cf chalice copilot", matching(r"(.*-)?delete(-.*)?"), DESTRUCTIVE, "removes or stops something in the cloud"),
    rule("gsutil s3cmd mc azcopy s5cmd b2 rclone", any_word("rm", "rb", "del", "remove", "delete-bucket", "delete-file-version", "cancel-all-unfinished-large-files", "mv") | (verb("rsync|sync|mirror") & opt("-d", "--delete", "--delete-removed", "--remove", "--delete-destination")), DESTRUCTIVE, "removes stored objects"),
    rule("terraform tofu terragrunt pulumi cdk sls serverless sam cdktf", any_word("destroy", "delete", "remove", "down", "taint", "force-unlock", "rm", "run-all") | verb("state", "rm") | verb("workspace", "delete"), DESTRUCTIVE, "removes infrastructure"),
    rule("terraform tofu terragrunt pulumi cdk", (any_word("apply", "up", "deploy") & opt("-auto-approve", "--auto-approve", "-y", "--yes", "-destroy", "--force")), DESTRUCTIVE, "changes infrastructure without asking"),
    rule("terraform tofu terragrunt pulumi cdk", verb("apply|up|deploy|import|init|refresh"), CAUTION, "changes infrastructure"),
    rule("ansible", opt("-a", "-m") & any_word("shell", "command", "raw", "file", "user", "service"), CAUTION, "runs commands on other machines"),
    rule("ansible", in_turn(r"\bpath=(/|/home|/etc|/usr|/var|/root|/boot)\b", "state=absent"), FORBIDDEN, "removes an important directory on other machines"),
    rule("ansible", matching(r".*(\brm\s+-|state=absent|mkfs|shutdown|reboot).*"), DESTRUCTIVE, "removes something on other machines"),
    rule("pdsh clush dsh pssh", ~opt("--help", "--version", "-V"), CAUTION, "runs commands on other machines"),
    rule("ansible-playbook salt puppet chef-client", ~opt("--check", "--help", "--syntax-check", "--list-tasks", "--noop"), CAUTION, "changes other machines"),
    rule("heroku", matching(r"apps:destroy|pg:reset|addons:destroy|domains:remove|pipelines:destroy|config:unset|ps:stop|access:remove|destroy"), DESTRUCTIVE, "removes something at the host"),
    rule("fly vercel netlify railway wrangler firebase supabase render surge now amplify eb", any_word("destroy", "delete", "rm", "remove", "down", "terminate", "suspend", "sites:delete", "firestore:delete", "database:remove", "functions:delete", "hosting:disable", "reset") | matching(r".*:(delete|remove|disable|destroy)"), DESTRUCTIVE, "removes something at the host"),
    rule("fly vercel netlify railway wrangler firebase eb gcloud aws az heroku", any_word("deploy", "create", "set", "cp", "sync", "update", "push", "put-object", "put") | matching(r"(create|update|put|run|start|modify)-.*"), CAUTION, "changes something in the cloud"),
    rule("aws gcloud az gsutil", verb("s3", "cp|sync") | verb("cp|rsync"), CAUTION, "network transfer"),
    rule("vault", verb("delete|destroy") | verb("kv", "delete|destroy|metadata") | verb("secrets", "disable") | verb("lease", "revoke") | verb("operator", "seal"), DESTRUCTIVE, "removes secrets"),
    rule("nomad", verb("stop") | verb("job", "stop") | verb("system", "gc"), DESTRUCTIVE, "stops jobs"),
    rule("npm yarn pnpm", verb("unpublish|deprecate"), DESTRUCTIVE, "takes a package back from everyone"),
    rule("npm yarn pnpm cargo twine gem poetry uv", verb("publish|upload|push|yank"), CAUTION, "publishes to everyone"),
    rule("cargo gem", verb("yank"), DESTRUCTIVE, "takes a package back from everyone"),
]
# fmt: on
