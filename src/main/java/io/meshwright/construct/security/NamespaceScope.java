package io.meshwright.construct.security;

import imports.io.istio.networking.Sidecar;
import imports.io.istio.networking.SidecarSpec;
import imports.io.istio.networking.SidecarSpecEgress;
import io.meshwright.value.KubernetesNames;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.istio.IstioNames;
import io.meshwright.value.security.Party;
import java.util.List;
import java.util.TreeSet;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/**
 * Tells the sidecars of one namespace only what their pods call, in one Sidecar: a proxy that knows the whole mesh
 * takes memory for all of it (incident I4).
 */
public final class NamespaceScope extends Construct {
    private final Sidecar sidecar;

    private NamespaceScope(Construct scope, String id, Props props) {
        super(scope, id);
        this.sidecar = Sidecar.Builder.create(this, "Resource")
                .metadata(Notes.none().of("default", props.namespace()))
                .spec(SidecarSpec.builder()
                        .egress(List.of(SidecarSpecEgress.builder()
                                .hosts(List.copyOf(props.hosts()))
                                .build()))
                        .build())
                .build();
    }

    /** The Sidecar, for what this construct cannot say. */
    public ApiObject resource() {
        return sidecar;
    }

    /**
     * Defaults: Istio's own root namespace, which every sidecar sees whole, as the external services stand there.
     *
     * @param calls services of other namespaces that its pods call; their name is the name of their Service
     * @param telemetry where its sidecars send spans and access logs; their namespaces are seen whole
     * @param egressGateway through which its pods leave the mesh; its namespace, with the routes to it, is seen whole;
     *     null: none
     */
    public record Props(
            Name namespace, Name rootNamespace, List<Party> calls, List<Party> telemetry, Party egressGateway) {
        public Props {
            Require.present("namespace", namespace);
            rootNamespace = rootNamespace == null ? IstioNames.ROOT_NAMESPACE : rootNamespace;
            calls = calls == null ? List.of() : List.copyOf(calls);
            telemetry = telemetry == null ? List.of() : List.copyOf(telemetry);
        }

        TreeSet<String> hosts() {
            TreeSet<Name> seenWhole = new TreeSet<>();
            seenWhole.add(rootNamespace);
            telemetry.forEach(sink -> seenWhole.add(sink.namespace()));
            if (egressGateway != null) {
                seenWhole.add(egressGateway.namespace());
            }
            TreeSet<String> hosts = new TreeSet<>();
            hosts.add("./*");
            seenWhole.forEach(seen -> hosts.add("%s/*".formatted(seen)));
            calls.stream()
                    .filter(server -> !server.namespace().equals(namespace) && !seenWhole.contains(server.namespace()))
                    .forEach(server -> hosts.add("%s/%s"
                            .formatted(
                                    server.namespace(),
                                    KubernetesNames.serviceHost(server.name(), server.namespace()))));
            return hosts;
        }
    }

    /** Collects the parts of a {@link NamespaceScope}. */
    public static final class Builder {
        private final Construct scope;
        private final String id;
        private Name namespace;
        private Name rootNamespace;
        private List<Party> calls;
        private List<Party> telemetry;
        private Party egressGateway;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public Builder namespace(Name namespace) {
            this.namespace = namespace;
            return this;
        }

        public Builder rootNamespace(Name rootNamespace) {
            this.rootNamespace = rootNamespace;
            return this;
        }

        public Builder calls(List<Party> calls) {
            this.calls = calls;
            return this;
        }

        public Builder telemetry(List<Party> telemetry) {
            this.telemetry = telemetry;
            return this;
        }

        public Builder egressGateway(Party egressGateway) {
            this.egressGateway = egressGateway;
            return this;
        }

        public NamespaceScope build() {
            return new NamespaceScope(scope, id, new Props(namespace, rootNamespace, calls, telemetry, egressGateway));
        }
    }
}
