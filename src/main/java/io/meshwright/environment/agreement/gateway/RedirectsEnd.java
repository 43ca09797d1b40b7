package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Edge;
import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.gateway.Listener;
import java.util.ArrayList;
import java.util.List;

/** No listener redirects to HTTPS what an edge that speaks HTTP to the origin would bring back to it. */
public final class RedirectsEnd implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        List<InvalidValue> refusals = new ArrayList<>();
        environment.gatewayEntries().stream()
                .filter(entry -> entry.edge().origin() == Edge.Scheme.HTTP)
                .forEach(entry -> redirects(entry, refusals));
        return refusals;
    }

    private static void redirects(GatewayEntry entry, List<InvalidValue> refusals) {
        List<Listener> listeners = entry.gateway().listeners();
        String edge = entry.isFirst() ? "cluster.edge" : entry.at().key("edge").text();
        for (int i = 0; i < listeners.size(); i++) {
            if (listeners.get(i).redirectToHttps()) {
                refusals.add(new InvalidValue(
                        entry.at().key("listeners").index(i).key("redirectToHttps"),
                        "loops, because the edge speaks HTTP to the origin",
                        "change %s.origin to HTTPS once the edge does, or remove the redirect".formatted(edge)));
            }
        }
    }
}
