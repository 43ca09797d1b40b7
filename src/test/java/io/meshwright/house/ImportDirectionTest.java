package io.meshwright.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Data flows one way: environment, construct and stack, manifest, mesh, check and trace, output. */
@AnalyzeClasses(packages = "io.meshwright", importOptions = DoNotIncludeTests.class)
class ImportDirectionTest {
    private static final String[] KERNEL = {
        "org.cdk8s..", "software.constructs..", "software.amazon.jsii..", "imports.."
    };

    @ArchTest
    static final ArchRule VALUE_IMPORTS_NOTHING_OF_OURS = only("value");

    @ArchTest
    static final ArchRule DEFINITIONS_IMPORT_VALUES = only("definition", "value");

    @ArchTest
    static final ArchRule MANIFEST_IMPORTS_VALUES = only("manifest", "value");

    @ArchTest
    static final ArchRule MESH_READS_MANIFESTS = only("mesh", "manifest", "value");

    @ArchTest
    static final ArchRule CHECKS_READ_THE_MESH = only("check", "mesh", "manifest", "definition", "platform", "value");

    @ArchTest
    static final ArchRule TRACES_READ_THE_MESH = only("trace", "mesh", "manifest", "value");

    @ArchTest
    static final ArchRule ROUTES_READ_THE_MESH = only("routes", "mesh", "manifest", "page", "value");

    @ArchTest
    static final ArchRule UPGRADES_READ_THE_MESH = only("upgrade", "mesh", "manifest", "platform", "page", "value");

    @ArchTest
    static final ArchRule PAGES_IMPORT_VALUES = only("page", "value");

    @ArchTest
    static final ArchRule PLATFORMS_IMPORT_VALUES = only("platform", "value");

    @ArchTest
    static final ArchRule ENVIRONMENTS_KNOW_PLATFORMS = only("environment", "platform", "value");

    @ArchTest
    static final ArchRule CONSTRUCTS_KNOW_NO_ENVIRONMENTS =
            only("construct", "platform", "definition", "page", "value");

    @ArchTest
    static final ArchRule STACKS_DO_NOT_WRITE = only("stack", "environment", "construct", "platform", "page", "value");

    @ArchTest
    static final ArchRule OUTPUT_KNOWS_NOBODY = only("output", "value");

    @ArchTest
    static final ArchRule NO_KERNEL_OUTSIDE_CONSTRUCTS_AND_STACKS = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.meshwright.value..",
                    "io.meshwright.definition..",
                    "io.meshwright.manifest..",
                    "io.meshwright.mesh..",
                    "io.meshwright.check..",
                    "io.meshwright.trace..",
                    "io.meshwright.routes..",
                    "io.meshwright.upgrade..",
                    "io.meshwright.page..",
                    "io.meshwright.environment..",
                    "io.meshwright.platform..",
                    "io.meshwright.output..",
                    "io.meshwright.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(KERNEL);

    @ArchTest
    static final ArchRule ONLY_MAIN_READS_VARIABLES_OF_THE_PROCESS = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.meshwright.Main")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class);

    private static ArchRule only(String own, String... others) {
        String[] known = {
            "value",
            "definition",
            "manifest",
            "mesh",
            "check",
            "trace",
            "routes",
            "upgrade",
            "page",
            "platform",
            "environment",
            "construct",
            "stack",
            "output",
            "cli"
        };
        var allowed = new java.util.ArrayList<>(java.util.List.of(others));
        allowed.add(own);
        String[] refused = java.util.Arrays.stream(known)
                .filter(name -> !allowed.contains(name))
                .map("io.meshwright.%s.."::formatted)
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("io.meshwright.%s..".formatted(own))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(refused)
                .allowEmptyShould(true);
    }
}
