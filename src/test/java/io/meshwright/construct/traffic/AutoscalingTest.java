package io.meshwright.construct.traffic;

import static io.meshwright.construct.ManifestAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.construct.Rendered;
import io.meshwright.value.Name;
import io.meshwright.value.Url;
import io.meshwright.value.traffic.Autoscale;
import io.meshwright.value.traffic.Hpa;
import io.meshwright.value.traffic.Keda;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class AutoscalingTest {
    private static final ScaleTarget WEB = ScaleTarget.deployment(Name.of("web"), Name.of("shop"));

    @Test
    void follows_the_cpu() {
        Rendered rendered = rendered(new Hpa(2, 6, 60));

        assertThat(rendered.only("HorizontalPodAutoscaler"))
                .has("/apiVersion", "autoscaling/v2")
                .hasJson("/spec/scaleTargetRef", "{apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'}")
                .hasJson(
                        "/spec/metrics",
                        "[{type: 'Resource', resource: {name: 'cpu',"
                                + " target: {type: 'Utilization', averageUtilization: 60}}}]");
        Assertions.assertThat(rendered.names()).hasSize(1);
    }

    @Test
    void follows_the_requests_and_takes_no_pod_away_without_metrics() {
        assertThat(rendered(new Keda(2, 6, 50, null, null)).only("ScaledObject"))
                .hasJson("/spec/fallback", "{failureThreshold: 3, replicas: 2, behavior: 'currentReplicasIfHigher'}")
                .hasJson(
                        "/spec/triggers",
                        "[{type: 'prometheus', name: 'requests', metricType: 'AverageValue', metadata: {serverAddress:"
                                + " 'http://prometheus.monitoring:9090', threshold: '50', ignoreNullValues: 'false',"
                                + " query: 'sum(rate(istio_requests_total{reporter=\"destination\","
                                + " destination_workload=\"web\", destination_workload_namespace=\"shop\"}[2m]))'}}]");
    }

    @Test
    void looks_ahead_by_the_same_hour_of_last_week() {
        assertThat(rendered(new Keda(2, 6, 50, true, null)).only("ScaledObject"))
                .has("/spec/triggers/1/metadata/ignoreNullValues", "true")
                .has(
                        "/spec/triggers/1/metadata/query",
                        "sum(rate(istio_requests_total{reporter=\"destination\", destination_service_name=\"web\","
                                + " destination_service_namespace=\"shop\"}[30m] offset 167h30m))");
    }

    @Test
    void wants_pods_by_the_clock_of_a_time_zone() {
        Keda.Schedule office = new Keda.Schedule("Asia/Seoul", "0 8 * * 1-5", "0 20 * * 1-5", 4);

        assertThat(rendered(new Keda(2, 6, 50, null, List.of(office))).only("ScaledObject"))
                .hasJson(
                        "/spec/triggers/1",
                        "{type: 'cron', metadata: {timezone: 'Asia/Seoul', start: '0 8 * * 1-5',"
                                + " end: '0 20 * * 1-5', desiredReplicas: '4'}}");
        assertThatThrownBy(() -> new Keda(2, 3, 50, null, List.of(office)))
                .hasMessage("schedules[0].replicas: \"4\" is more than maxReplicas 3; lower it, or raise maxReplicas");
        assertThatThrownBy(() -> new Keda.Schedule("KST", "0 8 * * *", "0 9 * * *", 4))
                .hasMessage("timeZone: \"KST\" is no time zone; write its name, such as Asia/Seoul or Etc/UTC");
        assertThatThrownBy(() -> new Keda.Schedule("Asia/Seoul", "0 8 * * *", "0 8 * * *", 4))
                .hasMessageStartingWith("end: \"0 8 * * *\" is when it starts, too");
        assertThatThrownBy(() -> new Keda.Schedule("Asia/Seoul", "8:00", "0 8 * * *", 4))
                .hasMessageStartingWith("start: \"8:00\" is no time of five fields");
    }

    @Test
    void wants_to_know_where_requests_are_counted() {
        assertThatThrownBy(() -> new Autoscaling.Props(WEB, new Keda(2, 6, 50, null, null), null, Optional.empty()))
                .hasMessageStartingWith("prometheus: is missing");
    }

    private static Rendered rendered(Autoscale autoscale) {
        return Rendered.of(chart -> Autoscaling.Builder.create(chart, "web")
                .target(WEB)
                .autoscale(autoscale)
                .prometheus(Url.of("http://prometheus.monitoring:9090"))
                .build());
    }
}
