package io.meshwright.construct.healing;

import io.meshwright.value.ImageReference;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.SecretRef;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.workload.Resources;
import java.util.List;
import java.util.Optional;

/**
 * Terms that all processes of one cluster share.
 *
 * @param image of the program, with its digest
 * @param hourly actions of all of them within an hour at most
 * @param token that Alertmanager shows
 * @param resources of each
 * @param pullSecrets by which the image is pulled
 * @param application of Argo CD that delivers the targets
 * @param issuer a ClusterIssuer of a CA of one's own, which signs their certificates; empty: Secrets made by hand
 */
public record HealingTerms(
        ImageReference image,
        int hourly,
        SecretRef token,
        Resources resources,
        List<ObjectName> pullSecrets,
        String application,
        Optional<Name> issuer) {
    public HealingTerms {
        Require.that(
                image.digest().isPresent(),
                "image",
                "\"%s\" has no digest".formatted(image),
                "add @sha256:… as the registry tells it");
        token.keyed("token");
        pullSecrets = List.copyOf(pullSecrets);
    }
}
