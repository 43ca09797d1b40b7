package io.meshwright.trace.stage;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.HostName;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The whole name of a Service that a shorter one stands for in a pod, whose DNS tries the search domains of the cluster
 * first (kubernetes.io, DNS for Services and Pods).
 */
final class ClusterName {
    private static final Pattern SHORT = Pattern.compile("([a-z0-9-]+)\\.([a-z0-9-]+)(\\.svc)?");
    /** Domains of the world that namespaces are called by too. */
    private static final Set<String> OUTSIDE =
            Set.of(("app bank blog cloud dev email events games group health live media network news pay prod security"
                            + " services shop site software store support systems team tech tools zone")
                    .split(" "));

    private static final int SHORTEST = 3;

    private ClusterName() {}

    /** Empty for a name that may be one of the world. */
    static Optional<String> of(Mesh mesh, String host, String namespace) {
        String domain = mesh.config().domain();
        if (host.endsWith(".svc.".concat(domain))) {
            return Optional.of(host);
        }
        if (host.indexOf('.') < 0 && host.indexOf(':') < 0) {
            return Optional.of(mesh.services().host(host, namespace));
        }
        Matcher parts = SHORT.matcher(host);
        return parts.matches() && (parts.group(3) != null || isInside(mesh, parts.group(2)))
                ? Optional.of(HostName.ofService(parts.group(1), parts.group(2), domain))
                : Optional.empty();
    }

    /** True if the second of two parts is a domain of the world too. */
    static boolean mayBeOutside(String host) {
        Matcher parts = SHORT.matcher(host);
        return parts.matches() && parts.group(3) == null && OUTSIDE.contains(parts.group(2));
    }

    /**
     * No country's domain has more than two letters; who has Services in a namespace that is called as a domain means
     * one of them.
     */
    private static boolean isInside(Mesh mesh, String namespace) {
        return namespace.length() >= SHORTEST
                && (OUTSIDE.contains(namespace)
                        ? mesh.services().all().stream()
                                .anyMatch(service -> service.isKubernetes()
                                        && service.namespace().equals(namespace))
                        : mesh.namespaces().exists(namespace)
                                || mesh.otherCharts().within(namespace).isPresent());
    }
}
