package io.meshwright.environment.agreement.gatewayapi;

import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.Parties;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.gatewayapi.ListenerWords;
import java.util.List;

/** Listeners of a gateway of the Gateway API answer the same clients as those of Istio's kinds. */
public final class ListenersTranslated implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return environment.gatewayEntries().stream()
                .filter(GatewayEntry::isOfGatewayApi)
                .flatMap(
                        entry -> ListenerWords.refusals(
                                        entry.gateway().listeners(),
                                        entry.gateway().namespace(),
                                        Parties.ISTIO_SYSTEM)
                                .stream()
                                .map(refusal -> refusal.under(entry.at().text())))
                .toList();
    }
}
