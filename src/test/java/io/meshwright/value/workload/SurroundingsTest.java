package io.meshwright.value.workload;

import static io.meshwright.value.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.meshwright.value.Host;
import io.meshwright.value.ImageReference;
import io.meshwright.value.IpAddress;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.Quantity;
import io.meshwright.value.SecretRef;
import io.meshwright.value.pod.DnsConfig;
import io.meshwright.value.pod.HostAlias;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.workload.Affinity.LabelSelector;
import io.meshwright.value.workload.Affinity.NodeAffinity;
import io.meshwright.value.workload.Affinity.NodeRequirement;
import io.meshwright.value.workload.Affinity.NodeSelector;
import io.meshwright.value.workload.Affinity.NodeTerm;
import io.meshwright.value.workload.Affinity.Operator;
import io.meshwright.value.workload.Affinity.PodAffinity;
import io.meshwright.value.workload.Affinity.PodTerm;
import io.meshwright.value.workload.Affinity.PreferredNodes;
import io.meshwright.value.workload.Affinity.PreferredPods;
import io.meshwright.value.workload.Affinity.Spread;
import io.meshwright.value.workload.Affinity.Unsatisfiable;
import io.meshwright.value.workload.Lifecycle.Exec;
import io.meshwright.value.workload.Lifecycle.Handler;
import io.meshwright.value.workload.Lifecycle.HttpGet;
import io.meshwright.value.workload.Lifecycle.Sleep;
import io.meshwright.value.workload.Toleration.Effect;
import io.meshwright.value.workload.Volume.EmptyDir;
import io.meshwright.value.workload.Volume.Token;
import io.meshwright.value.workload.data.ConfigMapFiles;
import io.meshwright.value.workload.data.EnvFrom;
import io.meshwright.value.workload.data.EnvVar;
import io.meshwright.value.workload.data.MountedFile;
import io.meshwright.value.workload.data.SecretFiles;
import io.meshwright.value.workload.data.Variables;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What surrounds the application's container: nodes, neighbours, volumes, other containers. */
class SurroundingsTest {
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final NodeTerm TERM = new NodeTerm(List.of(requirement(Operator.IN, "a")));
    private static final PodTerm PODS = new PodTerm(new LabelSelector(Map.of("app", "web")), ZONE);
    private static final Resources SMALL = Resources.of("50m", "64Mi", "128Mi");
    private static final ExtraContainer EXTRA =
            ExtraContainer.of(ImageReference.of("docker.io/library/busybox:1.37.0"), SMALL);

    @Test
    void an_affinity_wants_or_avoids_something() {
        String nothing = "asks for nothing; give requiredDuringSchedulingIgnoredDuringExecution or"
                + " preferredDuringSchedulingIgnoredDuringExecution";

        assertThat(new Affinity(new NodeAffinity(new NodeSelector(List.of(TERM)), null), null, null).podAffinity())
                .isNull();
        assertThat(new NodeAffinity(null, List.of(new PreferredNodes(1, TERM)))
                        .preferredDuringSchedulingIgnoredDuringExecution())
                .hasSize(1);
        assertThat(new PodAffinity(List.of(PODS), null).preferredDuringSchedulingIgnoredDuringExecution())
                .isEmpty();
        assertThat(new PodAffinity(null, List.of(new PreferredPods(100, PODS)))
                        .requiredDuringSchedulingIgnoredDuringExecution())
                .isEmpty();
        assertRefused(() -> new NodeAffinity(null, null)).isEqualTo(nothing);
        assertRefused(() -> new PodAffinity(null, List.of())).isEqualTo(nothing);
        assertRefused(() -> new Affinity(null, null, null))
                .isEqualTo("wants and avoids nothing; give nodeAffinity, podAffinity or podAntiAffinity, or remove it");
    }

