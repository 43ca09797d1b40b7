package io.meshwright.environment.agreement;

import io.meshwright.environment.Environment;
import io.meshwright.value.KeyPath;
import io.meshwright.value.traffic.Route;
import java.util.Locale;
import java.util.stream.Stream;

/** One route of a service with its place in the file. */
record DeclaredRoute(KeyPath at, DeclaredService owner, Route route) {
    /** The routes of all services, in the order of the file. */
    static Stream<DeclaredRoute> of(Environment environment) {
        return DeclaredService.of(environment).flatMap(DeclaredService::routes);
    }

    /** Whether it is for callers in the mesh, and not for the gateway. */
    boolean isInner() {
        return owner.service().isInner(route, owner.name());
    }

    /** The place of its path. */
    KeyPath pathKey() {
        return at.key(route.path().kind().name().toLowerCase(Locale.ROOT));
    }
}
