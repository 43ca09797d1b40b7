package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredListener;
import io.meshwright.value.InvalidValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Limits of a host want ports on which the gateway reads every request: on one that passes TLS on too, a policy that
 * denies by host would deny every connection, because a proxy leaves out of such a rule what it cannot read.
 */
public final class LimitsReachPorts implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        List<InvalidValue> refusals = new ArrayList<>();
        environment.gatewayEntries().stream()
                .filter(entry -> entry.gateway().limitsHosts() || entry.isFirst() && limitsTools(environment))
                .forEach(entry -> mixed(entry, refusals));
        return refusals;
    }

    private static boolean limitsTools(Environment environment) {
        return environment.observability().access().isRestricted()
                || environment.delivery().host() != null
                        && environment.accessToDelivery().isRestricted();
    }

    private static void mixed(GatewayEntry entry, List<InvalidValue> refusals) {
        List<DeclaredListener> listeners = DeclaredListener.of(entry);
        listeners.stream()
                .filter(declared -> !declared.listener().isHttp())
                .filter(declared -> listeners.stream()
                        .anyMatch(other -> other.listener().isHttp()
                                && other.listener()
                                        .port()
                                        .equals(declared.listener().port())))
                .forEach(declared -> refusals.add(new InvalidValue(
                        declared.at().key("port"),
                        "\"%s\" is a port of HTTPS too, whose hosts have limits that no policy could hold there"
                                .formatted(declared.listener().port()),
                        "listen on another port, or at a gateway of its own")));
    }
}
