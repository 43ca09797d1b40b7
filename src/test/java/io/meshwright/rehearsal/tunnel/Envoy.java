package io.meshwright.rehearsal.tunnel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A running Envoy that stands for one pod's proxy. */
final class Envoy implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ProxiedPod pod;
    private final Programs.Running program;
    private final Relay.Relayed relayed;
    private final Map<String, List<JsonNode>> byRequest = new HashMap<>();
    private final Map<String, List<JsonNode>> byClient = new HashMap<>();
    private long read;

    private Envoy(ProxiedPod pod, Programs.Running program, Relay.Relayed relayed) throws IOException {
        this.pod = pod;
        this.relayed = relayed;
        this.program = program;
        this.read = Files.exists(program.log()) ? Files.size(program.log()) : 0; // a log goes on where one was
    }

    static Envoy start(Programs programs, Path envoy, ProxiedPod pod, Relay.Relayed relayed) throws IOException {
        Path configuration = programs.folder().resolve("%s.%s.pb".formatted(pod.namespace(), pod.name()));
        Files.write(configuration, relayed.bootstrap().toByteArray());
        return new Envoy(
                pod,
                programs.start(
                        "envoy-%s.%s".formatted(pod.namespace(), pod.name()),
                        envoy,
                        "--config-path",
                        configuration,
                        "--concurrency",
                        1,
                        "--disable-hot-restart",
                        "--log-level",
                        "warning",
                        "--file-flush-interval-msec",
                        50),
                relayed);
    }

    ProxiedPod pod() {
        return pod;
    }

    /** A cluster as it runs, if the proxy has it. */
    Optional<Cluster> cluster(String name) {
        return relayed.bootstrap().getStaticResources().getClustersList().stream()
                .filter(cluster -> cluster.getName().equals(name))
                .findFirst();
    }

    /** {@code address:port} of a cluster's endpoints that are said to be so. */
    Set<String> endpoints(String cluster, String flag) throws IOException {
        Set<String> found = new TreeSet<>();
        for (String line : asked("/clusters").split("\n")) {
            String[] words = line.strip().split("::");
            if (words.length == 4 && words[0].equals(cluster) && words[3].contains(flag)) {
                found.add(words[1]);
            }
        }
        return found;
    }

    /** Whether it has taken its configuration and listens; it is an error that it has ended. */
    boolean ready() throws IOException {
        if (!program.alive()) {
            throw new IOException("the Envoy of %s has ended%n%s".formatted(pod, tail()));
        }
        try {
            return asked("/ready").contains("LIVE");
        } catch (IOException e) {
            return false;
        }
    }

    private String asked(String path) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(Loopback.pod(pod.address()), Relay.ADMIN), 1000);
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
                            .formatted(path)
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String tail() throws IOException {
        List<String> all = Files.readAllLines(program.log());
        return String.join("\n", all.subList(Math.max(0, all.size() - 5), all.size()));
    }

    /** Reads what it has written since. */
    synchronized void read() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(program.log().toFile(), "r")) {
            byte[] more = new byte[(int) (file.length() - read)];
            file.seek(read);
            file.readFully(more);
            int end = lastLine(more);
            read += end;
            for (String line : new String(more, 0, end, StandardCharsets.UTF_8).split("\n")) {
                if (line.startsWith("{")) {
                    JsonNode written = JSON.readTree(line);
                    String id = written.path("id").asText("");
                    Map<String, List<JsonNode>> index = id.isEmpty() || id.equals("null") ? byClient : byRequest;
                    index.computeIfAbsent(
                                    index == byClient ? written.path("client").asText("") : id,
                                    any -> new ArrayList<>())
                            .add(written);
                }
            }
        }
    }

    /** What it has written of a request. */
    synchronized List<JsonNode> of(String id) {
        return byRequest.getOrDefault(id, List.of());
    }

    /** What it has written of a client's connection that carried no request. */
    synchronized List<JsonNode> from(String client) {
        return byClient.getOrDefault(client, List.of());
    }

    private static int lastLine(byte[] bytes) {
        for (int index = bytes.length - 1; index >= 0; index--) {
            if (bytes[index] == '\n') {
                return index + 1;
            }
        }
        return 0;
    }

    @Override
    public void close() {
        program.stop();
    }
}
