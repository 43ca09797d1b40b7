package io.meshwright.mesh.workload;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.MeshConfig;
import java.util.Optional;

/**
 * The names that the cluster's DNS has for single pods of headless Services: of StatefulSets by their ordinals, of
 * others by hostname and subdomain (kubernetes.io, DNS for Services and Pods).
 */
public final class PodNames {
    private final Services services;
    private final MeshConfig mesh;

    public PodNames(Services services, MeshConfig mesh) {
        this.services = services;
        this.mesh = mesh;
    }

    /** Finds the headless Service of which a name means one pod, as somebody in a namespace writes it. */
    public Optional<Service> governing(String written, String namespace) {
        String pod = written.substring(0, Math.max(written.indexOf('.'), 0));
        return headless(written, namespace)
                .filter(service -> services.pods(service).stream().anyMatch(known -> isNamed(known, pod, service)));
    }

    /** True if a name may mean a pod of a headless Service none of whose pods are given. */
    public boolean mayName(String written, String namespace) {
        return headless(written, namespace)
                .filter(service -> services.pods(service).isEmpty())
                .isPresent();
    }

    private Optional<Service> headless(String written, String namespace) {
        String suffix = ".svc.".concat(mesh.domain());
        String name = written.endsWith(suffix)
                ? written.substring(0, written.length() - suffix.length())
                : written.endsWith(".svc") ? written.substring(0, written.length() - ".svc".length()) : written;
        String[] parts = name.split("\\.", -1);
        boolean whole = !name.equals(written);
        if (parts.length != 3 && (whole || parts.length != 2) || isService(parts, namespace)) {
            return Optional.empty();
        }
        return services.kubernetes(parts.length == 3 ? parts[2] : namespace, parts[1])
                .filter(service -> service.type() == Service.Type.HEADLESS);
    }

    /** A Service of the name goes before, since DNS looks in other namespaces only then. */
    private boolean isService(String[] parts, String namespace) {
        return parts.length == 2
                && services.visible(HostName.ofService(parts[0], parts[1], mesh.domain()), namespace).stream()
                        .findAny()
                        .isPresent();
    }

    private static boolean isNamed(Pod pod, String name, Service service) {
        Manifest owner = pod.source().manifest();
        if (!owner.kind().equals(Kind.STATEFUL_SET)) {
            return pod.source().value().at("/spec/hostname").asText().equals(name)
                    && pod.source().value().at("/spec/subdomain").asText().equals(service.name());
        }
        String start = owner.name().concat("-");
        String ordinal = name.startsWith(start) ? name.substring(start.length()) : "";
        int first = owner.at("/spec/ordinals/start").asInt(0);
        return ordinal.matches("0|[1-9][0-9]{0,4}")
                && owner.text("/spec/serviceName")
                        .filter(service.name()::equals)
                        .isPresent()
                && Integer.parseInt(ordinal) >= first
                && Integer.parseInt(ordinal) < first + pod.replicas().orElse(Integer.MAX_VALUE / 2);
    }
}
