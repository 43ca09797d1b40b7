package io.meshwright.mesh.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The charts that helmfile installs, as far as repositories have them (helmfile.readthedocs.io, Configuration). */
final class Helmfile {
    private static final Pattern OF_REPOSITORY = Pattern.compile("([\\w-]+)/([\\w.-]+)");
    private static final Pattern OF_REGISTRY = Pattern.compile("oci://(.+)/([\\w.-]+)");

    /** Addresses by the names that files give repositories. */
    private final Map<String, String> repositories = new TreeMap<>();

    private final List<Manifest> files;

    private Helmfile(List<Manifest> files) {
        this.files = files;
        files.forEach(file -> Fields.items(file.at("/repositories"))
                .forEach(repository -> repositories.putIfAbsent(
                        key(file, repository.path("name").asText("")),
                        repository.path("url").asText(""))));
    }

    static Stream<HelmRelease> releases(Manifests manifests) {
        Helmfile helmfile = new Helmfile(manifests.kind(Kind.HELMFILE));
        return helmfile.files.stream()
                .flatMap(file -> Source.of(file).items("releases"))
                .flatMap(release -> helmfile.release(release).stream());
    }

    private static String key(Manifest file, String repository) {
        return "%s %s".formatted(file.place().file(), repository);
    }

    private Optional<HelmRelease> release(Source release) {
        JsonNode written = release.value();
        return written.path("installed").asBoolean(true)
                ? chart(release, written.path("chart").asText(""))
                        .map(from -> new HelmRelease(
                                release,
                                from.chart(),
                                written.path("version").asText(""),
                                written.path("name").asText(""),
                                written.path("namespace").asText(Manifest.DEFAULT_NAMESPACE),
                                values(written),
                                new HelmRelease.Places("/version", "/values"),
                                new HelmRelease.From(from.address(), from.called(), isWhole(written), true, false)))
                : Optional.empty();
    }

    private record Chart(String chart, String address, String called) {}

    /** Empty for a folder, whose templates lie among the manifests. */
    private Optional<Chart> chart(Source release, String written) {
        Matcher registry = OF_REGISTRY.matcher(written);
        Matcher repository = OF_REPOSITORY.matcher(written);
        if (registry.matches()) {
            return Optional.of(new Chart(registry.group(2), registry.group(1), ""));
        }
        return repository.matches()
                ? Optional.ofNullable(repositories.get(key(release.manifest(), repository.group(1))))
                        .map(address -> new Chart(repository.group(2), address, repository.group(1)))
                : Optional.empty();
    }

    private static boolean isWhole(JsonNode release) {
        return !release.has("set")
                && !release.has("valuesTemplate")
                && Fields.items(release.path("values")).stream().allMatch(JsonNode::isObject);
    }

    private static ObjectNode values(JsonNode release) {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        Fields.items(release.path("values")).stream()
                .filter(JsonNode::isObject)
                .forEach(each -> FluxChart.merge(values, each));
        return values;
    }
}
