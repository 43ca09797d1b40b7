package io.meshwright.cli.program;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshwright.mesh.install.HelmRelease;
import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A helm binary that renders charts from their repositories; it gets no kubeconfig and asks no cluster. */
public record HelmBinary(BoundedProgram program) {
    private static final String OPTION = "--rendered";
    private static final Set<String> VARIABLES = Set.of(
            "PATH",
            "Path",
            "SystemRoot",
            "HOME",
            "USERPROFILE",
            "APPDATA",
            "LOCALAPPDATA",
            "TEMP",
            "TMP",
            "TMPDIR",
            "XDG_CACHE_HOME",
            "XDG_CONFIG_HOME",
            "XDG_DATA_HOME",
            "HELM_CACHE_HOME",
            "HELM_CONFIG_HOME",
            "HELM_DATA_HOME",
            "HELM_REGISTRY_CONFIG",
            "HELM_REPOSITORY_CONFIG",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR");
    /** Nothing that helm would take for an option of its own, or an address for something else. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9*^~<>=][\\w.+*^~<>=|, /-]*");

    private static final Pattern WEB = Pattern.compile("https?://[\\w.-]+(:\\d+)?(/[\\w.~%/-]*)?");
    private static final Pattern REGISTRY = Pattern.compile("(oci://)?[\\w-]+(\\.[\\w-]+)*(:\\d+)?(/[\\w.-]+)*/?");

    /**
     * With a minute and 64 MiB for each chart.
     *
     * @throws InvalidValue when it is no file that can be run
     */
    static HelmBinary of(Path program) {
        return new HelmBinary(BoundedProgram.of("--helm", program, VARIABLES));
    }

    /** The one that a shell would start. */
    static HelmBinary onPath() {
        return new HelmBinary(BoundedProgram.onPath(OPTION, "helm", VARIABLES));
    }

    /**
     * Returns the output of {@code helm template}.
     *
     * @throws InvalidValue when it fails, takes too long or prints too much, or when the release cannot be asked for
     * @throws IOException when it cannot be started, or its values cannot be written
     */
    public String template(HelmRelease release) throws IOException {
        String subject = release.source().manifest().toString();
        if (!release.hasAllValues()) {
            throw new InvalidValue(
                    OPTION,
                    "%s takes values from files, or for items of lists".formatted(subject),
                    "write them into its values, or give what helm template prints");
        }
        Path values = Files.createTempFile("values", ".json");
        try {
            Files.writeString(values, new ObjectMapper().writeValueAsString(release.values()));
            return program.run(subject, arguments(release, values));
        } finally {
            Files.deleteIfExists(values);
        }
    }

    private static List<String> arguments(HelmRelease release, Path values) {
        List<String> arguments = new ArrayList<>(List.of("template", word("releaseName", release.name())));
        String repository = release.repository();
        if (WEB.matcher(repository).matches()) {
            arguments.addAll(List.of(word("chart", release.chart()), "--repo", repository));
        } else if (REGISTRY.matcher(repository).matches()) {
            String registry = repository.replaceFirst("^oci://", "").replaceFirst("/$", "");
            arguments.add("oci://%s/%s".formatted(registry, word("chart", release.chart())));
        } else {
            throw strange("repoURL", repository);
        }
        Optional.of(release.version())
                .filter(version -> !version.isEmpty())
                .ifPresent(version -> arguments.addAll(List.of("--version", word("targetRevision", version))));
        arguments.addAll(List.of("--namespace", word("namespace", release.namespace()), "--skip-tests"));
        arguments.addAll(List.of("--values", values.toString()));
        if (release.bringsDefinitions()) {
            arguments.add("--include-crds");
        }
        return arguments;
    }

    private static String word(String field, String text) {
        if (!WORD.matcher(text).matches()) {
            throw strange(field, text);
        }
        return text;
    }

    private static InvalidValue strange(String field, String text) {
        return new InvalidValue(
                OPTION,
                "%s \"%s\" of a release is none that is handed to helm".formatted(field, text),
                "give what helm template prints");
    }
}
