package io.meshwright.check.rule.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import com.google.re2j.Pattern;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.GrantedRole;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A language model does what it reads, which anybody may have written; a tool that asks one must not be able to do it.
 * Its rights come by its own account, by the groups of all accounts, and by roles that gather others.
 */
@AutoService(Inspection.class)
public final class AssistantOnlyReads implements Check {
    public static final Rule AI_TOOL_MAY_ACT = Rule.error("MESH361", "ai_tool_may_act")
            .title("A tool that asks a language model may do more in the cluster than read")
            .consequence("A line in a log or a manifest that the model takes for an order is carried out with these"
                    + " rights, and Secrets that it reads leave the cluster.")
            .remedy("Give its account a role of its own with get, list and watch on named resources, without Secrets,"
                    + " wildcards, exec, attach, portforward, proxy and token.");

    private static final Pattern IMAGE = Pattern.compile(
            "(?:^|/)(?:holmes(?:gpt)?|k8sgpt(?:-operator)?|kubectl-ai|kubernetes-mcp-server|mcp-server-kubernetes|mcp-kubernetes|argocd-mcp|kagent-dev/kagent/[a-z-]+)(?::|@|$)");
    private static final Pattern MODEL = Pattern.compile(
            "://(?:[a-z0-9-]+[.]openai[.]azure[.]com|api[.]openai[.]com|api[.]anthropic[.]com|generativelanguage[.]googleapis[.]com|api[.]mistral[.]ai)(?:[:/]|$)");
    private static final Set<String> READING = Set.of("get", "list", "watch");
    /** Roles that every cluster has without a manifest (kubernetes.io, RBAC, user-facing roles). */
    private static final Set<String> WRITING = Set.of("cluster-admin", "admin", "edit");

    /** A get of these opens a stream or hands out a token; the API server asks for no other verb of a WebSocket. */
    private static final Set<String> ACTING = Set.of("exec", "attach", "portforward", "proxy", "token");

    @Override
    public List<Rule> rules() {
        return List.of(AI_TOOL_MAY_ACT);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.pods().all().stream()
                .filter(AssistantOnlyReads::asksModel)
                .flatMap(pod -> GrantedRole.of(mesh, pod).flatMap(granted -> excesses(mesh, granted, pod)));
    }

    private static boolean asksModel(Pod pod) {
        return Stream.of("containers", "initContainers")
                .flatMap(list -> Fields.items(pod.spec().path(list)).stream())
                .anyMatch(container ->
                        IMAGE.matcher(container.path("image").asText("")).find()
                                || Fields.items(container.path("env")).stream()
                                        .anyMatch(variable -> MODEL.matcher(
                                                        variable.path("value").asText(""))
                                                .find()));
    }

    private static Stream<Finding> excesses(Mesh mesh, GrantedRole granted, Pod pod) {
        if (granted.role().isEmpty()) {
            return granted.isOfCluster() && WRITING.contains(granted.name())
                    ? Stream.of(AI_TOOL_MAY_ACT.at(
                            Source.of(granted.binding()).at("/roleRef"),
                            "%s asks a language model, and %s gives it the ClusterRole %s"
                                    .formatted(pod, granted.binding(), granted.name())))
                    : Stream.empty();
        }
        return granted.roles(mesh).stream().flatMap(each -> ofRole(each, granted.binding(), pod));
    }

    private static Stream<Finding> ofRole(Manifest role, Manifest binding, Pod pod) {
        List<Finding> findings = new ArrayList<>();
        List<JsonNode> rules = Fields.items(role.at("/rules"));
        for (int index = 0; index < rules.size(); index++) {
            Source place = Source.of(role).at("/rules/%d".formatted(index));
            excess(rules.get(index))
                    .ifPresent(right -> findings.add(AI_TOOL_MAY_ACT.at(
                            place, "%s asks a language model, and by %s it may %s".formatted(pod, binding, right))));
        }
        return findings.stream();
    }

    /** The first right of a rule that is more than to read. */
    private static Optional<String> excess(JsonNode rule) {
        List<String> verbs = Fields.texts(rule.path("verbs"));
        List<String> resources = Fields.texts(rule.path("resources"));
        String what = String.join(", ", resources.isEmpty() ? Fields.texts(rule.path("nonResourceURLs")) : resources);
        Optional<String> verb =
                verbs.stream().filter(each -> !READING.contains(each)).findFirst();
        if (verb.isPresent()) {
            return Optional.of("%s %s".formatted(verb.get().equals("*") ? "do anything with" : verb.get(), what));
        }
        Optional<String> resource = verbs.isEmpty()
                ? Optional.empty()
                : resources.stream().filter(AssistantOnlyReads::isTooMuch).findFirst();
        return resource.map(each -> "%s %s".formatted(verbs.get(0), each.equals("*") ? "everything" : each))
                .or(() -> resources.isEmpty()
                                || !Fields.texts(rule.path("apiGroups")).contains("*")
                        ? Optional.empty()
                        : Optional.of(
                                "%s %s of every API group".formatted(verbs.isEmpty() ? "see" : verbs.get(0), what)));
    }

    private static boolean isTooMuch(String resource) {
        int slash = resource.indexOf('/');
        return resource.equals("secrets")
                || resource.contains("*")
                || slash > 0 && ACTING.contains(resource.substring(slash + 1));
    }
}
