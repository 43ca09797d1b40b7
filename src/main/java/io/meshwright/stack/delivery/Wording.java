package io.meshwright.stack.delivery;

import io.meshwright.environment.Delivery;
import java.util.Map;

/** Sentences of runbooks that name who delivers: they are written of Argo CD. */
public final class Wording {
    private static final String GONE = "sync the gateway's Argo CD Application";
    private static final String UNDO = "Undo the last sync of the services' Argo CD Application";
    private static final Map<Delivery.Type, Map<String, String>> OTHERS = Map.of(
            Delivery.Type.FLUX,
            Map.of(
                    GONE,
                    "install the gateway's HelmRelease again (`flux reconcile helmrelease NAME --force`)",
                    UNDO,
                    "Revert the last commit that Kustomization `services` applied"),
            Delivery.Type.NONE,
            Map.of(
                    GONE,
                    "install the gateway's release again (docs/delivery)",
                    UNDO,
                    "Revert the last change of the services' folder and apply it again"));

    private Wording() {}

    /** The page as it is true for who delivers. */
    public static String of(Delivery.Type type, String page) {
        String text = page;
        for (Map.Entry<String, String> sentence :
                OTHERS.getOrDefault(type, Map.of()).entrySet()) {
            text = text.replace(sentence.getKey(), sentence.getValue());
        }
        return text;
    }
}