    @ParameterizedTest
    @EnumSource(
            value = Operator.class,
            names = {"EXISTS", "DOES_NOT_EXIST"})
    void nothing_is_compared_with_what_only_exists(Operator operator) {
        assertThat(requirement(operator).values()).isEmpty();
        assertRefused(() -> requirement(operator, "a"))
                .isEqualTo("values: [a] are given, and nothing is compared; remove them");
    }

    @ParameterizedTest
    @EnumSource(
            value = Operator.class,
            names = {"IN", "NOT_IN"})
    void a_label_is_one_of_several(Operator operator) {
        assertThat(requirement(operator, "a", "b").values()).containsExactly("a", "b");
        assertRefused(() -> requirement(operator)).isEqualTo("values: are missing; give at least one");
    }

    @ParameterizedTest
    @EnumSource(
            value = Operator.class,
            names = {"GT", "LT"})
    void order_is_of_one_whole_number(Operator operator) {
        assertThat(requirement(operator, "-4").values()).containsExactly("-4");
        for (String[] values : new String[][] {{"4", "5"}, {"a"}, {"4.5"}, {"1".repeat(19)}}) {
            assertRefused(() -> requirement(operator, values))
                    .isEqualTo("values: %s are compared by order; give one whole number in quotes"
                            .formatted(List.of(values)));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "100, true", "101, false"})
    void a_preference_weighs_1_to_100(int weight, boolean admitted) {
        if (admitted) {
            assertThat(new PreferredNodes(weight, TERM).weight()).isEqualTo(weight);
            assertThat(new PreferredPods(weight, PODS).weight()).isEqualTo(weight);
        } else {
            assertRefused(() -> new PreferredNodes(weight, TERM)).startsWith("weight: ");
            assertRefused(() -> new PreferredPods(weight, PODS)).startsWith("weight: ");
        }
    }

    @Test
    void labels_of_nodes_and_pods_are_such() {
        assertRefused(() -> new NodeRequirement("a b", Operator.EXISTS, null))
                .startsWith("key.a b: is no key of a label or annotation");
        assertRefused(() -> new NodeRequirement("a", null, null)).isEqualTo("operator: is missing; add it");
        assertRefused(() -> new PodTerm(PODS.labelSelector(), "a b")).startsWith("topologyKey.a b: is no key");
        assertRefused(() -> new LabelSelector(Map.of("app", "a b"))).startsWith("matchLabels.app: \"a b\" is no value");
    }

    @Test
    void a_toleration_is_of_a_key_or_of_every_taint() {
        assertThat(new Toleration(null, null, null, null, null).operator()).isEqualTo(Toleration.Operator.EXISTS);
        assertThat(new Toleration("a", null, "b", null, null).operator()).isEqualTo(Toleration.Operator.EQUAL);
        assertThat(new Toleration("a", null, null, Effect.NO_EXECUTE, 0L).tolerationSeconds())
                .isZero();
        assertRefused(() -> new Toleration(null, null, "b", null, null))
                .isEqualTo("key: is missing, and only Exists is about every taint; add it, or write operator: Exists"
                        + " without value");
        assertRefused(() -> new Toleration("a", Toleration.Operator.EXISTS, "b", null, null))
                .isEqualTo("value: \"b\" is given beside Exists, which compares none; remove one of them");
        assertRefused(() -> new Toleration("a", null, null, Effect.NO_SCHEDULE, 5L))
                .isEqualTo("tolerationSeconds: \"5\" counts only for NoExecute; write effect: NoExecute, or remove it");
        assertRefused(() -> new Toleration("a", null, null, Effect.NO_EXECUTE, -1L))
                .isEqualTo("tolerationSeconds: \"-1\" is negative; give 0 or more seconds");
        assertRefused(() -> new Toleration("a b", null, null, null, null)).startsWith("key.a b: is no key");
    }

