package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Edge;
import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.gateway.Listener;
import java.util.ArrayList;
import java.util.List;

/** No listener redirects to HTTPS what an edge that speaks HTTP to the origin would bring back to it. */
public final class RedirectsEnd implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        List<InvalidValue> refusals = new ArrayList<>();
        List<Listener> listeners = environment.gateway().listeners();
        for (int i = 0; i < listeners.size(); i++) {
            if (listeners.get(i).redirectToHttps()
                    && environment.cluster().edge().origin() == Edge.Scheme.HTTP) {
                refusals.add(new InvalidValue(
                        KeyPath.of("gateway.listeners").index(i).key("redirectToHttps"),
                        "loops, because the edge speaks HTTP to the origin",
                        "change cluster.edge.origin to HTTPS once the edge does, or remove the redirect"));
            }
        }
        return refusals;
    }
}
