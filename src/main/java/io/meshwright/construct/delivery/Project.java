package io.meshwright.construct.delivery;

import imports.io.argoproj.AppProject;
import imports.io.argoproj.AppProjectSpec;
import imports.io.argoproj.AppProjectSpecClusterResourceWhitelist;
import imports.io.argoproj.AppProjectSpecDestinations;
import imports.io.argoproj.AppProjectSpecNamespaceResourceWhitelist;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
        this.project = AppProject.Builder.create(this, "Resource")
                .metadata(ApiObjectMetadata.builder()
                        .name(props.name().value())
                        .namespace(props.namespace().value())
                        .annotations(annotations)
                        .build())
                .spec(AppProjectSpec.builder()
                        .description(props.description())
                        .sourceRepos(List.copyOf(props.repositories()))
                        .destinations(destinations(props.destinations()))
                        .clusterResourceWhitelist(props.kinds().clusterScoped().stream()
                                .map(Project::cluster)
                                .toList())
                        .namespaceResourceWhitelist(props.kinds().namespaced().stream()
                                .map(Project::namespaced)
                                .toList())
                        .build())
                .build();
    }

    public Name name() {
        return props.name();
    }

    /** Where Argo CD and its Applications live. */
    public Name namespace() {
        return props.namespace();
    }

    /** How its Applications try a failed sync again. */
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
     * @param repositories of Git and of charts
     */
    record Props(
            Name name,
            Name namespace,
            String description,
            SortedSet<String> repositories,
            Destinations destinations,
            Kinds kinds,
            Retry retry) {
        Props {
            Require.present("name", name);
            Require.notEmpty("repositories", repositories);
            Require.notEmpty("namespacedKinds", kinds.namespaced());
        }
    }

    /** Into which namespaces anything may be applied, on this cluster and on others known by name. */
    record Destinations(SortedSet<String> clusters, SortedSet<Name> namespaces) {}

    /** What may be applied. */
    record Kinds(SortedSet<GroupKind> clusterScoped, SortedSet<GroupKind> namespaced) {}

    /** Collects what a project needs. */
    public static final class Builder {
        private final Construct scope;
        private final String id;
        private final TreeSet<String> repositories = new TreeSet<>();
        private final TreeSet<String> clusters = new TreeSet<>();
        private final TreeSet<Name> namespaces = new TreeSet<>();
        private final TreeSet<GroupKind> clusterKinds = new TreeSet<>();
        private final TreeSet<GroupKind> namespacedKinds = new TreeSet<>();
        private Name name;
        private Name namespace = Name.of("argocd");
        private String description;
        private Retry retry = Retry.SAME_COMMIT;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public Builder name(Name name) {
            this.name = name;
            return this;
        }

        /** Where Argo CD lives; default {@code argocd}. */
        public Builder namespace(Name namespace) {
            this.namespace = namespace;
            return this;
        }

        public Builder description(String description) {
            this.description = description;
            return this;
        }

        /** Addresses of Git repositories and of chart repositories. */
        public Builder repositories(Collection<String> repositories) {
            this.repositories.addAll(repositories);
            return this;
        }

        /** Other clusters than Argo CD's own, by the name under which it knows them. */
        public Builder clusters(Collection<String> clusters) {
            this.clusters.addAll(clusters);
            return this;
        }

        /** Where objects may be applied; Argo CD's own namespace is always among them. */
        public Builder namespaces(Collection<Name> namespaces) {
            this.namespaces.addAll(namespaces);
            return this;
        }

        public Builder clusterKinds(Collection<GroupKind> kinds) {
            this.clusterKinds.addAll(kinds);
            return this;
        }

        public Builder namespacedKinds(Collection<GroupKind> kinds) {
            this.namespacedKinds.addAll(kinds);
            return this;
        }

        /**
         * Version of the Argo CD that it belongs to; default: any, so that only settings that every release knows are
         * used.
         */
        public Builder argoCd(Version version) {
            this.retry = Retry.of(Require.present("argoCd", version));
            return this;
        }

        public Project build() {
            namespaces.add(namespace);
            return new Project(
                    scope,
                    id,
                    new Props(
                            name,
                            namespace,
                            description,
                            repositories,
                            new Destinations(clusters, namespaces),
                            new Kinds(clusterKinds, namespacedKinds),
                            retry));
        }
    }
}
