package io.meshwright.rehearsal.tunnel;

import com.fasterxml.jackson.databind.JsonNode;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.meshwright.trace.answer.PathHop;
import io.meshwright.trace.request.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Envoys in place of a cluster's proxies and echoes in place of its applications, all on loopback and all of them
 * bounded.
 */
public final class WindTunnel implements AutoCloseable {
    private static final int MOST_ENVOYS = 100;
    private static final int START_SECONDS = 240;

    private final List<Envoy> envoys = new ArrayList<>();
    private final Map<String, Pod> applications = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> names = new TreeMap<>();
    private final Loopback loopback = new Loopback();
    private final Signer signer;
    private final Tls tls;
    private final Echo echo;
    private final Cluster cluster;
    private final Doors doors;
    private final Trials trials;
    private final Set<String> removed = new TreeSet<>();
    private final AtomicInteger sent = new AtomicInteger();
    private int trustedProxies;
    private @Nullable ServiceAddresses serviceAddresses;

    private WindTunnel(KubernetesClient kubernetes, Path folder) throws IOException, GeneralSecurityException {
        signer = Signer.create();
        cluster = Cluster.of(kubernetes);
        doors = new Doors(cluster, loopback, names);
        tls = Tls.in(folder, cluster.names());
        echo = new Echo(tls.certified());
        trials = new Trials(new RawClient(Tls.anonymous(), tls.certified()), echo, envoys, applications);
    }

    /**
     * Takes what istiod says to the proxies of these workloads ({@code namespace/name}), and runs it.
     *
     * @throws IOException where istiod says nothing, an Envoy refuses what it says, or there would be too many of them
     */
    public static WindTunnel open(
            KubernetesClient kubernetes, Istiod istiod, Programs programs, Path envoy, Set<String> workloads)
            throws IOException, InterruptedException, GeneralSecurityException {
        WindTunnel tunnel = new WindTunnel(kubernetes, programs.folder());
        try {
            tunnel.start(istiod, programs, envoy, workloads);
            return tunnel;
        } catch (IOException | InterruptedException | RuntimeException e) {
            tunnel.close();
            throw e;
        }
    }

    /** {@code namespace/name} of all that a way leads by. */
    public static Set<String> workloads(io.meshwright.trace.answer.Path path) {
        Set<String> workloads = new TreeSet<>();
        for (PathHop hop : path.hops()) {
            Stream.of(hop.where().split(" ")).filter(word -> word.contains("/")).forEach(workloads::add);
        }
        path.branches().forEach(branch -> workloads.addAll(workloads(branch.path())));
        return workloads;
    }

    /** Whether istiod has taken in what was applied so far: gateways see a host that was applied last. */
    public static boolean sees(KubernetesClient kubernetes, Istiod istiod, String host)
            throws IOException, InterruptedException {
        for (Pod pod : Cluster.of(kubernetes).pods()) {
            Optional<ProxiedPod> gateway = ProxiedPod.of(pod).filter(ProxiedPod::isGateway);
            if (gateway.isPresent()) {
                return istiod.resources(gateway.get()).clusters().stream()
                        .anyMatch(cluster -> cluster.getName().endsWith("|".concat(host)));
            }
        }
        return false;
    }

