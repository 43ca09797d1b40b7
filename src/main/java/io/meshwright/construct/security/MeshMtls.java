package io.meshwright.construct.security;

import imports.io.istio.security.PeerAuthentication;
import imports.io.istio.security.PeerAuthenticationSpec;
import imports.io.istio.security.PeerAuthenticationSpecMtls;
import imports.io.istio.security.PeerAuthenticationSpecMtlsMode;
import imports.io.istio.security.PeerAuthenticationSpecPortLevelMtls;
import imports.io.istio.security.PeerAuthenticationSpecPortLevelMtlsMode;
import imports.io.istio.security.PeerAuthenticationSpecSelector;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Name;
import io.meshwright.value.Required;
import io.meshwright.value.istio.IstioNames;
import io.meshwright.value.security.MtlsException;
import io.meshwright.value.security.MtlsMode;
import io.meshwright.value.security.MtlsPlan;
import io.meshwright.value.security.MtlsPlan.Exemption;
import io.meshwright.value.security.Party;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/**
 * Requires mutual TLS: one PeerAuthentication for the mesh, one per namespace that differs, one per excepted workload.
 */
public final class MeshMtls extends Construct {
    private static final String EVERYTHING = "default";

    private final PeerAuthentication mesh;

    private MeshMtls(Construct scope, String id, Props props) {
        super(scope, id);
        MtlsPlan plan = props.plan();
        this.mesh = authentication("Resource", EVERYTHING, props.rootNamespace(), Notes.none(), mode(plan.mesh()));
        plan.namespaces()
                .forEach((namespace, mode) -> authentication(
                        "namespace-%s".formatted(namespace), EVERYTHING, namespace, Notes.none(), mode(mode)));
        byServer(plan.exemptions()).forEach(this::except);
    }

    /** The mesh-wide PeerAuthentication, for what this construct cannot say. */
    public ApiObject resource() {
        return mesh;
    }

    // Istio obeys only the oldest of several PeerAuthentications that select one pod, so a workload's exceptions share
    // one.
    private void except(Party server, List<MtlsException> exceptions) {
        Notes notes = Notes.none();
        PeerAuthenticationSpec.Builder spec = PeerAuthenticationSpec.builder()
                .selector(PeerAuthenticationSpecSelector.builder()
                        .matchLabels(server.podLabels())
                        .build());
        Map<String, PeerAuthenticationSpecPortLevelMtls> ports = new TreeMap<>();
        for (MtlsException exception : exceptions) {
            notes.terms(exception);
            if (exception.port() == null) {
                spec.mtls(mtls(exception.mode()));
            } else {
                ports.put(exception.port().toString(), portMode(exception.mode()));
            }
        }
        if (!ports.isEmpty()) {
            spec.portLevelMtls(ports);
        }
        authentication(
                "except-%s-%s".formatted(server.namespace(), server.name()),
                "%s-exception".formatted(server.name()),
                server.namespace(),
                notes,
                spec.build());
    }

    private PeerAuthentication authentication(
            String id, String name, Name namespace, Notes notes, PeerAuthenticationSpec spec) {
        return PeerAuthentication.Builder.create(this, id)
                .metadata(notes.of(name, namespace))
                .spec(spec)
                .build();
    }

    private static Map<Party, List<MtlsException>> byServer(List<Exemption> exemptions) {
        return exemptions.stream()
                .collect(Collectors.groupingBy(
                        Exemption::server,
                        LinkedHashMap::new,
                        Collectors.mapping(Exemption::exception, Collectors.toList())));
    }

    private static PeerAuthenticationSpec mode(MtlsMode mode) {
        return PeerAuthenticationSpec.builder().mtls(mtls(mode)).build();
    }

    private static PeerAuthenticationSpecMtls mtls(MtlsMode mode) {
        return PeerAuthenticationSpecMtls.builder()
                .mode(
                        switch (mode) {
                            case STRICT -> PeerAuthenticationSpecMtlsMode.STRICT;
                            case PERMISSIVE -> PeerAuthenticationSpecMtlsMode.PERMISSIVE;
                            case DISABLE -> PeerAuthenticationSpecMtlsMode.DISABLE;
                        })
                .build();
    }

    private static PeerAuthenticationSpecPortLevelMtls portMode(MtlsMode mode) {
        return PeerAuthenticationSpecPortLevelMtls.builder()
                .mode(
                        switch (mode) {
                            case STRICT -> PeerAuthenticationSpecPortLevelMtlsMode.STRICT;
                            case PERMISSIVE -> PeerAuthenticationSpecPortLevelMtlsMode.PERMISSIVE;
                            case DISABLE -> PeerAuthenticationSpecPortLevelMtlsMode.DISABLE;
                        })
                .build();
    }

    /**
     * All that it needs.
     *
     * @param rootNamespace whose policies act on the whole mesh; default: Istio's own
     * @param plan who speaks mutual TLS
     */
    @Buildable
    record Props(@Defaulted Name rootNamespace, @Required MtlsPlan plan) {
        Props {
            rootNamespace = rootNamespace == null ? IstioNames.ROOT_NAMESPACE : rootNamespace;
        }
    }

    /** Collects the parts of a {@link MeshMtls}. */
    public static final class Builder extends MeshMtlsSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public MeshMtls build() {
            return ConstructMaker.make(scope, id, () -> new MeshMtls(scope, id, props()));
        }
    }
}
