package io.meshwright.environment;

import io.meshwright.platform.CniFolders;
import io.meshwright.platform.Distribution;
import io.meshwright.platform.Platform;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Duration;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.Version;
import io.meshwright.value.Word;
import io.meshwright.value.workload.NodePool;
import io.meshwright.value.workload.VolumeKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The cluster below the mesh. */
@Doc("The cluster below the mesh.")
public record Cluster(
        @Nullable
        @Doc("Name of the cluster, by which two files that mean the same one are noticed; default: nobody compares"
                + " them.")
        Name name,

        @Required @Doc("Kubernetes version, quoted: \"1.33\".")
        Version kubernetes,

        @Required Platform platform,

        @Defaulted
        @Doc("k3s, microk8s, openshift, talos or other: where the nodes keep their CNI plugins, into which istio-cni"
                + " writes, and what a pod needs to be admitted; default other.")
        Distribution distribution,

        @Defaulted
        @Doc("What the volumes of a storage class are, by its name; names that are the same everywhere need no entry.")
        Map<String, VolumeKind> storageClasses,

        @Defaulted @Doc("Who stands in front of the load balancer; default nobody.")
        Edge edge,

        @Defaulted
        @Doc(
                "Definitions of the Gateway API, where a gateway is of it: installed by Argo CD from its own repository, or"
                        + " existing, by the distribution or somebody else; default installed.")
        Definitions gatewayApi,

        @Defaulted
        @Doc(
                "The cluster's nodes, by the names of their pools, so that pods which they cannot hold are noticed; default:"
                        + " nobody compares them.")
        @Sample("{general: {count: 3, cpu: 3860m, memory: 12Gi}}")
        Map<Name, NodePool> nodes) {
    public Cluster {
        Require.present("kubernetes", kubernetes);
        Require.present("platform", platform);
        storageClasses = storageClasses == null ? Map.of() : new LinkedHashMap<>(storageClasses);
        distribution = distribution == null ? Distribution.OTHER : distribution;
        edge = edge == null ? Edge.none() : edge;
        gatewayApi = gatewayApi == null ? Definitions.INSTALLED : gatewayApi;
        nodes = nodes == null ? Map.of() : new LinkedHashMap<>(nodes);
    }

    /** The origin of an API's definitions. */
    public enum Definitions {
        @Word("installed")
        INSTALLED,
        @Word("existing")
        EXISTING
    }

    /** The kind of the volumes of a class: as the file says, else as its name tells everywhere. */
    public Optional<VolumeKind> kindOf(String storageClass) {
        return Optional.ofNullable(storageClasses.get(storageClass)).or(() -> VolumeKind.ofClass(storageClass));
    }

    /** Folders of the nodes' CNI plugins; empty where they are Kubernetes' usual place. */
    public Optional<CniFolders> cniFolders() {
        return distribution.cniFolders(kubernetes).or(platform::cniFolders);
    }

    /**
     * Returns who closes a stream on which nothing comes for this long, on the way between a client and the gateway.
     */
    public SortedMap<String, Duration> silences() {
        SortedMap<String, Duration> silences = new TreeMap<>();
        edge.silence().ifPresent(silence -> silences.put(edge.words(), silence));
        platform.silence().ifPresent(silence -> silences.put("the load balancer", silence));
        return silences;
    }
}
