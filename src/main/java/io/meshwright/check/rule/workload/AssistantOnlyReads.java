package io.meshwright.check.rule.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import com.google.re2j.Pattern;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Selector;
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
    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final Kind ROLE = new Kind(GROUP, "Role");
    private static final Kind CLUSTER_ROLE = new Kind(GROUP, "ClusterRole");
    private static final List<Kind> BINDINGS =
            List.of(new Kind(GROUP, "RoleBinding"), new Kind(GROUP, "ClusterRoleBinding"));
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
                .flatMap(pod -> BINDINGS.stream()
                        .flatMap(kind -> mesh.manifests().kind(kind).stream())
                        .filter(binding -> binds(binding, pod))
                        .flatMap(binding -> excesses(mesh, binding, pod)));
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

    private static boolean binds(Manifest binding, Pod pod) {
        return Fields.items(binding.at("/subjects")).stream().anyMatch(subject -> {
            String name = subject.path("name").asText("");
            return switch (subject.path("kind").asText("")) {
                case "ServiceAccount" ->
                    name.equals(pod.serviceAccount())
                            && subject.path("namespace").asText(binding.home()).equals(pod.namespace());
                case "Group" ->
                    Set.of(
                                    "system:authenticated",
                                    "system:serviceaccounts",
                                    "system:serviceaccounts:%s".formatted(pod.namespace()))
                            .contains(name);
                case "User" ->
                    name.equals("system:serviceaccount:%s:%s".formatted(pod.namespace(), pod.serviceAccount()));
                default -> false;
            };
        });
    }

    private static Stream<Finding> excesses(Mesh mesh, Manifest binding, Pod pod) {
        String name = binding.at("/roleRef/name").asText();
        boolean ofCluster = binding.at("/roleRef/kind").asText().equals("ClusterRole");
        Optional<Manifest> role = ofCluster
                ? mesh.manifests().find(CLUSTER_ROLE, name)
                : mesh.manifests().find(ROLE, binding.home(), name);
        if (role.isEmpty()) {
            return ofCluster && WRITING.contains(name)
                    ? Stream.of(AI_TOOL_MAY_ACT.at(
                            Source.of(binding).at("/roleRef"),
                            "%s asks a language model, and %s gives it the ClusterRole %s"
                                    .formatted(pod, binding, name)))
                    : Stream.empty();
        }
        List<Manifest> roles = new ArrayList<>(gathered(mesh, role.get()));
        roles.add(role.get());
        return roles.stream().flatMap(each -> ofRole(each, binding, pod));
    }

    /** The roles whose rules the control plane copies into one that gathers them (kubernetes.io, aggregated roles). */
    private static List<Manifest> gathered(Mesh mesh, Manifest role) {
        List<JsonNode> selectors = Fields.items(role.at("/aggregationRule/clusterRoleSelectors"));
        return mesh.manifests().kind(CLUSTER_ROLE).stream()
                .filter(other -> selectors.stream()
                        .anyMatch(selector -> Selector.of(selector).selects(other.labels())))
                .toList();
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
