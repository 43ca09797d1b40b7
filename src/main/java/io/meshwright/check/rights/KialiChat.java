package io.meshwright.check.rights;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.value.Version;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The chat of a Kiali, switched on: a model that calls Kiali's tools (kiali, config/config.go and
 * ai/providers/tool_filters.go at v2.30.0).
 */
public record KialiChat(Kiali kiali) {
    /** The tool that creates, patches and deletes Istio's objects; view_only_mode does not keep it from them. */
    public static final String WRITING = "manage_istio_config";

    /** The path at which each tool is served by itself, below the root of Kiali's pages. */
    public static final String TOOLS = "/api/chat/mcp";

    /** The first release that has it, that serves its tools by themselves, and that knows lists of tools. */
    private static final Version FIRST = Version.of("2.22");

    private static final Version SERVES_TOOLS = Version.of("2.24");
    private static final Version LISTS_TOOLS = Version.of("2.27");
    private static final String ENABLED_TOOLS = "/chat_ai/tools/enabled_tools";
    private static final Set<String> WRITES = Set.of("create", "patch", "delete", "*");
    private static final Set<String> GROUPS = Set.of(
            "networking.istio.io",
            "security.istio.io",
            "telemetry.istio.io",
            "extensions.istio.io",
            "gateway.networking.k8s.io",
            "*");

    /** The account whose rights a tool has that writes. */
    public enum Rights {
        /** Kiali's own, since it asks nobody who he is, or the API server nothing about him. */
        OF_KIALI,
        OF_WHOEVER_ASKS,
        /** Kiali's own, which only read as far as the manifests tell. */
        NONE
    }

    /** Those of a mesh that are switched on in a release that has them. */
    public static Stream<KialiChat> of(Mesh mesh) {
        return Kiali.of(mesh).map(KialiChat::new).filter(KialiChat::isOn);
    }

    private boolean isOn() {
        return chat().path("enabled").asBoolean(false)
                && !providers().isEmpty()
                && kiali.version().map(version -> version.isAtLeast(FIRST)).orElse(true);
    }

    private JsonNode chat() {
        return kiali.settings().path("chat_ai");
    }

    private List<JsonNode> providers() {
        return Fields.items(chat().path("providers")).stream()
                .filter(provider -> provider.path("enabled").asBoolean(false))
                .toList();
    }

    /** False where the release of Kiali is known and has no lists of tools yet. */
    public boolean heedsLists() {
        return kiali.version().map(version -> version.isAtLeast(LISTS_TOOLS)).orElse(true);
    }

    /** True if the model of one provider at least is given the tool that writes. */
    public boolean hasWritingTool() {
        return !heedsLists()
                || admits(chat().path("tools"))
                        && providers().stream().anyMatch(provider -> admits(provider.path("tools")));
    }

    /** An empty list admits every tool, and what is denied is so whatever else is listed. */
    private static boolean admits(JsonNode tools) {
        List<String> enabled = names(tools.path("enabled_tools"));
        return (enabled.isEmpty() || enabled.contains(WRITING))
                && !names(tools.path("disabled_tools")).contains(WRITING);
    }

    private static List<String> names(JsonNode list) {
        return Fields.texts(list).stream().map(String::trim).toList();
    }

    /** The list of tools if it is written, or else the chat's settings. */
    public Source tools() {
        return kiali.settings().at(ENABLED_TOOLS).isMissingNode()
                ? kiali.field("/chat_ai")
                : kiali.field(ENABLED_TOOLS);
    }

    /** False where this is not known. */
    public boolean servesTools() {
        return kiali.version().map(version -> version.isAtLeast(SERVES_TOOLS)).orElseGet(() -> chat().has("tools"));
    }

    public Rights rights(Mesh mesh) {
        JsonNode auth = kiali.settings().path("auth");
        String strategy = auth.path("strategy").asText("");
        boolean anonymous = strategy.equals("anonymous");
        if (!anonymous
                && !(strategy.equals("openid")
                        && auth.at("/openid/disable_rbac").asBoolean(false))) {
            return Rights.OF_WHOEVER_ASKS;
        }
        boolean writes = kiali.pod()
                .map(pod -> GrantedRole.of(mesh, Account.of(pod)).anyMatch(role -> writes(mesh, role)))
                // The operator's rule for the roles that it makes (kiali-operator, roles/default/kiali-deploy).
                .orElseGet(() -> anonymous && !isViewOnly());
        return writes ? Rights.OF_KIALI : Rights.NONE;
    }

    public boolean isViewOnly() {
        return kiali.settings().at("/deployment/view_only_mode").asBoolean(false);
    }

    private static boolean writes(Mesh mesh, GrantedRole granted) {
        return granted.role().isEmpty()
                        && granted.isOfCluster()
                        && granted.name().equals("cluster-admin")
                || granted.roles(mesh).stream()
                        .flatMap(role -> Fields.items(role.at("/rules")).stream())
                        .anyMatch(KialiChat::writes);
    }

    private static boolean writes(JsonNode rule) {
        return Fields.texts(rule.path("verbs")).stream().anyMatch(WRITES::contains)
                && Fields.texts(rule.path("apiGroups")).stream().anyMatch(GROUPS::contains)
                && !Fields.texts(rule.path("resources")).isEmpty();
    }
}
