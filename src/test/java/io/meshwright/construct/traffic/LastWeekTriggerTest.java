package io.meshwright.construct.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.construct.Rendered;
import io.meshwright.construct.observability.program.Program;
import io.meshwright.value.Name;
import io.meshwright.value.Url;
import io.meshwright.value.traffic.Keda;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The query of the trigger over a change of weights: a week ago the old version had 90 of 100 requests, from this noon
 * on both have the same share.
 */
class LastWeekTriggerTest {
    private static final Name SERVICE = Name.of("cart");

    @TempDir
    private Path folder;

    @Test
    void a_version_is_prepared_for_its_present_share_of_last_week_s_requests() throws Exception {
        expects(LoadShare.declared(SERVICE, 90), "cart-v1", "168h", "9");
        expects(LoadShare.declared(SERVICE, 50), "cart-v1", "192h", "5");
        expects(LoadShare.declared(SERVICE, 50), "cart-v2", "192h", "5");
        expects(LoadShare.declared(SERVICE, 0), "cart-v2", "192h", "0");
        expects(LoadShare.whole(SERVICE), "cart", "192h", "10");
        expects(LoadShare.measured(SERVICE), "cart-v2", "168h", "1");
        expects(LoadShare.measured(SERVICE), "cart-v2", "192h", "5");
    }

    @Test
    void in_the_first_week_there_is_no_answer() throws Exception {
        assertThat(answer(LoadShare.declared(SERVICE, 50), "cart-v1", "160h", "[]")
                        .exit())
                .isZero();
    }

    private void expects(LoadShare share, String workload, String at, String requests) throws Exception {
        Program.Answer answer = answer(share, workload, at, "[{labels: '{}', value: %s}]".formatted(requests));
        assertThat(answer.exit()).as(answer.output()).isZero();
    }

    private Program.Answer answer(LoadShare share, String workload, String at, String samples) throws Exception {
        String query = rendered(share, workload);
        Files.writeString(folder.resolve("test.yaml"), """
            evaluation_interval: 10m
            tests:
              - interval: 10m
                input_series:
                  - {series: '%1$s{%2$s,destination_workload="cart-v1"}', values: '0+5400x1080 5832000+6000x200'}
                  - {series: '%1$s{%2$s,destination_workload="cart-v2"}', values: '0+600x1080 648000+6000x200'}
                promql_expr_test:
                  - {expr: 'round(%3$s, 0.001)', eval_time: %4$s, exp_samples: %5$s}
            """.formatted(
                        "istio_requests_total",
                        "reporter=\"destination\",destination_service_name=\"cart\",destination_service_namespace=\"shop\","
                                + "destination_workload_namespace=\"shop\"",
                        query,
                        at,
                        samples));
        return Program.of("promtool").run(folder, "test", "rules", "test.yaml");
    }

    private static String rendered(LoadShare share, String workload) {
        return Rendered.of(chart -> Autoscaling.Builder.create(chart, "scale")
                        .target(ScaleTarget.deployment(Name.of(workload), Name.of("shop")))
                        .autoscale(new Keda(2, 6, 50, true, null))
                        .share(share)
                        .prometheus(Url.of("http://prometheus.monitoring:9090"))
                        .build())
                .only("ScaledObject")
                .at("/spec/triggers/1/metadata/query")
                .asText();
    }
}
