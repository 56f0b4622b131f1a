"""What is deployed names what there is: settings, paths, ports, metrics, alerts, each other."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from server.metrics.meters import Meters
from server.settings import Settings
from tests.operations.conftest import ask

ROOT = Path(__file__).parent.parent.parent
KUBERNETES = ROOT / "deploy/kubernetes"
ALERTS = ROOT / "deploy/prometheus/alerts.yaml"
DASHBOARD = ROOT / "deploy/grafana/steepest.json"
OPERATIONS = ROOT / "docs/operations.md"
SETTING = re.compile(r"\bSTEEPEST_([A-Z_]+[A-Z])\b")
METRIC = re.compile(r"\bsteepest_[a-z_]+")
SUFFIXES = ("_bucket", "_count", "_sum", "")


def exposed():
    """Names of series, as /metrics of one process shows them."""
    names = set()
    for family in Meters(None).registry().collect():
        if family.type == "histogram":
            names |= {family.name + suffix for suffix in ("_bucket", "_count", "_sum")}
        else:
            names.add(family.name + ("_total" if family.type == "counter" else ""))
    return names


def queries():
    """All expressions of the dashboard, and of the alerts."""
    panels = json.loads(DASHBOARD.read_text())["panels"]
    drawn = [target["expr"] for panel in panels for target in panel.get("targets", ())]
    return drawn + [rule["expr"] for rule in rules()]


def rules():
    [group] = yaml.safe_load(ALERTS.read_text())["groups"]
    return group["rules"]


def documents(*names):
    for name in names or [path.name for path in KUBERNETES.glob("*.yaml")]:
        yield from yaml.safe_load_all((KUBERNETES / name).read_text())


def of_kind(kind):
    [one] = [one for one in documents() if one["kind"] == kind]
    return one


def settings():
    return {name.upper() for name in Settings.model_fields}


def test_every_metric_of_the_dashboard_and_the_alerts_is_exposed():
    asked = {name for query in queries() for name in METRIC.findall(query)}
    assert asked
    assert asked <= exposed()


def test_every_metric_is_on_the_dashboard_and_explained():
    text = OPERATIONS.read_text()
    drawn = " ".join(queries())
    for family in Meters(None).registry().collect():
        assert f"`{family.name}" in text, family.name
        assert family.name in drawn, family.name


def test_a_real_server_exposes_them(server):
    text = ask(server, "/metrics")[1].decode()
    seen = set(re.findall(r"^# TYPE (\S+)", text, re.MULTILINE))
    kinds = {"counter": "_total"}
    families = Meters(None).registry().collect()
    declared = {family.name + kinds.get(family.type, "") for family in families}
    # Of several workers only what has happened is shown: without queues and work at least these.
    assert "steepest_http_request_duration_seconds" in seen
    assert seen <= declared


def test_no_two_panels_overlap():
    taken = set()
    for panel in json.loads(DASHBOARD.read_text())["panels"]:
        at = panel["gridPos"]
        cells = {
            (at["x"] + i, at["y"] + j) for i in range(at["w"]) for j in range(at["h"])
        }  # fmt: skip
        assert not cells & taken, panel["title"]
        assert max(x for x, _ in cells) < 24
        taken |= cells


def test_every_alert_is_explained():
    text = OPERATIONS.read_text()
    explained = set(re.findall(r"^### (Steepest\w+)", text, re.MULTILINE))
    assert explained == {rule["alert"] for rule in rules()}
    assert all(rule["labels"]["severity"] in ("page", "warn", "info") for rule in rules())


@pytest.mark.skipif(not shutil.which("promtool"), reason="promtool is not installed")
def test_prometheus_reads_the_alerts():
    subprocess.run(["promtool", "check", "rules", str(ALERTS)], check=True)


@pytest.mark.parametrize(
    "path",
    ["Dockerfile", "compose.yaml", "deploy/kubernetes/deployment.yaml", "docs/operations.md"],
)
def test_every_setting_that_is_named_exists(path):
    named = set(SETTING.findall((ROOT / path).read_text()))
    assert named
    assert named <= settings()


def test_the_image_the_probes_and_the_service_agree_on_the_port():
    dockerfile = (ROOT / "Dockerfile").read_text()
    [container] = of_kind("Deployment")["spec"]["template"]["spec"]["containers"]
    [port] = container["ports"]
    assert f"EXPOSE {port['containerPort']}\n" in dockerfile
    assert str(port["containerPort"]) in container["args"]
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        assert container[probe]["httpGet"]["port"] == port["name"]
    for service in (one for one in documents() if one["kind"] == "Service"):
        for one in service["spec"]["ports"]:
            assert one.get("targetPort", port["name"]) == port["name"]


def test_probes_ask_for_what_there_is(server):
    [container] = of_kind("Deployment")["spec"]["template"]["spec"]["containers"]
    paths = {
        container[probe]["httpGet"]["path"]
        for probe in ("startupProbe", "livenessProbe", "readinessProbe")
    }
    for path in paths | {of_kind("ServiceMonitor")["spec"]["endpoints"][0]["path"]}:
        assert ask(server, path)[0].status == 200


def test_selectors_find_the_pods():
    pods = of_kind("Deployment")["spec"]["template"]["metadata"]["labels"]
    selectors = [
        of_kind("Deployment")["spec"]["selector"]["matchLabels"],
        of_kind("PodDisruptionBudget")["spec"]["selector"]["matchLabels"],
        of_kind("NetworkPolicy")["spec"]["podSelector"]["matchLabels"],
    ]
    services = [one for one in documents() if one["kind"] == "Service"]
    selectors += [one["spec"]["selector"] for one in services if "selector" in one["spec"]]
    for selector in selectors:
        assert selector.items() <= pods.items()
    target = of_kind("HorizontalPodAutoscaler")["spec"]["scaleTargetRef"]
    assert target["name"] == of_kind("Deployment")["metadata"]["name"]
    [rule] = of_kind("Ingress")["spec"]["rules"]
    behind = {one["backend"]["service"]["name"] for one in rule["http"]["paths"]}
    assert behind == {one["metadata"]["name"] for one in services}


def test_the_autoscaler_asks_for_a_metric_that_adds_up():
    [metric] = of_kind("HorizontalPodAutoscaler")["spec"]["metrics"]
    assert metric["pods"]["metric"]["name"] in exposed()


def test_all_manifests_are_listed_and_nothing_else():
    listed = set(yaml.safe_load((KUBERNETES / "kustomization.yaml").read_text())["resources"])
    there = {path.name for path in KUBERNETES.glob("*.yaml")} - {"kustomization.yaml"}
    # The last needs definitions that a cluster has only with the operator.
    assert listed == there - {"monitor.yaml"}


def test_no_variable_that_kubernetes_makes_looks_like_a_setting():
    """A service called steepest would bring STEEPEST_SERVICE_HOST, which is no setting."""
    assert of_kind("Deployment")["spec"]["template"]["spec"]["enableServiceLinks"] is False


def test_nothing_may_more_than_it_must():
    pod = of_kind("Deployment")["spec"]["template"]["spec"]
    [container] = pod["containers"]
    uid = pod["securityContext"]["runAsUser"]
    assert f"USER {uid}\n" in (ROOT / "Dockerfile").read_text()
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    for service in compose.values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["mem_limit"] and service["pids_limit"] and service["stop_grace_period"]
        assert service["logging"]["options"]["max-size"]
        assert all("size=" in one for one in service["tmpfs"])
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    ends = int(container["lifecycle"]["preStop"]["exec"]["command"][1])
    assert pod["terminationGracePeriodSeconds"] >= ends + 10


def test_the_server_believes_the_proxys_network_in_compose():
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text())
    [network] = compose["networks"]["inside"]["ipam"]["config"]
    for name in ("steepest", "steepest-gpu"):
        assert compose["services"][name]["environment"]["STEEPEST_PROXIES"] == network["subnet"]
