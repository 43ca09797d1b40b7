package io.meshwright.mesh.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.Source;
import io.meshwright.value.istio.IstioAnnotations;
import io.meshwright.value.istio.IstioLabels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Finds the pod templates of workloads. */
public final class PodTemplates {
    private static final Map<Kind, String> TEMPLATES = new LinkedHashMap<>();

    static {
        TEMPLATES.put(Kind.POD, "");
        TEMPLATES.put(Kind.CRON_JOB, "/spec/jobTemplate/spec/template");
        for (Kind kind : List.of(
                Kind.DEPLOYMENT,
                Kind.STATEFUL_SET,
                Kind.DAEMON_SET,
                Kind.REPLICA_SET,
                Kind.JOB,
                Kind.ROLLOUT,
                new Kind("", "ReplicationController"))) {
            TEMPLATES.put(kind, "/spec/template");
        }
    }

    private final Manifests manifests;
    private final Injection injection;
    private final Replicas replicas;

    public PodTemplates(Manifests manifests, Injection injection) {
        this.manifests = manifests;
        this.injection = injection;
        this.replicas = new Replicas(manifests);
    }

    public List<Pod> pods() {
        List<Pod> pods = new ArrayList<>();
        TEMPLATES.forEach((kind, pointer) -> manifests
                .kind(kind)
                .forEach(owner -> template(owner, pointer).ifPresent(template -> {
                    pods.add(pod(
                            owner, template, labelled(owner, "stableMetadata", "activeMetadata"), replicas.of(owner)));
                    Map<String, String> next = labelled(owner, "canaryMetadata", "previewMetadata");
                    if (!next.isEmpty()) {
                        pods.add(pod(owner, template, next, OptionalInt.of(0)));
                    }
                })));
        manifests.kind(Kind.WORKLOAD_ENTRY).forEach(entry -> pods.add(virtualMachine(entry)));
        return pods;
    }

    private Optional<Source> template(Manifest owner, String pointer) {
        if (owner.kind().equals(Kind.ROLLOUT) && owner.at("/spec/workloadRef").isObject()) {
            // A Rollout may borrow the template of a Deployment, which it scales to zero.
            return manifests
                    .find(
                            Kind.DEPLOYMENT,
                            owner.home(),
                            owner.at("/spec/workloadRef/name").asText())
                    .map(lender -> new Source(lender, pointer));
        }
        // A Pod is one even where a fragment leaves out its containers.
        boolean whole =
                owner.kind().equals(Kind.POD) || owner.at(pointer).path("spec").isObject();
        return whole ? Optional.of(new Source(owner, pointer)) : Optional.empty();
    }

    /**
     * The labels that a Rollout gives its pods besides those of the template: to all of them between two releases, and
     * to those of a new version while it is on its way.
     */
    private static Map<String, String> labelled(Manifest owner, String ofCanary, String ofBlueGreen) {
        JsonNode strategy = owner.at("/spec/strategy");
        return owner.kind().equals(Kind.ROLLOUT)
                ? strategy.path("canary").isObject()
                        ? Fields.strings(strategy.at("/canary").path(ofCanary).path("labels"))
                        : Fields.strings(
                                strategy.at("/blueGreen").path(ofBlueGreen).path("labels"))
                : Map.of();
    }

    private Pod pod(Manifest owner, Source template, Map<String, String> besides, OptionalInt count) {
        JsonNode written = template.value();
        Map<String, String> labels = new TreeMap<>(Fields.strings(written.at("/metadata/labels")));
        labels.putAll(besides);
        Map<String, String> annotations = Fields.strings(written.at("/metadata/annotations"));
        JsonNode spec = written.path("spec");
        // serviceAccount is the deprecated name that Kubernetes still honours.
        String account = Fields.text(spec.path("serviceAccountName"))
                .or(() -> Fields.text(spec.path("serviceAccount")))
                .orElse("default");
        Proxy proxy = injection.of(owner.home(), labels, annotations, spec);
        return new Pod(
                template,
                owner.home(),
                new Pod.Metadata(owner.name(), labels, injection.completed(annotations, proxy), account),
                spec,
                count,
                proxy);
    }

    private static Pod virtualMachine(Manifest entry) {
        Map<String, String> labels = Fields.strings(entry.at("/spec/labels"));
        String account = entry.text("/spec/serviceAccount").orElse("default");
        return new Pod(
                Source.of(entry),
                entry.home(),
                new Pod.Metadata(entry.name(), labels, Map.of(), account),
                entry.at("/none"),
                OptionalInt.of(1),
                proxyOfMachine(entry, labels));
    }

    /** As istiod tells it: by the label, or by the identity that only a proxy has (getTLSModeFromWorkloadEntry). */
    private static Proxy proxyOfMachine(Manifest entry, Map<String, String> labels) {
        String mode = labels.getOrDefault(IstioLabels.TLS_MODE, "");
        if (entry.annotations().getOrDefault(IstioAnnotations.REDIRECTION, "").equals("enabled")) {
            return new Proxy(Proxy.Type.ZTUNNEL, "the WorkloadEntry says that a ztunnel takes its machine's calls");
        }
        boolean told = mode.isEmpty() ? entry.text("/spec/serviceAccount").isPresent() : mode.equals("istio");
        return told
                ? new Proxy(Proxy.Type.SIDECAR, "the WorkloadEntry gives its machine a proxy's identity")
                : new Proxy(Proxy.Type.UNKNOWN, "a WorkloadEntry does not say whether its machine runs a proxy");
    }
}
