package io.meshwright.environment.agreement.route;

import io.meshwright.environment.Environment;
import io.meshwright.environment.Service;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredRoute;
import io.meshwright.environment.agreement.part.Unroutable;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.workload.ServicePort;
import java.util.List;
import java.util.Optional;

/** Routes of the gateway lead to pods in the mesh, and to ports on which proxies read requests. */
public final class RoutesLeadToHttp implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return DeclaredRoute.of(environment)
                .flatMap(declared -> refusal(environment, declared).stream())
                .toList();
    }

    private static Optional<InvalidValue> refusal(Environment environment, DeclaredRoute declared) {
        Service service = declared.owner().service();
        Optional<InvalidValue> unroutable =
                Unroutable.of(environment, service).map(reason -> reason.refusal(declared.at(), "leads nowhere"));
        return unroutable.or(
                () -> port(declared).filter(port -> !port.protocol().isHttp()).map(port -> refusal(declared, port)));
    }

    private static InvalidValue refusal(DeclaredRoute declared, ServicePort port) {
        String speaks = "\"%s\" speaks %s, and routes lead to HTTP only"
                .formatted(port.port(), port.protocol().word());
        return declared.route().port() == null
                ? new InvalidValue(
                        declared.at(),
                        "takes the first port, and %s".formatted(speaks),
                        "add port with one that speaks http, http2 or grpc")
                : new InvalidValue(declared.at().key("port"), speaks, "name a port that speaks http, http2 or grpc");
    }

    /** A port that there is none of is told by a check; a route of the mesh that names none takes the first of HTTP. */
    private static Optional<ServicePort> port(DeclaredRoute declared) {
        List<ServicePort> ports = declared.owner().service().ports();
        return declared.route().port() == null
                ? Optional.of(ports.get(0)).filter(first -> !declared.isInner())
                : ports.stream()
                        .filter(port -> port.port().equals(declared.route().port()))
                        .findFirst();
    }
}
