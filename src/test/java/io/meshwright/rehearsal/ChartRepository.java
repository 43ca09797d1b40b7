package io.meshwright.rehearsal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meshwright.rehearsal.process.Ports;
import io.meshwright.rehearsal.process.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Charts under the versions that dist names, made of the sources that Go's module proxy has: the nearest release of
 * each, and of those whose chart it has not, their definitions alone.
 */
final class ChartRepository implements AutoCloseable {
    private static final Path OURS =
            Path.of("test", "resources", "rehearsal", "charts").toAbsolutePath();
    // The module of a chart, and the chart's folder below it.
    private static final Map<String, List<String>> SOURCES = Map.of(
            "base",
            List.of("istio", "manifests/charts/base"),
            "cni",
            List.of("istio", "manifests/charts/istio-cni"),
            "istiod",
            List.of("istio", "manifests/charts/istio-control/istio-discovery"),
            "gateway",
            List.of("istio", "manifests/charts/gateway"),
            "metallb",
            List.of("metallb", "charts/metallb"),
            "cert-manager",
            List.of("cert-manager", "deploy/charts/cert-manager"),
            "external-secrets",
            List.of("external-secrets", "deploy/charts/external-secrets"));
    // Where definitions lie that a chart of a module lacks, since releases alone put them in.
    private static final Map<String, String> DEFINITIONS = Map.of(
            "external-secrets",
            "config/crds/bases",
            "argo-rollouts",
            "manifests/crds",
            "keda",
            "config/crd/bases",
            "argo-cd",
            "manifests/crds");

    private final Installed installed;
    private final Processes processes;
    private final String argoCd;
    private final Path folder;
    private final HttpServer server;

    private ChartRepository(Installed installed, Processes processes, String argoCd, HttpServer server) {
        this.installed = installed;
        this.processes = processes;
        this.argoCd = argoCd;
        this.folder = processes.folder().resolve("charts");
        this.server = server;
    }

    /** Serves what is packed; {@code argoCd} is the folder with the source of the Argo CD that runs. */
    static ChartRepository start(Installed installed, Processes processes, String argoCd) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Ports.CHARTS), 0);
        ChartRepository charts = new ChartRepository(installed, processes, argoCd, server);
        Files.createDirectories(charts.folder);
        server.createContext("/", charts::serve);
        server.setExecutor(Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "charts");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
        return charts;
    }

    /** The definitions of the Gateway API, all of them, since istiod waits for kinds that nobody here makes. */
    Path gatewayApi() {
        return installed.source("istio", "tests", "integration", "pilot", "testdata", "gateway-api-crd.yaml");
    }

    static String url() {
        return "http://127.0.0.1:%d".formatted(Ports.CHARTS);
    }

    /** Packs every chart that the environment's Applications name, beside those of earlier ones. */
    void pack(Dist dist) throws IOException, InterruptedException {
        var named = new TreeSet<String>();
        dist.applications().stream()
                .map(each -> each.at("/spec/source"))
                .filter(source -> source.has("chart"))
                .forEach(source -> named.add("%s %s"
                        .formatted(
                                source.path("chart").asText(),
                                source.path("targetRevision").asText())));
        for (String chart : named) {
            pack(chart.split(" ")[0], chart.split(" ")[1]);
        }
        processes.run(folder, installed.program("helm"), "repo", "index", folder);
    }

    private void pack(String chart, String version) throws IOException, InterruptedException {
        Path packing = processes.folder().resolve("packing").resolve("%s-%s".formatted(chart, version));
        if (Files.exists(packing)) {
            return;
        }
        Files.createDirectories(packing.resolve("templates"));
        Path source = source(chart);
        if (source != null) {
            copy(source, packing);
        }
        if (DEFINITIONS.containsKey(chart)) {
            String module = chart.equals("argo-cd") ? argoCd : chart;
            copyDefinitions(installed.source(module, DEFINITIONS.get(chart)), packing.resolve("crds"));
        }
        describe(packing, chart, version);
        processes.run(folder, installed.program("helm"), "package", packing, "--version", version, "-d", folder);
    }

    private Path source(String chart) {
        if (Files.isDirectory(OURS.resolve(chart))) {
            return OURS.resolve(chart);
        }
        List<String> source = SOURCES.get(chart);
        return source == null ? null : installed.source(source.get(0), source.get(1));
    }

    /** What the chart says of itself, without the charts that it would download. */
    private static void describe(Path packing, String chart, String version) throws IOException {
        Path file = packing.resolve("Chart.yaml");
        ObjectNode about = Files.exists(file) ? (ObjectNode) Dist.read(file) : Dist.YAML.createObjectNode();
        about.remove(List.of("dependencies", "kubeVersion"));
        about.put("apiVersion", "v2")
                .put("name", chart)
                .put("version", version)
                .put("appVersion", version.replaceFirst("^v", ""));
        Files.writeString(file, Dist.YAML.writeValueAsString(about));
        Files.deleteIfExists(packing.resolve("Chart.lock"));
    }

    private static void copyDefinitions(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(ChartRepository::defines).toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
    }

    private static boolean defines(Path file) {
        return file.toString().endsWith(".yaml")
                && Dist.read(file).path("kind").asText().equals("CustomResourceDefinition");
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        Path file =
                folder.resolve(exchange.getRequestURI().getPath().substring(1)).normalize();
        try (exchange) {
            if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] content = Files.readAllBytes(file);
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
