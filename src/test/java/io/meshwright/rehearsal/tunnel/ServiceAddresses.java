package io.meshwright.rehearsal.tunnel;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Leads connections to the address of a Service to its pods in turn, as kube-proxy does. */
final class ServiceAddresses implements AutoCloseable {
    private static final int MOST_WAITING = 50;

    private final List<ServerSocket> listening = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "service-address");
        thread.setDaemon(true);
        return thread;
    });

    private ServiceAddresses() {}

    /** Listens for each port of each Service that has an address and pods. */
    static ServiceAddresses of(Cluster cluster) throws IOException {
        ServiceAddresses addresses = new ServiceAddresses();
        try {
            for (Service service : cluster.services()) {
                String address = service.getSpec().getClusterIP();
                List<Pod> pods = cluster.selected(service);
                if (address != null && address.startsWith("127.") && !pods.isEmpty()) {
                    for (ServicePort port : service.getSpec().getPorts()) {
                        addresses.listen(address, port, pods);
                    }
                }
            }
            return addresses;
        } catch (IOException e) {
            addresses.close();
            throw e;
        }
    }

    private void listen(String address, ServicePort port, List<Pod> pods) throws IOException {
        ServerSocket server;
        try {
            server = new ServerSocket(port.getPort(), MOST_WAITING, InetAddress.getByName(address));
        } catch (BindException taken) {
            return; // by the program that really runs there, such as istiod
        }
        listening.add(server);
        AtomicInteger turn = new AtomicInteger();
        threads.execute(() -> {
            while (!server.isClosed()) {
                try {
                    Socket client = server.accept();
                    Pod pod = pods.get(Math.floorMod(turn.getAndIncrement(), pods.size()));
                    threads.execute(() -> lead(client, pod, Cluster.target(port, pod)));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private void lead(Socket client, Pod pod, int port) {
        try (client;
                Socket server = new Socket()) {
            server.connect(new InetSocketAddress(Loopback.pod(pod.getStatus().getPodIP()), port));
            threads.execute(() -> copy(client, server));
            copy(server, client);
        } catch (IOException refused) {
            // the client sees its connection end, as it would
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException ended) {
            // so has the other direction
        }
    }

    @Override
    public void close() {
        for (ServerSocket server : listening) {
            try {
                server.close();
            } catch (IOException closed) {
                // it is no longer open, which is all that was wanted
            }
        }
        threads.shutdownNow();
    }
}
