package io.meshwright.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.page.Markdown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the commands that install an environment which nobody delivers, as a Markdown page and in their order. */
public final class InstallPage {
    private static final String APPLY = "kubectl apply --server-side --force-conflicts";

    private final String environment;
    private final Manifests manifests;

    private InstallPage(String environment, Manifests manifests) {
        this.environment = environment;
        this.manifests = manifests;
    }

    /** The whole page, with a line feed at its end; empty where somebody delivers. */
    public static Optional<String> of(String environment, Manifests manifests) {
        return manifests.kind(Kind.INSTALLATION).stream()
                .findFirst()
                .map(installation -> new InstallPage(environment, manifests).text(installation));
    }

    private String text(Manifest installation) {
        List<String> commands = new ArrayList<>();
        Fields.items(installation.at("/spec/steps")).forEach(step -> commands.add(command(step)));
        return Markdown.titled("Installation of %s".formatted(environment))
                .paragraph(
                        "From the root of the repository, one command after the other, each only when the one before it"
                                + " ended without an error. kubectl and helm from 3.17 on; every command may be run again, and"
                                + " all of them are run again after each commit that changes `dist/%s`."
                                        .formatted(environment))
                .code("sh", commands)
                .heading("What nobody does for you")
                .list(
                        '-',
                        List.of(
                                "Secrets of [this list](../secrets/%s.md) are made after the first command, which makes their namespaces."
                                        .formatted(environment),
                                "What is gone from `dist/%1$s` stays in the cluster: `meshwright plan` names each object, delete it by hand (`kubectl delete`, `helm uninstall`)."
                                        .formatted(environment),
                                "A Job that has changed is deleted before its folder is applied: the API server lets nobody change its pods.",
                                "What somebody changes in the cluster stays until its folder is applied again."))
                .toString();
    }

    private String command(JsonNode step) {
        if (step.has("kustomize")) {
            return "%s -k \"%s\"".formatted(APPLY, step.path("kustomize").asText());
        }
        return step.has("install")
                ? release(step)
                : "%s -f dist/%s/%s"
                        .formatted(APPLY, environment, step.path("apply").asText());
    }

    private String release(JsonNode step) {
        String name = step.path("install").asText();
        String namespace = step.path("namespace").asText();
        Manifest release = manifests.kind(Kind.RELEASE).stream()
                .filter(each -> each.name().equals(name) && each.home().equals(namespace))
                .findFirst()
                .orElseThrow();
        String repository = release.text("/spec/repository").orElse("");
        String chart = release.text("/spec/chart").orElse("");
        return "helm upgrade --install %s %s --version %s --namespace %s --values dist/%s/install/helm.%s.%s.values%s%s"
                .formatted(
                        name,
                        repository.startsWith("oci:")
                                ? "%s/%s".formatted(repository, chart)
                                : "%s --repo %s".formatted(chart, repository),
                        release.text("/spec/version").orElse(""),
                        namespace,
                        environment,
                        namespace,
                        name,
                        step.path("await").asBoolean(false) ? " --wait --timeout 5m" : "",
                        step.path("skipSchemaValidation").asBoolean(false) ? " --skip-schema-validation" : "");
    }
}
