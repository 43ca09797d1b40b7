package io.meshwright.environment;

import io.meshwright.platform.release.Compatibility;
import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.Version;
import io.meshwright.value.gateway.CertificateOrigin;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.security.Caller;
import io.meshwright.value.security.MtlsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether the names in one environment file mean something in it; every one that does not is told, not only the first.
 */
final class References {
    private final Cluster cluster;
    private final Set<Name> namespaces;
    private final Gateway gateway;
    private final Map<Name, Service> services;
    private final Set<Name> externals;
    private final Certificates certificates;
    private final Secrets secrets;
    private final Observability observability;
    private final Delivery delivery;
    private final Istio istio;
    private final Map<String, Version> releases;
    private final List<InvalidValue> refusals = new ArrayList<>();

    References(
            Cluster cluster,
            Set<Name> namespaces,
            Gateway gateway,
            Map<Name, Service> services,
            Set<Name> externals,
            Certificates certificates,
            Secrets secrets,
            Observability observability,
            Delivery delivery,
            Istio istio,
            Map<String, Version> releases) {
        this.cluster = cluster;
        this.namespaces = namespaces;
        this.gateway = gateway;
        this.services = services;
        this.externals = externals;
        this.certificates = certificates;
        this.secrets = secrets;
        this.observability = observability;
        this.delivery = delivery;
        this.istio = istio;
        this.releases = releases;
    }

    List<InvalidValue> refusals() {
        compatible();
        if (gateway.address() != null) {
            cluster.platform().refusal(gateway.address()).ifPresent(refusals::add);
        }
        gatewayListeners();
        services.forEach(this::service);
        istio.exceptions().forEach(this::exception);
        exposed();
        return refusals;
    }

    private void compatible() {
        try {
            Compatibility.resolve(cluster.kubernetes(), istio.version(), new TreeMap<>(releases));
        } catch (InvalidValue refusal) {
            refusals.add(refusal);
        }
    }

    private void gatewayListeners() {
        for (int i = 0; i < gateway.listeners().size(); i++) {
            Listener listener = gateway.listeners().get(i);
            KeyPath path = KeyPath.of("gateway.listeners").index(i);
            if (listener.redirectToHttps() && cluster.edge().origin() == Edge.Scheme.HTTP) {
                refuse(
                        path.key("redirectToHttps"),
                        "loops, because the edge speaks HTTP to the origin",
                        "change cluster.edge.origin to HTTPS once the edge does, or remove the redirect");
            }
            if (listener.tls() != null
                    && listener.tls().source() == CertificateOrigin.CERT_MANAGER
                    && certificates == null) {
                refuse(path.key("tls").key("source"), "'certManager' has no issuer", "declare certificates");
            }
            if (listener.tls() != null
                    && listener.tls().source() == CertificateOrigin.EXTERNAL_SECRET
                    && secrets.store() == null) {
                refuse(path.key("tls").key("source"), "'externalSecret' has no store", "declare secrets.store");
            }
        }
        gateway.hosts()
                .keySet()
                .forEach(host -> served(KeyPath.of("gateway.hosts").key(host.toString()), host));
    }

    private void service(Name name, Service service) {
        KeyPath path = KeyPath.of("services").key(name.toString());
        namespace(path.key("namespace"), service.namespace());
        for (int i = 0; i < service.routes().size(); i++) {
            KeyPath route = path.key("routes").index(i);
            if (!service.isInner(service.routes().get(i), name)) {
                served(route.key("host"), service.routes().get(i).host());
            }
            if (service.routes().get(i).mirror() != null) {
                known(
                        route.key("mirror").key("service"),
                        service.routes().get(i).mirror().service(),
                        services.keySet(),
                        "service",
                        "services");
            }
        }
        for (int i = 0; i < service.allowFrom().size(); i++) {
            Caller caller = service.allowFrom().get(i);
            if (!caller.isGateway()) {
                known(path.key("allowFrom").index(i), caller.from(), services.keySet(), "service", "services");
            }
        }
        for (int i = 0; i < service.uses().size(); i++) {
            known(path.key("uses").index(i), service.uses().get(i), externals, "external", "externals");
        }
    }

    private void exception(MtlsException exception) {
        int index = istio.exceptions().indexOf(exception);
        known(
                KeyPath.of("istio.exceptions").index(index).key("service"),
                exception.service(),
                services.keySet(),
                "service",
                "services");
    }

    private void exposed() {
        if (observability.domain() != null) {
            served(KeyPath.of("observability.domain"), observability.domain());
        }
        observability
                .hosts()
                .forEach((tool, host) -> served(
                        KeyPath.of("observability.hosts").key(tool.name().toLowerCase(java.util.Locale.ROOT)), host));
        if (delivery.host() != null) {
            served(KeyPath.of("delivery.host"), delivery.host());
        }
        if (observability.kiali().login() == Observability.Kiali.Login.ANONYMOUS
                && observability.access().from().isEmpty()) {
            refuse(
                    KeyPath.of("observability.kiali.login"),
                    "'anonymous' is open to everybody",
                    "list addresses in observability.access.from, or use token");
        }
    }

    private void served(KeyPath path, Host host) {
        if (!gateway.serves(host)) {
            refuse(
                    path,
                    "'%s' is on no listener of the gateway".formatted(host),
                    "add it to the hosts of a gateway listener");
        }
    }

    private void namespace(KeyPath path, Name namespace) {
        known(path, namespace, namespaces, "namespace", "namespaces");
    }

    private void known(KeyPath path, Name name, Set<Name> known, String what, String where) {
        if (!known.contains(name)) {
            refuse(
                    path,
                    "there is no %s '%s'".formatted(what, name),
                    "add it to %s, or use one of: %s"
                            .formatted(where, known.stream().map(Name::toString).collect(Collectors.joining(", "))));
        }
    }

    private void refuse(KeyPath path, String problem, String remedy) {
        refusals.add(new InvalidValue(path.toString(), problem, remedy));
    }
}
