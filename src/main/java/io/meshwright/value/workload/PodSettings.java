package io.meshwright.value.workload;

import io.meshwright.builders.Buildable;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Sample;
import io.meshwright.value.pod.DnsConfig;
import io.meshwright.value.pod.HostAlias;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.pod.Role;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The surroundings of the application's container: where the pods run, what they carry, and who runs beside it. */
@Doc("What surrounds the application's container, in Kubernetes' own words.")
@Buildable
public record PodSettings(
        @Defaulted @Doc("Secrets of the namespace that open registries, besides the environment's.")
        List<ObjectName> imagePullSecrets,

        @Defaulted @Doc("Labels of the pods, besides app and version.")
        Map<String, String> labels,

        @Defaulted @Doc("Annotations of the pods.") Map<String, String> annotations,

        @Defaulted @Doc("Labels of the nodes on which they run.")
        Map<String, String> nodeSelector,

        @Defaulted @Doc("Taints of nodes on which they run nevertheless.")
        List<Toleration> tolerations,

        @Nullable Affinity affinity,

        @Defaulted
        @Doc("How its pods are spread over the cluster; default: softly over nodes, and over zones where the platform"
                + " names them.")
        @Sample("[{topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule}]")
        List<Affinity.Spread> topologySpreadConstraints,

        @Nullable @Doc("Which scheduler finds their nodes; default: Kubernetes' own.") @Sample("volcano")
        Name schedulerName,

        @Nullable @Doc("Who is evicted for whom; default: nobody for them.")
        Name priorityClassName,

        @Nullable @Doc("Which runtime runs them, such as gvisor; default: the nodes' own.")
        Name runtimeClassName,

        @Defaulted @Doc("Lines of their own hosts file.") List<HostAlias> hostAliases,

        @Nullable DnsConfig dnsConfig,

        @Nullable
        @Doc("Seconds from being told to end until being killed, 1 to 3600; default 30. The sidecar stays as long as"
                + " connections do.")
        Integer terminationGracePeriodSeconds,

        @Defaulted @Doc("Containers that end before the application starts, one after the other, by their names.")
        Map<Name, ExtraContainer> initContainers,

        @Defaulted @Doc("Containers beside the application's, by their names; native sidecars from Kubernetes 1.29 on.")
        Map<Name, ExtraContainer> sidecars,

        @Defaulted @Doc("Volumes that containers mount, by their names.")
        Map<Name, Volume> volumes,

        @Nullable WorkloadIdentity workloadIdentity,

        @Nullable
        @Doc("Name of the service account that is made for its pods, by which callers are known; default: the"
                + " workload's name.")
        @Sample("web-pods")
        Name serviceAccountName,

        @Nullable Role role) {
    /** Kubernetes' own. */
    public static final int DEFAULT_GRACE_SECONDS = 30;

    /** Of files, writable, storage, and of injection. */
    private static final Pattern OWN_VOLUMES = Pattern.compile(
            "files|data|scratch-\\d+|istio-.*|istiod-ca-cert|workload-(socket|certs)|credential-socket");

    private static final Set<String> TAKEN = Set.of("istio-proxy", "istio-init", "istio-validation");

    public PodSettings {
        imagePullSecrets = imagePullSecrets == null ? List.of() : List.copyOf(imagePullSecrets);
        Map<String, String> given = labels == null ? Map.of() : new TreeMap<>(labels);
        labels = given;
        OwnedMetadata.refuseLabels("labels", labels);
        annotations = annotations == null ? Map.of() : new TreeMap<>(annotations);
        OwnedMetadata.refuseAnnotations("annotations", annotations);
        nodeSelector = nodeSelector == null ? Map.of() : new TreeMap<>(nodeSelector);
        LabelSyntax.labels("nodeSelector", nodeSelector);
        tolerations = tolerations == null ? List.of() : List.copyOf(tolerations);
        topologySpreadConstraints =
                topologySpreadConstraints == null ? List.of() : List.copyOf(topologySpreadConstraints);
        Require.that(
                topologySpreadConstraints.stream()
                                .map(Affinity.Spread::topologyKey)
                                .distinct()
                                .count()
                        == topologySpreadConstraints.size(),
                "topologySpreadConstraints",
                "spread over one label twice",
                "give each label once");
        hostAliases = hostAliases == null ? List.of() : List.copyOf(hostAliases);
        if (terminationGracePeriodSeconds != null) {
            Require.inRange("terminationGracePeriodSeconds", terminationGracePeriodSeconds, 1, 3600);
        }
        initContainers = initContainers == null ? Map.of() : new LinkedHashMap<>(initContainers);
        sidecars = sidecars == null ? Map.of() : new LinkedHashMap<>(sidecars);
        names("initContainers", initContainers.keySet(), Set.of());
        names("sidecars", sidecars.keySet(), initContainers.keySet());
        if (workloadIdentity != null) {
            workloadIdentity
                    .podLabels()
                    .keySet()
                    .forEach(label -> Require.that(
                            !given.containsKey(label),
                            "labels",
                            "\"%s\" is made of workloadIdentity".formatted(label),
                            "remove it"));
        }
        Require.that(
                serviceAccountName == null || !serviceAccountName.toString().equals("default"),
                "serviceAccountName",
                "\"default\" is that of all pods of the namespace that name none",
                "give it a name of its own");
        volumes = volumes == null ? Map.of() : new LinkedHashMap<>(volumes);
        volumes.keySet()
                .forEach(volume -> Require.that(
                        !OWN_VOLUMES.matcher(volume.toString()).matches(),
                        "volumes.%s".formatted(volume),
                        "is the name of a volume that other keys make",
                        "give it a name of its own"));
    }

    /** Nothing besides the application. */
    public static PodSettings none() {
        return new PodSettings(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null);
    }

    /** The same with further Secrets that open registries, before its own. */
    public PodSettings pulling(List<ObjectName> secrets) {
        Set<ObjectName> all = new LinkedHashSet<>(secrets);
        all.addAll(imagePullSecrets);
        return toBuilder().imagePullSecrets(List.copyOf(all)).build();
    }

    /** The same, whose certificates have an issuer and names where they say none. */
    public PodSettings issued(Name issuer, List<String> names) {
        return changed(
                volume -> volume.csi() == null ? volume : Volume.of(volume.csi().or(issuer, names)));
    }

    /** The same, whose volumes are of a class where they name none. */
    public PodSettings stored(String storageClass) {
        return changed(volume -> volume.ephemeral() == null
                ? volume
                : Volume.of(volume.ephemeral().orClass(storageClass)));
    }

    private PodSettings changed(UnaryOperator<Volume> change) {
        Map<Name, Volume> changed = new LinkedHashMap<>();
        volumes.forEach((name, volume) -> changed.put(name, change.apply(volume)));
        return toBuilder().volumes(changed).build();
    }

    /** Seconds from being told to end until being killed. */
    public int graceSeconds() {
        return terminationGracePeriodSeconds == null ? DEFAULT_GRACE_SECONDS : terminationGracePeriodSeconds;
    }

    private static void names(String key, Set<Name> names, Set<Name> others) {
        for (Name name : names) {
            Require.that(
                    !TAKEN.contains(name.toString()) && !others.contains(name),
                    "%s.%s".formatted(key, name),
                    "is the name of another container of the pod",
                    "give it a name of its own");
        }
    }

    /** Begins one; nothing must be given. */
    public static Builder builder() {
        return new Builder();
    }

    /** Begins another one that has all of this one. */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** Collects what the surroundings of a container is made of. */
    public static final class Builder extends PodSettingsSetters<Builder> {
        private Builder() {}

        /**
         * Makes it.
         *
         * @throws io.meshwright.value.InvalidValue where a value is missing or cannot be, by its name
         */
        public PodSettings build() {
            return props();
        }
    }
}
