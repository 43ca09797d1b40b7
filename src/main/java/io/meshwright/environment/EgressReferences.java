package io.meshwright.environment;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.security.ExternalService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether what leaves through the egress gateway can leave through it; every entry that cannot is told. */
final class EgressReferences {
    private final EgressGateway gateway;
    private final Set<Name> namespaces;
    private final Map<Name, Service> services;
    private final Map<Name, ExternalService> externals;
    private final List<InvalidValue> refusals = new ArrayList<>();

    EgressReferences(
            EgressGateway gateway,
            Set<Name> namespaces,
            Map<Name, Service> services,
            Map<Name, ExternalService> externals) {
        this.gateway = gateway;
        this.namespaces = namespaces;
        this.services = services;
        this.externals = externals;
    }

    List<InvalidValue> refusals() {
        if (gateway != null) {
            declared();
        }
        externals.forEach((name, external) -> {
            if (external.egressGateway() && gateway == null) {
                refuse(
                        KeyPath.of("externals").key(name.toString()).key("egressGateway"),
                        "there is no egress gateway",
                        "declare egressGateway, or remove it");
            }
        });
        services.forEach(this::service);
        return refusals;
    }

    private void declared() {
        if (externals.values().stream().noneMatch(ExternalService::egressGateway)) {
            refuse(
                    KeyPath.of("egressGateway"),
                    "nothing leaves through it",
                    "write egressGateway: true at entries of externals, or remove it");
        }
        if (namespaces.contains(Cast.ISTIO_EGRESS)) {
            refuse(
                    KeyPath.of("namespaces").key(Cast.ISTIO_EGRESS.toString()),
                    "holds the egress gateway and nothing else",
                    "put services into another namespace");
        }
    }

    // A pod without a sidecar proves no identity and wraps nothing in TLS, so it could only go around the gateway.
    private void service(Name name, Service service) {
        for (int i = 0; i < service.uses().size(); i++) {
            ExternalService external = externals.get(service.uses().get(i));
            if (external != null && external.egressGateway() && !service.mesh()) {
                refuse(
                        KeyPath.of("services").key(name.toString()).key("uses").index(i),
                        "'%s' leaves through the egress gateway, which a pod without a sidecar cannot use"
                                .formatted(service.uses().get(i)),
                        "take the service into the mesh, or declare the host again without egressGateway");
            }
        }
    }

    private void refuse(KeyPath path, String problem, String remedy) {
        refusals.add(new InvalidValue(path.toString(), problem, remedy));
    }
}
