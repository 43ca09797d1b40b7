package io.meshwright.house.code;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Data flows one way: environment, construct and stack, manifest, mesh, check and trace, output. */
@AnalyzeClasses(packages = "io.meshwright", importOptions = DoNotIncludeTests.class)
class ImportDirectionTest {
    private static final String BASE = "io.meshwright.";
    private static final String[] KERNEL = {
        "org.cdk8s..", "software.constructs..", "software.amazon.jsii..", "imports.."
    };

    /**
     * Every package, and behind the colon those of ours that it may import; two dots stand for a package with all below
     * it, an asterisk for every one. A package that is not here fails, and so does a line without a package.
     */
    private static final Map<String, List<String>> MAY_IMPORT = table("""
            value:
            value.delivery: value
            value.edge: value value.delivery value.security
            value.gateway: value value.istio value.pod
            value.gatewayapi: value value.edge value.gateway value.pod value.traffic
            value.healing: value
            value.istio: value
            value.pod: value
            value.security: value value.istio value.pod value.workload
            value.telemetry: value value.pod value.workload
            value.traffic: value value.edge value.security
            value.workload: value value.delivery value.pod value.workload.data
            value.workload.data: value value.delivery value.pod

            builders:
            definition: value..
            page: value..
            platform: platform.release value..
            platform.release: value..
            output: value..
            disclosure: value..
            web: value..
            heal: web value..
            receipt: check check.report value..

            manifest.packed: value..
            manifest: manifest.packed value..

            mesh.terms: manifest value..
            mesh.workload: mesh.terms manifest value..
            mesh.client: mesh.workload mesh.terms manifest value..
            mesh.route: mesh.client mesh.workload mesh.terms manifest value..
            mesh.gateway: mesh.route mesh.client mesh.workload mesh.terms manifest value..
            mesh.gatewayapi: mesh.gateway mesh.route mesh.client mesh.workload mesh.terms manifest value..
            mesh.waypoint: mesh.workload mesh.terms manifest value..
            mesh.policy: mesh.waypoint mesh.client mesh.workload mesh.terms manifest value..
            mesh.extension: mesh.workload mesh.terms manifest value..
            mesh.firewall: mesh.workload mesh.terms manifest value..
            mesh.install: mesh.gatewayapi mesh.workload mesh.terms manifest value..
            mesh.demand: mesh mesh.install mesh.workload mesh.terms manifest value..
            mesh: mesh.. manifest value..

            check.text: value..
            check.cel: check.text value..
            check: mesh.. manifest manifest.packed page value..
            check.schema: check check.cel check.text mesh.. manifest definition value..
            check.evidence: check mesh.. manifest value..
            check.evidence.ambient: check.evidence mesh.. manifest value..
            check.evidence.metallb: mesh.. manifest value..
            check.evidence.order: check.evidence mesh.. manifest value..
            check.outside: check check.evidence mesh.. manifest value..
            check.rights: mesh.. manifest value..
            check.report: check mesh.. manifest page value..
            check.admission.field: check mesh.. manifest value..
            check.admission.part: check.admission.field mesh.. manifest value..
            check.admission.destination: check check.admission.field check.admission.part mesh.. manifest value..
            check.admission.entry: check check.admission.field check.admission.part mesh.. manifest value..
            check.admission.gateway: check check.admission.field check.admission.part mesh.. manifest value..
            check.admission.proxy: check check.admission.field check.admission.part mesh.. manifest value..
            check.admission.route: check check.admission.field check.admission.part mesh.. manifest value..
            check.admission.security: check check.admission.field check.admission.part mesh.. manifest value..
            check.admission.sidecar: check.admission.gateway check check.admission.field check.admission.part mesh.. manifest value..
            check.admission: check.admission.. check mesh.. manifest value..
            check.apiserver: check check.admission.field check.text mesh.. manifest value..
            check.rule:
            check.rule.annotation: check.. mesh.. manifest definition platform.. value..
            check.rule.authentication: check.. mesh.. manifest definition platform.. value..
            check.rule.authorization: check.. mesh.. manifest definition platform.. value..
            check.rule.delivery: check.. mesh.. manifest definition platform.. value..
            check.rule.destination: check.. mesh.. manifest definition platform.. value..
            check.rule.entry: check.. mesh.. manifest definition platform.. value..
            check.rule.firewall: check.. mesh.. manifest definition platform.. value..
            check.rule.gateway: check.. mesh.. manifest definition platform.. value..
            check.rule.installation: check.. mesh.. manifest definition platform.. value..
            check.rule.namespace: check.. mesh.. manifest definition platform.. value..
            check.rule.object: check.. mesh.. manifest definition platform.. value..
            check.rule.policy: check.. mesh.. manifest definition platform.. value..
            check.rule.proxy: check.. mesh.. manifest definition platform.. value..
            check.rule.resilience: check.. mesh.. manifest definition platform.. value..
            check.rule.route: check.. mesh.. manifest definition platform.. value..
            check.rule.service: check.. mesh.. manifest definition platform.. value..
            check.rule.sidecar: check.. mesh.. manifest definition platform.. value..
            check.rule.workload: check.. mesh.. manifest definition platform.. value..

            summary: check manifest manifest.packed receipt value..

            trace.request: mesh.. manifest value..
            trace.answer: mesh.. manifest value..
            trace.stage: trace.answer trace.request mesh.. manifest value..
            trace: trace.stage trace.answer trace.request mesh.. manifest value..
            trace.sample: trace.request mesh.. manifest value..
            trace.report: trace trace.answer trace.request mesh.. manifest value..
            sweep: check check.evidence trace trace.answer trace.request trace.sample mesh.. manifest value..
            plan.change: value..
            plan.side: check.. mesh.. manifest value..
            plan.object: disclosure plan.side check.. mesh.. manifest value..
            plan.request: plan.change plan.object plan.side trace.. mesh.. manifest value..
            plan.security: plan.change plan.object plan.side mesh.. manifest value..
            plan.delivery: plan.change plan.object plan.side check.. mesh.. manifest value..
            plan: plan.. check.. trace.. mesh.. manifest value..
            plan.report: plan plan.change plan.object plan.request page check manifest value..
            plan.git: value..
            map: page plan plan.report plan.change plan.object plan.request plan.side check.. trace.. mesh.. manifest value..
            incident.evidence: manifest value..
            incident.cause: incident.evidence mesh.. manifest value..
            incident.ask: disclosure web value..
            incident: incident.cause incident.evidence trace.. mesh.. manifest value..
            incident.mending: incident incident.cause incident.evidence plan plan.change plan.side check.. trace.. mesh.. manifest value..
            incident.report: incident incident.cause incident.evidence incident.mending plan plan.change plan.object plan.request trace.. mesh.. manifest value..
            map.serve: map value..
            mcp.tool: incident.. plan.. trace.. check.. mesh.. manifest output file environment environment.key reference value..
            mcp: mcp.tool check.report disclosure web value..
            secrets: manifest page value..
            operations: trace.. plan.. mesh.. manifest page value..
            routes: mesh.. manifest page value..
            upgrade: mesh.. manifest platform.. page value..

            environment.key: value..
            environment.reader: environment.key value..
            environment.aiops: value..
            environment: environment.aiops platform.. value..
            reference: environment.key page value..
            environment.agreement.part: environment platform.. value..
            environment.agreement.egress: environment environment.agreement.part platform.. value..
            environment.agreement.gateway: environment environment.agreement.part platform.. value..
            environment.agreement.gatewayapi: environment environment.agreement.part platform.. value..
            environment.agreement.installation: environment environment.agreement.part environment.aiops platform.. value..
            environment.agreement.route: environment environment.agreement.part platform.. value..
            environment.agreement.service: environment environment.agreement.part environment.aiops platform.. value..
            environment.agreement: environment.. platform.. value..

            construct.object: value..
            construct.pod: construct.object builders definition platform.. value..
            construct.plus: construct.object value..
            construct.network: construct.object value..
            construct.security: construct.network construct.object builders platform.. definition value..
            construct.edge: construct.object builders value..
            construct: construct.network construct.object construct.plus construct.pod construct.security construct.traffic builders platform.. definition value..
            construct.delivery.sync: value..
            construct.delivery.chart: builders platform.. value..
            construct.delivery.istio: construct.delivery.chart construct.delivery.sync construct.object builders platform.. value..
            construct.delivery.byhand: value..
            construct.delivery.flux: construct.delivery.chart construct.delivery.sync platform.. value..
            construct.delivery: construct construct.delivery.chart construct.delivery.sync construct.object builders platform.. definition value..
            construct.healing: construct construct.delivery.sync construct.network construct.object construct.pod builders value..
            construct.traffic: construct.delivery.sync construct.network construct.object construct.plus construct.pod builders platform.. definition value..
            construct.observability: construct.. builders platform.. definition page value..
            construct.observability.alerts: construct.observability.. platform.. page value..
            construct.observability.dashboards: construct.observability.. platform.. value..
            construct.observability.kiali: construct.observability.. platform.. value..
            construct.observability.logs: construct.observability.. disclosure platform.. value..
            construct.observability.metrics: construct.observability.. platform.. value..
            construct.observability.operator: value..
            construct.observability.settings: construct.observability.. platform.. value..
            construct.observability.text: value..
            construct.observability.traces: construct.observability.. platform.. value..

            extension: environment construct.. value..
            extension.loading: extension value..

            stack.healing: environment environment.aiops construct.delivery.sync construct.healing value..
            stack.monitoring: environment.. construct.observability.. platform stack.healing value..
            stack.delivery: environment construct.. platform.. value..
            stack.assistant: environment environment.aiops construct construct.. stack.delivery stack.monitoring value..
            stack: environment.. extension.. construct.. platform.. page stack.assistant stack.delivery stack.healing stack.monitoring value..

            draft: environment platform.. value..
            advise.snapshot: environment web value..
            advise: advise.snapshot draft environment environment.reader value..
            file: check check.report environment environment.key environment.reader incident.evidence mesh.. manifest output plan.git plan.side value..
            cli.program: mesh.install mesh.terms manifest value
            cli.option: draft environment environment.aiops incident.ask platform.. trace.. value..
            cli.shell:
            cli: *
            """);

