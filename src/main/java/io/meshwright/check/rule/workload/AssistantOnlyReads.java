package io.meshwright.check.rule.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.rights.AiTool;
import io.meshwright.check.rights.GrantedRole;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
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

    private static final Set<String> READING = Set.of("get", "list", "watch");
    /** Roles that every cluster has without a manifest and that do more than read (kubernetes.io, RBAC). */
    private static final Set<String> WRITING = Set.of(
            "cluster-admin",
            "admin",
            "edit",
            "system:node",
            "system:kube-controller-manager",
            "system:kube-scheduler",
            "system:auth-delegator",
            "system:kubelet-api-admin",
            "system:aggregate-to-admin",
            "system:aggregate-to-edit");

    /** A get of these opens a stream or hands out a token; the API server asks for no other verb of a WebSocket. */
    private static final Set<String> ACTING = Set.of("exec", "attach", "portforward", "proxy", "token");

    @Override
    public List<Rule> rules() {
        return List.of(AI_TOOL_MAY_ACT);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return AiTool.of(mesh)
                .flatMap(
                        tool -> GrantedRole.of(mesh, tool.account()).flatMap(granted -> excesses(mesh, granted, tool)));
    }

    private static Stream<Finding> excesses(Mesh mesh, GrantedRole granted, AiTool tool) {
        if (granted.role().isEmpty() && granted.isOfCluster() && doesMore(granted.name())) {
            return Stream.of(AI_TOOL_MAY_ACT.at(
                    Source.of(granted.binding()).at("/roleRef"),
                    "%s asks a language model, and %s gives it the ClusterRole %s"
                            .formatted(tool.name(), granted.binding(), granted.name())));
        }
        return granted.roles(mesh).stream().flatMap(each -> ofRole(each, granted, tool));
    }

    private static boolean doesMore(String role) {
        return WRITING.contains(role) || role.startsWith("system:controller:");
    }

    private static Stream<Finding> ofRole(Manifest role, GrantedRole granted, AiTool tool) {
        List<Finding> findings = new ArrayList<>();
        List<JsonNode> rules = Fields.items(role.at("/rules"));
        for (int index = 0; index < rules.size(); index++) {
            Source place = Source.of(role).at("/rules/%d".formatted(index));
            JsonNode rule = rules.get(index);
            Optional<String> excess = excessOfResources(rule)
                    // A binding of a namespace gives no paths.
                    .or(() -> granted.isEverywhere() ? excessOfPaths(rule) : Optional.empty());
            excess.ifPresent(right -> findings.add(AI_TOOL_MAY_ACT.at(
                    place,
                    "%s asks a language model, and by %s it may %s".formatted(tool.name(), granted.binding(), right))));
        }
        return findings.stream();
    }

    /** The first right over resources that is more than to read. */
    private static Optional<String> excessOfResources(JsonNode rule) {
        List<String> verbs = Fields.texts(rule.path("verbs"));
        List<String> groups = Fields.texts(rule.path("apiGroups"));
        List<String> resources = Fields.texts(rule.path("resources"));
        if (resources.isEmpty() || verbs.isEmpty()) {
            return Optional.empty();
        }
        return writing(verbs, String.join(", ", resources))
                .or(() -> resources.stream()
                        .filter(resource -> isTooMuch(resource, groups))
                        .findFirst()
                        .map(each -> "%s %s".formatted(verbs.get(0), each.equals("*") ? "everything" : each)))
                .or(() -> groups.contains("*")
                        ? Optional.of("%s %s of every API group".formatted(verbs.get(0), String.join(", ", resources)))
                        : Optional.empty());
    }

    /** The same over paths of the API server that are no resources. */
    private static Optional<String> excessOfPaths(JsonNode rule) {
        List<String> verbs = Fields.texts(rule.path("verbs"));
        List<String> paths = Fields.texts(rule.path("nonResourceURLs"));
        if (paths.isEmpty() || verbs.isEmpty()) {
            return Optional.empty();
        }
        return writing(verbs, String.join(", ", paths))
                .or(() -> paths.contains("*") || paths.contains("/*")
                        ? Optional.of("%s every path of the API server".formatted(verbs.get(0)))
                        : Optional.empty());
    }

    private static Optional<String> writing(List<String> verbs, String what) {
        return verbs.stream()
                .filter(verb -> !READING.contains(verb))
                .findFirst()
                .map(verb -> "%s %s".formatted(verb.equals("*") ? "do anything with" : verb, what));
    }

    private static boolean isTooMuch(String resource, List<String> groups) {
        int slash = resource.indexOf('/');
        return resource.contains("*")
                || slash > 0 && ACTING.contains(resource.substring(slash + 1))
                // Of another group they are no Secrets.
                || resource.equals("secrets") && (groups.contains("") || groups.contains("*"));
    }
}