    @Test
    void a_handler_is_one_and_a_start_does_not_sleep() {
        Handler sleep = new Handler(null, null, new Sleep(20));
        Handler exec = new Handler(new Exec(List.of("true")), null, null);
        String one = "is not exactly one of exec, httpGet and sleep; give one of them";

        assertThat(new Lifecycle(null, sleep).sleepSeconds()).isEqualTo(20);
        assertThat(new Lifecycle(null, exec).sleepSeconds()).isZero();
        assertThat(new Lifecycle(exec, null).sleepSeconds()).isZero();
        assertRefused(() -> new Lifecycle(null, null))
                .isEqualTo("does nothing; give postStart or preStop, or remove it");
        assertRefused(() -> new Lifecycle(sleep, null))
                .isEqualTo(
                        "postStart.sleep: only holds the start back; remove it; probes.startup gives a slow start its"
                                + " time");
        assertRefused(() -> new Handler(null, null, null)).isEqualTo(one);
        assertRefused(() -> new Handler(exec.exec(), new HttpGet("/", null), null))
                .isEqualTo(one);
        assertRefused(() -> new HttpGet("a", null)).isEqualTo("path: \"a\" is not a path; start it with \"/\"");
        assertThat(new Sleep(1).seconds()).isEqualTo(1);
        assertThat(new Sleep(600).seconds()).isEqualTo(600);
        assertRefused(() -> new Sleep(0)).startsWith("seconds: \"0\" is not between 1 and 600");
        assertRefused(() -> new Sleep(601)).startsWith("seconds: \"601\" is not between 1 and 600");
    }

    @Test
    void a_volume_is_one_thing_that_some_may_write() {
        Name name = Name.of("data");
        ObjectName object = ObjectName.of("data");
        String one = "is not exactly one of emptyDir, configMap, secret, persistentVolumeClaim, serviceAccountToken,"
                + " downwardAPI, csi and ephemeral; give one of them";

        assertThat(Volume.of(new EmptyDir(Quantity.of("1Gi"), null)).isWritable())
                .isTrue();
        assertThat(Volume.claim(name).isWritable()).isTrue();
        assertThat(Volume.configMap(object).isWritable()).isFalse();
        assertThat(Volume.secret(object).isWritable()).isFalse();
        assertRefused(() -> new Volume(null, null, null, null, null, null, null, null))
                .isEqualTo(one);
        assertRefused(() -> new Volume(
                        null, ConfigMapFiles.of(object), SecretFiles.of(object), null, null, null, null, null))
                .isEqualTo(one);
        assertRefused(() -> new EmptyDir(Quantity.of("1Ki"), null))
                .startsWith("sizeLimit: \"1Ki\" is less than a mebibyte");
    }

