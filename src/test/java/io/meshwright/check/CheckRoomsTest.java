package io.meshwright.check;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Checks stand in rooms by kind of object, and no room needs one that needs it. */
@AnalyzeClasses(packages = "io.meshwright.check", importOptions = DoNotIncludeTests.class)
class CheckRoomsTest {
    private static final int MOST_FILES = 40;

    @ArchTest
    static final ArchRule NO_PACKAGE_OF_CHECKS_IS_IN_A_CIRCLE =
            slices().assignedFrom(packages()).should().beFreeOfCycles();

    private static SliceAssignment packages() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                return javaClass.getPackageName().startsWith("io.meshwright.check")
                        ? SliceIdentifier.of(javaClass.getPackageName())
                        : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "packages of check";
            }
        };
    }

    @Test
    void no_room_is_crowded() throws IOException {
        try (var files = Files.walk(Path.of("main/java/io/meshwright/check"))) {
            Map<Path, Long> sizes = files.filter(Files::isRegularFile)
                    .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
            assertThat(sizes)
                    .hasSizeGreaterThan(20)
                    .allSatisfy(
                            (room, size) -> assertThat(size).as(room.toString()).isLessThanOrEqualTo(MOST_FILES));
        }
    }
}
