package io.meshwright.check.rule.workload;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.GatewayRoute;
import io.meshwright.check.outside.Facing;
import io.meshwright.check.outside.OutsideWay;
import io.meshwright.check.rights.KialiChat;
import io.meshwright.check.rights.KialiChat.Rights;
import io.meshwright.mesh.Mesh;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The model behind Kiali's chat does what it reads, which anybody may have written: it must have no tool that writes,
 * and nobody outside may call such a tool past it.
 */
@AutoService(Inspection.class)
public final class KialiChatReads implements Check {
    public static final Rule KIALI_CHAT_MAY_WRITE = Rule.error("MESH392", "kiali_chat_may_write")
            .title("Kiali's chat may change the mesh")
            .consequence(
                    "A line of a log or of a manifest that the model takes for an order creates, changes or deletes"
                            + " routes and policies, and no commit shows it.")
            .remedy("From Kiali 2.27 on list in chat_ai.tools.enabled_tools the tools that read, without"
                    + " manage_istio_config; switch chat_ai off in an older one, which knows no list.");

    public static final Rule KIALI_CHAT_TOOLS_OPEN = Rule.warning("MESH393", "kiali_chat_tools_open")
            .title("The tools of Kiali's chat are open to the internet one by one")
            .consequence("Below this path Kiali carries out each tool by itself, the one that writes included, whatever"
                    + " the lists of tools say.")
            .remedy(
                    "Answer it 403 at the gateway: an AuthorizationPolicy with action DENY for the path and /* below it,"
                            + " and a route with directResponse for paths with %2F, which Kiali reads as a slash.");

    /** As it is, and as proxies leave it and Kiali reads it: as the same. */
    private static final List<String> FORMS =
            List.of(KialiChat.TOOLS.concat("/"), "/api/chat%2Fmcp/", "/api/chat%2fmcp/", "/api%2Fchat/mcp/");

    private static final int PORT = 20001;

    @Override
    public List<Rule> rules() {
        return List.of(KIALI_CHAT_MAY_WRITE, KIALI_CHAT_TOOLS_OPEN);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        List<KialiChat> chats = KialiChat.of(mesh)
                .filter(chat -> chat.rights(mesh) != Rights.NONE)
                .toList();
        return Stream.concat(
                chats.stream().filter(KialiChat::hasWritingTool).map(chat -> writing(mesh, chat)),
                chats.stream().anyMatch(chat -> chat.kiali().pod().isPresent()) ? open(mesh, chats) : Stream.empty());
    }

    private static Finding writing(Mesh mesh, KialiChat chat) {
        boolean own = chat.rights(mesh) == Rights.OF_KIALI;
        return KIALI_CHAT_MAY_WRITE
                .at(
                        chat.tools(),
                        "the model of Kiali's chat is given the tool %s%s, with the rights of %s%s"
                                .formatted(
                                        KialiChat.WRITING,
                                        chat.heedsLists()
                                                ? ""
                                                : " (%s knows no list of tools)"
                                                        .formatted(chat.kiali()
                                                                .version()
                                                                .orElseThrow()),
                                        own ? "Kiali itself" : "whoever asks",
                                        !own && chat.isViewOnly() ? ", which view_only_mode does not lessen" : ""))
                .as(own ? Severity.ERROR : Severity.WARNING);
    }

    private static Stream<Finding> open(Mesh mesh, List<KialiChat> chats) {
        return Facing.of(mesh)
                .flatMap(facing -> GatewayRoute.of(mesh, facing.gateway()).stream()
                        .flatMap(entry -> OutsideWay.of(mesh, entry)
                                .flatMap(way -> chats.stream()
                                        .filter(chat -> leadsTo(way, chat))
                                        .flatMap(chat -> open(mesh, way, chat, facing.severity()).stream()))
                                .limit(1)));
    }

    private static boolean leadsTo(OutsideWay way, KialiChat chat) {
        int port = chat.kiali().settings().at("/server/port").asInt(PORT);
        return chat.servesTools()
                && chat.kiali().pod().filter(way.connection().server()::equals).isPresent()
                && way.connection().target() == port;
    }

    private static Optional<Finding> open(Mesh mesh, OutsideWay way, KialiChat chat, Severity severity) {
        String root = chat.kiali().settings().at("/server/web_root").asText("").replaceFirst("/+$", "");
        String wanted = root.concat(KialiChat.TOOLS).concat("/").concat(KialiChat.WRITING);
        return FORMS.stream()
                .flatMap(form -> Stream.of(root, way.prefix())
                        .distinct()
                        .map(start -> start.concat(form).concat(KialiChat.WRITING)))
                .filter(path -> way.arriving("POST", path)
                        .filter(onward ->
                                onward.path().replaceAll("%2[fF]", "/").equals(wanted))
                        .isPresent())
                .findFirst()
                .map(path -> told(mesh, way, chat, path).as(path.contains("%") ? Severity.INFO : severity));
    }

    private static Finding told(Mesh mesh, OutsideWay way, KialiChat chat, String path) {
        return KIALI_CHAT_TOOLS_OPEN.at(
                way.entry().entry().source(),
                "POST %s%s comes from outside to %s, which carries it out %s%s"
                        .formatted(
                                way.entry().host().domain(),
                                path,
                                way.connection().server(),
                                chat.rights(mesh) == Rights.OF_KIALI
                                        ? "by its own rights for whoever asks"
                                        : "by the rights of whoever has logged in",
                                path.contains("%")
                                        ? ": the plain path is refused, but not this form, which Kiali reads as the same"
                                        : ""));
    }
}
