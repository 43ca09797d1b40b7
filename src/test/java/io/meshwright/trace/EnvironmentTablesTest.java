package io.meshwright.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Pod;
import io.meshwright.mesh.Service;
import io.meshwright.trace.Verdict.Delivered;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What becomes of requests on the committed environments. */
class EnvironmentTablesTest {

  private static final Path TABLES = Path.of("test/resources/trace");

  /** Caller and called service of every pair that an environment declares, besides the gateway's. */
  private static final Set<String> DECLARED = new TreeSet<>(Set.of(
      "default/sangsang-plus-gateway > user-service", "default/sangsang-plus-gateway > product-service",
      "default/sangsang-plus-gateway > customer-service", "default/sangsang-plus-gateway > management-service",
      "default/sangsang-plus-gateway > keycloak", "blog-system/web > was-service", "blog-system/was > mysql"));

  @TestFactory
  Stream<DynamicTest> every_row_is_as_expected() {
    return Stream.of("azure", "egov", "homelab").flatMap(environment -> {
      Trace trace = Trace.of(Samples.environment(environment));
      return RequestTable.read(TABLES.resolve(environment.concat(".yaml"))).stream().map(row ->
          DynamicTest.dynamicTest("%s: %s".formatted(environment, row), () -> assertThat(row.misses(trace)).isEmpty()));
    });
  }

  @TestFactory
  Stream<DynamicTest> declared_callers_are_admitted_and_all_others_denied() {
    return Stream.of("azure", "egov", "homelab").flatMap(environment -> {
      Mesh mesh = Samples.environment(environment);
      Trace trace = Trace.of(mesh);
      List<DynamicTest> pairs = new ArrayList<>();
      for (Service service : applications(mesh)) {
        callers(mesh, service).forEach(caller -> pairs.add(DynamicTest.dynamicTest("%s > %s".formatted(caller, service),
            () -> assertThat(call(trace, caller, service).isDelivered()).isEqualTo(isDeclared(caller, service)))));
      }
      return pairs.stream();
    });
  }

  /** The services that the environment file names; the tools that watch them have callers of their own. */
  private static List<Service> applications(Mesh mesh) {
    return mesh.services().all().stream().filter(service -> service.isKubernetes() && service.isWritten())
        .filter(service -> service.source().place().file().contains("/services/")).toList();
  }

  private static Set<String> callers(Mesh mesh, Service service) {
    Set<String> callers = new TreeSet<>();
    mesh.pods().all().stream().filter(pod -> !pod.proxy().isGateway() && !mesh.services().pods(service).contains(pod))
        .forEach(pod -> callers.add(identity(pod)));
    return callers;
  }

  private static String identity(Pod pod) {
    return "%s/%s".formatted(pod.namespace(), pod.serviceAccount());
  }

  private static Verdict call(Trace trace, String caller, Service service) {
    int port = service.ports().get(0).number();
    String scheme = service.ports().get(0).protocol().isHttp() ? "http" : "tcp";
    return trace.request("GET", "%s://%s:%d/".formatted(scheme, service.host(), port)).from(caller).verdict();
  }

  private static boolean isDeclared(String caller, Service service) {
    return DECLARED.contains("%s > %s".formatted(caller, service.name()));
  }

  @Test
  void ten_thousand_draws_of_the_canary_stay_near_its_weights() {
    Verdict verdict = Trace.of(Samples.environment("azure")).request("GET", "http://user-service.user-service/")
        .from("default/sangsang-plus-gateway").verdict();
    List<Target> targets = ((Delivered) verdict).targets();
    Random random = new Random(20250801);
    int stable = 0;
    for (int draw = 0; draw < 10_000; draw++) {
      stable += drawn(targets, random.nextDouble()).subset().orElseThrow().equals("v1") ? 1 : 0;
    }
    // Five standard deviations of 10,000 draws at 0.9 are 150.
    assertThat(stable).isBetween(8_850, 9_150);
  }

  private static Target drawn(List<Target> targets, double number) {
    double sum = 0;
    for (Target target : targets) {
      sum += target.part();
      if (number < sum) {
        return target;
      }
    }
    return targets.get(targets.size() - 1);
  }
}
