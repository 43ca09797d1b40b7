package io.meshwright.construct.security;

import imports.io.istio.networking.Sidecar;
import imports.io.istio.networking.SidecarSpec;
import imports.io.istio.networking.SidecarSpecEgress;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Defaulted;
import io.meshwright.value.KubernetesNames;
import io.meshwright.value.Name;
import io.meshwright.value.Required;
import io.meshwright.value.istio.IstioNames;
import io.meshwright.value.security.Party;
import java.util.List;
import java.util.Optional;
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
     * All that a scope needs.
     *
     * @param namespace whose sidecars it tells
     * @param rootNamespace which every sidecar sees whole, as the external services stand there; default: Istio's own
     * @param calls services of other namespaces that its pods call; their name is the name of their Service
     * @param telemetry where its sidecars send spans and access logs; their namespaces are seen whole
     * @param egressGateway through which its pods leave the mesh; its namespace, with the routes to it, is seen whole
     */
    @Buildable
    record Props(
            @Required Name namespace,
            @Defaulted Name rootNamespace,
            List<Party> calls,
            List<Party> telemetry,
            Optional<Party> egressGateway) {
        Props {
            rootNamespace = rootNamespace == null ? IstioNames.ROOT_NAMESPACE : rootNamespace;
        }

        TreeSet<String> hosts() {
            TreeSet<Name> seenWhole = new TreeSet<>();
            seenWhole.add(rootNamespace);
            telemetry.forEach(sink -> seenWhole.add(sink.namespace()));
            egressGateway.ifPresent(gateway -> seenWhole.add(gateway.namespace()));
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
    public static final class Builder extends NamespaceScopeSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public NamespaceScope build() {
            return ConstructMaker.make(scope, id, () -> new NamespaceScope(scope, id, props()));
        }
    }
}
