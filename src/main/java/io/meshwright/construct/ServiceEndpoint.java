package io.meshwright.construct;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.value.Name;
import io.meshwright.value.workload.ServicePort;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/** A Kubernetes Service whose ports all say what is spoken on them. */
public final class ServiceEndpoint extends Construct {
    private final ApiObject service;

    /** {@code selector} is what its pods carry. */
    public static ServiceEndpoint of(
            Construct scope,
            String id,
            Name name,
            Name namespace,
            Map<String, String> selector,
            List<ServicePort> ports) {
        return ConstructMaker.make(
                scope, id, () -> new ServiceEndpoint(scope, id, name, namespace, selector, ports, false));
    }

    /**
     * The same without an address of its own: its name, and the names of its pods below it, are those of the pods, also
     * of those that are not ready, so that they find each other while they start.
     */
    public static ServiceEndpoint headless(
            Construct scope,
            String id,
            Name name,
            Name namespace,
            Map<String, String> selector,
            List<ServicePort> ports) {
        return ConstructMaker.make(
                scope, id, () -> new ServiceEndpoint(scope, id, name, namespace, selector, ports, true));
    }

    private ServiceEndpoint(
            Construct scope,
            String id,
            Name name,
            Name namespace,
            Map<String, String> selector,
            List<ServicePort> ports,
            boolean headless) {
        super(scope, id);
        this.service = KubernetesObject.of(
                this,
                "Resource",
                new ServiceBuilder()
                        .withNewMetadata()
                        .withName(name.toString())
                        .withNamespace(namespace.toString())
                        .withLabels(new TreeMap<>(selector))
                        .endMetadata()
                        .withNewSpec()
                        .withClusterIP(headless ? "None" : null)
                        .withPublishNotReadyAddresses(headless ? Boolean.TRUE : null)
                        .withSelector(new TreeMap<>(selector))
                        .withPorts(ports.stream().map(ServiceEndpoint::port).toList())
                        .endSpec()
                        .build());
    }

    /** The Service, for what this construct cannot say. */
    public ApiObject resource() {
        return service;
    }

    private static io.fabric8.kubernetes.api.model.ServicePort port(ServicePort port) {
        return new ServicePortBuilder()
                .withName(port.name().toString())
                .withPort(port.port().value())
                .withTargetPort(new IntOrString(port.targetPort().value()))
                .withProtocol("TCP")
                .withAppProtocol(port.protocol().word())
                .build();
    }
}
