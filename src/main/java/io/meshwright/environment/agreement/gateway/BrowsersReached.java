package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredRoute;
import io.meshwright.value.InvalidValue;
import java.util.List;

/** Headers for browsers are on routes that browsers take, and not on those for callers in the mesh. */
public final class BrowsersReached implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return DeclaredRoute.of(environment)
                .filter(declared -> declared.isInner() && declared.route().securityHeaders() != null)
                .map(declared -> new InvalidValue(
                        declared.at().key("securityHeaders"),
                        "is for browsers, and this route is for callers in the mesh",
                        "say it on the routes of the gateway's hosts"))
                .toList();
    }
}
