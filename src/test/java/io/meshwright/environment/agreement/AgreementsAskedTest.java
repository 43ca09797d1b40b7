package io.meshwright.environment.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.meshwright.environment.agreement.part.Agreement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of agreements against their classes. */
class AgreementsAskedTest {
    @Test
    void every_agreement_is_asked() {
        Stream<String> written = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.meshwright.environment.agreement")
                        .stream()
                        .filter(type -> !type.isInterface() && type.isAssignableTo(Agreement.class))
                        .map(JavaClass::getSimpleName);

        assertThat(Agreements.all()).extracting(Agreement::name).containsExactlyInAnyOrderElementsOf(written.toList());
    }
}
