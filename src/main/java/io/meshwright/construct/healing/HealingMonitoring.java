package io.meshwright.construct.healing;

import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Url;
import io.meshwright.value.security.Identity;
import io.meshwright.value.security.Party;

/**
 * The monitoring that starts actions, confirms alerts and tells people.
 *
 * @param prometheus its pods, with the port that is asked
 * @param prometheusUrl below which its API serves
 * @param alertmanager its pods, with the port at which it is told
 * @param alertmanagerUrl below which its API serves
 * @param cluster that its alerts name
 * @param runbook the page to which the news of an action lead
 */
public record HealingMonitoring(
        Party prometheus, Url prometheusUrl, Party alertmanager, Url alertmanagerUrl, Name cluster, Url runbook) {
    public HealingMonitoring {
        Require.present("prometheus", prometheus);
        Require.present("alertmanager", alertmanager);
    }

    /** The identity that Alertmanager's certificate proves; it stands outside of the mesh, which gives it none. */
    String caller() {
        return "spiffe://%s"
                .formatted(Identity.of(alertmanager.namespace(), Name.of("alertmanager"))
                        .principal());
    }
}