    private void start(Istiod istiod, Programs programs, Path envoy, Set<String> workloads)
            throws IOException, InterruptedException {
        Relay relay = new Relay(loopback, tls.identity(), signer.keySet());
        List<SocketAddress> reached = new ArrayList<>();
        Map<String, Identity> identities = new LinkedHashMap<>();
        for (Pod pod : cluster.pods()) {
            Optional<ProxiedPod> proxied = ProxiedPod.of(pod);
            if (proxied.isEmpty() || !workloads.contains(Cluster.workload(pod))) {
                continue;
            }
            if (envoys.size() >= MOST_ENVOYS) {
                throw new IOException("more than %d proxies".formatted(MOST_ENVOYS));
            }
            String account =
                    "%s/%s".formatted(proxied.get().namespace(), proxied.get().account());
            if (!identities.containsKey(account)) {
                identities.put(account, istiod.identity(proxied.get(), tls.keys()));
            }
            Resources resources = istiod.resources(proxied.get());
            names.put(proxied.get().toString(), resources.names());
            Relay.Relayed relayed = relay.relay(proxied.get(), resources, identities.get(account));
            reached.addAll(relayed.reached());
            trustedProxies = Math.max(trustedProxies, relayed.trustedProxies());
            for (int port : relayed.applicationPorts()) {
                listen(Loopback.application(proxied.get().address()), port, pod);
            }
            envoys.add(Envoy.start(programs, envoy, proxied.get(), relayed));
        }
        removed.addAll(relay.removed());
        listen(reached);
        serviceAddresses = ServiceAddresses.of(cluster);
        await();
    }

    private void listen(List<SocketAddress> reached) throws IOException {
        Map<String, Pod> bare = new LinkedHashMap<>();
        cluster.pods().stream()
                .filter(pod -> ProxiedPod.of(pod).isEmpty())
                .forEach(pod -> bare.put(Loopback.pod(pod.getStatus().getPodIP()), pod));
        for (SocketAddress address : reached) {
            String at = address.getAddress();
            if (bare.containsKey(at)) {
                listen(at, address.getPortValue(), bare.get(at));
            } else if (loopback.hosts().containsKey(at)) {
                echo.listen(at, address.getPortValue());
            }
        }
    }

    private void listen(String address, int port, Pod pod) throws IOException {
        applications.put("%s:%d".formatted(address, port), pod);
        echo.listen(address, port);
    }

    private void await() throws IOException, InterruptedException {
        long end = System.nanoTime() + START_SECONDS * 1_000_000_000L;
        for (Envoy envoy : envoys) {
            while (!envoy.ready()) {
                if (System.nanoTime() > end) {
                    throw new IOException("the Envoy of %s is not ready".formatted(envoy.pod()));
                }
                Thread.sleep(200);
            }
        }
    }

    /** One sentence on what runs. */
    public String described() {
        return "%d Envoys, %d applications; taken out of what istiod says: %s"
                .formatted(envoys.size(), echo.size(), String.join(", ", removed));
    }

    /** Whether edges in front of the gateways are trusted to tell the client's address. */
    int trustedProxies() {
        return trustedProxies;
    }

    Cluster cluster() {
        return cluster;
    }

    Doors doors() {
        return doors;
    }

    Signer signer() {
        return signer;
    }

    /** The pod whose application said something, and what is called outside the cluster by its name. */
    String said(JsonNode said) {
        String at = said.path("at").asText();
        Pod pod = applications.get(at);
        if (pod != null) {
            return Cluster.workload(pod);
        }
        String called = loopback.hosts().getOrDefault(at.substring(0, at.lastIndexOf(':')), at);
        return cluster.machines().getOrDefault(called, called);
    }

    /** The proxy of a pod. */
    Optional<ProxiedPod> proxy(Pod pod) {
        return envoys.stream()
                .map(Envoy::pod)
                .filter(each -> each.pod().equals(pod))
                .findFirst();
    }

    /** The proxy behind a door. */
    Optional<Envoy> envoy(Door door) {
        return envoys.stream()
                .filter(each -> Loopback.pod(each.pod().address()).equals(door.address()))
                .findFirst();
    }

    String newId() {
        return "t%d".formatted(sent.incrementAndGet());
    }

    /** Listens for an application outside the cluster that a client means to reach. */
    void outside(Request request) throws IOException {
        if (loopback.isOutside(request.host())) {
            echo.listen(loopback.outside(request.host()), request.port());
        }
    }

    /** Sends and gathers. */
    Trials trials() {
        return trials;
    }

    @Override
    public void close() {
        envoys.forEach(Envoy::close);
        if (serviceAddresses != null) {
            serviceAddresses.close();
        }
        echo.close();
    }
}
