package io.meshwright.value.workload;

import static io.meshwright.value.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.Quantity;
import io.meshwright.value.workload.CronJob.ConcurrencyPolicy;
import io.meshwright.value.workload.Resources.Amounts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs pods, what they reserve, and what is spoken at their ports. */
class WorkloadKindTest {
    @Test
    void some_end_by_themselves() {
        assertThat(List.of(job(null, null, null, null), cron("@daily")))
                .allMatch(WorkloadKind::ends)
                .extracting(WorkloadKind::word)
                .containsExactly("job", "cronJob");
        assertThat(List.of(new StatefulSet(null, null), new Existing(Map.of("app", "x"), null, null)))
                .noneMatch(WorkloadKind::ends)
                .extracting(WorkloadKind::word)
                .containsExactly("statefulSet", "existing");
    }

    @Test
    void a_job_is_tried_and_stopped_within_bounds() {
        assertThat(job(null, null, null, null).backoffLimit()).isEqualTo(3);
        assertThat(job(0, 1L, 1, 1)).isEqualTo(new Job(0, 1L, 1, 1));
        assertThat(job(20, null, 1000, 100)).isEqualTo(new Job(20, null, 1000, 100));
        assertRefused(() -> job(21, null, null, null)).startsWith("backoffLimit: \"21\" is not between 0 and 20");
        assertRefused(() -> job(-1, null, null, null)).startsWith("backoffLimit: ");
        assertRefused(() -> job(null, 0L, null, null))
                .isEqualTo("activeDeadlineSeconds: \"0\" ends it before it begins; give 1 or more seconds");
        assertRefused(() -> job(null, null, 0, null)).startsWith("completions: \"0\" is not between 1 and 1000");
        assertRefused(() -> job(null, null, 1001, null)).startsWith("completions: ");
        assertRefused(() -> job(null, null, null, 0)).startsWith("parallelism: \"0\" is not between 1 and 100");
        assertRefused(() -> job(null, null, null, 101)).startsWith("parallelism: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 3 * * *", "*/5 0-6 1,15 JAN MON", "@daily", "0  3 * * ?"})
    void a_schedule_has_five_fields_or_a_name(String schedule) {
        assertThat(cron(schedule).schedule()).isEqualTo(schedule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0 3 * *", "0 0 3 * * *", "@reboot", "TZ=UTC 0 3 * *", " 0 3 * * *"})
    void refuses_what_is_no_schedule(String schedule) {
        assertRefused(() -> cron(schedule))
                .startsWith("schedule: \"%s\" is no schedule of five fields".formatted(schedule));
    }

    @Test
    void a_run_begins_alone_and_leaves_a_few_behind() {
        assertThat(cron("@daily"))
                .isEqualTo(new CronJob("@daily", null, ConcurrencyPolicy.FORBID, false, null, 3, null, 3, 1));
        assertThat(new CronJob("@daily", "Asia/Seoul", null, true, 10L, 20, 1L, 0, 100))
                .extracting(CronJob::successfulJobsHistoryLimit, CronJob::failedJobsHistoryLimit, CronJob::suspend)
                .containsExactly(0, 100, true);
        assertRefused(() -> new CronJob("@daily", "seoul", null, null, null, null, null, null, null))
                .isEqualTo("timeZone: \"seoul\" is no time zone; write its name, such as Asia/Seoul or Etc/UTC");
        assertRefused(() -> new CronJob("@daily", null, null, null, 9L, null, null, null, null))
                .isEqualTo("startingDeadlineSeconds: \"9\" is shorter than the controller's own look at the clock; give"
                        + " 10 or more seconds");
        assertRefused(() -> new CronJob("@daily", null, null, null, null, 21, null, null, null))
                .startsWith("backoffLimit: ");
        assertRefused(() -> new CronJob("@daily", null, null, null, null, null, 0L, null, null))
                .startsWith("activeDeadlineSeconds: \"0\" ends it before it begins");
        assertRefused(() -> new CronJob("@daily", null, null, null, null, null, null, 101, null))
                .startsWith("successfulJobsHistoryLimit: \"101\" is not between 0 and 100");
        assertRefused(() -> new CronJob("@daily", null, null, null, null, null, null, null, -1))
                .startsWith("failedJobsHistoryLimit: \"-1\" is not between 0 and 100");
    }

    @Test
    void pods_of_others_are_known_by_labels() {
        assertThat(new Existing(Map.of("app", "x"), null, null))
                .isEqualTo(new Existing(Map.of("app", "x"), Name.of("default"), Existing.Owner.OURS));
        assertRefused(() -> new Existing(Map.of("app", "a b"), null, null))
                .startsWith("labels.app: \"a b\" is no value");
        assertRefused(() -> new Existing(Map.of(), null, null)).isEqualTo("labels: is empty; give at least one entry");
    }

    @Test
    void requests_are_within_limits() {
        Quantity one = Quantity.of("1");

        assertThat(Resources.of("1", "64Mi", "1", "64Mi").limits().cpu()).isEqualTo(one);
        assertThat(Resources.of("1", "64Mi", "64Mi").limits().cpu()).isNull();
        assertRefused(() -> Resources.of("1", "65Mi", "64Mi"))
                .isEqualTo("requests.memory: \"65Mi\" is over the limit \"64Mi\"; lower the request or raise"
                        + " limits.memory");
        assertRefused(() -> Resources.of("1001m", "64Mi", "1", "64Mi")).startsWith("requests.cpu: \"1001m\" is over");
        assertRefused(() -> new Resources(disk("2Gi"), disk("1Gi")))
                .startsWith("requests.ephemeralStorage: \"2Gi\" is over the limit \"1Gi\"");
        assertThat(new Resources(disk("1Gi"), disk("1Gi")).requests().ephemeralStorage())
                .isEqualTo(Quantity.of("1Gi"));
        assertRefused(() -> new Resources(new Amounts(null, Quantity.of("64Mi"), null), disk("1Gi")))
                .isEqualTo("requests.cpu: is missing; add it");
    }

    @Test
    void amounts_are_of_their_kind() {
        assertRefused(() -> new Amounts(null, Quantity.of("64m"), null)).startsWith("memory: \"64m\" is less than");
        assertRefused(() -> new Amounts(Quantity.of("64Mi"), Quantity.of("64Mi"), null))
                .startsWith("cpu: \"64Mi\" is more than a thousand cores");
        assertRefused(() -> new Amounts(null, Quantity.of("64Mi"), Quantity.of("1Ki")))
                .startsWith("ephemeralStorage: \"1Ki\" is less than");
    }

    @ParameterizedTest
    @CsvSource({
        "http, HTTP, true",
        "http-web, HTTP, true",
        "grpc-api, HTTP, true",
        "http, TCP, false",
        "tcp-db, HTTP, false",
        "https, TLS, true",
        "https, HTTP, false",
        "mysql, TCP, true",
        "web, TCP, true",
        "udp, HTTP2, false"
    })
    void a_ports_name_says_no_other_protocol(String name, Protocol protocol, boolean agrees) {
        if (agrees) {
            assertThatCode(() -> WrittenProtocol.agrees(Name.of(name), protocol))
                    .doesNotThrowAnyException();
        } else {
            assertRefused(() -> WrittenProtocol.agrees(Name.of(name), protocol))
                    .isEqualTo("name: \"%s\" says %s, and the protocol is %s; write the port's protocol, or call it"
                            .formatted(name, name.replaceFirst("-.*", ""), protocol.word())
                            .concat(" after what it speaks"));
        }
    }

    @Test
    void a_port_of_no_written_protocol_is_http_unless_it_is_a_programs() {
        assertThat(new ServicePort(null, Port.of(80), Port.of(8080), null))
                .isEqualTo(new ServicePort(Name.of("http"), Port.of(80), Port.of(8080), Protocol.HTTP));
        assertThat(ServicePort.http(8080).targetPort()).isEqualTo(Port.of(8080));
        assertThat(new ServicePort(null, Port.of(3306), null, Protocol.MYSQL).name())
                .isEqualTo(Name.of("mysql"));
        assertRefused(() -> new ServicePort(null, Port.of(80), Port.of(3306), null))
                .isEqualTo("protocol: is missing, so that port 3306 would be read as HTTP; for MySQL, write protocol:"
                        + " mysql; if it is HTTP, write protocol: http");
        assertRefused(() -> new ServicePort(Name.of("tcp"), Port.of(80), null, null))
                .startsWith("name: \"tcp\" says tcp, and the protocol is http");
    }

    @Test
    void rights_are_those_of_the_baseline_and_have_a_reason() {
        SecurityContext.Capabilities bind = new SecurityContext.Capabilities(List.of("NET_BIND_SERVICE"));
        SecurityContext.Capabilities owner = new SecurityContext.Capabilities(List.of("NET_BIND_SERVICE", "CHOWN"));

        assertThat(new SecurityContext(null, bind, "listens at 80").isRestricted())
                .isTrue();
        assertThat(new SecurityContext(null, owner, "owns files").isRestricted())
                .isFalse();
        assertThat(new SecurityContext(false, null, "unpacks itself").isRestricted())
                .isTrue();
        assertRefused(() -> new SecurityContext(null, null, "x"))
                .isEqualTo("asks for nothing beyond the others; remove it");
        assertRefused(() -> new SecurityContext(false, null, " ")).isEqualTo("reason: is empty; give a text");
        assertRefused(() -> new SecurityContext.Capabilities(List.of("CHOWN", "SYS_ADMIN")))
                .startsWith("add[1]: \"SYS_ADMIN\" is no right that Pod Security's baseline admits; use one of:"
                        + " AUDIT_WRITE, CHOWN,");
    }

    @Test
    void questions_are_the_same_for_both_unless_they_differ() {
        Probe ready = Probe.http("/ready");
        Probe live = Probe.http("/live");

        assertThat(Probes.http("/ready").given()).containsExactly(ready);
        assertThat(new Probes(ready, live, null, null).given()).containsExactly(ready, live);
        assertThat(Probes.tcp().given()).isEmpty();
    }

    private static Job job(Integer tries, Long deadline, Integer completions, Integer parallelism) {
        return new Job(tries, deadline, completions, parallelism);
    }

    private static CronJob cron(String schedule) {
        return new CronJob(schedule, null, null, null, null, null, null, null, null);
    }

    private static Amounts disk(String size) {
        return new Amounts(Quantity.of("100m"), Quantity.of("64Mi"), Quantity.of(size));
    }
}
