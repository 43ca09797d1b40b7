package io.meshwright.environment.agreement.route;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.traffic.Canary;
import io.meshwright.value.traffic.Sticky;
import java.util.List;

/** No cookie is to keep callers at a version that are services and keep no cookies. */
public final class CookiesFromBrowsers implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return DeclaredService.of(environment)
                .filter(DeclaredService::isCalledInMesh)
                .filter(declared -> declared.service().release() instanceof Canary canary && canary.sticky() != null)
                .map(declared -> Sticky.refusalInMesh(
                        declared.at().key("release").key("sticky"),
                        "use type: abTest by a header, or allow the gateway only"))
                .toList();
    }
}
