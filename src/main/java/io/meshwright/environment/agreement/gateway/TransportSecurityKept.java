package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.HostSettings;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredRoute;
import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.edge.SecurityHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Browsers are sent to HTTPS for good only by hosts that are there, and not in plain text (RFC 6797, 7.2). */
public final class TransportSecurityKept implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        Map<KeyPath, Host> inPlainText = new LinkedHashMap<>();
        environment
                .gatewayEntries()
                .forEach(entry -> entry.gateway().hosts().forEach((host, policy) -> {
                    if (promises(policy.securityHeaders())
                            && !HostSettings.of(entry, host).isEncrypted()) {
                        inPlainText.put(entry.at().key("hosts").key(host.toString()), host);
                    }
                }));
        DeclaredRoute.of(environment)
                .filter(declared -> promises(declared.route().securityHeaders()))
                .forEach(declared -> declared.entries(environment)
                        .flatMap(entry -> declared.hosts()
                                .filter(host -> !HostSettings.of(entry, host).isEncrypted()))
                        .findFirst()
                        .ifPresent(host -> inPlainText.put(declared.at(), host)));
        List<InvalidValue> refusals = new ArrayList<>();
        everywhere(environment).ifPresent(refusals::add);
        inPlainText.forEach((at, host) -> refusals.add(new InvalidValue(
                at.key("securityHeaders").key("strictTransportSecurity"),
                "is said in plain text, where browsers must not heed it: \"%s\" is on a listener without TLS"
                        .formatted(host),
                "serve the host on an HTTPS listener and set redirectToHttps: true on the HTTP one, or remove it")));
        return refusals;
    }

    private static Optional<InvalidValue> everywhere(Environment environment) {
        boolean heeded = Stream.concat(
                        DeclaredRoute.of(environment)
                                .filter(declared ->
                                        !declared.isInner() && declared.route().isAt(GatewayEntry.FIRST))
                                .flatMap(DeclaredRoute::hosts),
                        HostSettings.ofTools(environment).stream())
                .anyMatch(host -> HostSettings.of(environment, host).isEncrypted());
        return heeded || !promises(environment.gateway().securityHeaders())
                ? Optional.empty()
                : Optional.of(new InvalidValue(
                        KeyPath.of("gateway.securityHeaders.strictTransportSecurity"),
                        "is on no answer, because every host is on a listener without TLS",
                        "serve a host on an HTTPS listener and set redirectToHttps: true on the HTTP one,"
                                + " or remove it"));
    }

    private static boolean promises(@Nullable SecurityHeaders headers) {
        return headers != null
                && headers.strictTransportSecurity() != null
                && headers.strictTransportSecurity().enabled();
    }
}
