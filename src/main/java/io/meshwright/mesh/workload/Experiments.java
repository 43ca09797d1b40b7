package io.meshwright.mesh.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.MeshConfig;
import java.util.Set;
import java.util.TreeSet;

/**
 * The Services that Argo Rollouts makes for a while, for the templates of an experiment (argo-rollouts.readthedocs.io,
 * Experiments).
 */
public final class Experiments {
    private static final Kind EXPERIMENT = new Kind("argoproj.io", "Experiment");

    private final Set<String> hosts = new TreeSet<>();

    public Experiments(Manifests manifests, MeshConfig mesh) {
        for (Manifest rollout : manifests.kind(Kind.ROLLOUT)) {
            Fields.items(rollout.at("/spec/strategy/canary/steps"))
                    .forEach(step -> add(rollout, step.at("/experiment/templates"), mesh));
        }
        manifests.kind(EXPERIMENT).forEach(experiment -> add(experiment, experiment.at("/spec/templates"), mesh));
    }

    private void add(Manifest owner, JsonNode templates, MeshConfig mesh) {
        Fields.items(templates)
                .forEach(template -> Fields.text(template.at("/service/name"))
                        .ifPresent(name -> hosts.add(HostName.ofService(name, owner.home(), mesh.domain()))));
    }

    /** Tells whether a host is that of such a Service. */
    public boolean make(String host) {
        return hosts.contains(host);
    }
}
