package io.meshwright.rehearsal.standin;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Stands in for MetalLB's controller, a cloud or a controller of Ingresses: what asks for an address gets one. */
public final class LoadBalancers implements StandIn {
    private static final String FROM_A_DOCUMENTATION_RANGE = "192.0.2.1";

    @Override
    public void act(KubernetesClient client) {
        for (Service service : client.services().inAnyNamespace().list().getItems()) {
            boolean waits = service.getStatus() == null
                    || service.getStatus().getLoadBalancer() == null
                    || service.getStatus().getLoadBalancer().getIngress().isEmpty();
            if ("LoadBalancer".equals(service.getSpec().getType()) && waits) {
                client.resource(new ServiceBuilder(service)
                                .editOrNewStatus()
                                .withNewLoadBalancer()
                                .addNewIngress()
                                .withIp(FROM_A_DOCUMENTATION_RANGE)
                                .endIngress()
                                .endLoadBalancer()
                                .endStatus()
                                .build())
                        .patchStatus();
            }
        }
        for (Ingress ingress :
                client.network().v1().ingresses().inAnyNamespace().list().getItems()) {
            if (ingress.getStatus() == null
                    || ingress.getStatus().getLoadBalancer() == null
                    || ingress.getStatus().getLoadBalancer().getIngress().isEmpty()) {
                client.resource(new IngressBuilder(ingress)
                                .editOrNewStatus()
                                .withNewLoadBalancer()
                                .addNewIngress()
                                .withIp(FROM_A_DOCUMENTATION_RANGE)
                                .endIngress()
                                .endLoadBalancer()
                                .endStatus()
                                .build())
                        .patchStatus();
            }
        }
    }
}
