package io.meshwright.construct.healing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.meshwright.value.healing.HealingNames;
import java.util.LinkedHashMap;
import java.util.Map;

/** All that one process may do, as it reads it at its start; docs/healing.md has its keys. */
final class HealingPlanFile {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    // The same bytes on every machine, whatever ends its lines.
    private static final DefaultPrettyPrinter LINES =
            new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));

    private HealingPlanFile() {}

    static String of(HealingProcess.Props props) {
        Map<String, Object> plan = new LinkedHashMap<>();
        plan.put("action", props.action().word());
        plan.put("dryRun", props.dryRun());
        plan.put("hourly", props.terms().hourly());
        plan.put("namespace", HealingNames.NAMESPACE.toString());
        plan.put("argocd", HealingRights.ARGO_CD.toString());
        plan.put("caller", props.monitoring().caller());
        plan.put("prometheus", props.monitoring().prometheusUrl().toString());
        plan.put("alertmanager", props.monitoring().alertmanagerUrl().toString());
        plan.put("cluster", props.monitoring().cluster().toString());
        plan.put("runbook", props.monitoring().runbook().toString());
        plan.put(
                "targets",
                props.targets().stream()
                        .map(target -> target.plan(props.terms().application()))
                        .toList());
        try {
            return JSON.writer(LINES).writeValueAsString(plan).concat("\n");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("texts, numbers and lists are always JSON", impossible);
        }
    }
}
