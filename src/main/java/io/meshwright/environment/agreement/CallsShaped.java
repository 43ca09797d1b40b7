package io.meshwright.environment.agreement;

import io.meshwright.environment.Environment;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.traffic.ClientTls;
import java.util.ArrayList;
import java.util.List;

/** Timeouts, limits and TLS that a service asks of its callers act on its calls. */
final class CallsShaped implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        List<InvalidValue> refusals = new ArrayList<>();
        DeclaredService.of(environment)
                .forEach(declared -> Unroutable.of(environment, declared.service())
                        .ifPresent(reason -> {
                            if (declared.service().resilience() != null) {
                                refusals.add(reason.refusal(declared.at().key("resilience"), "acts on no call"));
                            }
                            if (declared.service().tls() != ClientTls.AUTO) {
                                refusals.add(reason.refusal(
                                        declared.at().key("tls"),
                                        "'%s' acts on no call"
                                                .formatted(declared.service().tls())));
                            }
                        }));
        return refusals;
    }
}
