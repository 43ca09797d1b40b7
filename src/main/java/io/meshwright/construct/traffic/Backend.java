package io.meshwright.construct.traffic;

import io.meshwright.value.Host;
import io.meshwright.value.KubernetesNames;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.Require;

/** One port of a Kubernetes Service, by the name that means the same in every namespace. */
public record Backend(Name service, Name namespace, Port port) {
    public Backend {
        Require.present("service", service);
        Require.present("namespace", namespace);
        Require.present("port", port);
    }

    public static Backend of(String service, String namespace, int port) {
        return new Backend(Name.of(service), Name.of(namespace), Port.of(port));
    }

    /** Istio completes a short name with the namespace of the object that holds it, so none is ever written. */
    public Host host() {
        return KubernetesNames.serviceHost(service, namespace);
    }

    /** True if both are ports of one Service. */
    public boolean sameService(Backend other) {
        return service.equals(other.service) && namespace.equals(other.namespace);
    }

    /** {@code namespace/service}. */
    @Override
    public String toString() {
        return "%s/%s".formatted(namespace, service);
    }
}
