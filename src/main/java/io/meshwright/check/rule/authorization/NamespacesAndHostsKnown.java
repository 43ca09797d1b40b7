package io.meshwright.check.rule.authorization;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.AuthorizationValues;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.mesh.Mesh;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Namespaces and hosts that a rule names must exist, or it fits nothing. */
@AutoService(Inspection.class)
public final class NamespacesAndHostsKnown implements Check {
    public static final Rule SOURCE_NAMESPACE_UNKNOWN = Rule.warning("MESH213", "source_namespace_unknown")
            .title("A rule names a namespace that does not exist")
            .twins("IST0101", "KIA0101")
            .consequence("The rule fits nobody.")
            .remedy("Name the namespace of the caller's pods.");

    public static final Rule HOST_OF_RULE_UNKNOWN = Rule.warning("MESH226", "host_of_rule_unknown")
            .title("A rule names a host of the cluster that does not exist")
            .twins("KIA0104")
            .consequence("The rule fits no request.")
            .remedy("Write the full name of a Service.");

    /** Homes of what charts and scripts add to a cluster, which seldom lies beside what it watches or leads to. */
    private static final Set<String> ADDED = Set.of(
            "monitoring",
            "observability",
            "prometheus",
            "kube-system",
            "istio-ingress",
            "ingress-nginx",
            "cert-manager",
            "argocd",
            "flux-system");

    @Override
    public List<Rule> rules() {
        return List.of(SOURCE_NAMESPACE_UNKNOWN, HOST_OF_RULE_UNKNOWN);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Completeness completeness = new Completeness(mesh);
        return mesh.authorizationPolicies()
                .rules()
                .flatMap(rule -> Stream.of(
                                AuthorizationValues.of(rule, "from", "source", "namespaces", "notNamespaces")
                                        .flatMap(value -> namespace(mesh, value)),
                                AuthorizationValues.when(rule, "source.namespace")
                                        .flatMap(value -> namespace(mesh, value)),
                                AuthorizationValues.of(rule, "to", "operation", "hosts", "notHosts")
                                        .flatMap(value -> host(mesh, completeness, value)))
                        .flatMap(findings -> findings));
    }

    private static Stream<Finding> namespace(Mesh mesh, AuthorizationValues.Value value) {
        String written = value.text();
        boolean found = written.contains("*")
                ? mesh.namespaces().names().stream().anyMatch(name -> fits(name, written))
                : mesh.namespaces().exists(written);
        boolean telling = mesh.namespaces().names().stream()
                .anyMatch(name -> mesh.namespaces().labels(name).isPresent());
        return found || !telling
                ? Stream.empty()
                : Stream.of(Completeness.weighed(
                        SOURCE_NAMESPACE_UNKNOWN.at(
                                value.source(),
                                "there is no namespace \"%s\", so no caller comes from it".formatted(written)),
                        !ADDED.contains(written)));
    }

    private static boolean fits(String name, String written) {
        return written.startsWith("*")
                ? name.endsWith(written.substring(1))
                : written.endsWith("*") && name.startsWith(written.substring(0, written.length() - 1));
    }

    /** Names of the cluster only: what the world calls a gateway stands nowhere. */
    private static Stream<Finding> host(Mesh mesh, Completeness completeness, AuthorizationValues.Value value) {
        String host = value.text().replaceFirst(":(\\d+|\\*)$", "");
        String namespace = value.source().manifest().home();
        return host.contains("*") || !host.endsWith(".svc.".concat(mesh.config().domain()))
                ? Stream.empty()
                : completeness.lost(host, namespace, namespace).stream()
                        .filter(Completeness.MissingHost::telling)
                        .map(lost -> HOST_OF_RULE_UNKNOWN.at(
                                value.source(), "%s, so no request has that host".formatted(lost.why())));
    }
}
