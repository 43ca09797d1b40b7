package io.meshwright.platform.release;

import io.meshwright.value.Name;
import java.util.Locale;

/** An add-on that Argo CD installs from the project's own chart. */
public enum ChartAddOn {
    ARGO_CD("argocd"),
    ARGO_ROLLOUTS("argo-rollouts"),
    CERT_MANAGER("cert-manager"),
    CERT_MANAGER_CSI_DRIVER("cert-manager-csi-driver"),
    EXTERNAL_SECRETS("external-secrets"),
    KEDA("keda"),
    METALLB("metallb-system");

    private final String namespace;

    ChartAddOn(String namespace) {
        this.namespace = namespace;
    }

    /** Its name in the table and in environment files: {@code argo-cd}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Namespace in which it is installed: the one that its own documents name. */
    public Name namespace() {
        return Name.of(namespace);
    }
}
