package io.meshwright.stack;

import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.agreement.part.DeclaredListener;
import io.meshwright.value.Host;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.healing.HealingAction;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys that decided an object that belongs to no service. */
final class PlatformOrigins {
    private final Environment environment;

    PlatformOrigins(Environment environment) {
        this.environment = environment;
    }

    /** Of what stands at the gateway. */
    Optional<KeyPath> gateway(String id) {
        if (id.endsWith("-tools")) {
            return Optional.of(KeyPath.of("observability.access"));
        } else if (id.endsWith("-delivery")) {
            return Optional.of(KeyPath.of("delivery.access"));
        } else if (id.startsWith("routes-")) {
            return Optional.of(KeyPath.of("delivery.host"));
        }
        return environment.gatewayEntries().stream()
                .flatMap(entry -> gate(entry, id).stream())
                .findFirst()
                .or(() -> certificate(id));
    }

    private static Optional<KeyPath> gate(GatewayEntry entry, String id) {
        String own = entry.isFirst() ? "" : "%s-".formatted(entry.name());
        return entry.gateway().hosts().keySet().stream()
                .filter(host ->
                        id.matches("(addresses|authorizer|tokens)-\\Q%s%s\\E(-\\d+)?".formatted(own, host.dashed())))
                .findFirst()
                .map(host -> entry.at().key("hosts").key(host.toString()))
                .or(() -> id.equals("gateway-%s".formatted(entry.name())) ? Optional.of(entry.at()) : Optional.empty());
    }

    /** The id of the routes of a host at the gateway of this name. */
    static String routes(Host host, Name gateway) {
        return gateway.equals(GatewayEntry.FIRST)
                ? "routes-%s".formatted(host.dashed())
                : "routes-%s-%s".formatted(host.dashed(), gateway);
    }

    private Optional<KeyPath> certificate(String id) {
        return DeclaredListener.of(environment)
                .flatMap(List::stream)
                .filter(declared -> Stream.ofNullable(declared.listener().tls())
                        .anyMatch(
                                tls -> id.matches("(certificate|client-ca)-\\Q%s\\E".formatted(tls.credentialName()))))
                .map(declared -> declared.at().key("tls"))
                .findFirst();
    }

    /** Of settings of the mesh. */
    Optional<KeyPath> mesh(String id, String rest) {
        if (id.equals("mtls") && rest.startsWith("except-")) {
            return Optional.of(KeyPath.of("istio.exceptions"));
        } else if (id.equals("mtls")) {
            return Optional.of(namespace(rest.replaceFirst("^namespace-", ""))
                    .map(namespace -> namespace.key("mtls"))
                    .orElse(KeyPath.of("istio.mtls")));
        } else if (id.startsWith("tag-")) {
            return Optional.of(KeyPath.of("istio.tags").key(id.substring("tag-".length())));
        } else if (id.startsWith("telemetry")) {
            KeyPath all = KeyPath.of("istio.telemetry");
            String name = id.replaceFirst("^telemetry-?", "");
            return Optional.of(name.isEmpty() ? all : all.key("namespaces").key(name));
        }
        return Optional.empty();
    }

    /** Of self-healing: the action whose process it is, or all of them. */
    static KeyPath healing(String id) {
        KeyPath all = KeyPath.of("aiOps.healing");
        return Stream.of(HealingAction.values())
                .map(HealingAction::word)
                .filter(id::equals)
                .findFirst()
                .map(all::key)
                .orElse(all);
    }

    /** Of a secret that is synced. */
    Optional<KeyPath> synced(String id) {
        return environment.secrets().synced().keySet().stream()
                .filter(secret -> id.equals(secret.replace('/', '.')))
                .findFirst()
                .map(secret -> KeyPath.of("secrets.synced").key(secret));
    }

    /** Of a namespace of the services. */
    Optional<KeyPath> namespace(String name) {
        return environment.namespaces().keySet().stream()
                .filter(each -> each.toString().equals(name))
                .findFirst()
                .map(each -> KeyPath.of("namespaces").key(each.toString()));
    }
}
