package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredListener;
import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.gateway.Tls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Listeners that share a port share its kind of protocol, and neither a host nor a certificate. */
public final class ListenersApart implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        List<InvalidValue> refusals = new ArrayList<>();
        DeclaredListener.of(environment).forEach(listeners -> {
            for (int i = 1; i < listeners.size(); i++) {
                DeclaredListener late = listeners.get(i);
                listeners.subList(0, i).stream()
                        .flatMap(early -> refusal(early, late).stream())
                        .findFirst()
                        .ifPresent(refusals::add);
            }
        });
        return refusals;
    }

    private static Optional<InvalidValue> refusal(DeclaredListener early, DeclaredListener late) {
        Listener one = early.listener();
        Listener other = late.listener();
        return one.port().equals(other.port())
                ? protocol(early, late).or(() -> host(early, late)).or(() -> certificate(early, late))
                : origin(early, late);
    }

    /** A port of plain text has no names by which to choose. */
    private static Optional<InvalidValue> protocol(DeclaredListener early, DeclaredListener late) {
        return early.listener().sharesPort(late.listener())
                ? Optional.empty()
                : Optional.of(new InvalidValue(
                        late.at().key("protocol"),
                        "\"%s\" is not the %s of %s, which has port \"%s\" too"
                                .formatted(
                                        late.listener().protocol(),
                                        early.listener().protocol(),
                                        early.at(),
                                        late.listener().port()),
                        "listen on another port"));
    }

    private static Optional<InvalidValue> host(DeclaredListener early, DeclaredListener late) {
        List<Host> hosts = late.listener().hosts();
        return hosts.stream()
                .filter(early.listener().hosts()::contains)
                .findFirst()
                .map(host -> new InvalidValue(
                        late.at().key("hosts").index(hosts.indexOf(host)),
                        "\"%s\" is a host of %s too, on the same port".formatted(host, early.at()),
                        "give it to one of them"));
    }

    /**
     * Browsers send requests for every host that a certificate covers on one connection, and the server that its name
     * has chosen answers 404 for hosts of the other (istio.io, Common Problems, 404 with the same TLS certificate).
     */
    private static Optional<InvalidValue> certificate(DeclaredListener early, DeclaredListener late) {
        return shared(early, late)
                .map(tls -> new InvalidValue(
                        late.at().key("tls").key("credentialName"),
                        "\"%s\" is the certificate of %s too, on whose connections browsers ask for these hosts and get 404"
                                .formatted(tls.credentialName(), early.at()),
                        "put the hosts into one listener, or give each a certificate of its own"));
    }

    private static Optional<InvalidValue> origin(DeclaredListener early, DeclaredListener late) {
        return shared(early, late)
                .filter(tls -> Stream.ofNullable(early.listener().tls()).noneMatch(tls::isTheSame))
                .map(tls -> new InvalidValue(
                        late.at().key("tls"),
                        "\"%s\" comes from elsewhere in %s".formatted(tls.credentialName(), early.at()),
                        "say the same of one certificate, or give each listener its own"));
    }

    private static Optional<Tls> shared(DeclaredListener early, DeclaredListener late) {
        return Optional.ofNullable(late.listener().tls())
                .filter(tls -> Stream.ofNullable(early.listener().tls())
                        .anyMatch(other -> other.credentialName().equals(tls.credentialName())));
    }
}
