package io.meshwright.construct;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
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
    public ServiceEndpoint(
            Construct scope,
            String id,
            Name name,
            Name namespace,
            Map<String, String> selector,
            List<ServicePort> ports) {
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
