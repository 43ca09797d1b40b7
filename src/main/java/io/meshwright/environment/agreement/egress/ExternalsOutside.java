package io.meshwright.environment.agreement.egress;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.security.ExternalService;
import io.meshwright.value.security.HttpsApi;
import io.meshwright.value.security.KeycloakIssuer;
import io.meshwright.value.security.OwnServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Servers that services call outside the mesh are outside, and NetworkPolicies let calls of it out. */
public final class ExternalsOutside implements Agreement {
    /** Names that no public DNS answers [RFC 6762, appendix G; RFC 8375; ICANN resolution 2024.07.29.06, .internal]. */
    private static final Pattern PRIVATE = Pattern.compile(
            "[^.]+|.*\\.(local|localdomain|lan|internal|intranet|private|corp|home|home\\.arpa)|.*\\.privatelink\\..*");

    @Override
    public List<InvalidValue> refusals(Environment environment) {
        List<InvalidValue> refusals = new ArrayList<>();
        environment.externals().forEach((name, external) -> {
            KeyPath at = KeyPath.of("externals").key(name.toString());
            for (int i = 0; i < external.hosts().size(); i++) {
                Host host = external.hosts().get(i);
                KeyPath place = at.then(key(external, i));
                service(environment, place, host)
                        .or(() -> cutOff(external, place, host))
                        .ifPresent(refusals::add);
            }
        });
        return refusals;
    }

    private static Optional<InvalidValue> service(Environment environment, KeyPath at, Host host) {
        return environment.services().entrySet().stream()
                .filter(entry -> host.toString()
                        .matches("\\Q%s\\E(\\.\\Q%s\\E(\\.svc(\\.cluster\\.local)?)?)?"
                                .formatted(entry.getKey(), entry.getValue().namespace())))
                .findFirst()
                .map(entry -> new InvalidValue(
                        at,
                        "\"%s\" is service \"%s\", which is in the cluster".formatted(host, entry.getKey()),
                        "name the caller in services.%s.allowFrom, and remove this".formatted(entry.getKey())));
    }

    private static Optional<InvalidValue> cutOff(ExternalService external, KeyPath at, Host host) {
        return external.networks().isEmpty() && PRIVATE.matcher(host.toString()).matches()
                ? Optional.of(new InvalidValue(
                        at,
                        "\"%s\" is a private name, and calls are let out to public addresses only".formatted(host),
                        "add networks with the block that its address is in, such as networks: [10.0.0.0/24]"))
                : Optional.empty();
    }

    private static String key(ExternalService external, int index) {
        if (external instanceof KeycloakIssuer) {
            return "issuer";
        }
        boolean several = external instanceof HttpsApi || external instanceof OwnServer.SeveralHosts;
        return several ? "hosts[%d]".formatted(index) : "host";
    }
}
