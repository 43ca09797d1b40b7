package io.meshwright.stack;

import io.meshwright.construct.security.ResolverAccess;
import io.meshwright.construct.security.SccGrant;
import io.meshwright.construct.security.SccGrant.Constraints;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Parties;
import io.meshwright.platform.release.ChartAddOn;
import io.meshwright.value.Name;
import io.meshwright.value.security.Enforcement;
import java.util.Set;
import java.util.TreeSet;
import software.constructs.Construct;

/**
 * The rights of each namespace's pods on OpenShift, by its Pod Security level, and the way to its DNS where policies
 * deny the rest.
 */
final class OpenShiftNamespaces {
    // Their charts bring the rights of the one program that needs more, and the others need none.
    private static final Set<Name> OWN_RIGHTS =
            Set.of(Parties.ISTIO_SYSTEM, ChartAddOn.CERT_MANAGER_CSI_DRIVER.namespace());

    private final Construct scope;
    private final Environment environment;

    OpenShiftNamespaces(Construct scope, Environment environment) {
        this.scope = scope;
        this.environment = environment;
    }

    void render() {
        new ClusterNamespaces(environment)
                .all()
                .forEach(namespace -> SccGrant.of(
                        scope, "scc-%s".formatted(namespace.name()), namespace.name(), constraints(namespace)));
        guarded().forEach(namespace -> ResolverAccess.of(scope, "dns-%s".formatted(namespace), namespace));
    }

    private static Constraints constraints(ClusterNamespace namespace) {
        if (OWN_RIGHTS.contains(namespace.name())) {
            return Constraints.NONROOT;
        }
        return switch (namespace.podSecurity()) {
            case RESTRICTED -> Constraints.NONROOT;
            case BASELINE -> Constraints.ANY_USER;
            case PRIVILEGED -> Constraints.PRIVILEGED;
        };
    }

    /** Elsewhere a policy that lets out to DNS would be the only one, and cut off all else. */
    private Set<Name> guarded() {
        Set<Name> guarded = new TreeSet<>();
        if (environment.istio().authorization() == Enforcement.ENFORCE) {
            guarded.addAll(environment.namespaces().keySet());
            if (environment.egressGateway() != null) {
                guarded.add(Parties.ISTIO_EGRESS);
            }
            guarded.remove(Parties.ISTIO_SYSTEM);
        }
        if (!environment.observability().parts().areNone()) {
            guarded.add(environment.observability().namespace());
        }
        return guarded;
    }
}
