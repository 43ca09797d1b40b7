package io.meshwright.construct.observability.settings;

import io.meshwright.value.Day;
import io.meshwright.value.Name;
import io.meshwright.value.Require;

/**
 * A certificate that no program in the cluster renews, such as Cloudflare's origin certificate; its last day is
 * declared, because nothing exports it as a metric.
 */
public record DeclaredCertificate(Name name, Day expires) {
    public DeclaredCertificate {
        Require.present("name", name);
        Require.present("expires", expires);
    }
}
