package io.meshwright.construct.security;

import io.meshwright.value.Name;
import io.meshwright.value.security.Identity;
import io.meshwright.value.security.MtlsMode;
import io.meshwright.value.security.MtlsPlan;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
import java.util.List;
import java.util.Map;
import software.constructs.Construct;

/** The parties of a small shop, which the tests of this package let call each other. */
final class Shop {
    static final Name NAMESPACE = Name.of("shop");
    static final Name ISTIO = Name.of("istio-system");
    static final TargetPort HTTP = TargetPort.http(8080);
    static final TargetPort MYSQL_PORT = TargetPort.tcp(3306);
    static final Party GATEWAY = Party.meshed(
            Name.of("gateway"),
            Identity.of(ISTIO, Name.of("gateway-account")),
            Map.of("istio", "ingressgateway"),
            TargetPort.http(8443));
    static final Party WEB = meshed("web", HTTP);
    static final Party CART = meshed("cart", HTTP, TargetPort.tcp(9000));
    static final Party MYSQL = Party.outsideMesh(Name.of("mysql"), NAMESPACE, Map.of("app", "mysql"), MYSQL_PORT);
    static final Party PROMETHEUS =
            Party.outsideMesh(Name.of("prometheus"), Name.of("monitoring"), Map.of("app", "prometheus"));
    static final Party COLLECTOR = Party.outsideMesh(
            Name.of("collector"), Name.of("monitoring"), Map.of("app", "collector"), TargetPort.tcp(4317));
    static final MtlsPlan STRICT = MtlsPlan.of(MtlsMode.STRICT);
    static final MtlsPlan PERMISSIVE = MtlsPlan.of(MtlsMode.PERMISSIVE);

    private Shop() {}

    static NamespaceGuard guard(Construct scope) {
        return NamespaceGuard.Builder.create(scope, "guard")
                .namespace(NAMESPACE)
                .proxies(Proxies.sidecars(PROMETHEUS, List.of(COLLECTOR)))
                .build();
    }

    private static Party meshed(String name, TargetPort... ports) {
        return Party.meshed(Name.of(name), Identity.of(NAMESPACE, Name.of(name)), Map.of("app", name), ports);
    }
}
