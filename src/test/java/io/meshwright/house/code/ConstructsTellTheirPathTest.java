package io.meshwright.house.code;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.cdk8s.Chart;
import org.junit.jupiter.api.Test;
import software.constructs.Construct;

/** What teams make is made by ConstructMaker, so that a second construct of one id is told with its path. */
class ConstructsTellTheirPathTest {
    @Test
    void where_they_cannot_be_made() {
        List<JavaClass> constructs = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.meshwright.construct")
                        .stream()
                        .filter(type -> type.isAssignableTo(Construct.class)
                                && !type.isAssignableTo(Chart.class)
                                && type.getModifiers().contains(JavaModifier.PUBLIC)
                                && !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .toList();

        assertThat(constructs).hasSizeGreaterThan(30);
        assertThat(constructs)
                .filteredOn(type -> type.getConstructors().stream().anyMatch(ConstructsTellTheirPathTest::isOpen))
                .extracting(JavaClass::getName)
                .isEmpty();
    }

    private static boolean isOpen(JavaConstructor constructor) {
        return constructor.getModifiers().contains(JavaModifier.PUBLIC);
    }
}
