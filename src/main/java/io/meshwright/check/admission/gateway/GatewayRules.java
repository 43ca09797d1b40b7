package io.meshwright.check.admission.gateway;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.field.KindRules;
import io.meshwright.check.admission.part.Address;
import io.meshwright.check.admission.part.DnsName;
import io.meshwright.check.admission.part.PortRules;
import io.meshwright.check.admission.part.ServerTlsRules;
import io.meshwright.value.istio.IstioAnnotations;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** A Gateway and its servers. */
public final class GatewayRules implements KindRules {
    /** Of a Gateway that is made from one of the Gateway API, whose listener may admit no namespace. */
    private static final String SEMANTICS = IstioAnnotations.INTERNAL_GATEWAY_SEMANTICS;

    @Override
    public void examine(Field spec) {
        String name = spec.manifest().name();
        if (!DnsName.isLabel(name)) {
            spec.refuse(
                    "\"%s\" is no name of a Gateway".formatted(name),
                    "Write letters, digits and dashes, without a dot.");
        }
        if (spec.at("servers").isEmpty()) {
            spec.refuse("there is no server", "Write servers.");
        }
        Set<String> names = new LinkedHashSet<>();
        for (Field server : spec.at("servers").items()) {
            server(server);
            Field port = server.at("port");
            if (port.isSet() && !names.add(port.at("name").text())) {
                port.at("name")
                        .refuse(
                                "\"%s\" is the name of another server's port as well"
                                        .formatted(port.at("name").text()),
                                "Give each port a name of its own.");
            }
        }
    }

    private static void server(Field server) {
        if (server.at("hosts").isEmpty()) {
            server.at("hosts").refuse("the server has no host", "Write hosts.");
        }
        server.at("hosts").items().forEach(GatewayRules::host);
        Field port = server.at("port");
        if (port.isSet()) {
            port(port, server.at("bind"));
            ServerTlsRules.fits(server.at("tls"), server);
        } else {
            server.refuse("the server has no port", "Write port.");
        }
        bind(server.at("bind"), port);
        ServerTlsRules.examine(server.at("tls"));
    }

    private static void host(Field host) {
        int slash = host.text().indexOf('/');
        String namespace = slash < 0 ? "*" : host.text().substring(0, slash);
        boolean nobody = namespace.equals("~")
                && "gateway".equals(host.manifest().annotations().get(SEMANTICS));
        if (!nobody && !Set.of("*", ".").contains(namespace) && !DnsName.isLabel(namespace)) {
            host.refuse(
                    "\"%s\" in \"%s\" is no namespace".formatted(namespace, host.text()),
                    "Write namespace/host, ./host for this namespace, or the host alone.");
            return;
        }
        String name = host.text().substring(slash + 1);
        boolean address = Address.isIp(name) && name.indexOf('.') >= 0;
        nameFlaw(name)
                .filter(none -> !address)
                .ifPresent(flaw -> host.refuse(
                        "\"%s\" is no host: %s".formatted(host.text(), flaw),
                        "Write a full name such as shop.example.com, *.example.com or *."));
    }

    /** Why the name behind a namespace is no host that a gateway serves or a Sidecar imports. */
    public static Optional<String> nameFlaw(String name) {
        if (DnsName.isPartialWildcard(name)) {
            return Optional.of("the asterisk is not the whole of its first label");
        }
        boolean whole = name.equals("*") || name.indexOf('.') >= 0;
        return DnsName.wildcardFlaw(name).or(() -> whole ? Optional.empty() : Optional.of("it has no domain"));
    }

    private static void port(Field port, Field bind) {
        PortRules.protocolOrNone(port.at("protocol"));
        if (port.at("number").number() > 0 || !Address.isUnix(bind.text())) {
            PortRules.number(port.at("number"));
        }
        if (port.at("targetPort").number() > 0) {
            port.at("targetPort")
                    .refuse("a gateway listens on number, and targetPort does nothing", "Remove targetPort.");
        }
        if (port.at("name").isEmpty()) {
            port.at("name").refuse("the port has no name", "Name it, such as https.");
        }
    }

    private static void bind(Field bind, Field port) {
        if (Address.isUnix(bind.text())) {
            Address.examineUnix(bind);
            if (port.at("number").number() != 0) {
                port.at("number").refuse("a socket in the file system has no port", "Write 0.");
            }
        } else if (!bind.isEmpty()) {
            Address.examineIp(bind);
        }
    }
}
