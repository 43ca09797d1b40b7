package io.meshwright.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An environment's folder of dist in the repository that Argo CD reads. Addresses of repositories and charts lead to
 * this machine, where the definitions of the Gateway API lie beside it; nothing else of the manifests is changed.
 */
final class Delivery {
    private final GitRepository git;
    private final ChartRepository charts;
    private Dist dist;

    private Delivery(GitRepository git, ChartRepository charts) {
        this.git = git;
        this.charts = charts;
    }

    static Delivery of(Dist dist, GitRepository git, ChartRepository charts) throws IOException, InterruptedException {
        Delivery delivery = new Delivery(git, charts);
        delivery.replace(dist);
        return delivery;
    }

    /** The environment as it lies in the repository. */
    Dist dist() {
        return dist;
    }

    /** A file or folder of the environment in the working copy. */
    Path file(String below) {
        return dist.folder().resolve(below);
    }

    /** Commits what was changed there; charts of versions that are new in it are there before. */
    String commit(String subject) throws IOException, InterruptedException {
        charts.pack(dist);
        return git.commit(subject);
    }

    GitRepository git() {
        return git;
    }

    /** Commits another dist in place of the present one, as an upgrade does. */
    String replace(Dist next) throws IOException, InterruptedException {
        Path target = git.path(next.root().path("path").asText()).getParent();
        if (Files.exists(target)) {
            try (Stream<Path> paths = Files.walk(target)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        charts.pack(next);
        ChartRepository.copy(next.folder(), Files.createDirectories(target));
        dist = new Dist(target, next.environment());
        moveHere(next);
        return git.commit("dist of %s".formatted(next.environment()));
    }

    private void moveHere(Dist next) throws IOException {
        String ours = next.root().path("repoURL").asText();
        var addresses = new TreeMap<String, String>(
                Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        for (JsonNode application : next.applications()) {
            JsonNode source = application.at("/spec/source");
            String address = source.path("repoURL").asText();
            addresses.put(address, source.has("chart") ? ChartRepository.url() : git.url());
            if (!source.has("chart") && !address.equals(ours)) {
                addresses.put(
                        source.path("targetRevision").asText(),
                        next.root().path("targetRevision").asText());
                Path definitions =
                        Files.createDirectories(git.path(source.path("path").asText()));
                Files.copy(
                        charts.gatewayApi(),
                        definitions.resolve("gateway-api.yaml"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        List<Path> files;
        try (Stream<Path> found = Files.list(dist.folder().resolve("argocd"))) {
            files = found.toList();
        }
        for (Path file : files) {
            String text = Files.readString(file);
            for (var address : addresses.entrySet()) {
                text = text.replace(address.getKey(), address.getValue());
            }
            Files.writeString(file, text);
        }
    }
}
