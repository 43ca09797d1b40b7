package io.meshwright.rehearsal.standin;

import io.fabric8.kubernetes.client.KubernetesClient;

/** What a cluster has and a rehearsal has not: it looks every two seconds and does the part of another. */
public interface StandIn {
    void act(KubernetesClient client) throws Exception;
}
