package io.meshwright.construct.observability.settings;

import io.meshwright.value.KubernetesNames;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.SecretRef;
import io.meshwright.value.healing.HealingAction;
import io.meshwright.value.healing.HealingNames;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
import java.util.List;
import java.util.Map;

/**
 * The processes of self-healing that Alertmanager calls, and by what it proves who it is.
 *
 * @param token that it shows, of a Secret in its own namespace
 */
public record Healing(SecretRef token, List<Process> processes) {
    public Healing {
        Require.present("token", token).keyed("token");
        processes = List.copyOf(Require.notEmpty("processes", processes));
    }

    /** The Secrets that Alertmanager reads, by their names. */
    public List<String> secrets() {
        return List.of(token.name(), HealingNames.CLIENT.toString());
    }

    /**
     * One process.
     *
     * @param routes the alerts that it is told of: matchers of Alertmanager, all of which hold, one list for each
     *     namespace
     */
    public record Process(HealingAction action, List<List<String>> routes) {
        public Process {
            routes = Require.notEmpty("routes", routes).stream()
                    .map(List::copyOf)
                    .toList();
        }

        /** Its pods, at the port where they end mutual TLS. */
        public Party pods() {
            Name name = action.process();
            return Party.outsideMesh(
                    name,
                    HealingNames.NAMESPACE,
                    Map.of("app", name.toString()),
                    TargetPort.tcp(HealingNames.PORT.value()));
        }

        /** The address at which it takes alerts. */
        public String url() {
            return "https://%s/alerts".formatted(KubernetesNames.serviceHost(action.process(), HealingNames.NAMESPACE));
        }

        /** Name of its receiver in Alertmanager. */
        public String receiver() {
            return "heal-%s".formatted(action.process());
        }
    }
}