    @Test
    void a_token_is_for_one_audience_and_a_day_at_most() {
        assertThat(new Token("vault", null, null)).isEqualTo(new Token("vault", 3600, "token"));
        assertThat(new Token("vault", 600, "a_b.c-d").expirationSeconds()).isEqualTo(600);
        assertThat(new Token("vault", 86400, null).expirationSeconds()).isEqualTo(86400);
        assertRefused(() -> new Token("vault", 599, null)).startsWith("expirationSeconds: \"599\" is not between");
        assertRefused(() -> new Token("vault", 86401, null)).startsWith("expirationSeconds: \"86401\" is not between");
        assertRefused(() -> new Token(" ", null, null)).isEqualTo("audience: is empty; give a text");
        assertRefused(() -> new Token("vault", null, "a/b"))
                .isEqualTo("path: \"a/b\" is no name of a file; use letters, digits, dashes and dots");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "a/", "a:b", "..", "a/..", "../a", "a//b", "a\n/../b"})
    void refuses_what_is_no_path_inside_a_volume(String path) {
        assertRefused(() -> new VolumeMount(Name.of("data"), "/data", path, null))
                .isEqualTo("subPath: \"%s\" is no path inside a volume; name a file or folder of it without / at its"
                        .formatted(path)
                        .concat(" ends and without .."));
    }

    @Test
    void mounts_a_part_of_a_volume_to_write_or_to_read() {
        assertThat(new VolumeMount(Name.of("data"), "/data", "a/..b/c", null).readOnly())
                .isFalse();
        assertThat(new VolumeMount(Name.of("data"), "/data", null, true).readOnly())
                .isTrue();
        assertRefused(() -> new VolumeMount(Name.of("data"), "data", null, null))
                .isEqualTo("mountPath: \"data\" is not an absolute path; start it with /");
    }

    @Test
    void names_of_containers_and_volumes_are_its_own() {
        Name init = Name.of("migrate");

        assertThat(pod(Map.of(init, EXTRA), Map.of(Name.of("proxy"), EXTRA)).sidecars())
                .hasSize(1);
        assertRefused(() -> pod(Map.of(init, EXTRA), Map.of(init, EXTRA)))
                .isEqualTo("sidecars.migrate: is the name of another container of the pod; give it a name of its own");
        for (String taken : List.of("istio-proxy", "istio-init", "istio-validation")) {
            assertRefused(() -> pod(Map.of(Name.of(taken), EXTRA), null))
                    .startsWith("initContainers.%s: is the name of another container".formatted(taken));
            assertRefused(() -> pod(null, Map.of(Name.of(taken), EXTRA)))
                    .startsWith("sidecars.%s: is the name of another container".formatted(taken));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"files", "data", "scratch-0", "istio-token", "workload-certs", "credential-socket"})
    void refuses_volumes_that_other_keys_make(String name) {
        Volume volume = Volume.configMap(ObjectName.of("a"));

        assertThat(PodSettings.builder()
                        .volumes(Map.of(Name.of("my-" + name), volume))
                        .build()
                        .volumes())
                .hasSize(1);
        assertRefused(() -> PodSettings.builder()
                        .volumes(Map.of(Name.of(name), volume))
                        .build())
                .isEqualTo("volumes.%s: is the name of a volume that other keys make; give it a name of its own"
                        .formatted(name));
    }

    @Test
    void refuses_labels_and_annotations_that_are_not_its_to_give() {
        assertRefused(() -> PodSettings.builder().labels(Map.of("app", "x")).build())
                .isEqualTo("labels.app: is made of another key; write app beside ports");
        assertRefused(() -> PodSettings.builder().labels(Map.of("team", "a b")).build())
                .startsWith("labels.team: \"a b\" is no value of a label");
        assertRefused(() -> PodSettings.builder()
                        .annotations(Map.of("prometheus.io/scrape", "true"))
                        .build())
                .startsWith("annotations[\"prometheus.io/scrape\"]: is made of metrics");
        assertRefused(() ->
                        PodSettings.builder().annotations(Map.of("a b", "x")).build())
                .startsWith("annotations.a b: is no key of a label or annotation");
        assertRefused(() ->
                        PodSettings.builder().nodeSelector(Map.of("a b", "x")).build())
                .startsWith("nodeSelector.a b: is no key of a label or annotation");
    }

    @Test
    void has_half_a_minute_to_end_unless_it_says_otherwise() {
        assertThat(PodSettings.none()).isEqualTo(PodSettings.builder().build());
        assertThat(PodSettings.none().graceSeconds()).isEqualTo(30);
        assertThat(grace(1).graceSeconds()).isEqualTo(1);
        assertThat(grace(3600).graceSeconds()).isEqualTo(3600);
        assertRefused(() -> grace(0)).startsWith("terminationGracePeriodSeconds: \"0\" is not between 1 and 3600");
        assertRefused(() -> grace(3601)).startsWith("terminationGracePeriodSeconds: \"3601\" is not between");
    }

    @Test
    void opens_registries_with_its_own_secrets_behind_those_of_all() {
        ObjectName own = ObjectName.of("own");
        ObjectName all = ObjectName.of("all.example.org");
        PodSettings settings =
                PodSettings.builder().imagePullSecrets(List.of(own, all)).build();

        assertThat(settings.pulling(List.of(all)).imagePullSecrets()).containsExactly(all, own);
        assertThat(settings.toBuilder().build()).isEqualTo(settings);
    }

    @Test
    void a_further_container_is_held_to_the_same() {
        assertThat(EXTRA.toBuilder().user(1000L).build().user()).isEqualTo(1000L);
        assertThat(ExtraContainer.builder().resources(SMALL).build().image()).isNull();
        assertRefused(() -> ExtraContainer.builder().build()).isEqualTo("resources: is missing; add it");
        assertRefused(() -> EXTRA.toBuilder().user(0L).build()).startsWith("user: \"0\" cannot run");
        assertRefused(() -> EXTRA.toBuilder().env("TOKEN", "abc").build())
                .startsWith("env.TOKEN: is a secret by its name");
        assertRefused(() -> EXTRA.toBuilder()
                        .files(Map.of("/etc/a", MountedFile.of("x")))
                        .volumeMounts(List.of(new VolumeMount(Name.of("v"), "/etc/a", null, null)))
                        .build())
                .isEqualTo("volumeMounts[0]: \"/etc/a\" is taken by files./etc/a already; give it another path, or"
                        + " remove it");
    }

    @Test
    void a_line_of_hosts_names_single_ones() {
        IpAddress ip = IpAddress.of("10.0.0.9");

        assertThat(new HostAlias(ip, List.of(Host.of("db"))).hostnames()).hasSize(1);
        assertRefused(() -> new HostAlias(ip, List.of(Host.of("db"), Host.of("*.db"))))
                .isEqualTo("hostnames[1]: \"*.db\" stands for many, and a hosts file knows single names; write each"
                        + " name");
        assertRefused(() -> new HostAlias(ip, List.of())).isEqualTo("hostnames: is empty; give at least one entry");
    }

    @Test
    void variables_of_all_keys_come_from_one_object() {
        ObjectName name = ObjectName.of("settings");
        String told = "is not exactly one of configMapRef and secretRef; give one of them";

        assertThat(new EnvFrom(name, null, "_A1", null).prefix()).isEqualTo("_A1");
        assertRefused(() -> new EnvFrom(name, name, null, null)).isEqualTo(told);
        assertRefused(() -> new EnvFrom(null, null, null, null)).isEqualTo(told);
        assertRefused(() -> new EnvFrom(null, name, "1A", null))
                .isEqualTo("prefix: \"1A\" begins no variable; use letters, digits and underscores");
    }

    @Test
    void a_variable_stands_once() {
        assertThatCode(() -> Variables.check(Map.of("A", EnvVar.of("b")), Map.of("B", SecretRef.of("s/b"))))
                .doesNotThrowAnyException();
        assertRefused(() -> Variables.check(Map.of("A", EnvVar.of("b")), Map.of("A", SecretRef.of("s/a"))))
                .isEqualTo("env.A: is in secretEnv too; keep one of them");
        assertRefused(() -> Variables.check(Map.of(), Map.of("A", SecretRef.of("s"))))
                .isEqualTo("secretEnv.A: \"s\" names no key; write secret/key");
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "1336, true", "1337, false", "1338, true", "-1, false"})
    void runs_as_no_root_and_not_as_the_sidecar(long user, boolean admitted) {
        if (admitted) {
            assertThatCode(() -> Users.check(user)).doesNotThrowAnyException();
        } else {
            assertRefused(() -> Users.check(user))
                    .isEqualTo("user: \"%d\" cannot run a meshed application; give a user above 0; 1337 is the"
                            .formatted(user)
                            .concat(" sidecar's own, whose traffic skips the mesh"));
        }
    }

    @Test
    void metrics_are_at_a_path_of_its_port_or_of_the_first() {
        assertThat(new Scrape(null, null).path()).isEqualTo("/actuator/prometheus");
        assertThat(new Scrape("/metrics", null).portOr(Port.of(80))).isEqualTo(Port.of(80));
        assertThat(new Scrape("/metrics", Port.of(9090)).portOr(Port.of(80))).isEqualTo(Port.of(9090));
        assertRefused(() -> new Scrape("metrics", null))
                .isEqualTo("path: \"metrics\" is not a path; start it with \"/\"");
    }

    private static NodeRequirement requirement(Operator operator, String... values) {
        return new NodeRequirement(ZONE, operator, List.of(values));
    }

    private static PodSettings pod(Map<Name, ExtraContainer> before, Map<Name, ExtraContainer> beside) {
        return PodSettings.builder().initContainers(before).sidecars(beside).build();
    }

    private static PodSettings grace(int seconds) {
        return PodSettings.builder().terminationGracePeriodSeconds(seconds).build();
    }

    @Test
    void spreads_pods_over_parts_of_the_cluster() {
        Spread plain = new Spread(ZONE, null, Unsatisfiable.SCHEDULE_ANYWAY, null);

        assertThat(plain.maxSkew()).isEqualTo(1);
        assertThat(new Spread(ZONE, 1000, Unsatisfiable.DO_NOT_SCHEDULE, 1000).minDomains())
                .isEqualTo(1000);
        assertRefused(() -> new Spread(ZONE, 0, Unsatisfiable.DO_NOT_SCHEDULE, null))
                .startsWith("maxSkew: \"0\" is not between 1 and 1000");
        assertRefused(() -> new Spread(ZONE, null, Unsatisfiable.DO_NOT_SCHEDULE, 0))
                .startsWith("minDomains: \"0\" is not between 1 and 1000");
        assertRefused(() -> new Spread(ZONE, null, Unsatisfiable.SCHEDULE_ANYWAY, 2))
                .startsWith("minDomains: counts only with DoNotSchedule");
        assertRefused(() -> PodSettings.builder()
                        .topologySpreadConstraints(List.of(plain, plain))
                        .build())
                .startsWith("topologySpreadConstraints: spread over one label twice");
    }

    @Test
    void asks_the_clusters_dns_in_its_own_way() {
        DnsConfig.Option ndots = new DnsConfig.Option("ndots", "2");
        List<Host> many = Collections.nCopies(32, Host.of("a.lan"));

        assertThat(new DnsConfig(many, null).searches()).hasSize(32);
        assertThat(new DnsConfig.Option("single-request-reopen", null).value()).isNull();
        assertRefused(() -> new DnsConfig(Collections.nCopies(33, Host.of("a.lan")), null))
                .startsWith("searches: are 33");
        assertRefused(() -> new DnsConfig(List.of(Host.of("*.lan")), null)).startsWith("searches[0]: ");
        assertRefused(() -> new DnsConfig(null, null)).startsWith("asks for nothing");
        assertRefused(() -> new DnsConfig(null, List.of(ndots, ndots))).startsWith("options: name one twice");
        assertRefused(() -> new DnsConfig.Option("a b", null)).startsWith("name: \"a b\" is no option");
        assertRefused(() -> new DnsConfig.Option("ndots", "two")).startsWith("value: \"two\" is no number");
    }

    @Test
    void has_disks_of_its_own_of_the_cluster_where_it_names_no_class() {
        Name spool = Name.of("spool");
        PodSettings settings = PodSettings.builder()
                .volumes(Map.of(spool, Volume.of(new Claim(Quantity.of("1Gi"), null))))
                .build();

        assertThat(settings.stored("fast").volumes().get(spool).ephemeral().storageClass())
                .isEqualTo("fast");
        assertThat(settings.stored("fast").stored("slow")).isEqualTo(settings.stored("fast"));
        assertThat(settings.volumes().get(spool).isWritable()).isTrue();
    }
}