    @ArchTest
    static void every_package_stands_in_the_table(JavaClasses classes) {
        Set<String> packages = classes.stream()
                .map(ImportDirectionTest::place)
                .filter(place -> !place.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(packages).isEqualTo(MAY_IMPORT.keySet());
    }

    @ArchTest
    static void every_package_imports_what_the_table_lets_it(JavaClasses classes) {
        List<String> refused = classes.stream()
                .flatMap(one -> one.getDirectDependenciesFromSelf().stream())
                .filter(ImportDirectionTest::isRefused)
                .map(Dependency::getDescription)
                .distinct()
                .sorted()
                .toList();

        assertThat(refused).isEmpty();
    }

    @ArchTest
    static final ArchRule NO_CIRCLE_BETWEEN_PACKAGES =
            slices().matching(BASE.concat("(**)")).should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_KERNEL_OUTSIDE_CONSTRUCTS_AND_STACKS = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.meshwright", "io.meshwright.construct..", "io.meshwright.extension", "io.meshwright.stack..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(KERNEL);

    /** Its libraries would make every other command start slower. */
    @ArchTest
    static final ArchRule NO_PROTOCOL_OUTSIDE_THE_COMMAND_THAT_SPEAKS_IT = noClasses()
            .that()
            .resideOutsideOfPackage("io.meshwright.mcp")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.modelcontextprotocol..", "reactor..", "org.reactivestreams..");

    /** A connection is opened where an option names an address, and nowhere else. */
    @ArchTest
    static final ArchRule NO_CONNECTION_BUT_TO_WHAT_IS_NAMED = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.meshwright.web",
                    "io.meshwright.heal",
                    "io.meshwright.incident.ask",
                    "io.meshwright.advise.snapshot")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http..");

