package io.meshwright.environment.agreement.service;

import io.meshwright.environment.Certificates;
import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.workload.Csi;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Certificates of pods have an issuer that can give each pod one, whenever it starts. */
public final class PodCertificatesIssued implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return DeclaredService.of(environment)
                .flatMap(declared -> declared.service().pod().volumes().entrySet().stream()
                        .flatMap(
                                volume -> refusal(
                                        environment.certificates(),
                                        declared,
                                        volume.getKey(),
                                        volume.getValue().csi())
                                        .stream()))
                .toList();
    }

    private static Optional<InvalidValue> refusal(
            @Nullable Certificates certificates, DeclaredService declared, Name volume, @Nullable Csi csi) {
        if (csi == null) {
            return Optional.empty();
        }
        KeyPath at =
                declared.at().key("pod").key("volumes").key(volume.toString()).key("csi");
        if (certificates == null) {
            return Optional.of(new InvalidValue(
                    at,
                    "is a certificate of cert-manager, which is not installed",
                    "declare certificates, with a ca for certificates of the cluster"));
        }
        // Let's Encrypt issues the same names five times a week [letsencrypt.org, docs/rate-limits], and proves none of
        // the cluster.
        return certificates.ca() == null && csi.issuer() == null
                ? Optional.of(new InvalidValue(
                        at.key("issuer"),
                        "is missing, and ACME issues no certificate of its own to each pod that starts",
                        "name a ClusterIssuer of a CA of your own, which manifests bring, or write certificates.ca"))
                : Optional.empty();
    }
}
