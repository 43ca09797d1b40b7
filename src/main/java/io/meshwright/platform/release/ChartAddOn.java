package io.meshwright.platform.release;

import java.util.Locale;

/** An add-on that Argo CD installs from the project's own chart. */
public enum ChartAddOn {
    ARGO_CD,
    ARGO_ROLLOUTS,
    CERT_MANAGER,
    EXTERNAL_SECRETS,
    KEDA,
    METALLB;

    /** How the table and an environment file name it: {@code argo-cd}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
