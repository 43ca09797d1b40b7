package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.Istio;
import io.meshwright.environment.Service;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.edge.Authorizer;
import io.meshwright.value.workload.Protocol;
import io.meshwright.value.workload.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whoever is asked about requests is there, lets the gateway in, and speaks what it is asked in. */
public final class AuthorizersAnswer implements Agreement {
    private static final KeyPath AUTHORIZERS = KeyPath.of("istio.authorizers");

    @Override
    public List<InvalidValue> refusals(Environment environment) {
        List<InvalidValue> refusals = new ArrayList<>();
        Map<Name, Authorizer> authorizers = environment.istio().authorizers();
        Map<Name, List<GatewayEntry>> asked = new TreeMap<>();
        environment
                .gatewayEntries()
                .forEach(entry -> asking(authorizers.keySet(), entry, refusals)
                        .forEach(name -> asked.computeIfAbsent(name, none -> new ArrayList<>())
                                .add(entry)));
        authorizers.forEach((name, authorizer) -> {
            KeyPath at = AUTHORIZERS.key(name.toString());
            if (!asked.containsKey(name)) {
                refusals.add(new InvalidValue(
                        at,
                        "is asked by no host",
                        "name it in gateway.hosts.HOST.externalAuthorization, or remove it"));
            }
            if (environment.istio().telemetry().providers().containsKey(name) || name.equals(Istio.TRACING)) {
                refusals.add(new InvalidValue(at, "is also the name of a provider of telemetry", "give it another"));
            }
            answers(environment, asked.getOrDefault(name, List.of()), at, authorizer)
                    .ifPresent(refusals::add);
        });
        return refusals;
    }

    /** The services that the hosts of one gateway ask, of those that are declared. */
    private static Set<Name> asking(Set<Name> declared, GatewayEntry entry, List<InvalidValue> refusals) {
        Set<Name> asked = new TreeSet<>();
        entry.gateway().hosts().forEach((host, policy) -> {
            if (policy.externalAuthorization() == null) {
                return;
            }
            Name name = policy.externalAuthorization().authorizer();
            KeyPath at = entry.at()
                    .key("hosts")
                    .key(host.toString())
                    .key("externalAuthorization")
                    .key("authorizer");
            if (!declared.contains(name)) {
                refusals.add(new InvalidValue(
                        at, "\"%s\" is no authorizer".formatted(name), "declare it in istio.authorizers"));
            } else if (asked.add(name) && asked.size() > 1) {
                // istiod refuses all that several providers would be asked about: one for each gateway's pods
                // (core/authz builder; from 1.30 on with PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS,
                // istio/istio#58082).
                refusals.add(new InvalidValue(
                        at,
                        "\"%s\" is a second authorizer of one gateway, for which Istio refuses every such request"
                                .formatted(name),
                        "ask one that knows all of these hosts"));
            }
        });
        return asked;
    }

    private static Optional<InvalidValue> answers(
            Environment environment, List<GatewayEntry> asking, KeyPath at, Authorizer authorizer) {
        Name name = authorizer.service();
        Service service = environment.services().get(name);
        if (service == null) {
            return Optional.of(
                    new InvalidValue(at.key("service"), "there is no service \"%s\"".formatted(name), "declare it"));
        }
        for (GatewayEntry entry : asking) {
            if (service.allowFrom().stream().noneMatch(caller -> caller.from().equals(entry.name()))) {
                return Optional.of(new InvalidValue(
                        at.key("service"),
                        "\"%s\" does not let %s in, which asks it".formatted(name, entry.words()),
                        "add %s to services.%s.allowFrom".formatted(entry.name(), name)));
            }
        }
        Optional<ServicePort> port = service.ports().stream()
                .filter(each -> authorizer.port() == null || each.port().equals(authorizer.port()))
                .findFirst();
        if (port.isEmpty()) {
            return Optional.of(new InvalidValue(
                    at.key("port"),
                    "\"%s\" has no port \"%s\"".formatted(name, authorizer.port()),
                    "use one of: %s"
                            .formatted(service.ports().stream()
                                    .map(each -> each.port().toString())
                                    .collect(Collectors.joining(", ")))));
        }
        return speaks(at, authorizer, port.get());
    }

    private static Optional<InvalidValue> speaks(KeyPath at, Authorizer authorizer, ServicePort port) {
        Protocol spoken = port.protocol();
        boolean right = authorizer.protocol() == Authorizer.Protocol.HTTP
                ? spoken == Protocol.HTTP
                : spoken == Protocol.GRPC || spoken == Protocol.HTTP2;
        return right
                ? Optional.empty()
                : Optional.of(new InvalidValue(
                        at.key("protocol"),
                        "\"%s\" is not what port \"%s\" of \"%s\" speaks, which is %s"
                                .formatted(
                                        authorizer.protocol() == Authorizer.Protocol.HTTP ? "http" : "grpc",
                                        port.port(),
                                        authorizer.service(),
                                        spoken.word()),
                        "change protocol or port"));
    }
}
