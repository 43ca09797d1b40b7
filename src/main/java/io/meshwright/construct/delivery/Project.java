package io.meshwright.construct.delivery;

import imports.io.argoproj.AppProject;
import imports.io.argoproj.AppProjectSpec;
import imports.io.argoproj.AppProjectSpecClusterResourceWhitelist;
import imports.io.argoproj.AppProjectSpecDestinations;
import imports.io.argoproj.AppProjectSpecNamespaceResourceWhitelist;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.delivery.chart.GroupKind;
import io.meshwright.construct.delivery.sync.Protection;
import io.meshwright.construct.delivery.sync.Wave;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Defaulted;
import io.meshwright.value.MeshwrightNames;
import io.meshwright.value.Name;
import io.meshwright.value.Required;
import io.meshwright.value.Version;
import io.meshwright.value.workload.NodePool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cdk8s.ApiObject;
import org.cdk8s.ApiObjectMetadata;
import software.constructs.Construct;

/** An AppProject: what Argo CD may read and write for one environment, and nothing besides. */
public final class Project extends Construct {
    private final Props props;
    private final AppProject project;

    private Project(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
        SortedMap<String, String> annotations = new TreeMap<>(Wave.FOUNDATION.annotations());
        annotations.putAll(Protection.annotations());
        if (!props.nodes().isEmpty()) {
            annotations.put(MeshwrightNames.NODES, NodePool.text(props.nodes()));
        }
        this.project = AppProject.Builder.create(this, "Resource")
                .metadata(ApiObjectMetadata.builder()
                        .name(props.name().value())
                        .namespace(props.namespace().value())
                        .annotations(annotations)
                        .build())
                .spec(AppProjectSpec.builder()
                        .description(props.description().orElse(null))
                        .sourceRepos(List.copyOf(props.repositories()))
                        .destinations(destinations(props.destinations()))
                        .clusterResourceWhitelist(props.kinds().clusterKinds().stream()
                                .map(Project::cluster)
                                .toList())
                        .namespaceResourceWhitelist(props.kinds().namespacedKinds().stream()
                                .map(Project::namespaced)
                                .toList())
                        .build())
                .build();
    }

    public Name name() {
        return props.name();
    }

    /** Namespace of Argo CD and its Applications. */
    public Name namespace() {
        return props.namespace();
    }

    /** Returns the retries of its Applications' failed syncs. */
    Retry retry() {
        return props.retry();
    }

    /** The AppProject, for what this construct cannot say. */
    public ApiObject resource() {
        return project;
    }

    private static List<AppProjectSpecDestinations> destinations(Destinations destinations) {
        List<AppProjectSpecDestinations> all = new ArrayList<>();
        for (Name namespace : destinations.namespaces()) {
            all.add(AppProjectSpecDestinations.builder()
                    .server(ArgoObjects.IN_CLUSTER)
                    .namespace(namespace.value())
                    .build());
            destinations
                    .clusters()
                    .forEach(cluster -> all.add(AppProjectSpecDestinations.builder()
                            .name(cluster)
                            .namespace(namespace.value())
                            .build()));
        }
        return all;
    }

    private static AppProjectSpecClusterResourceWhitelist cluster(GroupKind kind) {
        return AppProjectSpecClusterResourceWhitelist.builder()
                .group(kind.group())
                .kind(kind.kind())
                .build();
    }

    private static AppProjectSpecNamespaceResourceWhitelist namespaced(GroupKind kind) {
        return AppProjectSpecNamespaceResourceWhitelist.builder()
                .group(kind.group())
                .kind(kind.kind())
                .build();
    }

    /**
     * All that a project needs.
     *
     * @param name of the AppProject
     * @param namespace where Argo CD and its Applications live; default {@code argocd}
     * @param description for people
     * @param repositories addresses of Git repositories and of chart repositories
     * @param argoCd version of the Argo CD that it belongs to; absent: any, so that only settings that every release
     *     knows are used
     * @param nodes of its cluster by the names of their pools, for whoever compares them with what pods request
     */
    @Buildable
    record Props(
            @Required Name name,
            @Defaulted Name namespace,
            Optional<String> description,
            @Required SortedSet<String> repositories,
            Destinations destinations,
            Kinds kinds,
            Optional<Version> argoCd,
            Map<Name, NodePool> nodes) {
        Props {
            namespace = namespace == null ? Name.of("argocd") : namespace;
            destinations = destinations.with(namespace);
        }

        Retry retry() {
            return argoCd.map(Retry::of).orElse(Retry.SAME_COMMIT);
        }
    }

    /**
     * Into which namespaces anything may be applied, on this cluster and on others.
     *
     * @param clusters other ones than Argo CD's own, by the name under which it knows them
     * @param namespaces where objects may be applied; Argo CD's own namespace is always among them
     */
    record Destinations(SortedSet<String> clusters, SortedSet<Name> namespaces) {
        private Destinations with(Name namespace) {
            SortedSet<Name> all = new TreeSet<>(namespaces);
            all.add(namespace);
            return new Destinations(clusters, Collections.unmodifiableSortedSet(all));
        }
    }

    /**
     * The kinds of object that may be applied.
     *
     * @param clusterKinds those that belong to no namespace
     * @param namespacedKinds all others
     */
    record Kinds(
            SortedSet<GroupKind> clusterKinds, @Required SortedSet<GroupKind> namespacedKinds) {}

    /** Collects what a project needs. */
    public static final class Builder extends ProjectSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public Project build() {
            return ConstructMaker.make(scope, id, () -> new Project(scope, id, props()));
        }
    }
}
