package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.AiOps;
import io.meshwright.environment.AssistantService;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Observability;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.aiops.Model;
import io.meshwright.platform.release.ImageAddOn;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Version;
import io.meshwright.value.security.ExternalService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Kiali's chat is on only where its tools can be limited to those that read, and people are asked who they are. */
public final class KialiChatReads implements Agreement {
    private static final KeyPath CHAT = KeyPath.of("aiOps.kialiChat");

    /** The first with lists of tools (kiali, config/config.go at v2.26.0 and v2.27.0). */
    private static final Version LISTS_OF_TOOLS = Version.of("2.27.0");

    @Override
    public List<InvalidValue> refusals(Environment environment) {
        AiOps aiOps = environment.aiOps();
        if (aiOps == null || aiOps.kialiChat() == null) {
            return List.of();
        }
        Observability observability = environment.observability();
        if (!observability.parts().runsKiali()) {
            return List.of(new InvalidValue(CHAT, "is Kiali's, and none runs", "remove it, or let Kiali run"));
        }
        List<InvalidValue> refusals = new ArrayList<>();
        Version kiali = environment.compatible().image(ImageAddOn.KIALI).version();
        if (!kiali.isAtLeast(LISTS_OF_TOOLS)) {
            refusals.add(new InvalidValue(
                    CHAT,
                    "would change the mesh: Kiali \"%s\" knows no list of tools for it".formatted(kiali),
                    "remove it until istio.version goes with Kiali 2.27 or later, as 1.30 does"));
        }
        if (observability.kiali().login() == Observability.Kiali.Login.ANONYMOUS) {
            refusals.add(new InvalidValue(
                    CHAT,
                    "asks a model at your cost for whoever opens Kiali, which asks nobody who he is",
                    "write observability.kiali.login: token, or remove it"));
        }
        model(environment, aiOps, aiOps.kialiChat(), refusals);
        return refusals;
    }

    private static void model(Environment environment, AiOps aiOps, AiOps.KialiChat chat, List<InvalidValue> refusals) {
        KeyPath at = CHAT.key("model");
        Model model = aiOps.models().get(chat.model());
        if (model == null) {
            refusals.add(new InvalidValue(
                    at, "there is no model \"%s\"".formatted(chat.model()), "declare it in aiOps.models"));
            return;
        }
        Optional<ExternalService> external = AssistantService.external(Optional.of(model), environment.externals())
                .map(environment.externals()::get);
        if (external.isEmpty()) {
            refusals.add(new InvalidValue(
                    at,
                    "is at \"%s\", which is in no entry of externals, so that nobody lets it be called"
                            .formatted(model.url().host()),
                    "add {type: httpsApi, hosts: [%s]} to externals"
                            .formatted(model.url().host())));
        } else if (external.get().originatesTls() || external.get().egressGateway()) {
            refusals.add(new InvalidValue(
                    at,
                    "is called by Kiali itself, by https and from its own pod",
                    "remove originateTls and egressGateway of its entry of externals"));
        } else {
            AssistantService.closedPort(at, model, external.get()).ifPresent(refusals::add);
        }
    }
}
