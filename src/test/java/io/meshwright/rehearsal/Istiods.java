package io.meshwright.rehearsal;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.meshwright.rehearsal.process.Ports;
import io.meshwright.rehearsal.process.Processes;
import io.meshwright.rehearsal.standin.StandIn;
import io.meshwright.rehearsal.tunnel.Istiod;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A real istiod for each Deployment of one, with that Deployment's own variables and under its revision: its pods are
 * kwok's and answer nothing, so the process listens on the address of the Service that the webhook names.
 */
final class Istiods implements StandIn, AutoCloseable {
    private static final String NAMESPACE = "istio-system";
    /** From the first port of an istiod to the one that proxies ask over TLS. */
    private static final int SECURE = 2;

    private final Installed installed;
    private final ControlPlane control;
    private final Map<String, Processes.Kept> running = new TreeMap<>();
    private final Map<String, Integer> ports = new TreeMap<>();
    private int started;

    Istiods(Installed installed, ControlPlane control) {
        this.installed = installed;
        this.control = control;
    }

    @Override
    public synchronized void act(KubernetesClient client) throws IOException {
        List<Deployment> deployments = client.apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withLabel("app", "istiod")
                .list()
                .getItems();
        List<String> names =
                deployments.stream().map(each -> each.getMetadata().getName()).toList();
        running.keySet().stream()
                .filter(name -> !names.contains(name))
                .toList()
                .forEach(name -> running.remove(name).stop());
        List<Processes.Kept> dead =
                running.values().stream().filter(each -> !each.alive()).toList();
        running.values().removeAll(dead);
        for (Deployment deployment : deployments) {
            String name = deployment.getMetadata().getName();
            Service service =
                    client.services().inNamespace(NAMESPACE).withName(name).get();
            if (service != null && !running.containsKey(name)) {
                running.put(name, start(deployment, service.getSpec().getClusterIP()));
            }
        }
        if (!dead.isEmpty()) {
            Processes.Kept first = dead.get(0);
            throw new IOException(
                    "%s ended by itself and was started again%n%s".formatted(first.name(), first.lastLines()));
        }
    }

    /** Names of those that run. */
    synchronized List<String> names() {
        return running.entrySet().stream()
                .filter(each -> each.getValue().alive())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The one that runs, as proxies ask it. */
    synchronized Istiod discovery() throws IOException {
        Map.Entry<String, Integer> only = ports.entrySet().iterator().next();
        return Istiod.at(control.client(), only.getKey(), only.getValue());
    }

    /** Mesh and injection settings are read from the ConfigMaps of the revision, live, as a pod without files does. */
    private Processes.Kept start(Deployment deployment, String address) throws IOException {
        int port = Ports.ISTIOD + 10 * started++;
        ports.put(deployment.getMetadata().getName(), port + SECURE);
        return control.processes()
                .start(
                        deployment.getMetadata().getName(),
                        variables(deployment),
                        installed.program("istiod"),
                        "discovery",
                        "--kubeconfig=%s".formatted(control.kubeconfig()),
                        "--httpAddr=127.0.0.1:%d".formatted(port),
                        "--grpcAddr=127.0.0.1:%d".formatted(port + 1),
                        "--secureGRPCAddr=127.0.0.1:%d".formatted(port + SECURE),
                        "--monitoringAddr=127.0.0.1:%d".formatted(port + 3),
                        "--httpsAddr=%s:443".formatted(address),
                        "--ctrlz_port=0");
    }

    private static Map<String, String> variables(Deployment deployment) {
        Map<String, String> variables = new HashMap<>();
        for (EnvVar variable : deployment
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getEnv()) {
            if (variable.getValueFrom() == null) {
                variables.put(variable.getName(), variable.getValue() == null ? "" : variable.getValue());
            }
        }
        variables.put("POD_NAME", deployment.getMetadata().getName());
        variables.put("POD_NAMESPACE", NAMESPACE);
        variables.put(
                "SERVICE_ACCOUNT", deployment.getSpec().getTemplate().getSpec().getServiceAccountName());
        return variables;
    }

    @Override
    public synchronized void close() {
        running.values().forEach(Processes.Kept::stop);
    }
}
