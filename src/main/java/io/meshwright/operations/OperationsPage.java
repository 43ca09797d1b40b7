package io.meshwright.operations;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.install.Deliverer;
import io.meshwright.page.Markdown;
import io.meshwright.value.istio.IstioNames;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Writes the commands by which one environment is looked after as a Markdown page, with its own names in them. */
public final class OperationsPage {
    private static final String OBSERVABILITY = "observability";

    private final String environment;
    private final Mesh mesh;
    private final KnownWorkloads workloads;
    private final AskedHosts hosts;
    private final Deliverer deliverer;

    private OperationsPage(String environment, Mesh mesh) {
        this.environment = environment;
        this.mesh = mesh;
        this.workloads = KnownWorkloads.of(mesh);
        this.hosts = AskedHosts.of(mesh);
        this.deliverer = Deliverer.of(mesh.manifests());
    }

    /** The whole page, with a line feed at its end. */
    public static String of(String environment, Mesh mesh) {
        OperationsPage page = new OperationsPage(environment, mesh);
        Markdown text = Markdown.titled("Operations of %s".formatted(environment))
                .paragraph("Commands with the names of this cluster; all but those under \"Ask for more\" only read."
                        + " What each answer means is in the [operator's guide](../operations.md);"
                        + " [`meshwright incident`](../incident.md) explains a log line, an alert or an answer.");
        page.firstHour(text);
        page.beforeProduction(text);
        page.mesh(text);
        page.hosts(text);
        page.workloads(text);
        return text.toString();
    }

    private void firstHour(Markdown text) {
        List<String> steps = new ArrayList<>();
        steps.add("Every Secret of [this list](../secrets/%s.md) that nothing makes is there.".formatted(environment));
        delivered(steps);
        steps.add("`istioctl proxy-status` shows every proxy, each SYNCED or IGNORED.");
        steps.add("Under \"Workloads\", every pod that is to have a sidecar has a container `istio-proxy`.");
        steps.add("Under \"Hosts\", every command ends as its comment says.");
        if (isMonitored()) {
            steps.add("Dashboards, logs and traces show these requests ([tools](../monitoring/%s.md))."
                    .formatted(environment));
            steps.add("An alert arrives where people see it ([how to send one](../operations.md#alerts)).");
        }
        text.heading("First hour after the installation").steps(steps);
    }

    private void delivered(List<String> steps) {
        mesh.manifests().kind(Kind.APPLICATION).stream()
                .map(application -> application.namespace().orElse("argocd"))
                .distinct()
                .forEach(namespace -> steps.add(
                        "`kubectl get applications -n %s` calls each one Synced and Healthy.".formatted(namespace)));
        mesh.manifests().kind(Kind.FLUX_KUSTOMIZATION).stream()
                .map(Manifest::home)
                .distinct()
                .forEach(namespace -> steps.add(
                        "`kubectl get kustomizations.kustomize.toolkit.fluxcd.io,helmreleases -n %s` calls each one Ready."
                                .formatted(namespace)));
        if (deliverer == Deliverer.PEOPLE) {
            steps.add("Every step of [the installation](../delivery/%s.md) ended without an error."
                    .formatted(environment));
        }
    }

    private boolean isMonitored() {
        return Stream.of(Kind.APPLICATION, Kind.FLUX_KUSTOMIZATION)
                        .flatMap(kind -> mesh.manifests().kind(kind).stream())
                        .anyMatch(reader -> reader.name().equals(OBSERVABILITY))
                || mesh.manifests().kind(Kind.INSTALLATION).stream()
                        .anyMatch(installation -> installation.at("/spec/steps").findValuesAsText("apply").stream()
                                .anyMatch(OBSERVABILITY::equals));
    }

    /** The way back, as whoever delivers goes it. */
    private String undone() {
        return switch (deliverer) {
            case ARGO_CD -> "`git revert` of a change, which Argo CD synced";
            case FLUX -> "`git revert` of a change, which Flux applied";
            case PEOPLE -> "`git revert` of a change, and its step of the installation again";
        };
    }

    private void beforeProduction(Markdown text) {
        List<String> checks = new ArrayList<>();
        checks.add("`meshwright check dist/%1$s` finds nothing, and `meshwright trace --env %1$s --table FILE` with"
                .formatted(environment)
                .concat(" the requests that matter has no row that ends otherwise."));
        checks.add("Each exception in the [posture](../posture/%s.md) has an owner, and none has expired."
                .formatted(environment));
        if (!workloads.alone().isEmpty()) {
            checks.add("These have one pod and stand still while it is replaced: %s."
                    .formatted(String.join(", ", workloads.alone())));
        }
        if (!workloads.claims().isEmpty()) {
            checks.add("These volumes hold what a lost disk takes away; a copy of each was restored once: %s."
                    .formatted(String.join(", ", workloads.claims())));
        }
        checks.add("The [resilience test](../operations.md#resilience-test) was run, and alerts told of it.");
        checks.add("The way back was tried once: %s.".formatted(undone()));
        checks.add("Who is called at night has read the [runbooks](../runbooks/%s).".formatted(environment));
        text.heading("Before production").list('-', checks);
    }

    private void mesh(Markdown text) {
        text.heading("The mesh")
                .code(
                        "",
                        List.of(
                                "istioctl version                              # the control plane, and the releases of all proxies",
                                "istioctl proxy-status                         # which proxy has not what istiod sent",
                                "istioctl analyze --all-namespaces             # what istiod's own analysis says",
                                "kubectl get namespaces -L istio-injection,istio.io/rev,istio.io/dataplane-mode",
                                "kubectl get gateways.networking.istio.io,virtualservices,destinationrules,serviceentries,sidecars -A",
                                "kubectl get peerauthentications,requestauthentications,authorizationpolicies -A",
                                "kubectl logs -n %s -l app=istiod --tail=200 | grep -iE 'error|warn|rejected'"
                                        .formatted(IstioNames.ROOT_NAMESPACE)));
    }

    private void hosts(Markdown text) {
        text.heading("Hosts");
        if (hosts.lines().isEmpty()) {
            text.paragraph("No host is served.");
            return;
        }
        text.paragraph("Each command asks the gateway itself, past what stands before it. `-k` is there because a"
                        + " certificate may be one that only the balancer trusts; the last ones show it.")
                .code("", hosts.lines())
                .paragraph("Traffic for a demonstration, until Ctrl-C; the address is that from above:")
                .code("", hosts.traffic());
    }

    private void workloads(Markdown text) {
        text.heading("Workloads")
                .paragraph("One line chooses whom to ask:")
                .code("", workloads.choices())
                .paragraph("Then ask its proxy:")
                .code("", ProxyQuestions.READING)
                .heading("Ask for more")
                .paragraph("These change what a proxy writes, until it is told otherwise or its pod ends:")
                .code("", ProxyQuestions.CHANGING);
    }
}
