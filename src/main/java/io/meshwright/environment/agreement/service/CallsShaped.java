package io.meshwright.environment.agreement.service;

import io.meshwright.environment.Environment;
import io.meshwright.environment.Service;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.environment.agreement.part.Unroutable;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.traffic.ClientTls;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Timeouts, limits and TLS that a service asks of its callers act on its calls. */
public final class CallsShaped implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return DeclaredService.of(environment)
                .flatMap(declared -> Stream.concat(refusals(environment, declared), timeouts(declared)))
                .toList();
    }

    /** Only callers in the mesh take a route whose host is the service's own name. */
    private static Stream<InvalidValue> timeouts(DeclaredService declared) {
        return declared.routes()
                .filter(route -> route.isInner() && route.route().timeout() != null)
                .flatMap(route -> declared.uncalled(route.at().key("timeout"), "acts on no call").stream());
    }

    private static Stream<InvalidValue> refusals(Environment environment, DeclaredService declared) {
        Service service = declared.service();
        return Stream.concat(
                service.resilience() == null
                        ? Stream.empty()
                        : refusal(environment, declared, declared.at().key("resilience"), "acts on no call"),
                service.tls() == ClientTls.AUTO
                        ? Stream.empty()
                        : refusal(
                                environment,
                                declared,
                                declared.at().key("tls"),
                                "\"%s\" acts on no call".formatted(service.tls())));
    }

    private static Stream<InvalidValue> refusal(
            Environment environment, DeclaredService declared, KeyPath at, String useless) {
        Optional<InvalidValue> unroutable =
                Unroutable.of(environment, declared.service()).map(reason -> reason.refusal(at, useless));
        return unroutable.or(() -> declared.uncalled(at, useless)).stream();
    }
}
