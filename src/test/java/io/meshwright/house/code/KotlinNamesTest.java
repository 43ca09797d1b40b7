package io.meshwright.house.code;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What teams compose with has no name that is a keyword of Kotlin and none of Java, which callers there must quote. */
@AnalyzeClasses(packages = "io.meshwright", importOptions = DoNotIncludeTests.class)
class KotlinNamesTest {
    @ArchTest
    static final ArchRule IS_CALLED_BY_ITS_PLAIN_NAME = noMethods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(
                    "io.meshwright.construct..",
                    "io.meshwright.environment..",
                    "io.meshwright.extension..",
                    "io.meshwright.platform..",
                    "io.meshwright.value..")
            .should()
            .haveNameMatching("as|fun|in|is|object|typealias|typeof|val|var|when");
}
