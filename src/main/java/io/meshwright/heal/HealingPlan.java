package io.meshwright.heal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Url;
import io.meshwright.value.healing.HealingNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that one process may do, and what must hold before it does it.
 *
 * @param action the one action: abortRollout, evictPod or moveMinimum
 * @param dryRun whether the API server is only asked whether it would; default true
 * @param hourly the most actions of all processes within an hour, from 1 to 20; default 4
 * @param namespace where the Lease and the ConfigMap of the switch are
 * @param caller identity of Alertmanager in the mesh: {@code spiffe://cluster.local/ns/monitoring/sa/alertmanager}
 * @param prometheus where alerts are confirmed
 * @param alertmanager where people are told
 * @param argocd namespace of Argo CD's Applications
 * @param cluster its name, as Prometheus adds it to alerts; null: none is said
 * @param runbook address of the page that people are led to; null: none
 * @param targets on which it may be taken
 */
record HealingPlan(
        String action,
        Boolean dryRun,
        Integer hourly,
        String namespace,
        String caller,
        String prometheus,
        String alertmanager,
        String argocd,
        @Nullable String cluster,
        @Nullable String runbook,
        List<Target> targets) {
    /** Name of the Lease, by which one action is taken at a time, and of the ConfigMap with the switch. */
    static final String NAME = HealingNames.SHARED.value();

    /** Key of that ConfigMap; anything but {@code "true"} stops all. */
    static final String SWITCH = HealingNames.SWITCH;

    private static final int LONGEST = 1 << 20;
    private static final int MOST_HOURLY = 20;
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    HealingPlan {
        Actions.of(Require.present("action", action));
        dryRun = dryRun == null || dryRun;
        hourly = hourly == null ? 4 : Require.inRange("hourly", hourly, 1, MOST_HOURLY);
        namespace = Name.of(Require.present("namespace", namespace)).value();
        argocd = argocd == null ? "argocd" : Name.of(argocd).value();
        Require.that(
                Require.present("caller", caller).matches("spiffe://[^\\s;,\"]+/ns/[^/\\s;,\"]+/sa/[^/\\s;,\"]+"),
                "caller",
                "\"%s\" is no identity of the mesh".formatted(caller),
                "write spiffe://TRUST-DOMAIN/ns/NAMESPACE/sa/ACCOUNT");
        prometheus = address("prometheus", prometheus, "http://prometheus.monitoring:9090");
        alertmanager = address("alertmanager", alertmanager, "http://alertmanager.monitoring:9093");
        cluster = cluster == null ? null : Name.of(cluster).value();
        runbook = runbook == null ? null : address("runbook", runbook, "https://git.example.org/runbook.md");
        targets = List.copyOf(Require.notEmpty("targets", targets));
        for (Target target : targets) {
            Actions.of(action).refuse(target);
        }
    }

    private static String address(String key, @Nullable String given, String example) {
        try {
            return Url.of(Require.present(key, given)).toString();
        } catch (InvalidValue wrong) {
            throw new InvalidValue(
                    key, "\"%s\" is no address".formatted(given), "write one such as %s".formatted(example));
        }
    }

    /**
     * Reads one.
     *
     * @throws InvalidValue when the file holds none
     */
    static HealingPlan of(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
                throw new InvalidValue("--plan", "\"%s\" is no file of a plan".formatted(file), "name one");
            }
            return JSON.readValue(Files.readString(file), HealingPlan.class);
        } catch (ValueInstantiationException wrong) {
            if (wrong.getCause() instanceof InvalidValue told) {
                throw told;
            }
            throw new InvalidValue("--plan", "\"%s\" holds no plan".formatted(file), "write its keys as the page says");
        } catch (JsonProcessingException broken) {
            throw new InvalidValue(
                    "--plan",
                    "\"%s\" holds no plan: %s"
                            .formatted(
                                    file,
                                    broken.getOriginalMessage()
                                            .lines()
                                            .findFirst()
                                            .orElse("")),
                    "write JSON with the keys that the page says");
        } catch (IOException unreadable) {
            throw new InvalidValue("--plan", "\"%s\" cannot be read".formatted(file), "let the program read it");
        }
    }
}
