package io.meshwright.check.rights;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.value.MeshwrightNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program that asks a language model, and the account by which it asks the API server: pods whose image or whose
 * settings say so, and accounts that an environment declares for one, whose pods a chart makes.
 *
 * @param name for people, such as {@code ai/holmes}
 */
public record AiTool(String name, Account account) {
    private static final Pattern IMAGE = Pattern.compile(
            "(?:^|/)(?:holmes(?:gpt)?|k8sgpt(?:-operator)?|kubectl-ai|kubernetes-mcp-server|kubernetes-remediation-mcp|mcp-server-kubernetes|mcp-kubernetes|argocd-mcp|mcp-for-argocd|botkube|kagent-dev/kagent/[a-z-]+)(?::|@|$)");

    /** Hosts of the vendors' interfaces, as their references name them. */
    private static final Pattern MODEL = Pattern.compile(
            "(?:^|://)(?:[a-z0-9-]+[.]openai[.]azure[.]com|[a-z0-9-]+[.]services[.]ai[.]azure[.]com|[a-z0-9-]+[.]cognitiveservices[.]azure[.]com/openai|api[.]openai[.]com|api[.]anthropic[.]com|generativelanguage[.]googleapis[.]com|(?:[a-z0-9-]+-)?aiplatform[.]googleapis[.]com|bedrock-runtime[.][a-z0-9-]+[.]amazonaws[.]com|api[.]mistral[.]ai|api[.]groq[.]com|api[.]deepseek[.]com|openrouter[.]ai)(?:[:/]|$)");

    /** All of a mesh, each account once for each name. */
    public static Stream<AiTool> of(Mesh mesh) {
        Stream<AiTool> pods = mesh.pods().all().stream()
                .filter(pod -> asksModel(mesh, pod) && hasToken(mesh, pod))
                .map(pod -> new AiTool(pod.toString(), Account.of(pod)));
        Stream<AiTool> declared = mesh.manifests().kind(Kind.SERVICE_ACCOUNT).stream()
                .filter(account -> account.labels().containsKey(MeshwrightNames.ASSISTANT))
                .map(account -> new AiTool(
                        "%s/%s".formatted(account.home(), account.name()),
                        new Account(account.home(), account.name())));
        return Stream.concat(declared, pods).distinct();
    }

    private static boolean asksModel(Mesh mesh, Pod pod) {
        return pod.labels().containsKey(MeshwrightNames.ASSISTANT)
                || containers(pod)
                        .anyMatch(container -> IMAGE.matcher(
                                                container.path("image").asText(""))
                                        .find()
                                || settings(mesh, pod, container)
                                        .anyMatch(text -> MODEL.matcher(text).find()));
    }

    private static Stream<JsonNode> containers(Pod pod) {
        return Stream.of("containers", "initContainers")
                .flatMap(list -> Fields.items(pod.spec().path(list)).stream());
    }

    /** Texts that a container is told by its variables and its command line. */
    private static Stream<String> settings(Mesh mesh, Pod pod, JsonNode container) {
        List<String> settings = new ArrayList<>();
        settings.addAll(Fields.texts(container.path("command")));
        settings.addAll(Fields.texts(container.path("args")));
        for (JsonNode variable : Fields.items(container.path("env"))) {
            settings.add(variable.path("value").asText(""));
            JsonNode reference = variable.at("/valueFrom/configMapKeyRef");
            data(mesh, pod, reference)
                    .map(data -> data.path(reference.path("key").asText("")).asText(""))
                    .ifPresent(settings::add);
        }
        for (JsonNode whole : Fields.items(container.path("envFrom"))) {
            data(mesh, pod, whole.path("configMapRef"))
                    .ifPresent(data -> settings.addAll(Fields.strings(data).values()));
        }
        // An argument such as --url=https://... names its host behind the sign.
        return settings.stream().flatMap(text -> Stream.of(text, text.substring(text.indexOf('=') + 1)));
    }

    private static Optional<JsonNode> data(Mesh mesh, Pod pod, JsonNode reference) {
        return Fields.text(reference.path("name"))
                .flatMap(name -> mesh.manifests().find(Kind.CONFIG_MAP, pod.namespace(), name))
                .map(map -> map.at("/data"));
    }

    /** Without a token it asks the API server as nobody (kubernetes.io, service accounts, opt out of automounting). */
    private static boolean hasToken(Mesh mesh, Pod pod) {
        boolean projected = Fields.items(pod.spec().path("volumes")).stream()
                .flatMap(volume -> Fields.items(volume.at("/projected/sources")).stream())
                .anyMatch(source -> source.has("serviceAccountToken"));
        JsonNode own = pod.spec().path("automountServiceAccountToken");
        boolean mounted = own.isBoolean()
                ? own.asBoolean()
                : mesh.manifests()
                        .find(Kind.SERVICE_ACCOUNT, pod.namespace(), pod.serviceAccount())
                        .map((Manifest account) -> account.at("/automountServiceAccountToken"))
                        .map(node -> node.asBoolean(true))
                        .orElse(true);
        return projected || mounted;
    }
}
