package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Retention;
import io.meshwright.value.traffic.Keda;
import java.util.ArrayList;
import java.util.List;

/** Metrics are kept as long as something looks back. */
public final class HistoryKept implements Agreement {
    // Eight days and the hour around them; Prometheus deletes by blocks of up to a tenth of the retention.
    private static final Retention LOOKED_BACK = Retention.of("9d");

    @Override
    public List<InvalidValue> refusals(Environment environment) {
        Retention kept = environment.observability().retention().metrics();
        if (kept.compareTo(LOOKED_BACK) >= 0
                || !environment.observability().parts().runsPrometheus()) {
            return List.of();
        }
        List<InvalidValue> refusals = new ArrayList<>();
        if (environment.aiOps() != null && environment.aiOps().anomalies() != null) {
            refusals.add(refusal(KeyPath.of("aiOps.anomalies"), kept));
        }
        if (environment.aiOps() != null && environment.aiOps().forecasts()) {
            refusals.add(refusal(KeyPath.of("aiOps.forecasts"), kept));
        }
        if (environment.aiOps() != null
                && environment.aiOps().logs() != null
                && environment.aiOps().logs().alerts() != null) {
            refusals.add(refusal(KeyPath.of("aiOps.logs.alerts"), kept));
        }
        DeclaredService.of(environment)
                .filter(declared -> declared.service().scale().autoscale() instanceof Keda keda && keda.lastWeek())
                .map(declared -> declared.at().key("scale").key("autoscale").key("lastWeek"))
                .forEach(at -> refusals.add(refusal(at, kept)));
        return refusals;
    }

    private static InvalidValue refusal(KeyPath at, Retention kept) {
        return new InvalidValue(
                at,
                "looks back eight days, and metrics are kept for \"%s\"".formatted(kept),
                "give observability.retention.metrics at least 9d, or remove it");
    }
}
