package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.Delivery;
import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keys of the delivery are those of who delivers: pages, host keys and fleets are Argo CD's, a Secret is Flux's. */
public final class DeliveryKeysRead implements Agreement {
    private static final String TOKEN = "token";

    @Override
    public List<InvalidValue> refusals(Environment environment) {
        Delivery delivery = environment.delivery();
        List<InvalidValue> refusals = new ArrayList<>();
        if (!delivery.isByArgoCd()) {
            ofArgoCd(delivery, refusals);
            environment.secrets().synced().keySet().stream()
                    .filter(secret -> secret.startsWith("argocd/"))
                    .forEach(secret -> refusals.add(new InvalidValue(
                            KeyPath.of("secrets.synced").key(secret),
                            "\"%s\" is for Argo CD's namespace, and delivery.type is %s"
                                    .formatted(secret, word(delivery)),
                            "remove it, or name another namespace")));
        }
        if (delivery.secret() != null && !delivery.isByFlux()) {
            refusals.add(new InvalidValue(
                    "delivery.secret",
                    "\"%s\" is for Flux, and type is %s".formatted(delivery.secret(), word(delivery)),
                    delivery.isByArgoCd()
                            ? "remove it; Argo CD finds its key by a label, as docs/secrets says"
                            : "remove it, nobody reads the repository"));
        }
        if (delivery.path() != null && !delivery.isByArgoCd() && !delivery.isByFlux()) {
            refusals.add(
                    new InvalidValue("delivery.path", "is where Argo CD or Flux reads, and type is none", "remove it"));
        }
        notifications(delivery, refusals);
        return refusals;
    }

    private static void ofArgoCd(Delivery delivery, List<InvalidValue> refusals) {
        String type = "and type is %s".formatted(word(delivery));
        if (delivery.host() != null) {
            refusals.add(new InvalidValue(
                    "delivery.host",
                    "\"%s\" is for Argo CD's own pages, %s".formatted(delivery.host(), type),
                    "remove it, with access"));
        }
        if (!delivery.knownHosts().isEmpty()) {
            refusals.add(new InvalidValue(
                    "delivery.knownHosts",
                    "is for Argo CD, %s".formatted(type),
                    delivery.isByFlux()
                            ? "put the lines into the Secret as known_hosts, as docs/secrets says"
                            : "remove it, nobody reads the repository"));
        }
        if (delivery.fleet() != null) {
            refusals.add(new InvalidValue(
                    "delivery.fleet",
                    "is rolled out by Argo CD's ApplicationSet, %s".formatted(type),
                    "remove it, and give each cluster a file of its own"));
        }
    }

    private static void notifications(Delivery delivery, List<InvalidValue> refusals) {
        Delivery.Notifications notifications = delivery.notifications();
        if (notifications == null || delivery.isByArgoCd()) {
            return;
        }
        if (!delivery.isByFlux()) {
            refusals.add(new InvalidValue(
                    "delivery.notifications",
                    "are sent by Argo CD or Flux, and type is none",
                    "remove it, and let the pipeline tell of its failures"));
        } else if (!notifications.slackToken().key().equals(Optional.of(TOKEN))) {
            refusals.add(new InvalidValue(
                    "delivery.notifications.slackToken",
                    "\"%s\" has another key than token, the one that Flux reads".formatted(notifications.slackToken()),
                    "write %s/token".formatted(notifications.slackToken().name())));
        }
    }

    private static String word(Delivery delivery) {
        return delivery.type().word();
    }
}
