"""Containers, clusters and virtual machines."""

# ruff: noqa: E501, RUF100 - one rule a line
from __future__ import annotations

from shellper.safety.rules.conditions import (
    CAUTION,
    DESTRUCTIVE,
    DRY_RUN,
    FORBIDDEN,
    any_word,
    matching,
    opt,
    rule,
    verb,
)

_ENGINES = "docker podman nerdctl"
_KUBE = "kubectl k3s microk8s"

# fmt: off
RULES = [
    rule(_KUBE, matching("clusterrolebinding|rolebinding") & matching(r".*system:(anonymous|unauthenticated|authenticated).*"), FORBIDDEN, "lets everybody into a cluster"),
    rule(_KUBE, matching("clusterrolebinding|rolebinding") & matching(r".*cluster-admin.*"), DESTRUCTIVE, "gives all rights over a cluster"),
    rule(_ENGINES, any_word("prune"), DESTRUCTIVE, "removes what is not in use"),
    rule(_ENGINES, verb("rm|rmi|kill|reset"), DESTRUCTIVE, "removes containers or images"),
    rule(_ENGINES, verb("container|image|volume|network|system|secret|config|stack|service|node|machine|context|pod|plugin|manifest|buildx|builder", "rm|remove|kill|reset"), DESTRUCTIVE, "removes containers, volumes or images"),
    rule(_ENGINES, verb("swarm", "leave"), DESTRUCTIVE, "leaves the cluster"),
    rule(_ENGINES + " docker-compose", any_word("down") & opt("-v", "--volumes", "--rmi") & ~DRY_RUN, DESTRUCTIVE, "removes volumes with their data"),
    rule(_ENGINES, verb("compose", "rm|kill"), DESTRUCTIVE, "removes containers"),
    rule("docker-compose", verb("rm|kill"), DESTRUCTIVE, "removes containers"),
    rule(_ENGINES + " docker-compose", verb("compose", "down|stop|restart") | verb("down|stop|restart|pause"), CAUTION, "stops containers"),
    rule(_ENGINES, verb("run|exec|create") & opt("--privileged"), DESTRUCTIVE, "the container may do everything on this machine"),
    rule(_ENGINES, verb("run|create") & matching(r"(-v|--volume=)?/:.*|.*source=/,.*|.*src=/,.*|(-v|--volume=)?/(etc|root|boot|dev|var|usr|home)/?:.*"), DESTRUCTIVE, "the container sees this machine's system files"),
    rule(_ENGINES, verb("run|create") & matching(r".*docker\.sock:.*"), CAUTION, "the container can control the others"),
    rule(_ENGINES + " docker-compose", verb("run|create|build|up") | verb("compose", "run|create|build|up"), CAUTION, "may fetch an image, and runs what is in it"),
    rule(_ENGINES, verb("pull|push|login|stop|restart"), CAUTION, "network transfer, or stops containers"),
    rule(_KUBE, verb("delete", "ns|namespace|namespaces|node|nodes|pv|crd|crds|customresourcedefinitions") & opt("--all") & ~DRY_RUN, FORBIDDEN, "removes all that a cluster has"),
    rule(_KUBE, verb("delete") & opt("--all") & opt("-A", "--all-namespaces") & ~DRY_RUN, FORBIDDEN, "removes all that a cluster has"),
    rule(_KUBE, any_word("delete") & ~verb("auth|explain|help") & ~DRY_RUN, DESTRUCTIVE, "removes things from the cluster"),
    rule(_KUBE, verb("drain|evict|cordon|taint") | (verb("replace|apply") & opt("--force", "--prune")), DESTRUCTIVE, "takes things out of service"),
    rule(_KUBE, verb("scale") & matching(r"--replicas=0"), DESTRUCTIVE, "stops everything"),
    rule(_KUBE, verb("apply|create|edit|patch|scale|rollout|set|label|annotate|replace|run|expose|autoscale|uncordon|cp|exec") & ~verb("rollout", "status|history"), CAUTION, "changes the cluster"),
    rule("helm", verb("uninstall|delete|del|rollback") & ~DRY_RUN, DESTRUCTIVE, "removes a release"),
    rule("helm", verb("install|upgrade|repo|pull"), CAUTION, "changes the cluster"),
    rule("kubeadm", verb("reset"), DESTRUCTIVE, "takes the cluster apart"),
    rule("kind k3d minikube eksctl kops", any_word("delete"), DESTRUCTIVE, "removes a cluster"),
    rule("k3s-uninstall.sh", ~opt("--help"), DESTRUCTIVE, "removes a cluster"),
    rule("argocd flux istioctl", any_word("delete", "uninstall"), DESTRUCTIVE, "removes things from the cluster"),
    rule("virsh", any_word("destroy", "undefine", "vol-delete", "pool-delete", "pool-destroy", "snapshot-delete", "snapshot-revert", "net-destroy"), DESTRUCTIVE, "removes or stops a virtual machine"),
    rule("VBoxManage vboxmanage", any_word("unregistervm", "closemedium", "poweroff", "delete"), DESTRUCTIVE, "removes or stops a virtual machine"),
    rule("vagrant", verb("destroy|halt") | verb("box", "remove|prune"), DESTRUCTIVE, "removes or stops a virtual machine"),
    rule("multipass limactl colima lxc incus", any_word("delete", "purge", "rm"), DESTRUCTIVE, "removes a virtual machine"),
    rule("qm pct", verb("destroy|stop|reset"), DESTRUCTIVE, "removes or stops a virtual machine"),
    rule("wsl wsl.exe", opt("--unregister", "--shutdown"), DESTRUCTIVE, "removes a Linux installation"),
    rule("crictl ctr buildah skopeo", any_word("rm", "rmi", "rmp", "delete", "remove", "prune"), DESTRUCTIVE, "removes containers or images"),
]
# fmt: on