    /** What an assistant asks reads; it writes no file, starts no process, loads no class and opens no connection. */
    @ArchTest
    static final ArchRule TOOLS_OF_ASSISTANTS_ONLY_READ = noClasses()
            .that()
            .resideInAPackage("io.meshwright.mcp.tool")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "java\\.net\\..*|java\\.lang\\.(Process|ProcessBuilder|Runtime|ClassLoader)|java\\.io\\.(File|FileWriter|FileOutputStream|RandomAccessFile)|java\\.nio\\.channels\\..*")
            .orShould()
            .callMethodWhere(target(owner(equivalentTo(Files.class)))
                    .and(target(nameMatching("write.*|create.*|delete.*|move|copy|new.*|set.*"))))
            .orShould()
            .callMethodWhere(target(owner(equivalentTo(Class.class))).and(target(nameMatching("forName|newInstance"))));

    @ArchTest
    static final ArchRule ONLY_MAIN_READS_VARIABLES_OF_THE_PROCESS = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.meshwright.Main")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class);

    /** The package below ours; empty for the program's own and for what is not ours. */
    private static String place(JavaClass one) {
        String name = one.getBaseComponentType().getPackageName();
        return name.startsWith(BASE) ? name.substring(BASE.length()) : "";
    }

    private static boolean isRefused(Dependency dependency) {
        String from = place(dependency.getOriginClass());
        String target = place(dependency.getTargetClass());
        return !from.isEmpty()
                && !target.isEmpty()
                && !from.equals(target)
                && MAY_IMPORT.getOrDefault(from, List.of()).stream().noneMatch(allowed -> covers(allowed, target));
    }

    private static boolean covers(String allowed, String target) {
        if (allowed.equals("*")) {
            return true;
        }
        String place = allowed.replaceFirst("\\.\\.$", "");
        return target.equals(place) || allowed.endsWith("..") && target.startsWith(place.concat("."));
    }

    private static Map<String, List<String>> table(String text) {
        Map<String, List<String>> table = new TreeMap<>();
        text.lines().filter(line -> !line.isBlank()).forEach(line -> {
            String[] parts = line.split(":", 2);
            List<String> others = new ArrayList<>(List.of(parts[1].strip().split(" +")));
            others.removeIf(String::isEmpty);
            if (table.put(parts[0], others) != null) {
                throw new IllegalArgumentException("the table names %s twice".formatted(parts[0]));
            }
        });
        return table;
    }
}
